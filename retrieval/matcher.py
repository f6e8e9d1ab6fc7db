"""The question matcher: which document a question asks for, and whether any does.

Over the hashed features of `retrieval.analysis` (stems, sounds, runs of letters, so that a slip of
the finger changes little), made by the builder from the wordings of the knowledge base: a logistic
regression of questions to answer against questions to decline, and the wordings themselves, for the
cosine of a question with each. Over the vectors of words (`retrieval.words`): a ridge regression
onto the documents, for what wordings say in other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.analysis import feature_array, stems
from retrieval.errors import IndexCorruptError
from retrieval.products import weighted
from retrieval.words import known_words

Floats = npt.NDArray[np.float32]
BUCKETS = 65_536
_WIDENED = np.float32(2.0**112)  # between the least exponents of numbers of 16 and of 32 bits
TOLD = 3  # stems of a question that say most whether it is foreign; 2 and 5 do as well
ARRAYS = (
    "documents", "idf", "scope", "starts", "wordings", "values", "rarity", "centre", "senses",
    "stems", "leaning",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a question that wordings have, worked out once for all that compares them.

    Attributes:
        buckets: (features,) ascending.
        values: (features,) what each weighs, at unit length.
    """

    buckets: npt.NDArray[np.int64]
    values: Floats


@dataclass(frozen=True, slots=True)
class Matcher:
    """The trained models.

    Attributes:
        documents: numbers of the documents that the columns of `senses` stand for.
        idf: (BUCKETS,) inverse document frequency of each feature; 0 where unseen.
        scope: (BUCKETS + 1,) weights of the domain check, its intercept last.
        starts: (BUCKETS + 1,) where the wordings of each feature start in `wordings`.
        wordings: (n_entries,) numbers, from 0, of the wordings that have each feature.
        values: (n_entries,) what each feature weighs in each of them, wordings at unit length.
        rarity: (words,) inverse document frequency of each word that has a vector.
        centre: (size,) mean of the wordings' sums of word vectors, each at unit length.
        senses: (size, n_documents) weights of a question's sum, less the centre, at unit length.
        stems: (stems,) CRC-32 of the stems of all questions learnt from, ascending.
        leaning: (stems + 1,) log of how much oftener each stands in a question to decline than in
            a wording; that of a stem in neither last.
    """

    documents: npt.NDArray[np.int64]
    idf: Floats
    scope: Floats
    starts: npt.NDArray[np.int64]
    wordings: npt.NDArray[np.uint32]
    values: npt.NDArray[np.float16]
    rarity: npt.NDArray[np.float16]
    centre: Floats
    senses: Floats
    stems: npt.NDArray[np.uint32]
    leaning: npt.NDArray[np.float16]

    def leanings(self, question: str) -> tuple[float, float]:
        """How foreign, and how much the base's own, the words of a question are.

        Each the sum over its `TOLD` most telling stems, shared among all its stems and one more:
        three words say less of a story than of a title. 0 or more.
        """
        keys = np.array(sorted({crc32(s.encode()) for s in stems(question)}), dtype=np.uint32)
        at = np.searchsorted(self.stems, keys)
        known = at < len(self.stems)
        known[known] = self.stems[at[known]] == keys[known]
        leaning = self.leaning[np.where(known, at, len(self.stems))].astype(np.float64)
        leaning.sort()
        foreign, own = leaning[::-1][:TOLD], -leaning[:TOLD]
        share = 1.0 / (1 + len(keys))
        return share * float(foreign[foreign > 0].sum()), share * float(own[own > 0].sum())

    def sense(self, question: str) -> Floats:
        """The value of each document by the sense of the question's words; zeros without any."""
        found = sense_of(question, self.rarity)
        if not found.any():
            return np.zeros(len(self.documents), dtype=np.float32)
        return weighted(_unit_length(found - self.centre), self.senses)

    def features(self, question: str) -> Features:
        """The features of a question that wordings have."""
        buckets = feature_array(question, BUCKETS)
        buckets = buckets[self.idf[buckets] > 0.0]
        values = self.idf[buckets]
        return Features(buckets, values / max(float(np.linalg.norm(values)), 1e-9))

    def likeness(self, question: Features, wordings: int) -> Floats:
        """The cosine of the question with each wording, 0 to 1, over their weighted features.

        Args:
            question: as `features` gives it.
            wordings: how many there are.
        """
        starts, ends = self.starts[question.buckets], self.starts[question.buckets + 1]
        found = list(starmap(slice, zip(starts.tolist(), ends.tolist(), strict=True)))
        if not found:
            return np.zeros(wordings, dtype=np.float32)
        rows = np.concatenate([self.wordings[part] for part in found], dtype=np.int64)
        halves = self.values.view(np.uint16)
        worth = _widened([halves[part] for part in found])
        worth *= np.repeat(question.values * _WIDENED, ends - starts)
        return np.bincount(rows, worth, minlength=wordings).astype(np.float32)

    def log_odds(self, question: Features) -> float:
        """The log-odds that the base answers, by the features of a question alone."""
        return float(question.values @ self.scope[question.buckets] + self.scope[-1])


