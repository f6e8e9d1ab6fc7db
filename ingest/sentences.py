"""The sentences of a Markdown section, each with its line and what it cites.

A list item that cites nothing is read with the sentence that introduces the list: the source
given before the colon holds for the items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.kb import CITATION, Entry, Section

_BLOCK = re.compile(
    r"^(?P<mark>[ \t]*(?:[-*+]|\d+[.)])[ \t]+|#{1,6}[ \t]+|\||[ \t]+)?(?P<text>\S.*"
    r"(?:\n(?![ \t]*(?:[-*+]|\d+[.)])[ \t]|#{1,6}[ \t]|\||\s*$).*)*)",
    re.MULTILINE,
)
# A point that ends an abbreviation ("art.", "n.", "L.", "Cass. com.") doesn't end a sentence.
_END = re.compile(r"[.!?…](?:\s*»|\))?(?=\s+(?:[«(*\"“]\s*)*[A-ZÀ-Ý0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|Cass|com|civ|soc|crim|plén|ch|mixte|req|ass|CA|n|p|s|M|MM|Mme|Me|cf|ex|etc|réf|v"
    r"|janv|févr|avr|juill|sept|oct|nov|déc|[A-Z])|\bC\. [a-z]+)\.$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,/-]\d+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, its citations left in."""

    text: str
    line: int  # line of its first character in the file
    cited: tuple[str, ...]  # ids of its citations, in order
    heading: bool = False

    @property
    def words(self) -> list[str]:
        """The words that a reader reads: no citation, an elision is part of its word."""
        return _WORD.findall(CITATION.sub(" ", self.text))


def entry_sentences(entry: Entry, *titles: str) -> Iterator[Sentence]:
    """The sentences of an entry's sections; of those named, when some are."""
    for section in entry.sections:
        if not titles or section.title in titles:
            yield from sentences(section)


def sentences(section: Section) -> Iterator[Sentence]:
    """The sentences of a section, in order, headings marked."""
    intro: tuple[str, ...] = ()
    for block in _BLOCK.finditer(section.markdown):
        mark = (block["mark"] or "").strip()
        item = bool(mark) and mark[0] not in "#|"
        if not item:
            intro = ()
        for text, start in _split(block["text"], block.start("text")):
            cited = tuple(CITATION.findall(text))
            line = section.line + section.markdown.count("\n", 0, start)
            yield Sentence(text, line, cited or (intro if item else ()), mark.startswith("#"))
            if not item:
                intro = cited if text.rstrip().endswith(":") else ()


def _split(block: str, offset: int) -> Iterator[tuple[str, int]]:
    """A block's sentences, each with its place in the section."""
    start = 0
    for end in _END.finditer(block):
        if not _ABBREVIATION.search(block[start : end.end()]):
            yield from _trimmed(block, start, end.end(), offset)
            start = end.end()
    yield from _trimmed(block, start, len(block), offset)


def _trimmed(block: str, start: int, end: int, offset: int) -> Iterator[tuple[str, int]]:
    """One sentence without the white space around it, nothing when it is empty."""
    raw = block[start:end]
    text = raw.strip()
    if text:
        yield " ".join(text.split()), offset + start + len(raw) - len(raw.lstrip())
