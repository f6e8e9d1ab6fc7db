"""The recipe of the tutorials: pieces of 500 characters, all-MiniLM-L6-v2, FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.baselines.corpus import DEPTH, Source
from evaluation.baselines.minilm import load_minilm
from evaluation.packages import needed

CHARACTERS, OVERLAP = 500, 50


class Tutorial:
    """Whole documents cut every 500 characters, 50 shared, searched by their vectors alone.

    Raises:
        MissingPackageError: langchain-text-splitters or the model's package is not installed.
    """

    def __init__(self) -> None:
        cut = needed("langchain_text_splitters", "baselines").RecursiveCharacterTextSplitter
        self._splitter: Any = cut(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        self._model = load_minilm()
        self._owners: list[str] = []
        self._index: Any = None

    def build(self, sources: Sequence[Source]) -> int:
        """Cut, encode and index the sources."""
        import faiss

        pieces = [
            (source.id, piece)
            for source in sources
            for piece in (*self._splitter.split_text(source.text), *source.wordings)
        ]
        self._owners = [owner for owner, _ in pieces]
        vectors = self._vectors([piece for _, piece in pieces])
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        return len(pieces)

    def search(self, question: str) -> list[str]:
        """The documents of the nearest pieces."""
        _, places = self._index.search(self._vectors([question]), DEPTH)
        return [self._owners[place] for place in places[0] if place >= 0]

    def _vectors(self, texts: Sequence[str]) -> Any:
        """Vectors of length 1, (texts, 384)."""
        return self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
