"""The knowledge base as the guard sees it, over an open index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval import Encoder, Passage, Retriever


@dataclass(frozen=True, slots=True)
class RetrieverBase:
    """The base of an index.

    Args:
        retriever: over the generation in use.
        encoder: gives vectors a say when words alone don't decide; none when None.
    """

    retriever: Retriever
    encoder: Encoder | None = None

    def passage(self, identifier: str) -> Passage | None:
        """The passage stored under an id, None when there is none."""
        return self.retriever.passage(identifier)

    def knows(self, text: str) -> Sequence[Passage]:
        """The passages whose legal reference a text names."""
        return self.retriever.named(text)

    def likeness(self, sentence: str, evidence: Sequence[str]) -> float | None:
        """The cosine of a sentence and the nearest of some others; None without an encoder."""
        if self.encoder is None or not evidence:
            return None
        vectors = self.encoder.encode([sentence, *evidence])
        return float((vectors[1:] @ vectors[0]).max())
