"""The options applied to the text: what stays, and how it is numbered."""

from __future__ import annotations

import pytest

from assistant.contract.select import select, select_text
from retrieval.errors import KnowledgeBaseError
from tests.contract.small_model import small_model

YES_NO = {"a": "oui", "b": "non"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1\n[[option:a=oui]]\n2\n[[/option]]\n3", "1\n2\n3"),
        ("1\n[[option:a=non]]\n2\n[[/option]]\n3", "1\n3"),
        ("[[option:a=oui]]\n1\n[[option:b=oui]]\n2\n[[/option]]\n3\n[[/option]]\n4", "1\n3\n4"),
        ("[[option:a=non]]\n1\n[[option:b=non]]\n2\n[[/option]]\n3\n[[/option]]\n4", "4"),
        ("un [[option:a=oui]]deux [[/option]]trois", "un deux trois"),
        ("1\n\n[[option:a=non]]\n2\n[[/option]]\n\n3", "1\n\n3"),
        ("", ""),
    ],
)
def test_blocks(text: str, kept: str) -> None:
    """A block stays when its option has its value; a nested one, when both have theirs."""
    assert select_text(text, YES_NO) == kept


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("un\n[[option:a=oui]]\ndeux", 11, "jamais refermé"),
        ("[[option:a=oui]]\n[[option:b=oui]]\nun\n[[/option]]", 10, "jamais refermé"),
        ("un\n\n[[/option]]", 12, "sans bloc ouvert"),
        ("un\n[[option:c=oui]]\n[[/option]]", 11, "option inconnue « c »"),
        ("un\ndeux [[option a=oui]]", 11, "balise mal écrite"),
        ("[[option:a=oui]]\nun\n[[/option]]\n[[/options]]", 13, "balise mal écrite"),
    ],
)
def test_a_malformed_block_is_refused(text: str, line: int, problem: str) -> None:
    """A block that is not closed, not opened or badly written says its file and its line."""
    with pytest.raises(KnowledgeBaseError) as caught:
        select_text(text, YES_NO, "contract/x.md", 10)
    assert f"contract/x.md:{line}:" in caught.value.problem
    assert problem in caught.value.problem


def test_a_value_that_does_not_exist_is_refused() -> None:
    """A block for a value that the option does not have would never be printed."""
    model = small_model("1.1 Un.\n\n[[option:a=peut]]\n1.2 Deux.\n[[/option]]")
    with pytest.raises(KnowledgeBaseError, match=r"contract/1\.md:12: « a=peut »"):
        select(model, YES_NO)


TWO = (
    "1.1 Un.\n\n[[option:a=oui]]\n1.2 Deux.\n[[/option]]\n\n1.3 Trois, selon le 1.1.\n\n1.4 Voir le 1.3.",
    "2.1 Les 1.1 à 1.4 et l'article 1.3 valent pour 12.5 et 1.33.",
)


def test_a_paragraph_left_out_renumbers_those_that_follow() -> None:
    """The paragraphs keep following each other, and references follow them, in every clause."""
    first, second = select(small_model(*TWO), {"a": "non", "b": "non"})
    assert first.text == "1.1 Un.\n\n1.2 Trois, selon le 1.1.\n\n1.3 Voir le 1.2."
    assert second.text == "2.1 Les 1.1 à 1.3 et l'article 1.2 valent pour 12.5 et 1.33."


def test_nothing_left_out_renumbers_nothing() -> None:
    """When every paragraph is printed, the printed numbers are those of the model."""
    first, second = select(small_model(*TWO), {"a": "oui", "b": "non"})
    assert "1.4 Voir le 1.3." in first.text
    assert second.text == TWO[1]


def test_notes_follow_the_numbers() -> None:
    """A drafting note cites the numbers that are printed."""
    model = small_model("[[option:a=oui]]\n1.1 Un.\n[[/option]]\n\n1.2 Deux.")
    assert select(model, {"a": "oui", "b": "non"})[0].note == "Note du 1.1."


def test_a_reference_to_a_paragraph_left_out_is_refused() -> None:
    """A reference that would lead nowhere is a mistake of the model, said with its place."""
    model = small_model(
        "1.1 Un.\n\n[[option:a=oui]]\n1.2 Deux.\n[[/option]]", "2.1 Un.\n\n2.2 Voir le 1.2."
    )
    with pytest.raises(KnowledgeBaseError, match=r"contract/2\.md:12: renvoi au 1\.2"):
        select(model, {"a": "non", "b": "non"})
    assert select(model, {"a": "oui", "b": "non"})
