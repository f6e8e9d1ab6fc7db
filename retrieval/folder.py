"""A generation kept in a folder: SQLite, FAISS and plain arrays."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from retrieval.conditions import Condition
from retrieval.encoders.base import Vectors
from retrieval.errors import IndexCorruptError
from retrieval.generation import Manifest, current, named, read_manifest
from retrieval.matcher import load_matcher
from retrieval.outline import ARRAYS, Outline
from retrieval.scored import Numbers, Scored
from retrieval.store import KEPT_CONDITIONS, Store
from retrieval.vectors import Selector, VectorIndex

_NONE = Selector(None, 0)  # no passage at all


class Folder(Store):
    """The backend of a generation's folder.

    Args:
        folder: `<index>/generations/<id>`.

    Raises:
        IndexMismatchError: it was made by another format.
        IndexCorruptError: its files do not fit together.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest: Manifest = read_manifest(folder)
        super().__init__(folder / "passages.sqlite")
        self.matcher = load_matcher(folder)
        self.wording_vectors = _load_vectors(folder / "wordings.npy")
        self.declined_vectors = _load_vectors(folder / "declined.npy")
        self.outline = Outline(*(_load_vectors(folder / f"outline-{name}.npy") for name in ARRAYS))
        self.wording_documents: Numbers = np.array(self.document_of_wordings(), dtype=np.int64)
        self._vectors = VectorIndex(
            folder / "passages.faiss",
            rows=self.manifest.passages,
            dimension=self.manifest.dimension,
        )
        self._among = lru_cache(maxsize=KEPT_CONDITIONS)(self._selected)
        self._check(folder)

    @classmethod
    def current(cls, index: Path) -> Folder:
        """The generation in use of an index."""
        return cls(current(index))

    @classmethod
    def named(cls, index: Path, generation: str) -> Folder:
        """A generation of an index, in use or not."""
        return cls(named(index, generation))

    def _check(self, folder: Path) -> None:
        """Refuse files that are not of one generation."""
        made = self.manifest
        kept = (self.size, len(self.wording_documents))
        shapes = (self.wording_vectors.shape, self.declined_vectors.shape)
        told = ((made.wordings, made.dimension), (made.declined, made.dimension))
        if kept != (made.passages, made.wordings) or shapes != told:
            raise IndexCorruptError(
                f"L'index de {folder} contient {kept[0]} passages et {kept[1]} formulations"
                f" (vecteurs : {shapes}) ; son manifeste en annonce {made.passages} et"
                f" {made.wordings} (vecteurs : {told}).",
                fix="Lancez « maintelex ingest --rebuild ».",
            )
        asked = sorted(set(self.wording_documents.tolist()))  # np.unique would import numpy.ma
        known = self.matcher.documents.tolist() == asked
        known = known and self.outline.fits(self.wording_vectors)
        if not known or self.matcher.wordings.max(initial=0) >= max(made.wordings, 1):
            raise IndexCorruptError(
                f"Le modèle des questions de {folder} est celui d'un autre index.",
                fix="Lancez « maintelex ingest --rebuild ».",
            )

    def nearest(self, vector: Vectors, k: int, where: Condition | None = None) -> Scored:
        """(number, inner product) of the passages nearest to a vector, best first."""
        among = self._among(where) if where else None
        if among is _NONE:
            return Scored([], [])
        found = self._vectors.search(vector, k, among)
        return Scored(found.numbers + 1, found.scores)

    def passage_vectors(self) -> Vectors:
        """The vectors of all passages, (passages, dimension), in order of number."""
        return self._vectors.all()

    def _selected(self, where: Condition) -> Selector | None:
        """What restricts a search to the passages that a condition lets through."""
        rows = np.array(self.allowed(where), dtype=np.int64) - 1
        return self._vectors.selector(rows) if rows.size else _NONE


def _load_vectors(path: Path) -> Vectors:
    """Vectors of questions, mapped.

    Raises:
        IndexCorruptError: the file is missing or truncated.
    """
    try:
        vectors: Vectors = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError) as error:
        raise IndexCorruptError(
            f"Les vecteurs des questions de {path} sont illisibles : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        ) from error
    return vectors
