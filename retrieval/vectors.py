"""Vectors in FAISS: exact inner product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from retrieval.encoders.base import Vectors
from retrieval.errors import IndexCorruptError


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write a flat inner-product index; row i keeps vector i."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    with open(path, "wb") as file:  # FAISS's own writer says nothing when the last bytes don't fit
        file.write(faiss.serialize_index(index).data)


class VectorIndex:
    """An index written by `write_vectors`, opened for reading.

    Raises:
        IndexCorruptError: the file is missing, truncated, or of another size than expected.
    """

    def __init__(self, path: Path, *, rows: int, dimension: int) -> None:
        import faiss

        # One question at a time gains nothing from threads, and visitors would wait for each other:
        # 17 ms with two threads on a busy machine, 3 ms with one.
        faiss.omp_set_num_threads(1)
        try:
            self._index: Any = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexCorruptError(
                f"Les vecteurs de {path} sont illisibles.",
                fix="Lancez « maintelex ingest --rebuild ».",
            ) from error
        if (self._index.ntotal, self._index.d) != (rows, dimension):
            raise IndexCorruptError(
                f"{path.name} contient {self._index.ntotal} vecteurs de {self._index.d} dimensions ;"
                f" le manifeste en annonce {rows} de {dimension}.",
                fix="Lancez « maintelex ingest --rebuild ».",
            )

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """(row from 0, inner product) of the k nearest, best first."""
        k = min(k, self._index.ntotal)
        if k <= 0:
            return []
        scores, rows = self._index.search(vector.reshape(1, -1), k)
        return [(int(r), float(s)) for r, s in zip(rows[0], scores[0], strict=True) if r >= 0]

    def all(self) -> Vectors:
        """Every vector, (rows, dimension)."""
        if self._index.ntotal == 0:
            return np.zeros((0, self._index.d), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal), dtype=np.float32)
