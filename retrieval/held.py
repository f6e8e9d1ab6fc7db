"""The passages of a generation, held in memory once read: people ask about the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retrieval.backend import Backend
from retrieval.types import Passage

KEPT = 2_000  # passages held, documents whose passages are known, and ids whose numbers are


class HeldPassages:
    """Passages by number, by id and by document. Safe to share between threads.

    Args:
        backend: of the generation, which never changes.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._kept: dict[int, Passage] = {}
        self._number_of = lru_cache(maxsize=KEPT)(backend.number)
        self.of_document = lru_cache(maxsize=KEPT)(self._of_document)

    def of(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages of these numbers, in their order; read once, and held within bounds."""
        found = {number: self._kept.get(number) for number in numbers}
        missing = [number for number, passage in found.items() if passage is None]
        read = dict(zip(missing, self._backend.passages(missing), strict=True)) if missing else {}
        if len(self._kept) + len(read) > KEPT:
            self._kept.clear()
        self._kept.update(read)
        return [found[number] or read[number] for number in numbers]

    def with_id(self, identifier: str) -> Passage | None:
        """The passage with this id, or None."""
        number = self._number_of(identifier)
        if number is None:
            return None
        return self._kept.get(number) or self.of([number])[0]

    def _of_document(self, document: int) -> tuple[int, ...]:
        """Numbers of a document's passages, in order."""
        return tuple(self._backend.of_document(document))
