"""The words of a passage that a question is about, verbatim and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.quotes import MAX_QUOTE, sentences
from assistant.own_document.addressed import is_addressed
from assistant.own_document.articles import is_heading
from retrieval.analysis import stems
from retrieval.encoders.base import Encoder, Vectors

MIN_WORDS = 4
OVERLAP = 0.5  # what a sentence that shares all the question's words adds to its likeness
_WHOLE = re.compile(r"[.;:!?…»)]\s*$")
_LABEL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}[.)]|[a-z]\)|[-–—•])\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage, and where they start in it."""

    text: str
    start: int
    opens: bool = False  # whether a number or a dash stands before it


def best_words(text: str, query: str, vector: Vectors, encoder: Encoder) -> Quote | None:
    """The words of a text that speak most of a query; None when nothing can be quoted.

    A numbered paragraph whole where it fits in `MAX_QUOTE` characters, since its sentences lean on
    one another; else its sentence that speaks most, cut at a word. What a reader cut in two is
    joined again. Headings and sentences that speak to an assistant are never quoted.

    Args:
        vector: of the query, by `encoder`.
    """
    found = [quote for quote in _paragraphs(text) if _fits(quote.text)]
    if not found:
        return None
    return _cut(_likest(found, set(stems(query)), vector, encoder))


def _likest(quotes: list[Quote], wanted: set[str], vector: Vectors, encoder: Encoder) -> Quote:
    """The quote that speaks most of a query."""
    likeness = encoder.encode([quote.text for quote in quotes]) @ vector
    shared = [len(wanted & set(stems(q.text))) / max(len(wanted), 1) for q in quotes]
    return quotes[int(np.argmax(likeness + OVERLAP * np.array(shared)))]


def _paragraphs(text: str) -> Iterator[Quote]:
    """The numbered paragraphs of a text that are short enough, else their sentences."""
    group: list[Quote] = []
    for quote in _whole(text):
        if group and (quote.opens or is_heading(quote.text)):
            yield from _grouped(text, group)
            group = []
        group.append(quote)
    yield from _grouped(text, group)


def _grouped(text: str, group: list[Quote]) -> list[Quote]:
    """Sentences as one quote, unless one speaks to an assistant or they are too long together."""
    if not group or is_heading(group[0].text):
        return group
    last = group[-1]
    joined = text[group[0].start : last.start + len(last.text)]
    if len(joined) > MAX_QUOTE or any(is_addressed(quote.text) for quote in group):
        return group
    return [Quote(joined, group[0].start)]


def _whole(text: str) -> list[Quote]:
    """The sentences of a text, those that end without a stop joined to the next."""
    quotes: list[Quote] = []
    at = 0
    for sentence in sentences(text):
        start = text.find(sentence, at)
        at = start + len(sentence)
        label = _LABEL.match(sentence)
        last = quotes[-1] if quotes else None
        if last and not _ends(last.text) and not label:
            quotes[-1] = replace(last, text=text[last.start : at])
        else:
            begin = start + (label.end() if label else 0)
            quotes.append(Quote(text[begin:at], begin, label is not None))
    return quotes


def _ends(sentence: str) -> bool:
    """Whether a sentence is whole: it ends on a stop, or it is a heading."""
    return bool(_WHOLE.search(sentence)) or is_heading(sentence)


def _fits(sentence: str) -> bool:
    """Whether a sentence may be quoted."""
    long_enough = len(sentence.split()) >= MIN_WORDS
    return long_enough and not is_heading(sentence) and not is_addressed(sentence)


def _cut(quote: Quote) -> Quote:
    """A quote within bounds."""
    if len(quote.text) <= MAX_QUOTE:
        return quote
    end = quote.text.rfind(" ", 0, MAX_QUOTE)
    return replace(quote, text=quote.text[: end if end > 0 else MAX_QUOTE])
