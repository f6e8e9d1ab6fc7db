"""Vectors in FAISS: exact inner product up to a size, a navigable graph above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from threading import Lock
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from retrieval.encoders.base import Vectors
from retrieval.errors import IndexCorruptError
from retrieval.scored import Scored

Numbers = npt.NDArray[np.int64]
VectorKind = Literal["flat", "hnsw"]
FLAT_UP_TO = (
    100_000  # vectors: exact search still takes under 15 ms there, and a graph minutes to build
)
LINKS = 32  # of a vector in the graph (M of Malkov and Yashunin, "HNSW", TPAMI 2020)
BUILD_WIDTH = 200  # candidates kept while building (efConstruction)
# Candidates kept while searching (efSearch). Of the ten nearest among 200,000 articles, 0.98 are found,
# in 6 ms; 256 found 0.89, and 0.78 with a build width of 80.
SEARCH_WIDTH = 1_600
# A walk of the graph meets few of a few rows: 3 in 10 of 5 rows among 20,000 vectors. Under one row
# in so many, all of them are compared, which then costs no more than the walk.
SPARSE = 10
_FLAT = Struct(
    "<4siq"
)  # how a file of flat vectors starts: its kind, their dimension, their number
_FLAT_START = 45  # bytes before the vectors themselves


def _faiss() -> Any:
    """FAISS, imported where it is used; its stubs lack half of it."""
    import faiss

    return faiss


def kind_for(rows: int) -> VectorKind:
    """The kind of index that so many vectors get."""
    return "flat" if rows <= FLAT_UP_TO else "hnsw"


def write_vectors(path: Path, vectors: Vectors, kind: VectorKind | None = None) -> VectorKind:
    """Write an inner-product index; row i keeps vector i. Gives its kind, chosen by size when None."""
    faiss = _faiss()
    kind = kind or kind_for(len(vectors))
    size = vectors.shape[1]
    if kind == "flat":
        index = faiss.IndexFlatIP(size)
    else:
        # Several threads would make another graph each time, and on a busy machine wait for each
        # other: 20 s with two for 3,000 vectors, 2 s with one.
        faiss.omp_set_num_threads(1)
        index = faiss.IndexHNSWFlat(size, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = BUILD_WIDTH
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    with open(path, "wb") as file:  # FAISS's own writer says nothing when the last bytes don't fit
        file.write(faiss.serialize_index(index).data)
    return kind


@dataclass(frozen=True, slots=True)
class Selector:
    """Rows that a search may return."""

    made: Any  # FAISS's own object
    count: int  # how many they are


class VectorIndex:
    """An index written by `write_vectors`, opened for reading. Safe to share between threads.

    FAISS reads flat vectors at the first search: who only ranks documents needs neither. The file
    stays readable when it is removed in the meantime.

    Raises:
        IndexCorruptError: the file is missing, truncated, or of another size than expected.
    """

    def __init__(self, path: Path, *, rows: int, dimension: int) -> None:
        self._path, self._rows, self._dimension = path, rows, dimension
        self._turn = Lock()
        self._read_index: Any = None
        try:
            with open(path, "rb") as file:
                self._file = mmap(file.fileno(), 0, access=ACCESS_READ)
        except (OSError, ValueError) as error:  # an empty file cannot be mapped
            raise self._unreadable() from error
        if not self._is_whole_and_flat():
            self._index  # noqa: B018  # whether a graph is whole, FAISS alone can tell

    def _is_whole_and_flat(self) -> bool:
        """Whether the file holds as many plain vectors as expected, to the last byte."""
        start = _FLAT.pack(b"IxFI", self._dimension, self._rows)
        length = _FLAT_START + 4 * self._rows * self._dimension
        return self._file[: len(start)] == start and len(self._file) == length

    @property
    def _index(self) -> Any:
        """FAISS's own index, read once."""
        with self._turn:
            if self._read_index is None:
                self._read_index = self._read()
                self._file.close()
            return self._read_index

    def _read(self) -> Any:
        """FAISS's own index, of the size expected."""
        faiss = _faiss()

        self._file.seek(0)
        try:
            index: Any = faiss.read_index(faiss.PyCallbackIOReader(self._file.read))
        except RuntimeError as error:
            raise self._unreadable() from error
        if (index.ntotal, index.d) != (self._rows, self._dimension):
            raise IndexCorruptError(
                f"{self._path.name} contient {index.ntotal} vecteurs de {index.d} dimensions ;"
                f" le manifeste en annonce {self._rows} de {self._dimension}.",
                fix="Lancez « maintelex ingest --rebuild ».",
            )
        return index

    def _unreadable(self) -> IndexCorruptError:
        """What to say of a file that cannot be read."""
        return IndexCorruptError(
            f"Les vecteurs de {self._path} sont illisibles.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )

    def search(self, vector: Vectors, k: int, among: Selector | None = None) -> Scored:
        """(row from 0, inner product) of the k nearest, best first.

        Args:
            among: rows that may be returned, made by `selector`; all when None.
        """
        faiss = _faiss()

        k = min(k, self._rows)
        if k <= 0:
            return Scored([], [])
        # One question at a time gains nothing from threads, and visitors would wait for each other:
        # 17 ms with two threads on a busy machine, 3 ms with one. OpenMP keeps this number for each
        # calling thread: set once at opening, other threads would use two, and sum in another order.
        faiss.omp_set_num_threads(1)
        index = self._searched(among)
        params = _params(index, k, among)
        scores, rows = index.search(vector.reshape(1, -1), k, params=params)
        kept = rows[0] >= 0
        return Scored(rows[0][kept], scores[0][kept])

    def selector(self, rows: Sequence[int] | Numbers) -> Selector | None:
        """What restricts a search to some rows, from 0; None when they are all of them."""
        if len(rows) == self._rows:
            return None
        faiss = _faiss()

        bits = np.zeros(self._rows, dtype=bool)
        bits[np.asarray(rows, dtype=np.int64)] = True
        made = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
        return Selector(made, int(np.count_nonzero(bits)))

    def _searched(self, among: Selector | None) -> Any:
        """What a search goes through: the graph, or the vectors below it for few rows."""
        faiss = _faiss()

        few = among is not None and among.count * SPARSE < self._rows
        if few and isinstance(self._index, faiss.IndexHNSW):
            return faiss.downcast_index(self._index.storage)
        return self._index

    def all(self) -> Vectors:
        """Every vector, (rows, dimension)."""
        if self._rows == 0:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(0, self._rows), dtype=np.float32)


def _params(index: Any, k: int, among: Selector | None) -> Any:
    """FAISS's parameters of one search."""
    faiss = _faiss()

    chosen = {"sel": among.made} if among else {}
    if isinstance(index, faiss.IndexHNSW):
        return faiss.SearchParametersHNSW(efSearch=max(SEARCH_WIDTH, k), **chosen)
    return faiss.SearchParameters(**chosen) if chosen else None
