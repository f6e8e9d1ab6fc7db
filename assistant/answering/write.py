"""A language model at work on passages: reading them, writing from them, completing a question.

What it gives is never shown as it comes: `assistant.guard` verifies what it writes, and what it
reads or completes is refused here unless it is what was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.answering.cite import CITATION, cited_id
from assistant.answering.types import Language, Turn
from assistant.answering.understand import MAX_TURNS, language_of
from assistant.model import Deadline, Kind, Model, ModelError, Reply, Usage
from assistant.model.types import Message
from prompts import Filled, load_prompt
from retrieval import Passage
from retrieval.analysis import stems

Side = Literal["client", "prestataire"]

UNANSWERED = "AUCUNE RÉPONSE"  # what the model writes when the passages do not answer
UNUSABLE: frozenset[Kind] = frozenset({"garbage", "too_long"})  # the model is up, and wrong
READ = 10  # texts that the reader is shown
CHOSEN = 3  # texts that it may name
MAX_QUESTION = 2_000  # characters sent
MAX_PASSAGE = 3_000  # characters of a passage sent
MAX_READ = 500  # characters of a text that the reader is shown
MAX_FACTS = 12
MAX_FACT = 200  # characters
MAX_COMPLETED = 300  # characters of a completed question
KEPT_WORDS = 0.5  # share of a completed question's words that the conversation must hold

_LANGUAGES = {"fr": "français", "en": "anglais"}
_READERS = {
    "client": "le client", "prestataire": "le prestataire",
    None: "le client ou le prestataire, sans qu'on sache lequel",
}  # fmt: skip
_LIST = re.compile(r"(?:```(?:json)?\s*)?(\[[\d,\s]{0,60}\])(?:\s*```)?")
_MARKER = re.compile(r"\[\d+\]")


@dataclass(slots=True)
class Budget:
    """What the calls of one answer may take, and what they took."""

    deadline: Deadline
    usage: Usage = field(default_factory=Usage)
    prompts: dict[str, int] = field(default_factory=dict)  # version by name, of those sent


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote, not yet verified."""

    markdown: str
    model: str
    prompt_version: int
    tokens_in: int
    tokens_out: int
    seconds: float
    cost: float  # in the currency of the prices set

    @property
    def unanswered(self) -> bool:
        """Whether the model says that the passages do not answer, and nothing else."""
        return _says_unanswered(self.markdown)


@dataclass(frozen=True, slots=True)
class Writer:
    """Has a model read, write and complete. Every method may raise a `ModelError`."""

    model: Model

    def budget(self) -> Budget:
        """The budget of one answer; its time starts now, once the model's client is loaded."""
        self.model.load()
        return Budget(self.model.deadline())

    def read(
        self, question: str, hits: Sequence[Passage], *, budget: Budget | None = None
    ) -> list[int] | None:
        """Which of the first ten texts found answer a question.

        Args:
            question: as it is searched.
            hits: best first; those past the tenth are not read.

        Returns:
            Numbers from 1, best first, none twice, at most `CHOSEN`; [] when the model says that
            none answers; None when it says nothing that can be used.
        """
        shown = [f"{p.title}\n{p.text[:MAX_READ]}" for p in hits[:READ]]
        if not shown:
            return None
        prompt = load_prompt("lecture").fill(
            {"nombre": str(len(shown))}, {"textes": shown, "question": question[:MAX_QUESTION]}
        )
        return _numbers(self._usable(prompt, budget), len(shown))

    def complete(
        self, question: str, turns: Sequence[Turn], *, budget: Budget | None = None
    ) -> str | None:
        """A follow-up as a question that stands alone; None when the model gives none.

        Args:
            turns: what was asked before, oldest first; the last `MAX_TURNS` are sent.
        """
        before = [turn.question[:MAX_QUESTION] for turn in turns[-MAX_TURNS:]]
        prompt = load_prompt("suite").fill(
            {"langue": _LANGUAGES[language_of(question)]},
            {"echanges": before, "question": question[:MAX_QUESTION]},
        )
        text = self._usable(prompt, budget)
        return text if _stands_for(text, [*before, question]) else None

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        language: Language,
        side: Side | None = None,
        as_of: date | None = None,
        facts: Sequence[str] = (),
        *,
        budget: Budget | None = None,
    ) -> Draft:
        """An answer written from passages.

        Args:
            question: as the user asked it, completed.
            passages: what may be relied on; the marker [n] is the n-th, from 1.
            language: of the answer.
            side: whose the question is, where it is known.
            as_of: the day at which the law is asked for; today when None.
            facts: what the user told, in short sentences.

        Raises:
            ModelError: besides the model's own failures, garbage when the answer repeats its
                prompt or is in another language.
        """
        return self.stream(
            question, passages, language, side, as_of, facts, on_text=_unheard, budget=budget
        )

    def stream(
        self,
        question: str,
        passages: Sequence[Passage],
        language: Language,
        side: Side | None = None,
        as_of: date | None = None,
        facts: Sequence[str] = (),
        *,
        on_text: Callable[[str], None],
        budget: Budget | None = None,
    ) -> Draft:
        """The same as `write`; `on_text` is called with each piece, unverified, as it comes."""
        prompt = load_prompt("reponse").fill(
            {
                "langue": _LANGUAGES[language],
                "lecteur": _READERS[side],
                "date": (as_of or date.today()).strftime("%d/%m/%Y"),
                "nombre": str(len(passages)),
            },
            {
                "passages": told(passages),
                "faits": "\n".join(f"- {fact[:MAX_FACT]}" for fact in facts[:MAX_FACTS]),
                "question": question[:MAX_QUESTION],
            },
        )
        reply = self._ask(prompt, budget, on_text)
        if reason := _unfit(reply.text, prompt, language):
            raise ModelError("garbage", reply.model, reason)
        usage = reply.usage
        return Draft(reply.text, reply.model, prompt.version, usage.tokens_in, usage.tokens_out,
                     usage.seconds, usage.cost)  # fmt: skip

    def _usable(self, prompt: Filled, budget: Budget | None) -> str:
        """The model's reply to a prompt; empty where it is one that nobody can use."""
        try:
            return self._ask(prompt, budget).text
        except ModelError as error:
            if error.kind in UNUSABLE:
                return ""
            raise

    def _ask(
        self, prompt: Filled, budget: Budget | None, on_text: Callable[[str], None] | None = None
    ) -> Reply:
        """The model's reply to a prompt, counted."""
        budget = budget or self.budget()
        budget.prompts[prompt.name] = prompt.version
        message = Message(prompt.system, prompt.user)
        reply = self.model.ask(message, deadline=budget.deadline, on_text=on_text)
        budget.usage += reply.usage
        return reply


