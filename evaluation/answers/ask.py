"""Asking a whole assistant the questions of some sets, and noting what came."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering import Answer, Answers, Conversation
from assistant.guard import RetrieverBase, Verified, verify
from evaluation.answers.plain import Foreign, Reader
from evaluation.answers.right import checks
from evaluation.answers.sets import Expected
from evaluation.answers.told import Told
from retrieval import Passage, Retriever

Progress = Callable[[str, int, int], None]  # stage, done, total
STAGE = "réponses"

_REMARK = re.compile(r"^\*(?!\*)[^*\n]+\*$", re.MULTILINE)  # "*Hypothèses : droit français.*"


@dataclass(frozen=True, slots=True)
class Held:
    """The guard's sentence-by-sentence reading of an answer."""

    sentences: int  # that state something
    kept: int
    rules: tuple[str, ...]  # of what it took out, in order
    ms: float  # of this reading, whoever wrote the answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    expected: Expected
    checks: Mapping[str, bool]
    status: str
    told: tuple[str, ...]  # questions and clauses that the answer tells, in order
    generative: bool
    cited: int  # sources shown
    foreign: tuple[Foreign, ...]  # shown, and absent from the base
    held: Held
    removed: tuple[str, ...]  # rules of what the answer says that the guard took out of it
    ms: float
    guard_ms: float  # of those, as the answer tells them
    why: str = ""  # why the answer is not the model's; "" without a model
    tokens: tuple[int, int] = (0, 0)  # read and written
    cost: float = 0.0

    @property
    def right(self) -> bool:
        """Whether every requirement is met."""
        return all(self.checks.values())

    @property
    def first(self) -> bool:
        """Whether the expected document is the first that the answer tells, of its kind."""
        kind = "kb:contract/" if self.expected.on_clause else "kb:questions/"
        first = next((name for name in self.told if name.startswith(kind)), None)
        return first in self.expected.documents

    @property
    def among(self) -> bool:
        """Whether the answer tells an expected document."""
        return any(name in self.expected.documents for name in self.told)

    @property
    def two(self) -> bool:
        """Whether it tells two questions of the base or more."""
        return sum(name.startswith("kb:questions/") for name in self.told) > 1


class Asking:
    """Asks an assistant over one index. Built once: it reads the whole base.

    Args:
        assistant: with a language model or without.
        retriever: the one that it answers from.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        assistant: Answers,
        retriever: Retriever,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._assistant, self._retriever, self._clock = assistant, retriever, clock
        self._told, self._reader = Told(retriever), Reader(retriever)

    def ask(
        self, questions: Sequence[Expected], on_progress: Progress = lambda stage, done, total: None
    ) -> list[Outcome]:
        """What comes of each question, in the same order; a turn is asked after those before it."""
        found = []
        for outcome in self._outcomes(questions):
            found.append(outcome)
            on_progress(STAGE, len(found), len(questions))
        return found

    def _outcomes(self, questions: Sequence[Expected]) -> Iterator[Outcome]:
        """The outcomes, one by one."""
        held: tuple[str, Conversation, list[str]] = ("", Conversation(), [])
        for one in questions:
            if not one.conversation or one.conversation != held[0]:
                held = (one.conversation, Conversation(), [])
            _, before, said = held
            started = self._clock()
            answer = self._assistant.answer(one.text, conversation=before)
            took = 1000 * (self._clock() - started)
            yield self._outcome(one, answer, said, took)
            held = (one.conversation, before.after(one.text, answer), [*said, one.text])

    def _outcome(self, one: Expected, answer: Answer, said: Sequence[str], ms: float) -> Outcome:
        """What came of a question."""
        told, made = self._told.documents(answer), answer.provenance
        tokens = [made.get(name) for name in ("tokens_in", "tokens_out")]
        cost = made.get("cost")
        return Outcome(
            expected=one, checks=checks(one, answer), status=answer.status, told=told,
            generative=answer.mode == "generative", cited=len(answer.citations),
            foreign=tuple(self._reader.foreign(answer, said)), held=self._held(answer, told),
            removed=tuple(removal.rule for removal in answer.removed), ms=ms,
            guard_ms=float(answer.timings_ms.get("guard", 0.0)),
            why=str(made.get("extractive_because") or ""),
            tokens=tuple(n if isinstance(n, int) else 0 for n in tokens),  # type: ignore[arg-type]
            cost=float(cost) if isinstance(cost, int | float) else 0.0,
        )  # fmt: skip

    def _held(self, answer: Answer, told: Sequence[str]) -> Held:
        """The answer as shown, held to its sources sentence by sentence, whoever wrote it.

        Not the titles and remarks, which are the assistant's own and state nothing of the law; nor
        an answer in English, which can't be compared to sources in French.
        """
        stated = [_REMARK.sub("", part.markdown) for part in answer.parts]
        if answer.status == "declined" or not answer.citations or answer.language != "fr":
            return Held(0, 0, (), 0.0)
        passages = self._passages(answer, told)
        started = self._clock()
        base = RetrieverBase(self._retriever)
        found: Verified = verify("\n\n".join(stated), passages, base=base)
        took = 1000 * (self._clock() - started)
        return Held(found.total, found.kept, tuple(r.rule for r in found.removed), took)

    def _passages(self, answer: Answer, told: Sequence[str]) -> list[Passage]:
        """What an answer was composed from: its sources by number, then the sections told."""
        cited = (self._retriever.passage(citation.passage_id) for citation in answer.citations)
        sources = [passage for passage in cited if passage]
        sections = [p for name in told for p in self._retriever.document(name)]
        return [*sources, *(p for p in sections if p not in sources)]
