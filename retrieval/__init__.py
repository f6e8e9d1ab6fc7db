"""Hybrid retrieval over an index of passages. Usable alone: no model, no page, no setting.

What other tools may rely on is in `__all__`, told in docs/guide-python.md; everything else may
change. The same for LangChain is in `retrieval.langchain`, to be imported by name.
"""

from __future__ import annotations

from retrieval.encoders import Encoder, open_encoder
from retrieval.errors import (
    AppError,
    EncoderError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
    UsageError,
)
from retrieval.fusion import Weights, load_weights
from retrieval.generation import Manifest
from retrieval.retriever import MAX_K, Ranking, Retriever, Signals, in_force
from retrieval.store import DocumentRow
from retrieval.types import KINDS, Candidate, Filters, Hit, Kind, Passage, Reason, Scope

__all__ = [
    "AppError",
    "Candidate",
    "DocumentRow",
    "Encoder",
    "EncoderError",
    "Filters",
    "Hit",
    "IndexCorruptError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexUnreachableError",
    "KINDS",
    "Kind",
    "MAX_K",
    "Manifest",
    "Passage",
    "Ranking",
    "Reason",
    "Retriever",
    "Scope",
    "Signals",
    "UsageError",
    "Weights",
    "in_force",
    "load_weights",
    "open_encoder",
]
