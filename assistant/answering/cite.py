"""Markers: the knowledge base's inline citations turned into numbered sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.answering.quotes import best_quote
from assistant.answering.types import Citation
from retrieval.types import Passage

CITATION = re.compile(r"\s*\[@([a-z0-9:/-]+)\]")
_MARKER = re.compile(r"\[\d+\]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_HEADING = re.compile(r"^#{3,6}\s+(.*)$")
_ENDING = re.compile(r"(\s*[;:!?]|…)?(\.?)\s*$")
_OPTION = re.compile(r"^\[\[/?option[^\]]*\]\]\s*$", re.MULTILINE)
_FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")

Find = Callable[[str], Passage | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the base, cut at its citations."""

    statement: str  # its words without citations
    pieces: tuple[str, ...]  # words, id, words, id… words
    cites: bool  # whether a marker goes on it: not on a heading, a row of a table, a blank line


@dataclass(slots=True)
class Sources:
    """The numbered sources of one answer, filled as its text is composed.

    Args:
        find: gives a passage by id.
    """

    find: Find
    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def marked(self, markdown: str, home: Passage) -> str:
        """A section's Markdown with [n] markers, every paragraph and list item ending on a source.

        Args:
            markdown: text of the base, with `[@id]` citations.
            home: the passage that holds the text: the source of what cites nothing else.
        """
        return "\n".join(self._line(line, home) for line in _lines(markdown))

    def _line(self, line: _Line, home: Passage) -> str:
        """One line, marked."""
        if not line.cites:
            return line.statement
        words, statement = line.pieces, line.statement
        cited = (self._marker(name, statement) + after
                 for name, after in zip(words[1::2], words[2::2], strict=True))  # fmt: skip
        marked = "".join([words[0], *cited])
        if _MARKER.search(_SENTENCE.split(marked.rstrip())[-1]):
            return marked
        marker = self.marker(home, statement)
        return _ENDING.sub(lambda m: f"{m[1] or ''} {marker}{m[2]}", marked, count=1)

    def _marker(self, identifier: str, statement: str) -> str:
        """The marker of an inline citation; nothing for one that the index does not hold."""
        passage = self._cited(identifier)
        return f" {self.marker(passage, statement)}" if passage else ""

    def _cited(self, identifier: str) -> Passage | None:
        """The passage that an inline citation names."""
        return self.find(cited_id(identifier))

    def marker(self, passage: Passage, statement: str) -> str:
        """The marker of a passage, numbered at its first use with the words relied on."""
        if passage.id not in self._numbers:
            quote = best_quote(passage.text, statement)
            number = len(self.citations) + 1
            self._numbers[passage.id] = number
            self.citations.append(
                Citation(number, passage.id, passage.kind, passage.title, passage.reference,
                         passage.url, quote, passage.page)
            )  # fmt: skip
        return f"[{self._numbers[passage.id]}]"


@lru_cache(maxsize=1_024)  # sections: the base has fewer, and the same ones answer again
def _lines(markdown: str) -> tuple[_Line, ...]:
    """The lines of a section as they are shown, cut at their citations."""
    text = _FIELD.sub(lambda m: f"[{m[1].replace('_', ' ')}]", _OPTION.sub("", markdown))
    return tuple(map(_cut, text.split("\n")))


def _cut(line: str) -> _Line:
    """One line, cut."""
    if not line.strip() or line.lstrip().startswith(("#", "|")):
        return _Line(_HEADING.sub(r"**\1**", line), (), False)
    return _Line(CITATION.sub("", line), tuple(CITATION.split(line)), True)


def cited_id(identifier: str) -> str:
    """The id of the passage that an inline citation names."""
    if identifier.startswith("clause:"):
        return f"kb:contract/{identifier[7:]}#clause"
    return f"kb:law/{identifier}"
