"""The default encoder: one embedding bag over hashed word and character features.

Needs numpy alone: a query is the normalised sum of the rows of its features. The model file is
made by `maintelex train-encoder`; its card stands beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.analysis import VERSION, feature_array
from retrieval.bulk import Bags, Said
from retrieval.encoders.base import Vectors
from retrieval.errors import EncoderError
from retrieval.products import weighted

MANY = 64  # texts from which one sparse product is faster, and scipy worth importing
DEFAULT_MODEL = Path(__file__).parent / "default"


class BagEncoder:
    """An encoder whose text vector is the normalised sum of learnt feature vectors.

    Args:
        folder: holds `config.json`, `rows.npy` (buckets, dimension) int8 and `scales.npy`
            (buckets,) float16: row i stands for rows[i] * scales[i].

    Raises:
        EncoderError: the folder lacks a file, or the files do not fit together.
    """

    def __init__(self, folder: Path = DEFAULT_MODEL) -> None:
        self.folder = folder
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._rows = np.asarray(np.load(folder / "rows.npy", mmap_mode="r", allow_pickle=False))
            scales = np.load(folder / "scales.npy", allow_pickle=False)
            self.buckets, self.dimension = int(config["buckets"]), int(config["dimension"])
            self.name = str(config["name"])
        except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
            raise EncoderError(
                f"Aucun encodeur lisible dans {folder} : {error}.",
                fix="Lancez « maintelex train-encoder », ou réglez MAINTELEX_ENCODER sur un autre.",
            ) from error
        if self._rows.shape != (self.buckets, self.dimension) or scales.shape != (self.buckets,):
            raise EncoderError(
                f"L'encodeur de {folder} a des lignes de taille {self._rows.shape} ; sa fiche annonce"
                f" ({self.buckets}, {self.dimension}).",
                fix="Lancez « maintelex train-encoder » pour le refaire.",
            )
        self._scales: npt.NDArray[np.float32] = scales.astype(np.float32)
        made_from = json.dumps([VERSION, config], sort_keys=True)
        self.fingerprint = hashlib.sha256(made_from.encode()).hexdigest()[:16]

    @cached_property
    def _table(self) -> Vectors:
        """The vectors of all features, unpacked once."""
        return self.rows()

    def rows(self) -> Vectors:
        """The vectors of all features, (buckets, dimension)."""
        return np.asarray(self._rows.astype(np.float32) * self._scales[:, None], dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n_texts, dimension); a text without features gives a zero vector."""
        if len(texts) < MANY:
            total = self._summed([feature_array(text, self.buckets) for text in texts])
        else:
            total = self._multiplied(Said.by(texts).features(self.buckets))
        return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9))

    def _summed(self, bags: Sequence[npt.NDArray[np.int64]]) -> Vectors:
        """The sum of the rows of each bag."""
        sums = [weighted(self._scales[bag], self._rows.take(bag, axis=0)) for bag in bags]
        return np.asarray(sums, dtype=np.float32).reshape(len(bags), self.dimension)

    def _multiplied(self, bags: Bags) -> Vectors:
        """The same sums as one sparse product, three times as fast for many texts."""
        from scipy.sparse import csr_matrix

        ones = np.ones(len(bags.flat), dtype=np.float32)
        held = csr_matrix((ones, bags.flat, bags.ends), shape=(len(bags), self.buckets))
        return np.asarray(held @ self._table, dtype=np.float32)
