"""Which wordings a question may be like, found without comparing it with each in full.

The wordings' vectors, along the directions in which they differ most (principal components), fit in
a quarter of the memory: what is far along them is far. The likeness of the nearest is then the
inner product of whole vectors; that of the others stays what the outline says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.encoders.base import Vectors
from retrieval.products import inner

DIRECTIONS = 64  # hold two thirds of the wordings' variance, and 999.9 ‰ of the hundred nearest
CLOSE = 1_500  # wordings compared in full
ARRAYS = ("basis", "rows")


@dataclass(frozen=True, slots=True)
class Outline:
    """Vectors of wordings along few directions.

    Attributes:
        basis: (directions, dimension) orthonormal rows.
        rows: (wordings, directions) the vectors along them, in order of number.
    """

    basis: Vectors
    rows: Vectors

    @classmethod
    def of(cls, vectors: Vectors) -> Outline:
        """The outline of vectors, (n, dimension)."""
        whole = np.asarray(vectors, dtype=np.float64)
        _, directions = np.linalg.eigh(whole.T @ whole)  # ascending
        basis = directions[:, ::-1][:, :DIRECTIONS].T.astype(np.float32)
        return cls(np.ascontiguousarray(basis), np.ascontiguousarray(vectors @ basis.T))

    def fits(self, vectors: Vectors) -> bool:
        """Whether it may be the outline of vectors, (n, dimension)."""
        directions = min(DIRECTIONS, vectors.shape[1])
        shapes = (self.basis.shape, self.rows.shape)
        return shapes == ((directions, vectors.shape[1]), (len(vectors), directions))

    def likeness(self, vectors: Vectors, question: Vectors) -> Vectors:
        """Inner products of a question with vectors, exact for the nearest; (n,).

        Args:
            vectors: (n, dimension) those that the outline was made of.
            question: (dimension,).
        """
        if len(vectors) <= CLOSE:
            return inner(vectors, question)
        found = inner(self.rows, inner(self.basis, question))
        near = np.flatnonzero(found >= np.partition(found, len(found) - CLOSE)[len(found) - CLOSE])
        found[near] = inner(vectors.take(near, axis=0), question)
        return found


def save_outline(folder: Path, outline: Outline) -> None:
    """Write an outline as plain arrays."""
    for name in ARRAYS:
        np.save(folder / f"outline-{name}.npy", getattr(outline, name), allow_pickle=False)
