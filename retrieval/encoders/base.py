"""The one verb of every encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner product says how alike they are."""

    name: str  # what the manifest records: "maintelex-bag-256", "st:/models/camembert"
    dimension: int
    fingerprint: str  # changes whenever the vectors would

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n_texts, dimension), float32, L2-normalised; no text gives (0, dimension)."""
        ...
