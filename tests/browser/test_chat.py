"""The chat as visitors meet it: a real server, a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

QUESTION = "Le prestataire peut-il limiter sa responsabilité ?"
VOTE = "Cette réponse vous a aidé"


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="fr-FR"
    )
    yield context
    context.close()


def greeted(context: BrowserContext, address: str) -> Page:
    """A new page of a browser, once its examples are there."""
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Mon prestataire").wait_for()
    return page


@pytest.fixture
def page(visitor: BrowserContext, address: str) -> Page:
    """The greeting, ready for a question."""
    return greeted(visitor, address)


def ask(page: Page, question: str = QUESTION) -> None:
    """Type a question and wait for the end of its answer."""
    before = page.get_by_text(VOTE).count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_text(VOTE)).to_have_count(before + 1, timeout=30_000)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page has kept one height for half a second: a fold that opens moves the rest."""
    page.wait_for_function(
        """() => {
            const main = document.querySelector('[data-testid="stMain"]') ?? document.body;
            const now = [main.scrollHeight, main.scrollTop].join();
            if (window.mlSeen !== now) { window.mlSeen = now; window.mlSince = Date.now(); }
            return Date.now() - window.mlSince > 500;
        }""",
        polling=100,
    )


def test_a_question_is_answered_with_markers(page: Page) -> None:
    """The short answer is on the screen as soon as the answer is there."""
    ask(page)
    short = page.get_by_text("la clause limitative de responsabilité est en principe valable")
    expect(short).to_be_in_viewport()
    expect(page.locator('a[href="#source-0-1"]').first).to_have_text("[1]")


