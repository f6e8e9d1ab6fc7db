"""What the sources of a published answer said, and whether they still say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from assistant.desk.sources import changed, digests, holds
from retrieval import Passage

LAW = Passage("kb:law/a", "kb:law/a", "statute", "Texte", "Le contrat oblige.", reference="Art. 1")
OWN = Passage("kb:questions/q#r", "kb:questions/q", "question", "Question", "Oui.")


@dataclass(frozen=True)
class Text:
    """A published text."""

    citations: Sequence[Mapping[str, Any]]
    sources: Mapping[str, str] = field(default_factory=dict)


def cited(passage: Passage, quote: str = "") -> dict[str, Any]:
    """A citation of a passage."""
    said = quote or passage.text
    return {"passage_id": passage.id, "kind": passage.kind, "quote": said}


def base(*passages: Passage) -> Any:
    """Finds some passages."""
    return {one.id: one for one in passages}.get


@pytest.mark.parametrize(
    "now",
    [
        (),
        (replace(LAW, text="Le contrat oblige peu."),),
        (replace(LAW, in_force_until=date(2026, 1, 1)),),
        (replace(LAW, reference="Art. 2"),),
    ],
)
def test_an_authority_that_is_gone_or_says_something_else_has_changed(
    now: tuple[Passage, ...],
) -> None:
    """Gone, reworded even beyond the quotation, ended, renumbered."""
    text = Text([cited(LAW, "Le contrat")], digests([cited(LAW)], base(LAW)))
    assert holds(text, base(LAW)) and not holds(text, base(*now))


def test_without_digests_the_quotation_is_looked_for() -> None:
    """An answer of before they were noted."""
    assert holds(Text([cited(LAW)]), base(LAW))
    assert changed(Text([cited(LAW)]), base(replace(LAW, text="Autre chose."))) == [cited(LAW)]


def test_a_question_of_the_base_is_no_authority() -> None:
    """A publication that revises a question changes the very passage that it cites."""
    text = Text([cited(LAW), cited(OWN)], digests([cited(LAW), cited(OWN)], base(LAW, OWN)))
    assert set(text.sources) == {LAW.id} and holds(text, base(LAW))


def test_a_text_without_citation_does_not_hold() -> None:
    """Nothing supports it."""
    assert not holds(Text([]), base(LAW))
