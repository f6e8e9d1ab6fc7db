"""What the guard takes and hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.citation import Citation
from retrieval import Passage

Rule = Literal[
    "marker", "link", "leak", "quote", "numbers", "reference", "language", "unsupported", "role",
    "negation", "orphan",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removal:
    """A sentence that was taken out of an answer, and why."""

    sentence: str  # as written
    rule: Rule
    detail: str  # what was wrong, in French, for lawyers


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of an answer once every sentence was held to its sources.

    Sentences are those that state something: headings, notices of ours and links between
    sentences are neither kept nor total.
    """

    markdown: str  # markers renumbered from 1 in order of appearance
    citations: tuple[Citation, ...]  # in order of `n`; those of the markers shown, no other
    removed: tuple[Removal, ...]  # in order of the answer
    kept: int
    total: int
    answered: bool  # False when what is left does not stand as an answer


class Base(Protocol):
    """What the guard asks of the knowledge base."""

    def passage(self, identifier: str) -> Passage | None:
        """The passage stored under an id, None when there is none (any more)."""

    def knows(self, text: str) -> Sequence[Passage]:
        """The passages whose legal reference a text names."""

    def likeness(self, sentence: str, evidence: Sequence[str]) -> float | None:
        """The likeness of a sentence to the nearest of some others, -1 to 1; None without vectors."""
