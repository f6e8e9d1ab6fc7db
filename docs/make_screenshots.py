"""Remake the pictures of docs/screenshots: `python docs/make_screenshots.py [NAME…]`.

Every page, on a desktop and on a phone, by day and by night; with names, only those pages.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie beside this folder

from assistant.desk import Queue, Sessions, Wanted, open_desk  # noqa: E402
from interfaces.cli import main as cli  # noqa: E402
from interfaces.ui.server import running  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "La clause qui limite la responsabilité du prestataire est-elle valable ?"
SIZES = {1440: 960, 390: 844}  # width and height, in pixels
CONTRACT = ROOT / "tests" / "contract_audit" / "contracts" / "05-conditions-agressives.md"
SLOW = 120_000  # milliseconds
LAWYER, ADMIN = "juriste", "responsable"  # accounts of the demonstration
TO_TOP = "e => { e.style.scrollMarginTop = '5rem'; e.scrollIntoView() }"  # under the bar
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
    "bureau-question": "bureau",
    "bureau-tableau": "bureau",
    "bureau-manques": "bureau",
    "bureau-anglais": "bureau?lang=en",
    "administration": "administration",
}


def main(names: Iterable[str]) -> None:
    """Take the pictures of some pages."""
    FOLDER.mkdir(exist_ok=True)
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as data:
        desk = _desk(Path(data) / "desk")
        settings = {"MAINTELEX_DATA": str(Path(data) / "desk")}
        with running(settings) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
            for width in SIZES:
                for dark in (False, True):
                    _visit(browser, address, names, width, dark, desk)
            browser.close()


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of `maintelex demo`."""

    passwords: Mapping[str, str]  # by account
    reference: str  # of a question that a lawyer answered


def _desk(data: Path) -> Desk:
    """Fill a desk with the demonstration."""
    done = CliRunner().invoke(cli, ["demo", "--data", str(data)], catch_exceptions=False)
    told = (line.split() for line in done.stdout.splitlines() if line.endswith(")"))
    passwords = {words[0]: words[1] for words in told}
    store = open_desk(data / "desk.sqlite")
    lawyer = Sessions(store).actor(Sessions(store).sign_in(LAWYER, passwords[LAWYER]))
    answered = Queue(store, lawyer).page(Wanted(states=("published",))).rows[0]
    store.close()
    return Desk(passwords, answered.reference)


def _visit(
    browser: Browser, address: str, names: Iterable[str], width: int, dark: bool, desk: Desk
) -> None:
    """Take the pictures of one screen, each page by a new visitor."""
    for name in names:
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            color_scheme="dark" if dark else "light",
            device_scale_factor=1 if width > 1000 else 2,
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        page = context.new_page()
        page.goto(f"{address}/{PAGES[name]}")
        page.locator(".ml-automatic").first.wait_for(timeout=SLOW)
        _settle(page)
        _prepare(page, name, desk)
        _settle(page)
        _take(page, f"{name}{'-sombre' if dark else ''}-{width}")
        context.close()


def _prepare(page: Page, name: str, desk: Desk) -> None:
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
    elif name == "suivre":
        page.get_by_label("Référence").fill(desk.reference)
        page.get_by_label("Référence").press("Enter")
        page.locator(".st-key-desk-answer").wait_for(timeout=SLOW)
    elif name.startswith(("bureau", "administration")):
        _sign_in(page, LAWYER if name.startswith("bureau") else ADMIN, desk)
        _at_the_desk(page, name)


def _sign_in(page: Page, account: str, desk: Desk) -> None:
    """Sign in, in whatever language the page speaks."""
    page.locator('input[autocomplete="username"]').fill(account)
    page.locator('input[type="password"]').fill(desk.passwords[account])
    page.locator('input[type="password"]').press("Enter")
    page.locator(".st-key-desk-bar").wait_for(timeout=SLOW)
    _settle(page)


def _at_the_desk(page: Page, name: str) -> None:
    """Open the part of the desk that a picture shows."""
    if name == "bureau-question":
        page.locator('[class*="st-key-desk-row-"] button').last.click()  # the one that is taken
        page.locator(".st-key-desk-buttons").wait_for(timeout=SLOW)
        _settle(page)
        page.locator(".ml-about-item").evaluate(TO_TOP)
    elif name in ("bureau-tableau", "bureau-manques", "bureau-anglais"):
        page.get_by_test_id("stButtonGroup").get_by_role("radio").nth(1).click()
        page.locator(".ml-columns").wait_for(timeout=SLOW)
        _settle(page)
    if name == "bureau-manques":
        page.locator("h2").last.evaluate(TO_TOP)
        page.get_by_test_id("stExpander").first.click()
    elif name in ("bureau-tableau", "bureau-anglais"):
        page.locator(".ml-tiles").evaluate(TO_TOP)


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
