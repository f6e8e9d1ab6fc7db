"""Plain BM25 over French stems, by bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evaluation.baselines.corpus import DEPTH, Source
from evaluation.packages import needed


class Bm25:
    """bm25s with its defaults (Lucene's BM25, k1 1.5, b 0.75), French stop words and stems.

    A document is one text, and its title with all its wordings another: of the ways tried (passages
    one by one, wordings one by one, everything in one text), the one that does best.

    Raises:
        MissingPackageError: bm25s or PyStemmer is not installed.
    """

    def __init__(self) -> None:
        self._bm25s: Any = needed("bm25s", "baselines")
        self._stemmer: Any = needed("Stemmer", "baselines").Stemmer("french")
        self._owners: list[str] = []
        self._index: Any = None

    def build(self, sources: Sequence[Source]) -> int:
        """Index the sources."""
        pieces = [(source.id, text) for source in sources for text in _texts(source)]
        self._owners = [owner for owner, _ in pieces]
        self._index = self._bm25s.BM25()
        self._index.index(self._terms([text for _, text in pieces]), show_progress=False)
        return len(pieces)

    def search(self, question: str) -> list[str]:
        """The documents of the best texts; those that share no term with the question are out."""
        terms = self._terms([question])[0]
        if not terms:
            return []
        scores = self._index.get_scores(terms)
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [self._owners[place] for place in order if scores[place] > 0]

    def _terms(self, texts: Sequence[str]) -> list[list[str]]:
        """The stems of each text, in order."""
        found: list[list[str]] = self._bm25s.tokenize(
            list(texts), stopwords="french", stemmer=self._stemmer.stemWords,
            return_ids=False, show_progress=False,
        )  # fmt: skip
        return found


def _texts(source: Source) -> tuple[str, ...]:
    """What is indexed of a source."""
    if not source.wordings:
        return (source.text,)
    return source.text, "\n".join((source.title, *source.wordings))