def told(passages: Sequence[Passage]) -> list[str]:
    """The passages as the model reads them: where each stands, then its words.

    Where a passage cites another of them, its marker stands; other citations are left out.
    """
    numbers = {passage.id: n for n, passage in enumerate(passages, start=1)}
    return [f"{_place(passage)}\n{_words(passage, numbers)}" for passage in passages]


def _place(passage: Passage) -> str:
    """Where a passage stands: its reference and the headings above it."""
    head = dict.fromkeys(filter(None, [passage.reference, *passage.heading_path]))
    return " — ".join(head) or passage.title


def _words(passage: Passage, numbers: Mapping[str, int]) -> str:
    """The words of a passage, with the markers of those that it cites."""
    markdown = passage.meta.get("markdown")
    if passage.kind != "question" or not isinstance(markdown, str):
        return passage.text[:MAX_PASSAGE]

    def marker(match: re.Match[str]) -> str:
        number = numbers.get(cited_id(match[1]))
        return f" [{number}]" if number else ""

    return CITATION.sub(marker, markdown)[:MAX_PASSAGE]


def _unheard(text: str) -> None:
    """Where a text goes that nobody waits for."""


def _numbers(text: str, count: int) -> list[int] | None:
    """The numbers that a reader gives; None unless it gives a list of them and nothing else."""
    found = _LIST.fullmatch(text.strip())
    try:
        numbers = json.loads(found[1]) if found else None
    except ValueError:
        return None
    if numbers is None or len(set(numbers)) < len(numbers):
        return None
    return numbers[:CHOSEN] if all(1 <= number <= count for number in numbers) else None


def _stands_for(text: str, said: Sequence[str]) -> bool:
    """Whether a completed question is one short line made of what was said, without a new figure."""
    before = " ".join(said)
    figures = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", before))
    words, known = set(stems(text)), set(stems(before))
    short = 0 < len(text) <= MAX_COMPLETED and "\n" not in text
    return short and not figures and len(words & known) >= max(1, KEPT_WORDS * len(words))


def _unfit(text: str, prompt: Filled, language: Language) -> str:
    """Why an answer cannot even be verified; empty when it can."""
    if prompt.mark in text or "<donnees" in text.casefold():
        return "elle répète ses consignes"
    bare = _MARKER.sub("", text)
    if not _says_unanswered(text) and language_of(bare) != language:
        return "elle n'est pas dans la langue de la question"
    return ""


def _says_unanswered(text: str) -> bool:
    """Whether a text is what the model writes when the passages do not answer."""
    return _MARKER.sub("", text).strip(" .*_\n").casefold() == UNANSWERED.casefold()
