"""Answers written by a language model over the extractive ones, which stand whenever it fails.

The extractive assistant understands, decides whether to answer, and ranks. The model may then say
which of the first documents answer, and write from their passages; the guard keeps the sentences
that their passages hold. A model that is absent, slow, wrong or down changes nothing but a notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from assistant.answering.assistant import Assistant, Conversation
from assistant.answering.attempt import Attempt
from assistant.answering.compose import REFORM
from assistant.answering.discreet import Discreet
from assistant.answering.gather import gather
from assistant.answering.heard import Gate
from assistant.answering.notices import Why, fallback_notice, written_notice
from assistant.answering.types import Answer, Part
from assistant.answering.write import Side, Writer
from assistant.guard import RetrieverBase, Verified

if TYPE_CHECKING:
    from assistant.privacy import Pseudonyms

VERIFIABLE = frozenset({"fr"})  # languages that the guard can hold to sources in French
T = TypeVar("T")
DOUBTED: frozenset[Why] = frozenset({"unread", "unanswered"})  # a lawyer should then look


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what is known of who asks it."""

    question: str
    conversation: Conversation | None
    as_of: date | None
    side: Side | None
    facts: Sequence[str]
    on_text: Callable[[str], None] | None


@dataclass(slots=True)
class Checking:
    """The guard's work on what a model wrote."""

    seconds: float = 0.0  # while the model writes, and once it has
    sentences: int = 0  # that state something
    kept: int = 0

    def timed(self, call: Callable[[], T]) -> T:
        """What a call gives, its time counted."""
        started = time.perf_counter()
        try:
            return call()
        finally:
            self.seconds += time.perf_counter() - started

    def counted(self, verified: Verified) -> None:
        """Count the sentences of the whole text."""
        self.sentences, self.kept = verified.total, verified.kept

    def told(self) -> dict[str, object]:
        """The sentences checked and kept, as JSON values; nothing where a model wrote none."""
        return {"sentences": self.sentences, "kept": self.kept} if self.sentences else {}


@dataclass(frozen=True, slots=True)
class GenerativeAssistant:
    """Answers questions with a model's help, and without it where it fails.

    Args:
        assistant: gives the extractive answer, and decides whether there is one.
        writer: the model at work.
    """

    assistant: Assistant
    writer: Writer

    def answer(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        as_of: date | None = None,
        side: Side | None = None,
        facts: Sequence[str] = (),
        on_text: Callable[[str], None] | None = None,
        pseudonyms: Pseudonyms | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            question: any text.
            conversation: what was said before; completes a follow-up.
            as_of: the contract's date; today's law when None.
            side: whose the question is, where it is known.
            facts: what the user told, in short sentences.
            on_text: called with each verified sentence as it comes. The answer returned replaces
                what was shown so: it may be the extractive one after all.
            pseudonyms: of the conversation, for the tags that the model is shown in place of names;
                new ones, for this answer alone, when None.
        """
        started = time.perf_counter()
        request = Request(question, conversation, as_of, side, facts, on_text)
        discreet = Discreet(self.writer, pseudonyms if pseudonyms is not None else _new())
        attempt = Attempt(discreet, self.assistant.retriever, question)
        if as_of is not None and as_of < REFORM:
            attempt.why = "old_law"
        attempt.complete(question, conversation)
        extractive = self._extractive(request, attempt)
        if attempt.ranking is None:
            return replace(extractive, provenance=attempt.provenance())
        checking = Checking()
        written = self._written(request, attempt, extractive, checking)
        answer = written or _kept(extractive, attempt)
        times = dict(extractive.timings_ms)
        times["guard"] = round(times.get("guard", 0.0) + 1000 * checking.seconds, 2)
        times["total"] = round(1000 * (time.perf_counter() - started), 2)
        return replace(
            answer,
            removed=(*extractive.removed, *attempt.removed),
            provenance={**attempt.provenance(), **checking.told()},
            timings_ms=times,
        )

    def _extractive(self, request: Request, attempt: Attempt) -> Answer:
        """The answer composed from reviewed text, to the question as the model completed it.

        A completed question that the base does not know was completed badly: the question itself
        is then answered, as without a model.
        """
        if attempt.asked != request.question:
            before = request.conversation or Conversation()
            answer = self.assistant.answer(
                attempt.asked,
                as_of=request.as_of,
                order=attempt.order,
                side=request.side,
                facts=before.told(request.question),
            )
            if answer.status != "declined":
                return replace(answer, question=request.question)
            attempt.asked = request.question
        return self.assistant.answer(
            request.question,
            conversation=request.conversation,
            as_of=request.as_of,
            order=attempt.order,
            side=request.side,
        )

    def _written(
        self, request: Request, attempt: Attempt, extractive: Answer, checking: Checking
    ) -> Answer | None:
        """The model's answer; None when there is none to show, `attempt.why` telling why."""
        if not attempt.why and extractive.as_of is not None and extractive.as_of < REFORM:
            attempt.why = "old_law"  # the date was read in what the user wrote
        if not attempt.why and extractive.language not in VERIFIABLE:
            attempt.why = "language"
        if attempt.why or attempt.ranking is None:
            return None
        passages = gather(attempt.ranking.candidates, extractive, self.assistant.retriever)
        gate = Gate(passages, self._base, request.on_text, attempt.writer.restore)
        draft = attempt.tried(
            lambda budget: attempt.writer.stream(
                attempt.asked, passages, extractive.language, request.side, extractive.as_of,
                (*request.facts, *extractive.facts), on_text=lambda piece: checking.timed(lambda: gate.hear(piece)),
                budget=budget,
            )
        )  # fmt: skip
        if draft is None:
            return None
        if draft.unanswered:
            attempt.why = "unanswered"
            return None
        verified = checking.timed(lambda: gate.end(draft.markdown))
        checking.counted(verified)
        attempt.removed = verified.removed
        if not verified.answered:
            attempt.why = "unverified"
            return None
        return _shown(extractive, draft.model, verified)

    @property
    def _base(self) -> RetrieverBase:
        """The base that the guard holds sentences to."""
        return RetrieverBase(self.assistant.retriever)


def _shown(extractive: Answer, model: str, verified: Verified) -> Answer:
    """The model's answer in the place of the extractive one."""
    return replace(
        extractive,
        parts=(Part("", verified.markdown),),
        citations=verified.citations,
        mode="generative",
        notice=written_notice(model, len(verified.removed), extractive.language),
    )


def _new() -> Pseudonyms:
    """The pseudonyms of one answer."""
    from assistant.privacy import Pseudonyms

    return Pseudonyms()


def _kept(extractive: Answer, attempt: Attempt) -> Answer:
    """The extractive answer, saying why it is not the model's."""
    if attempt.why is None:  # an answer is written, or there is a reason why not
        return extractive
    notice = fallback_notice(attempt.why, extractive.language)
    doubted = attempt.why in DOUBTED and extractive.status == "answered"
    return replace(
        extractive,
        status="needs_review" if doubted else extractive.status,
        reason=f"{extractive.reason} ; {_inside(fallback_notice(attempt.why, 'fr'))}",
        notice=notice,
    )


def _inside(notice: str) -> str:
    """A sentence as part of another."""
    return f"{notice[:1].lower()}{notice[1:].rstrip('.')}"
