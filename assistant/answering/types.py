"""What an answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistant.citation import Check as Check
from assistant.citation import Citation as Citation

if TYPE_CHECKING:
    from assistant.guard import Removal

Status = Literal["answered", "needs_review", "declined"]
Language = Literal["fr", "en"]
Side = Literal["client", "prestataire"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A neighbouring question that the user may have meant."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of an answer, Markdown with [n] markers. A lead has no title."""

    title: str
    markdown: str
    opened: bool = False  # the question asks for it: it is read at once, like a lead


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A fact that decides and was not said, with what the user may reply."""

    asks: str  # "Quand votre contrat a-t-il été conclu ?"
    replies: tuple[tuple[str, str], ...]  # (label, what it says when it is asked as a question)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every statement leads to a source."""

    question: str
    status: Status
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    confidence: float  # 0 to 1
    reason: str  # why this status
    language: Language
    alternatives: tuple[Alternative, ...]
    index: str  # generation
    mode: Literal["extractive", "generative"] = "extractive"
    as_of: date | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    removed: tuple[Removal, ...] = ()  # what the guard took out of a model's text
    provenance: Mapping[str, object] = field(default_factory=dict)  # JSON values: model, prompts…
    notice: str = ""  # what the user is told of the model's part; nothing without a model
    quick_replies: tuple[QuickReply, ...] = ()  # facts that decide, the most decisive first
    facts: tuple[str, ...] = ()  # what the user told of the case, in short sentences

    @property
    def text(self) -> str:
        """The whole answer as Markdown."""
        return "\n\n".join(
            f"### {part.title}\n\n{part.markdown}" if part.title else part.markdown
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and the document that answered it."""

    question: str
    document_id: str | None = None
