"""Remake the pictures of docs/screenshots: `python docs/make_screenshots.py`.

With `pages`, only those of the pages beside the assistant.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie beside this folder

from interfaces.ui.server import running  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "La clause qui limite la responsabilité du prestataire est-elle valable ?"
SIZES = {1440: 960, 390: 844}  # width and height, in pixels
CONTRACT = ROOT / "tests" / "contract_audit" / "contracts" / "05-conditions-agressives.md"
SLOW = 120_000  # milliseconds
PAGES = {  # name of the picture -> address
    "modele": "modele-de-contrat?article=resiliation",
    "comparer": "modele-de-contrat?vue=Comparer",
    "remplir": "modele-de-contrat?vue=Remplir",
    "convention": "convention-collective",
    "analyse": "analyser-mon-contrat",
    "echeances": "echeances",
    "veille": "veille",
    "aide": "aide",
}


def main(only_pages: bool) -> None:
    """Take every picture, or only those of the pages beside the assistant."""
    FOLDER.mkdir(exist_ok=True)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with (
        tempfile.TemporaryDirectory() as data,
        running({"MAINTELEX_DATA": data}) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        for width in SIZES if not only_pages else ():
            _light(browser, address, width)
            _dark(browser, address, width)
        for name, path in PAGES.items():
            _page(browser, f"{address}/{path}", name)
        browser.close()


def _light(browser: Browser, address: str, width: int) -> None:
    """The greeting, an answer and its sources."""
    page = _open(browser, address, width, dark=False)
    _take(page, f"accueil-{width}")
    _ask(page)
    _take(page, f"reponse-{width}")
    page.locator('a[href="#source-0-2"]').first.click()
    page.wait_for_timeout(600)
    _take(page, f"sources-{width}")
    page.context.close()


def _dark(browser: Browser, address: str, width: int) -> None:
    """The greeting and an answer by night."""
    page = _open(browser, address, width, dark=True)
    _take(page, f"accueil-sombre-{width}")
    _ask(page)
    _take(page, f"reponse-sombre-{width}")
    page.context.close()


def _page(browser: Browser, address: str, name: str) -> None:
    """A page beside the assistant, with something on it."""
    page = _context(browser, 1440, dark=False).new_page()
    page.goto(address)
    page.locator(".ml-automatic").wait_for(timeout=SLOW)
    page.wait_for_timeout(1_000)
    if name == "analyse":
        upload = {"name": "contrat.txt", "mimeType": "text/plain", "buffer": CONTRACT.read_bytes()}
        page.locator('input[type="file"]').set_input_files([upload])  # type: ignore[list-item]
        page.locator(".ml-risk").first.wait_for(timeout=SLOW)
    if name == "convention":
        for place, share in ((0, "70"), (2, "30")):
            page.get_by_role("spinbutton").nth(place).fill(share)
            page.get_by_role("spinbutton").nth(place).press("Tab")
            page.wait_for_timeout(1_500)
        page.locator(".ml-result").scroll_into_view_if_needed(timeout=SLOW)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SLOW)
    page.wait_for_timeout(1_500)
    _take(page, name)
    page.context.close()


def _context(browser: Browser, width: int, *, dark: bool) -> BrowserContext:
    """A visitor's browser."""
    return browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if dark else "light",
        device_scale_factor=1 if width > 1000 else 2,
        locale="fr-FR",
    )


def _open(browser: Browser, address: str, width: int, *, dark: bool) -> Page:
    """The page, ready for a question."""
    page = _context(browser, width, dark=dark).new_page()
    page.goto(address)
    page.get_by_role("button", name="Mon prestataire").wait_for()
    page.wait_for_timeout(1_000)
    return page


def _ask(page: Page) -> None:
    """Ask the question and wait for its answer."""
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("Cette réponse vous a aidé").wait_for()
    page.wait_for_timeout(1_000)


def _take(page: Page, name: str) -> None:
    """Write what the screen shows."""
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(only_pages=sys.argv[1:] == ["pages"])
