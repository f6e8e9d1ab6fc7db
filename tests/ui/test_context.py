"""A passage of a document is shown among its neighbours."""

from __future__ import annotations

import pytest

from interfaces.ui.assistant.context import in_context
from retrieval.types import Passage


def passage(page: int, rank: int) -> Passage:
    """A passage whose text tells its place."""
    name = f"doc:sha/contrat.pdf#p{page}.{rank}"
    return Passage(name, "doc:sha/contrat.pdf", "document", "Contrat", f"texte {page}.{rank}")


DOCUMENT = [passage(10, 1), passage(2, 1), passage(1, 2), passage(1, 1)]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((1, 1), "texte 1.1\ntexte 1.2"),
        ((2, 1), "texte 1.2\ntexte 2.1\ntexte 10.1"),
        ((10, 1), "texte 2.1\ntexte 10.1"),
    ],
)
def test_neighbours_follow_the_pages(place: tuple[int, int], text: str) -> None:
    """Page 10 comes after page 2, whatever the order of the ids."""
    found = in_context(passage(*place), DOCUMENT)
    assert found.text == text
    assert found.id == passage(*place).id


def test_a_passage_of_elsewhere_stays_as_it_is() -> None:
    """A document that does not hold the passage changes nothing."""
    assert in_context(passage(3, 1), DOCUMENT).text == "texte 3.1"
    assert in_context(passage(3, 1), []).text == "texte 3.1"
