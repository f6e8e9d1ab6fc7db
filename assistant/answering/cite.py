"""Markers: the knowledge base's inline citations turned into numbered sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.answering.quotes import best_quote
from assistant.answering.types import Citation
from retrieval.types import Passage

CITATION = re.compile(r"\s*\[@([a-z0-9:/-]+)\]")
_MARKER = re.compile(r"\[\d+\]")
_ENDING = re.compile(r"(\s*[;:!?]|…)?(\.?)\s*$")
_OPTION = re.compile(r"^\[\[/?option[^\]]*\]\]\s*$", re.MULTILINE)
_FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")

Find = Callable[[str], Passage | None]


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
        text = _FIELD.sub(lambda m: f"[{m[1].replace('_', ' ')}]", _OPTION.sub("", markdown))
        return "\n".join(self._line(line, home) for line in text.split("\n"))

    def _line(self, line: str, home: Passage) -> str:
        """One line, marked. Headings, table rows and blank lines carry no marker."""
        if not line.strip() or line.lstrip().startswith(("#", "|")):
            return re.sub(r"^#{3,6}\s+(.*)$", r"**\1**", line)
        statement = CITATION.sub("", line)
        marked = CITATION.sub(lambda m: self._marker(m[1], statement), line)
        tail = re.split(r"(?<=[.!?])\s+", marked.rstrip())[-1]
        if _MARKER.search(tail):
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


def cited_id(identifier: str) -> str:
    """The id of the passage that an inline citation names."""
    if identifier.startswith("clause:"):
        return f"kb:contract/{identifier[7:]}#clause"
    return f"kb:law/{identifier}"
