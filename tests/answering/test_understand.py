"""What is asked: language, follow-ups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.types import Turn
from assistant.answering.understand import complete, is_follow_up, language_of


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        ("fr", "Puis-je résilier mon contrat ?"),
        ("fr", "jveu plu payé mé loyers"),
        ("fr", "clause limitative de responsabilité"),
        ("en", "Can we terminate the maintenance contract early?"),
        ("en", "What is the notice period under French law?"),
        ("fr", ""),
    ],
)
def test_language(expected: str, question: str) -> None:
    """English is told from French by its little words; French is the default."""
    assert language_of(question) == expected


@pytest.mark.parametrize(
    "question",
    ["Et si c'est lui qui vend ?", "Même si une clause dit le contraire ?", "Il doit payer quoi ?"],
)
def test_follow_up(question: str) -> None:
    """A short question that opens with a link or points back leans on the one before."""
    assert is_follow_up(question)


def test_a_whole_question_does_not_lean() -> None:
    """A question that stands alone is searched alone."""
    question = (
        "Quel préavis respecter pour résilier un contrat de maintenance à durée indéterminée ?"
    )
    assert complete(question, [Turn("Qui paie les pièces ?")]) == question


def test_follow_up_carries_its_subject() -> None:
    """Follow-ups searched without their context, a known pain, cannot happen: the subject comes along."""
    turns = [Turn("Le prestataire peut-il limiter sa responsabilité ?"), Turn("Et en cas de dol ?")]
    found = complete("Et si le plafond est dérisoire ?", turns)
    assert (
        found
        == "Et si le plafond est dérisoire ? Le prestataire peut-il limiter sa responsabilité ?"
    )


@given(st.text(max_size=300), st.lists(st.text(max_size=100).map(Turn), max_size=4))
def test_any_text_is_understood(question: str, turns: list[Turn]) -> None:
    """Whatever is typed, the completed question starts with it."""
    assert complete(question, turns).startswith(question)
    assert language_of(question) in ("fr", "en")
