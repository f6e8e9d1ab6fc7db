"""Remake the pictures of docs/screenshots: `python docs/make_screenshots.py [NAME…]`.

Every page, on a desktop and on a phone, by day and by night; with names, only those pages.
"""

from __future__ import annotations

import io
import secrets
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie beside this folder

from assistant.desk import Accounts, open_desk  # noqa: E402
from interfaces.ui.server import running  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "La clause qui limite la responsabilité du prestataire est-elle valable ?"
SIZES = {1440: 960, 390: 844}  # width and height, in pixels
CONTRACT = ROOT / "tests" / "contract_audit" / "contracts" / "05-conditions-agressives.md"
SLOW = 120_000  # milliseconds
COLOURS = 128  # of a picture: text on flat grounds needs no more
PAGES = {  # name of the picture -> address
    "accueil": "",
    "english": "?lang=en",
    "modele": "modele-de-contrat?article=resiliation",
    "comparer": "modele-de-contrat?vue=Comparer",
    "remplir": "modele-de-contrat?vue=Remplir",
    "analyse": "analyser-mon-contrat",
    "convention": "convention-collective",
    "echeances": "echeances",
    "signature": "signature",
    "veille": "veille",
    "aide": "aide",
    "sur-votre-site": "sur-votre-site",
    "suivre": "suivre",
    "reponse": "",
    "sources": "",
    "bureau": "bureau",
    "administration": "administration",
}


def main(names: Iterable[str]) -> None:
    """Take the pictures of some pages."""
    FOLDER.mkdir(exist_ok=True)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as data:
        password = _desk(Path(data))
        with running({"MAINTELEX_DATA": data}) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
            for width in SIZES:
                for dark in (False, True):
                    _visit(browser, address, names, width, dark, password)
            browser.close()


def _desk(data: Path) -> str:
    """Open a desk with one administrator; their password."""
    password = secrets.token_urlsafe(12)
    store = open_desk(data / "desk.sqlite")
    Accounts(store).add("administration", "admin", password)
    store.close()
    return password


def _visit(
    browser: Browser, address: str, names: Iterable[str], width: int, dark: bool, password: str
) -> None:
    """Take the pictures of one screen, each page by a new visitor."""
    for name in names:
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            color_scheme="dark" if dark else "light",
            device_scale_factor=1 if width > 1000 else 2,
            locale="fr-FR",
        )
        page = context.new_page()
        page.goto(f"{address}/{PAGES[name]}")
        page.locator(".ml-automatic").first.wait_for(timeout=SLOW)
        _settle(page)
        _prepare(page, name, password)
        _settle(page)
        _take(page, f"{name}{'-sombre' if dark else ''}-{width}")
        context.close()


def _prepare(page: Page, name: str, password: str) -> None:
    """Put something on a page before its picture."""
    if name in ("reponse", "sources"):
        _ask(page)
        if name == "sources":
            page.locator('a[href="#source-0-2"]').first.click()
    elif name == "analyse":
        upload = {"name": "contrat.txt", "mimeType": "text/plain", "buffer": CONTRACT.read_bytes()}
        page.locator('input[type="file"]').set_input_files([upload])  # type: ignore[list-item]
        page.locator(".ml-risk").first.wait_for(timeout=SLOW)
        page.locator(".ml-result").scroll_into_view_if_needed()
    elif name == "convention":
        _share(page)
    elif name in ("bureau", "administration"):
        page.get_by_label("Nom du compte").fill("administration")
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_label("Mot de passe").press("Enter")
        page.locator(".st-key-desk-bar").wait_for(timeout=SLOW)


def _share(page: Page) -> None:
    """Give the shares of a firm's activities."""
    for place, share in ((0, "70"), (2, "30")):
        page.get_by_role("spinbutton").nth(place).fill(share)
        page.get_by_role("spinbutton").nth(place).press("Tab")
        page.wait_for_timeout(1_500)
    page.locator(".ml-result").scroll_into_view_if_needed(timeout=SLOW)


def _ask(page: Page) -> None:
    """Ask the question and wait for its answer."""
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("Cette réponse vous a aidé").wait_for(timeout=SLOW)


def _settle(page: Page) -> None:
    """Wait until nothing moves any more."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=SLOW)
    page.wait_for_timeout(1_500)


def _take(page: Page, name: str) -> None:
    """Write what the screen shows, in few colours."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    if picture.width < 1_000:  # of a phone, twice as fine as its page is wide
        picture = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PAGES))
