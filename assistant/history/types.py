"""What is kept of a conversation for whoever had it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.answering.facts import Facts
from assistant.answering.types import Answer
from retrieval.errors import AppError
from retrieval.types import Passage

if TYPE_CHECKING:
    from assistant.desk import Received


class HistoryError(AppError):
    """Conversations cannot be kept or read."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and the passages as they stood when it was given."""

    id: str
    question: str
    answer: Answer
    passages: Mapping[str, Passage]
    received: Received | None = None  # how the desk keeps it; None without a desk


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation, as it is opened again."""

    exchanges: tuple[Exchange, ...]  # oldest first
    case: Facts = field(default_factory=Facts)  # what is known of the case
    home: str = ""  # the desk's name for it, where an anonymous visitor had it
    document: str = ""  # name of the visitor's own document, which is not kept itself


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list."""

    id: str
    title: str  # its first question
    updated: datetime  # in UTC
