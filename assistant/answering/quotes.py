"""Quotes: the words of a passage that a sentence relies on, always found again in it."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from retrieval.analysis import normalise, stems

MAX_QUOTE = 400  # characters

_SHORTENED = (
    "art al c civ com n L R D Cass ch soc crim trav consom pén mon fin p st M réf ass règl févr janv"
    " oct nov déc juill sept avr suiv dir"
)
_ABBREVIATIONS = "".join(rf"(?<!\b{word}\.)" for word in _SHORTENED.split())
# The end first: what comes before every character of a text is looked at for it.
_SENTENCE = re.compile(r"(?<=[.!?;:])" + _ABBREVIATIONS + r"\s+(?=[A-ZÀ-ÖØ-Þ«0-9-])|\n+")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, verbatim, in order; abbreviations of legal references do not end one."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if part and part.strip())


def contains(text: str, quote: str) -> bool:
    """Whether a quote stands in a text, apostrophes and spaces aside. An empty quote never does."""
    wanted = _flat(quote)
    return bool(wanted) and wanted in _flat(text)


@lru_cache(maxsize=4_096)  # what quotes the base is mostly the base: asked again and again
def best_quote(text: str, statement: str) -> str:
    """The sentence of a text that shares most with a statement, verbatim; ties to the first.

    Returns:
        At most `MAX_QUOTE` characters, cut at a word; "" for an empty text.
    """
    wanted = _terms(statement)
    found = sentences(text)
    if not found:
        return ""
    best = max(found, key=lambda sentence: _overlap(_terms(sentence), wanted))
    if len(best) <= MAX_QUOTE:
        return best
    return best[: best.rfind(" ", 0, MAX_QUOTE)]


_flat = lru_cache(maxsize=4096)(normalise)


@lru_cache(maxsize=16_384)
def _terms(text: str) -> frozenset[str]:
    """The stems of a text."""
    return frozenset(stems(text))


def _overlap(sentence: frozenset[str], wanted: frozenset[str]) -> float:
    """Shared stems, damped by the sentence's length."""
    return len(sentence & wanted) / (1.0 + math.sqrt(len(sentence)))
