"""One answer as it is kept: what was asked, what was answered, and how."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.answering.types import Answer
from assistant.provenance.trace import Trace, trace_of
from retrieval import Retriever

ID_BYTES = 6  # 12 hexadecimal characters
MAX_BEFORE = 10  # questions of the conversation kept with an answer


@dataclass(frozen=True, slots=True)
class Record:
    """An answer with its trace. Its question is personal data."""

    id: str  # 12 hexadecimal characters
    at: datetime  # in UTC
    answer: Answer
    trace: Trace
    before: tuple[str, ...] = ()  # questions of the conversation before, oldest first


def new_id() -> str:
    """An identifier that says nothing of the answer, and cannot be guessed from another."""
    return secrets.token_hex(ID_BYTES)


def record_of(
    answer: Answer, retriever: Retriever, *, before: Sequence[str] = (), at: datetime | None = None
) -> Record:
    """The record of an answer that was just made.

    Args:
        answer: as it was shown.
        retriever: the one that it was made with.
        before: questions of the conversation before, oldest first.
        at: the moment, with a time zone; now when None.
    """
    kept = tuple(before[-MAX_BEFORE:])
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    return Record(new_id(), moment, answer, trace_of(answer, retriever, kept), kept)
