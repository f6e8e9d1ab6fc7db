"""Answers as plain text, and the button that copies them."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.types import Answer, Citation, Part
from interfaces.ui.assistant.copying import answer_text, copy_button, plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Non** : *sauf* clause [1].", "Non : sauf clause [1]."),
        ("### Titre\n\n- un\n- deux", "Titre\n\n– un\n– deux"),
        ("le champ \\[nom\\] et l\\_un", "le champ [nom] et l_un"),
        ("*Hypothèses : **client** seul.*", "Hypothèses : client seul."),
        ("2 * 3 = 6 et snake_case_name", "2 * 3 = 6 et snake_case_name"),
    ],
)
def test_marks_are_taken_out(markdown: str, text: str) -> None:
    """What is copied into an e-mail reads like one."""
    assert plain(markdown) == text


@given(st.text(max_size=200))
def test_any_text_goes_into_a_button_and_comes_out(text: str) -> None:
    """No text leaves its attribute (pain: HTML of a document runs in the page)."""
    html = copy_button(text, "Copier")
    held = html.partition('data-text="')[2].partition('" data-done=')[0]
    assert unescape(held) == text or "\r" in text or "\x00" in text
    assert not set('<>"') & set(held)


def test_an_answer_is_copied_with_its_sources() -> None:
    """Parts, then each source with its reference and address, then what it is."""
    citation = Citation(1, "kb:law/a", "statute", "Clause pénale", "C. civ., art. 1231-5",
                        "https://exemple.fr/a", "…")  # fmt: skip
    answer = Answer("Q ?", "answered", (Part("", "Oui [1]."), Part("Limites", "- Aucune")),
                    (citation,), 0.9, "", "fr", (), "g")  # fmt: skip
    text = answer_text(answer).replace("\u00a0", " ")
    assert text.startswith(
        "Oui [1].\n\nLimites\n\n– Aucune\n\nSources\n[1] C. civ., art. 1231-5 – https://exemple.fr/a"
    )
    assert text.endswith("information juridique, non conseil.")