def test_a_marker_leads_to_its_card(page: Page) -> None:
    """A click on [1] brings the card and the words relied on to the screen."""
    ask(page)
    page.locator('a[href="#source-0-1"]').first.click()
    expect(page.locator("#source-0-1 mark")).to_be_in_viewport()
    link = page.locator("#source-0-1 a.ml-link")
    expect(link).to_have_attribute("href", re.compile("^https://www.legifrance"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_marker_opens_a_folded_card(page: Page) -> None:
    """A marker of the explanation opens the card that two folds hide."""
    ask(page)
    expect(page.locator("#source-0-9")).to_be_hidden()
    page.get_by_text("Explication", exact=True).click()
    settle(page)
    page.locator('a[href="#source-0-9"]').first.click()
    expect(page.locator("#source-0-9 mark")).to_be_in_viewport()


def test_a_closed_card_opens_again(page: Page) -> None:
    """A second click on the same marker opens a card that the visitor has closed."""
    ask(page)
    page.locator('a[href="#source-0-2"]').first.click()
    page.locator("details:has(> #source-0-2) > summary").click()
    expect(page.locator("#source-0-2")).to_be_hidden()
    page.locator('a[href="#source-0-2"]').first.click()
    expect(page.locator("#source-0-2 mark")).to_be_in_viewport()


def test_a_new_answer_comes_to_the_screen(page: Page) -> None:
    """The second question is brought to the screen, not left under the first answer."""
    ask(page)
    ask(page, "Mon contrat peut-il être reconduit tacitement ?")
    expect(page.get_by_text("reconduit tacitement ?")).to_be_in_viewport()
    expect(page.locator('a[href="#source-1-1"]').first).to_be_in_viewport()


def test_a_vote_is_thanked_and_leaves_the_answer(page: Page) -> None:
    """A thumb up is acknowledged; the answer, its cards and the place on the page stay."""
    ask(page)
    page.locator('[class*="st-key-vote-"] button').first.click()
    expect(page.get_by_text("votre avis est enregistré")).to_be_visible()
    expect(page.locator("#source-0-1")).to_be_visible()


def test_a_thumb_down_takes_a_reason(page: Page) -> None:
    """A thumb down offers reasons and accepts one."""
    ask(page)
    page.locator('[class*="st-key-vote-"] button:not(.ml-copy)').last.click()
    page.get_by_text("Elle est incomplète").click()
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_text("votre avis est enregistré")).to_be_visible()


def test_a_reload_gives_a_working_page(page: Page) -> None:
    """After a reload the conversation is there, its markers lead to their cards, and it goes on."""
    ask(page)
    page.reload()
    expect(page.get_by_text(VOTE)).to_be_visible(timeout=30_000)
    settle(page)
    page.locator('a[href="#source-0-1"]').first.click()
    expect(page.locator("#source-0-1 mark")).to_be_in_viewport()
    ask(page, "Mon contrat peut-il être reconduit tacitement ?")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_two_browsers_do_not_share_a_conversation(
    browser: Browser, page: Page, address: str
) -> None:
    """Another visitor, at the same time, sees none of it."""
    ask(page)
    other = browser.new_context(locale="fr-FR")
    stranger = greeted(other, address)
    expect(stranger.get_by_test_id("stChatMessage")).to_have_count(0)
    ask(stranger, "Mon contrat peut-il être reconduit tacitement ?")
    expect(stranger.get_by_text(QUESTION)).to_have_count(0)
    expect(page.get_by_text("reconduit tacitement ?")).to_have_count(0)
    other.close()


def test_typed_html_does_not_run(page: Page) -> None:
    """Tags in a question are read as text, in the question and everywhere else."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    attack = "<img src=x onerror=alert(1)> **limiter** sa responsabilité prestataire ?"
    ask(page, attack)
    expect(page.get_by_test_id("stChatMessage").get_by_text(attack)).to_be_visible()
    expect(page.get_by_test_id("stSidebar").get_by_text(attack)).to_have_count(1)
    expect(page.locator('img[src="x"]')).to_have_count(0)


def test_a_long_question_can_be_read_from_its_beginning(page: Page) -> None:
    """The bubble of a long question is short, and scrolls over all of it."""
    ask(page, f"Première phrase. {QUESTION * 100}")
    bubble = page.get_by_test_id("stChatMessage").first.get_by_test_id("stText")
    height, top = bubble.evaluate(
        "e => [e.clientHeight, e.firstChild.getBoundingClientRect().top"
        " - e.getBoundingClientRect().top]"
    )
    assert height < 400
    assert top >= 0


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scroll(phone: BrowserContext, address: str, width: int) -> None:
    """Greeting, answer and open cards hold in the width of a phone."""
    page = greeted(phone, address)
    page.set_viewport_size({"width": width, "height": 844})
    ask(page)
    for fold in page.locator("details.ml-others > summary, details.ml-source > summary").all():
        if fold.is_visible():
            fold.click()
    wide = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain], [data-testid=stMain] *')]"
        f".filter(e => e.getBoundingClientRect().right > {width} + 1).map(e => e.className)"
    )
    assert wide == []


def test_the_console_stays_clean(visitor: BrowserContext, address: str) -> None:
    """A whole visit writes no error to the browser's console and asks no other host."""
    errors: list[str] = []
    hosts: set[str] = set()
    visitor.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    visitor.on("weberror", lambda failure: errors.append(str(failure.error)))
    visitor.on("request", lambda request: hosts.add(request.url))
    page = greeted(visitor, address)
    ask(page)
    page.locator('a[href="#source-0-1"]').first.click()
    page.get_by_role("button", name="Nouvelle conversation").click()
    page.get_by_role("button", name="Mon prestataire").wait_for()
    assert errors == []
    assert {url for url in hosts if not url.startswith((address, "data:", "blob:"))} == set()


def test_the_page_is_french_for_screen_readers(page: Page) -> None:
    """The document says it is French, its controls have names, an empty date is told in French."""
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    parts = "[...document.querySelectorAll('[data-testid=stDateInput] [data-placeholder=true]')]"
    shown = f"{parts}.map(e => getComputedStyle(e, '::after').content.slice(1, -1)).join('/')"
    page.wait_for_function(f"{shown} === 'jj/mm/aaaa'")
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, a, input, textarea')].filter(e =>"
        " e.offsetParent && e.tabIndex >= 0 && !(e.innerText.trim() || e.ariaLabel || e.labels?.length))"
        ".map(e => e.outerHTML.slice(0, 200))"
    )
    assert unnamed == []
