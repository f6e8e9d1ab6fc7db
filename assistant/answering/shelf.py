"""The documents that answers are composed from, kept at hand once read."""

from __future__ import annotations

from retrieval import Passage, Retriever

KEPT = 1_000  # documents held in memory: more than the knowledge base has


class Shelf:
    """Documents and passages of one generation. Reading only; safe to share between threads.

    Args:
        retriever: over the generation.
    """

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._documents: dict[str, tuple[Passage, ...]] = {}

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id, or None."""
        return self._retriever.passage(identifier)

    def document(self, identifier: str) -> tuple[Passage, ...]:
        """The passages of a document, in order of id; none when it is unknown."""
        found = self._documents.get(identifier)
        if found is None:
            found = tuple(self._retriever.document(identifier))
            if len(self._documents) >= KEPT:
                self._documents.clear()
            self._documents[identifier] = found
        return found