def _widened(halves: Sequence[npt.NDArray[np.uint16]]) -> Floats:
    """Numbers of 16 bits, 0 or more, given by their bits, as numbers of 32 divided by `_WIDENED`.

    The bits are moved to where 32 have them, three times as fast as the conversion of NumPy; the
    exponents, which start elsewhere, are then off by a power of two, which rounds nothing.
    """
    bits = np.concatenate(halves, dtype=np.uint32)
    bits <<= 13
    return bits.view(np.float32)


def sense_of(text: str, rarity: npt.NDArray[np.float16]) -> Floats:
    """The sum of a text's word vectors, each word by its rarity, at unit length; (size,).

    Args:
        rarity: (words,) of all words that have a vector.
    """
    table = known_words()
    places = table.places(text)
    return _unit_length(table.summed(places, rarity[places].astype(np.float32)))


def _unit_length(vector: Floats) -> Floats:
    """A vector of length 1, or of length 0."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)


def save_matcher(folder: Path, matcher: Matcher) -> None:
    """Write the models as plain arrays."""
    for name in ARRAYS:
        np.save(folder / f"matcher-{name}.npy", getattr(matcher, name), allow_pickle=False)


def load_matcher(folder: Path) -> Matcher:
    """The models of a generation; the large one is mapped, not read.

    Raises:
        IndexCorruptError: a file is missing or truncated, or shapes do not agree.
    """
    try:
        arrays = {
            name: np.asarray(
                np.load(folder / f"matcher-{name}.npy", mmap_mode="r", allow_pickle=False)
            )
            for name in ARRAYS
        }
    except (OSError, ValueError, EOFError) as error:
        raise IndexCorruptError(
            f"Le modèle des questions de {folder} est illisible : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        ) from error
    return matcher_from(arrays, folder)


def matcher_from(arrays: Mapping[str, npt.NDArray[Any]], place: Path | str) -> Matcher:
    """The models that arrays hold, by the name of their attribute.

    Args:
        place: where they were read, to be named when they do not fit.

    Raises:
        IndexCorruptError: shapes do not agree.
    """
    matcher = Matcher(**arrays)
    shapes = tuple(getattr(matcher, name).shape for name in ARRAYS[1:])
    entries = (int(matcher.starts[-1]),) if matcher.starts.size else (0,)
    size = (BUCKETS + 1,)
    columns, (words, length) = len(matcher.documents), known_words().shape
    wanted = ((BUCKETS,), size, size, entries, entries,
              (words,), (length,), (length, columns),
              (len(matcher.stems),), (len(matcher.stems) + 1,))  # fmt: skip
    if shapes != wanted:
        raise IndexCorruptError(
            f"Le modèle des questions de {place} a des tableaux de tailles {shapes}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )
    return matcher
