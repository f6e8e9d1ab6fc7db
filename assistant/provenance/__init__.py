"""How an answer came to be: kept where it was asked for, explained, and made again."""

from __future__ import annotations

from assistant.provenance.again import Again, make_again
from assistant.provenance.explain import explain
from assistant.provenance.record import Record, new_id, record_of
from assistant.provenance.store import AnswerStore, AnswerStoreError

__all__ = [
    "Again", "AnswerStore", "AnswerStoreError", "Record", "explain", "make_again", "new_id",
    "record_of",
]  # fmt: skip
