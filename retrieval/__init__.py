"""Hybrid retrieval over an index of passages. Usable alone: no model, no page, no setting."""

from __future__ import annotations

from retrieval.errors import AppError
from retrieval.retriever import Ranking, Retriever, in_force
from retrieval.types import Candidate, Filters, Hit, Passage, Reason, Scope

__all__ = [
    "AppError",
    "Candidate",
    "Filters",
    "Hit",
    "Passage",
    "Ranking",
    "Reason",
    "Retriever",
    "Scope",
    "in_force",
]
