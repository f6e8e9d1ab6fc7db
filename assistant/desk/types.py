"""What the desk hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from assistant.desk.policy import Route, Status, Urgency

State = Literal["waiting", "taken", "asked", "approved", "refused", "published", "closed"]
OPEN: tuple[State, ...] = ("waiting", "taken", "asked", "approved", "refused")
Action = Literal[
    "receive", "urgent", "take", "put-back", "hand-over", "edit", "approve", "refuse", "ask", "reply",
    "undo", "release", "return",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A question that was recorded with its automatic answer."""

    conversation_id: str
    question_id: str
    answer_id: str
    route: Route  # "attendre": show the reference, not the answer
    reference: str | None  # of the item in the queue; None when no lawyer looks at it


@dataclass(frozen=True, slots=True)
class Message:
    """What a lawyer and a customer wrote to each other about an item."""

    author: Literal["lawyer", "customer"]
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as its customer may see it."""

    reference: str | None
    state: State | None  # None: no lawyer looks at it
    told: str  # the state in a sentence, for the customer
    question: str
    markdown: str | None  # the answer that may be shown now, with markers [n]
    citations: Sequence[Mapping[str, Any]]  # of that answer; fields of `Citation`
    by_lawyer: datetime | None  # when a lawyer released it
    messages: tuple[Message, ...]
    asked: datetime


@dataclass(frozen=True, slots=True)
class Suggested:
    """The automatic answer of a question, as it was stored."""

    id: str
    status: Status | Literal["validated"]  # the latter: a published answer, to be read again
    markdown: str
    citations: Sequence[Mapping[str, Any]]
    removed: Sequence[Mapping[str, Any]]  # what the guard took out; fields of `Removal`
    confidence: float
    reason: str
    theme: str
    document: str
    provenance: Mapping[str, Any]
    helpful: bool | None  # the customer's vote
    vote_reason: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A lawyer's text for an item."""

    number: int  # from 1
    markdown: str
    citations: Sequence[Mapping[str, Any]]
    faults: Sequence[Mapping[str, Any]]  # sentences that their sources don't support
    author_id: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """An action on an item."""

    number: int  # from 1
    action: Action
    actor_id: int | None  # None: the customer
    note: str
    undone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the queue."""

    id: int
    reference: str
    state: State
    urgency: Urgency
    route: Route
    reason: str
    theme: str
    language: str
    excerpt: str  # first characters of the question
    holder: str | None  # name of the lawyer's account
    created: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation of an item."""

    question: str
    as_of: date | None
    asked: datetime
    markdown: str | None  # its automatic answer


@dataclass(frozen=True, slots=True)
class Item:
    """All that a lawyer sees of an item."""

    row: Row
    question: str
    conversation: tuple[Turn, ...]  # oldest first, the item's own question among them
    suggested: Suggested
    revisions: tuple[Revision, ...]  # oldest first
    revision: int | None  # number of the text in force; None: the suggested answer
    reviews: tuple[Review, ...]
    messages: tuple[Message, ...]

    @property
    def text(self) -> Revision | Suggested:
        """The text that would go to the customer now."""
        known = {revision.number: revision for revision in self.revisions}
        return known[self.revision] if self.revision is not None else self.suggested


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items pass the filters, one filter left out at a time."""

    states: Mapping[str, int]
    themes: Mapping[str, int]
    urgencies: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue."""

    rows: tuple[Row, ...]
    total: int  # items that pass the filters
    counts: Counts
