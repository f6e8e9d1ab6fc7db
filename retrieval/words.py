"""Vectors of French words, learnt elsewhere on a large corpus: which words are alike.

Wordings are few, and a question may say in other words what none of them says. The table is part of
the package; `ingest.word_vectors` made it, from vectors under CC0 (see `LICENCE-words.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.analysis import MAX_QUESTION_CHARACTERS, STOP_WORDS, spelled_out
from retrieval.products import weighted

WORDS = Path(__file__).parent / "words.npz"
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Vectors of words; several words may share one.

    Attributes:
        keys: (words,) uint32, ascending: CRC-32 of each folded word.
        rows: (words,) uint16: the vector of each.
        vectors: (rows, size) int8, to be multiplied by `scales`.
        scales: (rows,) float16.
    """

    keys: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint16]
    vectors: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]

    @classmethod
    def load(cls, path: Path) -> WordTable:
        """The table of a file.

        Raises:
            OSError, ValueError, KeyError: the file cannot be read, or its arrays do not fit.
        """
        with np.load(path, allow_pickle=False) as held:
            table = cls(*(held[name] for name in ("keys", "rows", "vectors", "scales")))
        fits = len(table.keys) == len(table.rows) and len(table.vectors) == len(table.scales)
        if not fits or int(table.rows.max(initial=0)) >= max(1, len(table.vectors)):
            raise ValueError(f"{path.name}: the arrays do not fit together")
        return table

    @property
    def shape(self) -> tuple[int, int]:
        """How many words it knows, and how many numbers a vector has."""
        return len(self.keys), self.vectors.shape[1]

    def arrays(self) -> Mapping[str, npt.NDArray[np.generic]]:
        """The arrays by name, as a file holds them."""
        return {
            "keys": self.keys,
            "rows": self.rows,
            "vectors": self.vectors,
            "scales": self.scales,
        }

    def places(self, text: str) -> Places:
        """Places in `keys` of the known words of a text, each once, stop words aside."""
        return self.places_of(spelled_out(text[:MAX_QUESTION_CHARACTERS]))

    def places_of(self, written: Iterable[str]) -> Places:
        """The same as `places`, of words that `spelled_out` gave."""
        said = {word for word in written if word not in STOP_WORDS}
        wanted = np.array([_key(word) for word in said], dtype=np.uint32)
        wanted.sort()  # the order of a sum decides its last bits
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64)
        at = np.searchsorted(self.keys, wanted).clip(max=len(self.keys) - 1)
        return np.asarray(at[self.keys[at] == wanted], dtype=np.int64)

    def summed(self, places: Places, weights: Floats) -> Floats:
        """The sum of the vectors of words times their weights, (size,).

        Args:
            places: as `places` gives them.
            weights: (places,).
        """
        rows = self.rows[places]
        counts = weights * self.scales[rows].astype(np.float32)
        return weighted(counts, self.vectors[rows])


@lru_cache(maxsize=65_536)
def _key(word: str) -> int:
    """The key of a folded word."""
    return crc32(word.encode())


@cache
def known_words() -> WordTable:
    """The table of the package, read once."""
    return WordTable.load(WORDS)
