"""What a model is asked for one question, and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answering.assistant import Conversation
from assistant.answering.discreet import Discreet
from assistant.answering.gather import lifted, openings
from assistant.answering.notices import Why
from assistant.answering.understand import is_follow_up
from assistant.answering.write import READ, Budget
from assistant.guard import Removal
from assistant.model import ModelError
from retrieval import Ranking, Retriever

_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class Attempt:
    """The model's part in one answer, filled as it goes."""

    writer: Discreet
    retriever: Retriever
    asked: str  # the question, completed
    why: Why | None = None  # why the answer is not the model's; it is then asked nothing more
    ranking: Ranking | None = None  # None as long as the base does not answer
    read: list[int] | None = None
    budget: Budget | None = None
    removed: tuple[Removal, ...] = ()  # what the guard took out of what the model wrote

    def tried(self, call: Callable[[Budget], T]) -> T | None:
        """What a call of the model gives; None once it has failed."""
        if self.why:
            return None
        try:
            self.budget = self.budget or self.writer.budget()
            return call(self.budget)
        except ModelError as error:
            _log.info("model=%s failed=%s", self.writer.label, error.kind)
            self.why = error.kind
            return None

    def complete(self, question: str, conversation: Conversation | None) -> None:
        """Complete a follow-up."""
        turns = conversation.turns if conversation else ()
        if turns and is_follow_up(question):
            found = self.tried(lambda budget: self.writer.complete(question, turns, budget=budget))
            self.asked = found or question

    def order(self, query: str, ranking: Ranking) -> Ranking:
        """The ranking with the documents that the reader chose first."""
        self.ranking = ranking
        shown = openings(ranking.candidates[:READ], self.retriever)
        self.read = self.tried(lambda budget: self.writer.read(query, shown, budget=budget))
        if self.read:
            self.ranking = replace(ranking, candidates=lifted(ranking.candidates, self.read))
        elif self.read is not None:
            self.why = "unread"
        return self.ranking

    def provenance(self) -> dict[str, object]:
        """What lets anyone make the answer again, as JSON values."""
        usage = self.budget.usage if self.budget else None
        told: dict[str, object] = {
            "model": self.writer.label,
            "prompts": dict(self.budget.prompts) if self.budget else {},
            "read": self.read,
            "asked": self.asked,
            "extractive_because": self.why,
        }
        if usage:
            told |= {
                "tokens_in": usage.tokens_in,
                "tokens_out": usage.tokens_out,
                "tokens_counted": usage.counted,
                "model_ms": round(1000 * usage.seconds),
                "cost": round(usage.cost, 6),
            }
        return told
