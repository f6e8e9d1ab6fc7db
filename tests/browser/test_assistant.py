"""One visitor's story on the assistant's page: contract, answer, reload, link, deletion."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_chat import ask, greeted, settle
from tests.browser.test_pages import faults
from tests.ingest.pdf_maker import make_pdf

CLAUSE = (
    "7.2 Le Client peut resilier le contrat avec un preavis de trois mois par lettre recommandee."
)
QUESTION = "Le prestataire peut-il limiter sa responsabilité ?"
CONTRACT = make_pdf(
    [
        ["Contrat de maintenance informatique", "entre le Prestataire et le Client"],
        ["Article 7 - Duree et resiliation", CLAUSE],
        ["Article 9 - Responsabilite",
         "9.1 La responsabilite du Prestataire est limitee au prix annuel du contrat."],
    ]
)  # fmt: skip


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract, as a customer has it."""
    path = tmp_path / "contrat <b>.pdf"
    path.write_bytes(CONTRACT)
    return path


def join(page: Page, path: Path) -> None:
    """Add a contract to the conversation."""
    page.get_by_role("button", name="Joindre mon contrat").click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_role("button", name="Retirer le contrat")).to_be_visible(timeout=60_000)


def test_a_contract_is_quoted_seen_and_kept_over_a_reload(
    visitor: BrowserContext, address: str, contract: Path
) -> None:
    """The contract is beside the law, its page opens with the words marked; a reload loses nothing."""
    page = greeted(visitor, address)
    join(page, contract)
    ask(page, QUESTION)
    expect(page.get_by_text("Votre contrat dit").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("Votre contrat dit").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text(QUESTION).first).to_be_visible()
    page.get_by_role("button", name="Voir la page 3").click()
    expect(page.locator('[role="dialog"] img')).to_be_visible(timeout=30_000)
    assert faults(page) == set()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Retirer le contrat").click()
    expect(page.get_by_role("button", name="Joindre mon contrat")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Voir la page 3")).to_have_count(0)


def test_an_answer_is_copied_shared_saved_and_deleted(
    browser: Browser, visitor: BrowserContext, address: str
) -> None:
    """Copy, file and link work; a stranger needs the link; deletion leaves nothing."""
    visitor.grant_permissions(["clipboard-read", "clipboard-write"])
    page = greeted(visitor, address)
    ask(page, QUESTION)
    page.get_by_role("button", name="Copier la réponse").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    assert "[1] " in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Enregistrer").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Télécharger en Markdown").click()
    assert "Dossier de réponse" in saved.value.path().read_text(encoding="utf-8")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Partager").click()
    page.get_by_role("button", name="Créer un lien").click()
    link = page.locator(".ml-address").inner_text()
    own = page.url
    page.keyboard.press("Escape")
    _stranger_reads(browser, link, own)
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("button", name="Supprimer cette conversation").click()
    expect(page.get_by_text("La conversation est supprimée")).to_be_visible(timeout=30_000)
    page.goto(own)
    expect(page.get_by_text("n’a pas eu lieu dans ce navigateur")).to_be_visible(timeout=30_000)


def _stranger_reads(browser: Browser, link: str, own: str) -> None:
    """Another browser opens the link, and not the address."""
    other = browser.new_context(locale="fr-FR")
    stranger = other.new_page()
    stranger.goto(link)
    expect(stranger.get_by_text("Vous lisez la copie")).to_be_visible(timeout=30_000)
    expect(stranger.get_by_text(QUESTION).first).to_be_visible()
    stranger.goto(own)
    expect(stranger.get_by_text("n’a pas eu lieu dans ce navigateur")).to_be_visible(timeout=30_000)
    expect(stranger.get_by_text(QUESTION)).to_have_count(0)
    other.close()


def test_the_way_back_leads_from_one_conversation_to_another(
    visitor: BrowserContext, address: str
) -> None:
    """The browser's own buttons move between conversations, in one tab or two."""
    page = greeted(visitor, address)
    ask(page, QUESTION)
    first = page.url
    page.get_by_role("button", name="Nouvelle conversation").click()
    page.get_by_role("button", name="Mon prestataire").wait_for()
    ask(page, "Mon contrat peut-il être reconduit tacitement ?")
    second = page.url
    assert first != second
    page.locator(".st-key-history").get_by_role("button", name="limiter sa responsabilité").click()
    expect(page.get_by_text(QUESTION).last).to_be_visible(timeout=30_000)
    settle(page)
    tab = visitor.new_page()
    tab.goto(second)
    expect(tab.get_by_test_id("stChatMessage").first).to_contain_text("reconduit", timeout=30_000)
    page.go_back()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("reconduit", timeout=30_000)
