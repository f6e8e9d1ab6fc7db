"""The pages beside the assistant as visitors meet them: a real server, a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PAGES = {
    "modele-de-contrat": "Modèle de contrat",
    "convention-collective": "Convention collective",
    "analyser-mon-contrat": "Analyser mon contrat",
    "echeances": "Échéances",
    "veille": "Veille",
    "aide": "Aide",
}
OTHERS = (
    "signature",
    "sur-votre-site",
    "administration",
)  # a title of their own, or not in the bar
CONTRACT = (
    Path(__file__).parents[1] / "contract_audit" / "contracts" / "05-conditions-agressives.md"
)
SLOW = 60_000  # milliseconds: the base is read at the first visit
BACKGROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
# What Streamlit itself draws, and no style of ours reaches.
IMPOSED: dict[str, str] = {}


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who opens page after page and leaves nothing: what is fetched is fetched once."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 960}, color_scheme="light", locale="fr-FR"
    )
    yield context
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="fr-FR"
    )
    yield context
    context.close()


def opened(context: BrowserContext, address: str, path: str) -> Page:
    """A page of the application, once all of it is there."""
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.locator(".ml-automatic").wait_for(timeout=SLOW)
    return page


def test_the_bar_leads_to_every_page(visitor: BrowserContext, address: str) -> None:
    """Each link of the bar shows its page, its address in French and its title in the tab."""
    page = opened(visitor, address, "aide")
    for path, name in PAGES.items():
        page.get_by_test_id("stTopNav").get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_have_text(name, timeout=SLOW)
        expect(page).to_have_url(f"{address}/{path}")
        expect(page).to_have_title(f"{name} – MainteLex")


def test_back_and_forward_do_no_harm(visitor: BrowserContext, address: str) -> None:
    """The back button shows the page before, without an error."""
    page = opened(visitor, address, "aide")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Échéances").click()
    expect(page.locator("h1")).to_have_text("Échéances", timeout=SLOW)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Aide", timeout=SLOW)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Échéances", timeout=SLOW)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_an_address_without_a_page_is_told(reader: BrowserContext, address: str) -> None:
    """A mistyped address leads to the assistant, and says so in French: the site does answer."""
    page = reader.new_page()
    page.goto(f"{address}/page-inconnue")
    page.get_by_test_id("stDialog").wait_for(timeout=SLOW)
    said = (
        "getComputedStyle(document.querySelector('[data-testid=stDialog] h2'), '::after').content"
    )
    page.wait_for_function(f"{said} === '\"Page introuvable\"'")
    page.close()


def test_an_article_can_be_searched_read_and_asked_about(
    visitor: BrowserContext, address: str
) -> None:
    """A search opens an article; a question behind it is answered by the assistant."""
    page = opened(visitor, address, "modele-de-contrat")
    page.get_by_label("Chercher dans le modèle").fill("restitution")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Article 34").click()
    expect(page.locator(".ml-article h2")).to_have_text("Article 34 – Réversibilité et restitution")
    expect(page).to_have_url(f"{address}/modele-de-contrat?article=reversibilite")
    page.locator('[class*="st-key-ask-"] button').first.click()
    expect(page.get_by_text("Cette réponse vous a aidé")).to_be_visible(timeout=SLOW)


def test_a_contract_is_filled_and_downloaded(visitor: BrowserContext, address: str) -> None:
    """What is typed is in the preview, then in the Word file; two clicks do no harm."""
    page = opened(visitor, address, "modele-de-contrat?vue=Remplir")
    field = page.get_by_label("Nom ou dénomination du client")
    field.fill("Boulangerie <b>Exemple</b>")
    field.press("Tab")
    expect(page.locator(".ml-paper").first).to_contain_text("Boulangerie <b>Exemple</b>")
    with page.expect_download(timeout=SLOW) as waited:
        page.get_by_role("button", name="Télécharger en Word").dblclick()
    with ZipFile(waited.value.path()) as archive:
        assert "Boulangerie &lt;b&gt;Exemple" in archive.read("word/document.xml").decode()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_an_agreement_is_found(visitor: BrowserContext, address: str) -> None:
    """One share of 100 % gives an agreement, and the page can be printed whole."""
    page = opened(visitor, address, "convention-collective")
    share = page.get_by_role("spinbutton", name="Services informatiques immatériels")
    share.fill("100")
    share.press("Tab")
    expect(page.locator(".ml-result")).to_contain_text("IDCC 1486", timeout=SLOW)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.locator(".ml-result")).to_be_visible()


def test_a_contract_is_audited_and_its_report_downloaded(
    visitor: BrowserContext, address: str
) -> None:
    """An upload gives findings and a report; after a reload nothing of it is left."""
    page = opened(visitor, address, "analyser-mon-contrat")
    upload = {"name": "contrat.txt", "mimeType": "text/plain", "buffer": CONTRACT.read_bytes()}
    page.locator('input[type="file"]').set_input_files([upload])  # type: ignore[list-item]
    expect(page.locator(".ml-risk").first).to_be_visible(timeout=SLOW)
    with page.expect_download(timeout=SLOW) as waited:
        page.get_by_role("button", name="Télécharger en Word").click()
    assert waited.value.suggested_filename == "analyse.docx"
    page.reload()
    page.locator(".ml-automatic").wait_for(timeout=SLOW)
    expect(page.locator(".ml-risk")).to_have_count(0)


def test_a_calculation_is_reached_by_its_address(visitor: BrowserContext, address: str) -> None:
    """The address of a calculator opens it; its marker leads to its source."""
    page = opened(visitor, address, "echeances?calcul=Prescription")
    expect(page.locator(".ml-result")).to_contain_text("Agissez avant le")
    page.locator("a.ml-ref").first.click()
    expect(page.locator("#calcul-1")).to_be_in_viewport()


def test_the_feed_is_downloaded(visitor: BrowserContext, address: str) -> None:
    """The feed of the watch bears the address of this site."""
    page = opened(visitor, address, "veille")
    with page.expect_download(timeout=SLOW) as waited:
        page.get_by_role("button", name="Flux RSS").click()
    feed = waited.value.path().read_text(encoding="utf-8")
    assert feed.startswith("<?xml")
    assert f"<link>{address}/</link>" in feed


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
def test_a_phone_shows_every_page_without_sideways_scroll(
    phone: BrowserContext, address: str, path: str
) -> None:
    """On a phone nothing of ours is wider than the screen, and the menu leads elsewhere."""
    page = opened(phone, address, path)
    wide = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain], [data-testid=stMain] *')].filter(e =>"
        " e.getBoundingClientRect().right > 391 && !e.closest('.ml-table')).map(e => e.className)"
    )
    assert wide == []
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name="Veille")).to_be_visible()


@pytest.mark.parametrize("path", ["", *PAGES, *OTHERS])
def test_axe_finds_nothing_serious(reader: BrowserContext, address: str, path: str) -> None:
    """axe-core reports no serious or critical fault of WCAG 2.1 AA, but for what Streamlit imposes,
    by day then by night."""
    page = opened(reader, address, path)
    page.wait_for_timeout(1_000)  # the controls are drawn after the text
    by_day = faults(page)
    day = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{BACKGROUND} !== '{day}'")
    page.wait_for_timeout(300)  # colours change little by little
    found = by_day | faults(page)
    page.close()
    assert not found, json.dumps(sorted(found), indent=1)


def faults(page: Page) -> set[str]:
    """What axe-core has against a page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    options = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=options).response["violations"]
    return {
        f"{rule['id']}: {node['html'][:300]}"
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in IMPOSED
        for node in rule["nodes"]
    }


def test_the_keyboard_alone_changes_page(visitor: BrowserContext, address: str) -> None:
    """Tab reaches a link of the bar, shows where it is, and Enter follows it."""
    page = opened(visitor, address, "aide")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Échéances":
            break
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
    assert ring != "none" or shadow != "none"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Échéances", timeout=SLOW)
