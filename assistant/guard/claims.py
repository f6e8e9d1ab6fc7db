"""A sentence of an answer with what it may rely on, as every rule takes it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.guard.reading import Reading
from assistant.guard.sources import Pool
from assistant.guard.support import Support
from assistant.guard.types import Rule


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, read."""

    words: str  # without marks
    reading: Reading
    whole: Reading  # with the words that introduce it
    heading: str  # the heading above it, "" for none
    following: Reading | None  # the next sentence: an exception may be told there
    pool: Pool
    support: Support

    @property
    def repeated(self) -> bool:
        """Whether a source has the sentence word for word, introduced by the same words.

        Such a source is a rival: none scores more. `read` gives one object for one text.
        """
        rivals = self.support.rivals
        return any(fact.reading is self.reading and fact.whole is self.whole for fact in rivals)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence."""

    rule: Rule
    detail: str  # in French, for lawyers
