"""Haystack's usual hybrid: BM25 and vectors in memory, joined by reciprocal ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.baselines.corpus import DEPTH, Source
from evaluation.baselines.minilm import load_minilm
from evaluation.packages import needed


class Haystack:
    """Haystack's in-memory retrievers, with their defaults, and its joiner.

    The components run one by one rather than in a `Pipeline`, which would send statistics of use
    to Haystack's makers.

    Raises:
        MissingPackageError: haystack-ai or the model's package is not installed.
    """

    def __init__(self) -> None:
        self._memory: Any = needed("haystack.components.retrievers.in_memory", "baselines")
        self._stores: Any = needed("haystack.document_stores.in_memory", "baselines")
        self._document: Any = needed("haystack.dataclasses", "baselines").Document
        joiner = needed("haystack.components.joiners", "baselines").DocumentJoiner
        self._joiner: Any = joiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH)
        self._model = load_minilm()
        self._words: Any = None
        self._vectors: Any = None

    def build(self, sources: Sequence[Source]) -> int:
        """Encode and store the sources' passages."""
        pieces = [(s.id, text) for s in sources for text in (*s.passages, *s.wordings)]
        vectors = self._encode([text for _, text in pieces])
        store = self._stores.InMemoryDocumentStore(shared=False)
        store.write_documents(
            [
                self._document(
                    id=str(place), content=text, meta={"owner": owner}, embedding=vector.tolist()
                )
                for place, ((owner, text), vector) in enumerate(zip(pieces, vectors, strict=True))
            ]
        )
        self._words = self._memory.InMemoryBM25Retriever(store, top_k=DEPTH)
        self._vectors = self._memory.InMemoryEmbeddingRetriever(store, top_k=DEPTH)
        return len(pieces)

    def search(self, question: str) -> list[str]:
        """The documents of the best passages."""
        vector = self._encode([question])[0].tolist()
        found = [
            self._words.run(query=question)["documents"],
            self._vectors.run(query_embedding=vector)["documents"],
        ]
        joined = self._joiner.run(documents=found)["documents"]
        return [str(document.meta["owner"]) for document in joined]

    def _encode(self, texts: Sequence[str]) -> Any:
        """Vectors of length 1, (texts, 384)."""
        return self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
