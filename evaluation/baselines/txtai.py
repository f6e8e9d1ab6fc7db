"""txtai's usual hybrid: `hybrid=True`, BM25 and vectors of equal weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.baselines.corpus import DEPTH, Source
from evaluation.baselines.minilm import minilm_folder
from evaluation.packages import needed


class Txtai:
    """A txtai index with its hybrid defaults.

    Raises:
        MissingPackageError: txtai or the model's package is not installed.
    """

    def __init__(self) -> None:
        folder = minilm_folder()
        embeddings = needed("txtai", "baselines").Embeddings
        self._index: Any = embeddings(path=str(folder), hybrid=True, gpu=False)
        self._owners: list[str] = []

    def build(self, sources: Sequence[Source]) -> int:
        """Index the sources' passages."""
        pieces = [(s.id, text) for s in sources for text in (*s.passages, *s.wordings)]
        self._owners = [owner for owner, _ in pieces]
        self._index.index([(place, text) for place, (_, text) in enumerate(pieces)])
        return len(pieces)

    def search(self, question: str) -> list[str]:
        """The documents of the best passages."""
        return [self._owners[int(place)] for place, _ in self._index.search(question, DEPTH)]
