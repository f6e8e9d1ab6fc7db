"""The blocks of a section, by its headings, and the one that a question is about."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.asked import Asked
from assistant.answering.types import Side
from retrieval.analysis import STOP_WORDS, stem, words

SURE = 2.0  # evidence from which a block is what the question is about
AHEAD = 1.25  # how much more than the next block it must have
HEADING = 1.5  # what a word of the heading is worth, against one of the text

_HEADING = re.compile(r"^###\s+(.+?)\s*$", re.MULTILINE)
_IN_FIGURES = {
    "cost": re.compile(r"(?:€|%|\b(?:euros?|prix|tarif|coût|montant|frais|indemnité|pénalité)s?\b)", re.I),
    "duration": re.compile(r"\b(?:jours?|mois|ans?|années?|heures?|délais?|préavis|durée)\b", re.I),
}  # fmt: skip
_CONSUMERS = "[@c-conso-"
_UNWRITTEN = re.compile(
    r"^(?:(?:si|quand) )?le contrat (?:se tait|ne dit (?:presque )?rien)|^sans clause", re.I
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the Markdown under it, citations as the base writes them."""

    heading: str  # "" for what stands before the first heading
    text: str

    @property
    def markdown(self) -> str:
        """The block as it was read."""
        return f"### {self.heading}\n\n{self.text}" if self.heading else self.text


@lru_cache(maxsize=1024)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a section, in order."""
    before, *rest = _HEADING.split(markdown.strip())
    opening = [Block("", before.strip())] if before.strip() else []
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return (*opening, *(Block(heading, text.strip()) for heading, text in pairs))


def joined(found: Sequence[Block]) -> str:
    """Blocks as one Markdown."""
    return "\n\n".join(block.markdown for block in found)


def of_side(found: Sequence[Block], side: Side) -> Block | None:
    """The block that speaks to a side; None when the base has none."""
    return next((block for block in found if block.heading == f"Si vous êtes le {side}"), None)


def is_unwritten(block: Block) -> bool:
    """Whether a block tells what holds when the contract says nothing."""
    return bool(_UNWRITTEN.search(block.heading))


def focus(found: Sequence[Block], title: str, asked: Asked) -> Block | None:
    """The block that a question is about; None where none stands out.

    Args:
        title: the question of the base: its words tell no block from another.
    """
    named = [block for block in found if block.heading]
    if len(named) < 2:
        return None
    sought = asked.stems - _stems(title)
    said = [_stems(block.heading) | _stems(block.text) for block in named]
    counts = {s: sum(s in stems for stems in said) for s in sought}
    worth = {s: math.log((len(named) + 1) / n) for s, n in counts.items() if n}
    ranked = sorted(named, key=lambda b: -_evidence(b, worth, asked))
    first, second = (_evidence(block, worth, asked) for block in ranked[:2])
    return ranked[0] if first >= SURE and first >= AHEAD * second else None


def _evidence(block: Block, worth: dict[str, float], asked: Asked) -> float:
    """How much a block has of what a question says and asks."""
    heading, text = _stems(block.heading), _stems(block.text)
    shared = [s for s in worth if s in heading or s in text]
    total = sum(worth[s] * max(HEADING * (s in heading), s in text) for s in shared)
    if len(shared) == 1 and shared[0] not in heading:
        total = 0.0  # one word that the text happens to use says nothing
    for want, pattern in _IN_FIGURES.items():
        if want in asked.wants:
            total += min(3, len(pattern.findall(block.text))) / 3 + bool(
                pattern.search(block.heading)
            )
    if asked.facts.client in ("particulier", "association") and _CONSUMERS in block.text:
        total += 1.0
    if asked.facts.written is False and is_unwritten(block):
        total += SURE
    return total


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The stems of a text, little words left out."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)
