"""The default encoder: one embedding bag over hashed word and character features.

Needs numpy alone: a query is the normalised sum of the rows of its features. The model file is
made by `maintelex train-encoder`; its card stands beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.analysis import VERSION, features
from retrieval.encoders.base import Vectors
from retrieval.errors import EncoderError

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
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._rows = np.load(folder / "rows.npy", mmap_mode="r", allow_pickle=False)
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

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n_texts, dimension); a text without features gives a zero vector."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            buckets = features(text, self.buckets)
            if buckets:
                total = self._scales[buckets] @ self._rows[buckets].astype(np.float32)
                out[row] = total / max(float(np.linalg.norm(total)), 1e-9)
        return out
