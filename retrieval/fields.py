"""The terms of passages, field by field: each text is parted into words once for all fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.analysis import ngrams_of, stems_of, words
from retrieval.types import Passage


@dataclass(frozen=True, slots=True)
class Fields:
    """The terms of passages, parted by spaces, in the order of the passages.

    Attributes:
        title: stems of the headings and the citation.
        text: stems of the text.
        ngrams: runs of letters of the headings.
        counts: how often each word comes in all of them.
    """

    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    ngrams: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @staticmethod
    def joined(parts: Iterable[Fields]) -> Fields:
        """The fields of several runs of passages, in order."""
        whole = Fields()
        for part in parts:
            whole.title.extend(part.title)
            whole.text.extend(part.text)
            whole.ngrams.extend(part.ngrams)
            whole.counts.update(part.counts)
        return whole


def heading(passage: Passage) -> str:
    """What stands above a passage's text: titles, headings, citation."""
    return " ".join((passage.title, *passage.heading_path, passage.reference))


def fields_of(texts: Sequence[tuple[str, str]]) -> Fields:
    """The fields of passages, given as (heading, text)."""
    made = Fields()
    for above, text in texts:
        head, body = words(above), words(text)
        made.title.append(joined_terms(head))
        made.text.append(joined_terms(body))
        made.ngrams.append(" ".join(ngrams_of(head)))
        made.counts.update(head)
        made.counts.update(body)
    return made


def joined_terms(written: Sequence[str]) -> str:
    """The stems of words as a lexical field holds them."""
    return " ".join(stems_of(written)).replace("-", "_")


def terms(text: str) -> str:
    """The stems of a text as a lexical field holds them."""
    return joined_terms(words(text))
