"""Whether a question asks what a published one asks, in other words.

The index is slow to learn a question of five wordings among questions of a hundred. What the base
reads in two questions tells more: each is a profile, its value for every document of the base (the
concepts of Gabrilovich and Markovitch, "Computing semantic relatedness using Wikipedia-based
explicit semantic analysis", IJCAI 2007). Two questions that ask the same are near by their words,
alike in profile, and none of the base's own wordings is nearer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval import Encoder, Retriever
from retrieval.asked import cut, sentences
from retrieval.fusion import fuse, standard

# tests/desk/test_closeness.py measures both on questions that the base does not have.
SAME = 0.70  # nearness from which a question asks the same: of 440 others, one or none passes
NEAR = 0.40  # from which the published question may be offered: half of those that ask the same

_READ = 8  # wordings of a published question that are read, its own first
_KEPT = 2_000  # profiles held in memory, of about 2 kB each
_BASE, _ALL = 1.5, 0.7  # weights beside likeness and senses, fitted with the thresholds

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Profile:
    """What the base reads in a text, document by document."""

    fused: Values  # by all legs
    senses: Values  # by the sense of its words
    wordings: Values  # likeness of the nearest wordings


@dataclass(slots=True)
class Closeness:
    """Nearness of questions over one generation. Threads may share one.

    Args:
        retriever: over the generation in use.
        encoder: the index's.
    """

    retriever: Retriever
    encoder: Encoder
    _profiles: OrderedDict[str, _Profile] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[Any]:
        """The vectors of texts as the retriever reads them, (texts, dimension), of length 1."""
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def nearness(
        self, question: str, likeness: float, wordings: Sequence[str], document: str
    ) -> float:
        """How near a question is to a published one: compare with `SAME` and `NEAR`.

        Args:
            likeness: of the question to the nearest of the wordings, by their vectors.
            wordings: of the published question, its own first; the first eight are read.
            document: its document, once the base has it: what the base knows of it counts for
                nothing, so that it is as near after an indexing as before.
        """
        others = np.array([name != document for name in self.retriever.asked()], dtype=bool)
        if not others.any():
            return likeness
        asked = _among(self._profile(question), others)
        known = [_among(self._profile(text), others) for text in wordings[:_READ]]
        fused = _cosine(asked.fused, np.mean([one.fused for one in known], axis=0))
        senses = _cosine(asked.senses, np.mean([one.senses for one in known], axis=0))
        nearest = float(asked.wordings.max())
        return likeness + senses + _ALL * fused - _BASE * nearest

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        """The mean of a text's sentences, at length 1."""
        total = self.encoder.encode(sentences(cut(text))).sum(axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9))

    def _profile(self, text: str) -> _Profile:
        """The profile of a text, kept."""
        with self._lock:
            found = self._profiles.get(text)
            if found is not None:
                self._profiles.move_to_end(text)
                return found
        legs = self.retriever.signals(text).legs
        made = _Profile(
            fuse(legs, self.retriever.weights.legs), np.asarray(legs["senses"]), legs["wordings"]
        )
        with self._lock:
            self._profiles[text] = made
            if len(self._profiles) > _KEPT:
                self._profiles.popitem(last=False)
        return made


def _among(profile: _Profile, kept: npt.NDArray[np.bool_]) -> _Profile:
    """A profile over some documents, on a common scale; likeness stays as it is."""
    fused, senses = standard(profile.fused[kept]), standard(profile.senses[kept])
    return _Profile(fused, senses, profile.wordings[kept])


def _cosine(one: Values, other: Values) -> float:
    """The cosine of two profiles; 0 when one says nothing."""
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size > 1e-12 else 0.0
