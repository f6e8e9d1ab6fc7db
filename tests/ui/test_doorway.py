"""What goes with every page that the server sends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from interfaces.ui.doorway import Doorway, frame_ancestors, with_root

PAGE = b'<!DOCTYPE html><html lang="en"><head><title>x</title></head></html>'


def answer(
    kind: str, parts: list[bytes], sites: str = "", path: str = "/veille"
) -> tuple[dict[str, str], bytes]:
    """The headers and the body that a browser gets of an answer in parts."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert (b"accept-encoding", b"gzip") not in scope["headers"]
        headers = [(b"content-type", kind.encode()), (b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, part in enumerate(parts, start=1):
            more = number < len(parts)
            await send({"type": "http.response.body", "body": part, "more_body": more})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    headers = [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")]
    scope = {"type": "http", "path": path, "headers": headers}
    # A browser test before may have left its loop in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Doorway(app, sites)(scope, receive, send)).result()
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return found, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(("sites", "told"), [
    ("", "'self'"),
    ("https://cabinet.exemple", "'self' https://cabinet.exemple"),
    ("https://a.fr, http://localhost:* https://*.b.fr:8443", "'self' https://a.fr http://localhost:* https://*.b.fr:8443"),
    ("*", "'self'"),
    ("https://a.fr; script-src *", "'self'"),
    ("javascript:alert(1) 'none' https://", "'self'"),
])  # fmt: skip
def test_only_sites_may_frame(sites: str, told: str) -> None:
    """Well written sites are named beside the site itself; nothing else gets into the header."""
    assert frame_ancestors(sites) == told


def test_a_page_tells_its_root_and_its_language() -> None:
    """The frame of a page gets the root of the site first, and is French before any script."""
    made = with_root(PAGE)
    assert made.index(b"BACKEND_BASE_URL") < made.index(b"<title>")
    assert b'<html lang="fr">' in made


@pytest.mark.parametrize("parts", [[PAGE], [PAGE[:20], PAGE[20:]], [PAGE[:5], b"", PAGE[5:]]])
def test_a_page_in_parts_is_whole(parts: list[bytes]) -> None:
    """However it comes, the page goes out once, with the length that it has."""
    headers, body = answer("text/html; charset=utf-8", parts)
    assert body == with_root(PAGE)
    assert headers["content-length"] == str(len(body))
    assert headers["content-security-policy"] == "frame-ancestors 'self'"


def test_everything_else_passes_untouched() -> None:
    """A script is not held nor changed, and has the headers too."""
    headers, body = answer("text/javascript", [b"<head>", b"1"])
    assert body == b"<head>1"
    assert headers["content-length"] == "1"
    assert "content-security-policy" in headers


def test_a_page_too_long_goes_out_as_it_is() -> None:
    """What cannot be the page's frame is not kept in memory."""
    headers, body = answer("text/html", [b"<head>", b"a" * 2_000_000, b"b"])
    assert body == b"<head>" + b"a" * 2_000_000 + b"b"
    assert "content-length" not in headers
