"""The cards of the sources."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answering.types import Citation
from interfaces.ui.sources import card, cards, find_quote, passage_html, public_link
from retrieval.types import Passage


def citation(**given: Any) -> Citation:
    """A citation of a statute, with what a test changes."""
    known: dict[str, Any] = {
        "n": 1,
        "passage_id": "kb:law/a",
        "kind": "statute",
        "title": "Clause pénale",
        "reference": "C. civ., art. 1231-5",
        "url": "https://www.legifrance.gouv.fr/a",
        "quote": "Le juge peut la réduire.",
    }
    return Citation(**{**known, **given})


def passage(**given: Any) -> Passage:
    """The passage behind it, with what a test changes."""
    known: dict[str, Any] = {
        "id": "kb:law/a",
        "document_id": "kb:law/a",
        "kind": "statute",
        "title": "Clause pénale",
        "text": "La somme est due. Le juge peut la réduire.",
        "reviewed_on": date(2026, 11, 24),
        "reviewed_by": "MainteLex",
    }
    return Passage(**{**known, **given})


def test_a_card_tells_what_a_lawyer_needs() -> None:
    """Reference, kind, marked words, public text and review are on the card."""
    html = card(citation(), passage(), 0, opened=False).replace("\u00a0", " ")
    for part in ("C. civ., art. 1231-5", "Loi", "<mark>Le juge peut la réduire.</mark>"):
        assert part in html
    assert "Dernière relecture : 24 novembre 2026, par MainteLex" in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize("standing", ["nuancée", "dépassée"])
def test_a_decision_that_has_aged_says_so(standing: str) -> None:
    """A card never shows a weakened decision as if it were current (pain: stale law)."""
    html = card(citation(), passage(meta={"standing": standing}), 0, opened=True)
    assert f"Décision {standing}" in html


def test_a_current_decision_carries_no_notice() -> None:
    """No warning where there is nothing to warn of."""
    assert "ml-notice" not in card(
        citation(), passage(meta={"standing": "actuelle"}), 0, opened=True
    )


def test_a_repealed_text_says_so() -> None:
    """A text out of force names its last day."""
    html = card(citation(), passage(in_force_until=date(2016, 9, 30)), 0, opened=True)
    assert "plus en vigueur" in html


def test_a_doubtful_source_says_so() -> None:
    """A source of low confidence is to be checked."""
    assert "à vérifier" in card(citation(), passage(meta={"confidence": "low"}), 0, opened=True)


def test_text_of_a_document_is_escaped() -> None:
    """Markup in a document, its title or its reviewer is shown, not run."""
    attack = "<img src=x onerror=alert(1)>"
    html = card(
        citation(reference=attack, title=attack, quote=attack),
        passage(text=f"Avant {attack} après", reviewed_by=attack),
        0,
        opened=True,
    )
    assert "<img" not in html


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[x"]
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    """An address of another kind gives no link."""
    assert public_link(url) == ""


def test_a_link_opens_the_page_of_a_document() -> None:
    """The page of a PDF is in its address (pain: a PDF link should open the exact page)."""
    assert 'href="https://a.fr/b.pdf#page=3"' in public_link("https://a.fr/b.pdf", 3)


def test_a_quote_is_found_across_spaces_and_apostrophes() -> None:
    """The words are marked though the passage breaks its lines elsewhere (pain: no highlight)."""
    text = "Il n’est pas\ndû. Suite."
    start, end = find_quote(text, "Il n'est pas dû.")
    assert text[start:end] == "Il n’est pas\ndû."


def test_without_a_quote_the_passage_is_whole() -> None:
    """A citation whose words are not found still shows its passage."""
    html = passage_html("Tout le passage.", "")
    assert "Tout le passage." in html
    assert "<mark>" not in html


def test_a_long_passage_loses_nothing() -> None:
    """Folding around the quote keeps every line."""
    lines = [f"{number}. {'mot ' * 30}" for number in range(20)]
    html = passage_html("\n".join(lines), lines[10].strip())
    assert all(f"{number}. mot" in html for number in range(20))
    assert html.count("<details") == 2


def test_sources_of_the_short_answer_come_first() -> None:
    """The others are folded behind a count."""
    citations = [citation(n=n) for n in (1, 2, 3)]
    html = cards(citations, {}, 0, leading=1)
    assert html.index("source-0-1") < html.index("Voir les 2 autres sources")
    assert html.index("Voir les 2 autres sources") < html.index("source-0-2")
