"""What the retriever needs of an index, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from retrieval.conditions import Condition
from retrieval.encoders.base import Vectors
from retrieval.generation import Manifest
from retrieval.matcher import Matcher
from retrieval.outline import Outline
from retrieval.scored import Numbers, Scored
from retrieval.store import DocumentRow
from retrieval.types import Passage


class Backend(Protocol):
    """One generation of an index. Safe to share between threads.

    Documents and passages have numbers, from 1 in order of id; wordings from 1 in the order in
    which they were written. Every method raises `IndexCorruptError` when what is kept cannot be
    read, and one that reaches for a server raises `IndexUnreachableError` when it is not there.
    """

    manifest: Manifest
    documents: list[DocumentRow]  # in order of number
    matcher: Matcher
    wording_vectors: Vectors  # (wordings, dimension), in order of number
    outline: Outline  # of the wordings' vectors
    wording_documents: Numbers  # (wordings,) document numbers
    declined_vectors: Vectors  # (questions, dimension): what the base must decline

    def lexical(
        self, field: str, terms: Iterable[str], limit: int, where: Condition | None = None
    ) -> Scored:
        """(number, BM25) of the best rows of a field, best first; ties by number."""

    def nearest(self, vector: Vectors, k: int, where: Condition | None = None) -> Scored:
        """(number, inner product) of the passages nearest to a vector, best first."""

    def allowed(self, where: Condition) -> list[int]:
        """Numbers of the passages that a condition lets through, in order."""

    def allowed_of(self, numbers: Iterable[int], where: Condition) -> list[int]:
        """Those of some passages that a condition lets through, in their order."""

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in the order asked for."""

    def number(self, passage_id: str) -> int | None:
        """The number of a passage, or None."""

    def of_document(self, document: int) -> list[int]:
        """Numbers of a document's passages, in order."""

    def by_reference(self, key: str) -> list[int]:
        """Numbers of the passages that a reference key names: the kb's own first."""

    def vocabulary(self) -> Mapping[str, int]:
        """How often each word comes in the texts; 0 for one seen in wordings alone."""

    def knows(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the vocabulary holds."""

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]:
        """The preferred term of the lexicon's phrases among some."""

    def close(self) -> None:
        """Give back what is held."""
