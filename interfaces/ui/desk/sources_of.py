"""The citations that the desk stores, as the page draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.citation import Citation
from interfaces.ui.markup import answer_markdown

if TYPE_CHECKING:
    from retrieval import Passage, Retriever

Stored = Sequence[Mapping[str, Any]]


def citations_of(stored: Stored) -> list[Citation]:
    """Stored citations, in the order of their numbers."""
    return sorted((Citation(**cited) for cited in stored), key=lambda cited: cited.n)


def passages_of(citations: Sequence[Citation], retriever: Retriever) -> dict[str, Passage]:
    """The passages behind citations, by id; those that the base no longer has are left out."""
    found = {cited.passage_id: retriever.passage(cited.passage_id) for cited in citations}
    return {identifier: passage for identifier, passage in found.items() if passage}


def linked(markdown: str, citations: Sequence[Citation], turn: int) -> str:
    """Markdown made inert, its markers linked to the cards of a turn."""
    return answer_markdown(markdown, turn, {cited.n: cited.reference for cited in citations})


def numbered(citations: Sequence[Citation]) -> list[str]:
    """Passage ids such that marker [3] names the third; gaps repeat the first."""
    known = {cited.n: cited.passage_id for cited in citations}
    first = known[min(known)] if known else ""
    return [known.get(number, first) for number in range(1, max(known, default=0) + 1)]
