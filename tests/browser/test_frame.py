"""The application around the pages: its languages, its console, and the assistant in another site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, expect

SLOW = 60_000  # milliseconds
PATHS = ("", "signature", "sur-votre-site", "administration", "aide")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def site_of(page: str, folder: Path) -> Iterator[int]:
    """The port of a site of one page."""
    (folder / "index.html").write_text(page, encoding="utf-8")
    server = ThreadingHTTPServer(("localhost", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host(address: str, tmp_path: Path) -> Iterator[int]:
    """The port of another site, whose page holds the code that MainteLex gives."""
    from interfaces.ui.pages.embed_code import snippet

    with site_of(f"<h1>Cabinet</h1>{snippet(f'{address}/', 'en', 720)}", tmp_path) as port:
        yield port


def test_another_site_shows_the_assistant_alone(visitor: BrowserContext, host: int) -> None:
    """In an allowed site's page: no bar, no side panel, English, and a question is answered."""
    page = visitor.new_page()
    page.goto(f"http://localhost:{host}/")
    frame = page.frame_locator("iframe")
    field = frame.get_by_test_id("stChatInputTextArea")
    expect(field).to_be_visible(timeout=SLOW)
    expect(frame.get_by_role("link", name="Open the whole of MainteLex")).to_be_visible()
    expect(frame.get_by_test_id("stSidebar")).to_be_hidden()
    expect(frame.get_by_test_id("stTopNav")).to_have_count(0)
    field.fill("La clause qui limite la responsabilité du prestataire est-elle valable ?")
    field.press("Enter")
    expect(frame.locator(".ml-source").first).to_be_visible(timeout=SLOW)
    expect(frame.get_by_text("Legal information, not advice")).to_be_visible()


def test_a_site_that_is_not_allowed_gets_an_empty_frame(visitor: BrowserContext, host: int) -> None:
    """The same page at an address that no setting names: the browser shows nothing of MainteLex."""
    page = visitor.new_page()
    refused: list[ConsoleMessage] = []
    page.on("console", lambda m: refused.append(m) if "frame-ancestors" in m.text else None)
    page.goto(f"http://127.0.0.1:{host}/")  # another name of this machine is another site
    page.wait_for_timeout(1_000)
    assert refused


def test_no_page_leaves_an_error_in_the_console(visitor: BrowserContext, address: str) -> None:
    """Opened directly, no page asks for what is not there; its language is told to the browser."""
    page = visitor.new_page()
    found: list[str] = []
    page.on(
        "console", lambda m: found.append(f"{page.url} {m.text}") if m.type == "error" else None
    )
    page.on("pageerror", lambda error: found.append(f"{page.url} {error}"))
    for path in PATHS:
        page.goto(f"{address}/{path}")
        page.locator("h1").wait_for(timeout=SLOW)
        page.wait_for_timeout(500)
    assert found == []
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_english_lasts_from_page_to_page_and_over_a_reload(
    visitor: BrowserContext, address: str
) -> None:
    """The switch changes the bar and the page; the next page, and the same one opened anew, follow."""
    page = visitor.new_page()
    page.goto(f"{address}/veille")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Legal watch", timeout=SLOW)
    page.get_by_test_id("stTopNav").get_by_role("link", name="Deadlines").click()
    expect(page.locator("h1")).to_have_text("Deadlines", timeout=SLOW)
    expect(page.locator(".ml-automatic")).to_contain_text("French law is read in French")
    page.reload()
    expect(page.locator("h1")).to_have_text("Deadlines", timeout=SLOW)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="Français").click()
    expect(page.locator("h1")).to_have_text("Échéances", timeout=SLOW)
