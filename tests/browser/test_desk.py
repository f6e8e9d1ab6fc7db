"""The whole story of a question that a lawyer answers, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.desk import Accounts, open_desk
from ingest.build import Plan
from interfaces.place import build_index
from interfaces.settings import load_settings
from interfaces.ui.server import running
from tests.postgres.server import Server
from tests.retrieval.small_base import write_base

PASSWORD = "cheval juste agrafe"
ASKED = "Le juge peut-il réduire la pénalité prévue au contrat ?"
PUBLISHED = "Une pénalité de retard énorme peut-elle être baissée par un tribunal ?"
OTHER_WORDS = "Un tribunal peut-il baisser une énorme pénalité de retard ?"
SENTENCE = "Le juge peut réduire la pénalité manifestement excessive"
TEXT = f"""{SENTENCE} [1].

### Explication

Le juge peut réduire ou augmenter la pénalité manifestement excessive [1].

### En pratique

- Le juge peut réduire la pénalité manifestement excessive [1].

### Limites

- Le juge peut augmenter une pénalité dérisoire [1]."""
# A sure answer goes out, any other waits: a published one is sure.
POLICY = """regles:
  - si: {confiance_sous: 1}
    alors: attendre
sinon: publier
clients_anonymes: oui
conservation_jours: 365
"""
SLOW = 60_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a page with a desk, a lawyer's account, and the small base.

    In a folder, then with the index and the desk in a database.
    """
    folder = tmp_path_factory.mktemp("desk")
    kb = write_base(folder / "kb")
    (kb / "desk").mkdir(exist_ok=True)
    (kb / "desk" / "policy.yaml").write_text(POLICY, encoding="utf-8")
    names = {"kb": str(kb), "index": str(folder / "index"), "data": str(folder / "data")}
    with ExitStack() as held:
        if request.param == "postgresql":
            server = Server()
            held.callback(server.remove)
            names["database_url"] = server.address()
        yield held.enter_context(running(_filled(names)))


def _filled(names: Mapping[str, str]) -> dict[str, str]:
    """The environment of a page, its index and its desk made."""
    environment = {f"MAINTELEX_{name.upper()}": value for name, value in names.items()}
    settings = load_settings(environment, **names)
    build_index(settings, Plan(settings.kb, settings.index), lambda stage, done, total: None)
    store = open_desk(settings.desk)
    Accounts(store).add("anne", "lawyer", PASSWORD)
    store.close()
    return environment


def new_page(browser: Browser, address: str) -> Page:
    """A page of somebody's own browser."""
    context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(address)
    return page


def ask(browser: Browser, address: str, question: str) -> Page:
    """A customer who has asked something."""
    page = new_page(browser, address)
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    return page


def press(page: Page, name: str) -> None:
    """Click a button of the desk."""
    page.get_by_role("button", name=name).last.click()


def settled(page: Page) -> None:
    """Wait until the page's script has run."""
    running = page.locator('[data-testid="stApp"][data-test-script-state="running"]')
    expect(running).to_have_count(0, timeout=SLOW)


def sees(page: Page, text: str) -> None:
    """Wait until the page says something."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=SLOW)


def sign_in(page: Page) -> None:
    """Sign in as the lawyer."""
    page.get_by_label("Nom du compte").fill("anne")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    press(page, "Se connecter")
    sees(page, "Connecté")


def be_refused(page: Page) -> None:
    """A text that the guard refuses: it is told in sight, far down the page, and what was open stays."""
    page.get_by_text("Chercher une source à citer").click()
    editor = page.get_by_role("textbox", name="Texte en Markdown")
    editor.fill("Le juge réduit toute pénalité [9].")
    editor.press("Control+Enter")
    expect(page.locator(".st-key-desk-preview")).to_contain_text("toute pénalité", timeout=SLOW)
    page.locator(".ml-automatic").scroll_into_view_if_needed()
    page.keyboard.press("Alt+Shift+S")
    sees(page, "Le texte ne peut pas être publié")
    expect(page.locator(".st-key-desk-told")).to_be_in_viewport(timeout=SLOW)
    expect(page.get_by_label("Mots, article ou décision")).to_be_visible()


def write(page: Page) -> None:
    """Take the question, write the answer, and approve it."""
    press(page, ASKED)
    press(page, "Prendre")
    press(page, "Modifier")
    editor = page.get_by_role("textbox", name="Texte en Markdown")
    be_refused(page)
    editor.fill(TEXT)
    editor.press("Control+Enter")
    expect(page.locator(".st-key-desk-preview")).to_contain_text(SENTENCE, timeout=SLOW)
    press(page, "Enregistrer")
    sees(page, "Texte enregistré")
    press(page, "Approuver")
    if page.get_by_label("Pourquoi les phrases signalées").count():
        page.get_by_label("Pourquoi les phrases signalées").fill("Relu sur le texte.")
        press(page, "Approuver malgré tout")
    sees(page, "rien n’est encore parti")


def publish(page: Page) -> None:
    """Publish the approved answer as a question of the base."""
    page.get_by_text("Publier dans la base").click()
    page.get_by_label("Question, comme un client la poserait").fill(PUBLISHED)
    page.get_by_label("La question en anglais").fill("Can a court reduce a penalty?")
    page.get_by_label("La réponse courte en anglais").fill("Yes, if it is excessive.")
    page.get_by_label("Autres façons de la poser").fill("le tribunal baisse une pénalité énorme ?")
    page.keyboard.press("Tab")  # leaving a field runs the page again: a click then would be lost
    page.wait_for_timeout(500)
    settled(page)
    press(page, "Publier et envoyer")
    sees(page, "Publiée et envoyée")


def test_a_question_waits_is_answered_and_answers_the_next(browser: Browser, desk: str) -> None:
    """A customer asks and waits; a lawyer edits and publishes; both customers read the answer."""
    customer = ask(browser, desk, ASKED)
    sees(customer, "Un juriste répond d’abord")
    told = customer.locator("strong", has_text="ML-").first.inner_text()
    expect(customer.locator(".ml-source")).to_have_count(0)

    lawyer = new_page(browser, f"{desk}/bureau")
    sign_in(lawyer)
    write(lawyer)
    publish(lawyer)

    back = new_page(browser, f"{desk}/suivre")
    back.get_by_label("Référence").fill(told)
    press(back, "Voir ma question")
    sees(back, "Un juriste vous a répondu.")
    sees(back, SENTENCE)

    other = ask(browser, desk, OTHER_WORDS)
    sees(other, SENTENCE)
    sees(other, "validée par un juriste")
    for page in (customer, lawyer, back, other):
        page.context.close()


def test_a_stranger_finds_no_desk(browser: Browser, desk: str, tmp_path: Path) -> None:
    """The bar has no desk, and its address shows the form alone."""
    page = new_page(browser, f"{desk}/bureau")
    expect(page.get_by_label("Nom du compte")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("link", name="Bureau des juristes")).to_have_count(0)
    expect(page.locator('[class*="st-key-desk-row-"]')).to_have_count(0)
    page.context.close()
