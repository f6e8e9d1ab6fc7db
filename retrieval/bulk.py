"""Many texts read at once: their words as numbers, and the hashed features that `analysis` gives each.

A builder reads tens of thousands of texts made of the same words. What a word gives is worked out
once a word; what a text gives is then a few operations on arrays for a thousand texts together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from retrieval.analysis import (
    MAX_QUESTION_CHARACTERS,
    PAIR_MIX,
    spelled_out,
    word_codes,
    word_keys,
)

Ints = npt.NDArray[np.int64]
_RUN = 1_000  # texts whose features are made together: some megabytes
_LOW = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Bags:
    """Numbers of many texts, one text after the other.

    Attributes:
        flat: (entries,) the numbers, 0 to 2**32 - 1.
        ends: (texts + 1,) where the numbers of each text start; the last is `entries`.
    """

    flat: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ends) - 1

    def rows(self) -> Ints:
        """(entries,) the text, from 0, that each number is of."""
        return np.repeat(np.arange(len(self)), np.diff(self.ends))

    def part(self, start: int, stop: int) -> Bags:
        """The bags of the texts from `start` to `stop`, which is left out."""
        ends = self.ends[start : stop + 1]
        return Bags(self.flat[ends[0] : ends[-1]], ends - ends[0])

    def sets(self, values: Ints) -> Bags:
        """What the numbers stand for, ascending and each once in each text.

        Args:
            values: by number, 0 to 2**32 - 1, or -1 for what is left out.
        """
        meant = values[self.flat]
        known = meant >= 0
        return _sets(self.rows()[known], meant[known], len(self))


@dataclass(frozen=True, slots=True)
class Said:
    """The words of many texts, text messages written out, in order.

    Attributes:
        words: every word that a text has, each once.
        bags: the texts' words, as places in `words`.
    """

    words: Sequence[str]
    bags: Bags

    @classmethod
    def by(cls, texts: Sequence[str]) -> Said:
        """The words of texts, each cut at `MAX_QUESTION_CHARACTERS`."""
        places: defaultdict[str, int] = defaultdict(count().__next__)
        flat, ends = list[int](), [0]
        for text in texts:
            flat += map(places.__getitem__, spelled_out(text[:MAX_QUESTION_CHARACTERS]))
            ends.append(len(flat))
        return cls(list(places), Bags(np.array(flat, np.int64), np.array(ends, np.int64)))

    def features(self, buckets: int) -> Bags:
        """What `analysis.feature_array` gives for each text.

        Args:
            buckets: size of the hash table, 1 to 2**32.
        """
        table = _WordTable.of(self.words)
        runs = (self.bags.part(at, at + _RUN) for at in range(0, len(self.bags), _RUN))
        return _joined([table.features(run, buckets) for run in runs])


@dataclass(frozen=True, slots=True)
class _WordTable:
    """What words give: hashes of each alone, and keys to be mixed into those of pairs."""

    codes: Bags  # by word
    keys: npt.NDArray[np.uint32]  # (words, 2): of the stem and of the sound

    @classmethod
    def of(cls, words: Sequence[str]) -> _WordTable:
        """The table of words."""
        codes = [word_codes(word) for word in words]
        flat = np.fromiter((code for one in codes for code in one), np.int64)
        keys = np.array([word_keys(word) for word in words], np.uint32).reshape(-1, 2)
        return cls(Bags(flat, np.cumsum([0, *map(len, codes)])), keys)

    def features(self, said: Bags, buckets: int) -> Bags:
        """The features of texts, given as bags of words."""
        rows, keys = said.rows(), self.keys[said.flat]
        paired = rows[1:] == rows[:-1]
        pairs = (keys[:-1] * np.uint32(PAIR_MIX) + keys[1:])[paired].astype(np.int64)
        alone, sizes = self._alone(said.flat)
        owners = (np.repeat(rows, sizes), rows[1:][paired], rows[1:][paired])
        found = np.concatenate([alone, pairs[:, 0], pairs[:, 1]]) % buckets
        return _sets(np.concatenate(owners), found, len(said))

    def _alone(self, words: Ints) -> tuple[Ints, Ints]:
        """Hashes of some words, one word after the other, and how many each has."""
        starts = self.codes.ends[words]
        sizes = self.codes.ends[words + 1] - starts
        before = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
        return self.codes.flat[places], sizes


def _sets(rows: Ints, values: Ints, size: int) -> Bags:
    """Bags of so many texts from the text of each value, values ascending and each once in a text."""
    keys = np.sort(rows << 32 | values)
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    kept = keys[first]
    held = np.bincount(kept >> 32, minlength=size)
    return Bags(kept & _LOW, np.concatenate([[0], np.cumsum(held)]))


def _joined(parts: Sequence[Bags]) -> Bags:
    """The bags of several runs of texts, in order."""
    none = np.zeros(0, np.int64)
    sizes = np.concatenate([none, *(np.diff(part.ends) for part in parts)])
    flat = np.concatenate([none, *(part.flat for part in parts)])
    return Bags(flat, np.concatenate([[0], np.cumsum(sizes)]))
