"""What goes with every page that the server sends: who may frame it, and where the site begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from interfaces.settings import load_settings
from retrieval.errors import AppError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Doorway", "frame_ancestors", "with_root"]

_SITE = re.compile(r"https?://(?:\*\.)?[a-z0-9.-]+(?::(?:\d{1,5}|\*))?", re.IGNORECASE)
# A page lies one step below the root: only its own name is taken off, so that a prefix set by a proxy stays.
_ROOT = b"""<script>
window.__streamlit = {BACKEND_BASE_URL: location.origin + location.pathname.replace(/[^/]*$/, "")};
</script>"""
_LIMIT = 1_000_000  # bytes of the page's frame; a longer one is sent as it is


class Doorway:
    """Middleware: headers on every answer, and the root of the site in the page's frame.

    Args:
        app: what answers.
        sites: those that may frame the pages, parted by spaces; those of the settings when None.
    """

    def __init__(self, app: ASGIApp, sites: str | None = None) -> None:
        self._app = app
        self._ancestors = frame_ancestors(_from_settings() if sites is None else sites)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(_uncompressed(scope), receive, _Reply(send, self._ancestors).send)


class _Reply:
    """One answer on its way out: a page is held until it is whole, everything else passes."""

    def __init__(self, send: Send, ancestors: str) -> None:
        self._send, self._ancestors = send, ancestors
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, with what is ours."""
        if message["type"] == "http.response.start":
            headers = [*message["headers"], *self._headers()]
            message = {**message, "headers": headers}
            if _is_page(headers):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            await self._page(message)
            return
        await self._send(message)

    async def _page(self, message: Message) -> None:
        """Hold a page until its end, or until it is too long to be ours."""
        self._body += message.get("body", b"")
        more = bool(message.get("more_body"))
        if self._start is None or (more and len(self._body) < _LIMIT):
            return
        body = self._body if more else with_root(self._body)
        headers = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        if not more:
            headers.append((b"content-length", str(len(body)).encode()))
        start, self._start, self._body = {**self._start, "headers": headers}, None, b""
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    def _headers(self) -> list[tuple[bytes, bytes]]:
        """Headers of every answer."""
        return [
            (b"content-security-policy", f"frame-ancestors {self._ancestors}".encode("latin-1")),
            (b"referrer-policy", b"same-origin"),
        ]


def frame_ancestors(sites: str) -> str:
    """The `frame-ancestors` of a list of sites: the site itself, and those that are well written.

    Args:
        sites: as « https://cabinet.exemple », parted by spaces or commas.
    """
    given = re.split(r"[\s,]+", sites.strip())
    return " ".join(["'self'", *(site for site in given if _SITE.fullmatch(site))])


def with_root(page: bytes) -> bytes:
    """A page's frame with the root of the site and its language told; another text as it is."""
    head = page.find(b"<head>")
    if head < 0:
        return page
    end = head + len(b"<head>")
    return (page[:end] + _ROOT + page[end:]).replace(b'<html lang="en">', b'<html lang="fr">', 1)


def _uncompressed(scope: Scope) -> Scope:
    """A request for a page, its answer asked for as plain text: compressed, it could not be added to."""
    headers = scope["headers"]
    asks_page = any(name == b"accept" and b"text/html" in value for name, value in headers)
    kept = [pair for pair in headers if pair[0] != b"accept-encoding"]
    return {**scope, "headers": kept} if asks_page else scope


def _is_page(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether an answer is the frame of a page."""
    found = {name.lower(): value for name, value in headers}
    kind = found.get(b"content-type", b"")
    return kind.startswith(b"text/html") and b"content-encoding" not in found


def _from_settings() -> str:
    """The sites that the settings name; none where a setting is wrong, which the page then tells."""
    try:
        return load_settings().embed_sites
    except AppError:
        return ""
