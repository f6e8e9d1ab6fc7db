"""An answer's Markdown cut into sentences, and put together again from those that stay.

A piece is a sentence, a heading or a row of a table. What a piece doesn't say itself it takes from
where it stands: the sentence that introduces its list, the heading above it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from typing import Literal

MAX_ANSWER = 20_000  # characters read of an answer; the rest is left out

Kind = Literal["text", "item", "heading", "row"]

_LONG_ENTITY = re.compile(r"&#[xX]?[0-9A-Fa-f]{8,}")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_RULE = re.compile(r"[ \t>]*(?:[-*_=][ \t]*){3,}$|[ \t>]*[-=]+[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-{2,}[-:| \t]*$")
_MARKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"[ \t>]{0,8}#{1,6}[ \t]+")),
    ("row", re.compile(r"[ \t>]{0,8}(?=\|)")),
    ("item", re.compile(r"[ \t>]{0,24}(?:[-*+•–]|\d{1,3}[.)])[ \t]+(?=\S)")),
    ("text", re.compile(r"[ \t>]*")),
)
_LABEL = re.compile(r"(?:\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__)[ \t]*:?[ \t]*$")
_END = re.compile(
    r"[.!?…]{1,3}\*{0,3}(?:[ \u00a0\u202f]?[»”\")])?\*{0,3}"
    r"(?:[ \u00a0]{0,2}\[[^\]\n]{1,12}\]){0,12}[.]?(?=\s|\Z)"
)
_OPENING = re.compile(r"\s+(?:[«(*_\"“'\[]\s*){0,4}[A-ZÀ-ÖØ-Þ0-9]")
_ABBREVIATION = re.compile(
    r"\b(?:art|al|Cass|com|civ|soc|crim|plén|ch|mixte|req|ass|CA|n|p|s|M|MM|Mme|Me|cf|ex|réf|v|c"
    r"|consom|trav|pén|mon|fin|pr|règl|dir|suiv|intell|janv|févr|avr|juill|sept|oct|nov|déc|[A-Z])\.$"
)
_QUOTATION = re.compile(r"«[^«»\n]{0,600}»|“[^“”\n]{0,600}”")
_SPACES = str.maketrans(dict.fromkeys("\n\t\u00a0\u202f", " "))
_SPACE = re.compile(r"\s*")


@dataclass(slots=True)
class Piece:
    """A sentence, a heading or a row of a table."""

    raw: str  # as written, without the mark of its block
    kind: Kind
    block: int  # pieces of one paragraph, item or row share it
    gap: str = ""  # the white space after it, in its block
    intro: int | None = None  # the piece that introduces its list
    heading: int | None = None  # the heading above it

    @property
    def introduces(self) -> bool:
        """Whether it announces what follows."""
        return self.raw.rstrip(" *_").endswith(":")


@dataclass(slots=True)
class Block:
    """A paragraph, a list item, a heading or a row."""

    kind: Kind
    prefix: str  # "- ", "### ", "> "
    words: str
    blank: bool  # whether a blank line comes before
    rule: str = ""  # the line under a table's titles

    @property
    def numbered(self) -> bool:
        """Whether its mark counts."""
        return self.kind == "item" and self.prefix.strip(" \t>")[:1].isdigit()

    @property
    def level(self) -> int:
        """Of a heading: 1 to 6, 7 for a line in bold."""
        return self.prefix.count("#") or 7

    @property
    def indent(self) -> int:
        """How deep its mark stands; -1 for a paragraph."""
        return len(self.prefix) - len(self.prefix.lstrip(" \t>")) if self.kind != "text" else -1


@dataclass(slots=True)
class Text:
    """A Markdown text, cut."""

    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def visible(markdown: str) -> str:
    """The text that a reader sees, in NFC: entities written out, unseen characters left out.

    At most `MAX_ANSWER` characters, cut at the end of a line or of a sentence.
    """
    text = markdown[: 2 * MAX_ANSWER].replace("\r\n", "\n").replace("\r", "\n")
    text = unescape(_LONG_ENTITY.sub("", text))
    if not text.translate(_SPACES).isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    text = unicodedata.normalize("NFC", text)
    if len(text) <= MAX_ANSWER:
        return text
    return text[: max(text.rfind("\n", 0, MAX_ANSWER), text.rfind(". ", 0, MAX_ANSWER) + 1, 0)]


def cut(markdown: str) -> Text:
    """The pieces of a Markdown text, in order. Fences of code and rules between parts are left out."""
    text = Text(blocks=list(_blocks(markdown)))
    for number, block in enumerate(text.blocks):
        whole = block.kind in ("heading", "row")
        for sentence, gap in [(block.words, "")] if whole else _sentences(block.words):
            text.pieces.append(Piece(sentence, block.kind, number, gap))
    _relate(text)
    return text


def _blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a text, in order."""
    held: Block | None = None  # the block that the next line may go on with
    blank = True
    for line in markdown.split("\n"):
        block = _block(line, blank)
        if held and block and block.kind == "text" and held.kind in ("text", "item"):
            held.words += f"\n{line.rstrip()}"
            continue
        if held and held.kind == "row" and _TABLE_RULE.match(line):
            held.rule = line.strip()
            continue
        if held:
            yield held
        held, blank = block, block is None
    if held:
        yield held


def _block(line: str, blank: bool) -> Block | None:
    """The block that a line opens, None for a line that states nothing."""
    if not line.strip() or _FENCE.match(line) or _RULE.match(line):
        return None
    kind, mark = next((k, m) for k, pattern in _MARKS if (m := pattern.match(line)))
    words = line[mark.end() :].rstrip()
    if kind == "text" and _LABEL.match(words):
        kind = "heading"
    return Block(kind, mark[0], words, blank)


def _sentences(block: str) -> Iterator[tuple[str, str]]:
    """The sentences of a block, each with the white space after it."""
    quoted: list[tuple[int, int]] | None = None
    start = 0
    for end in _END.finditer(block):
        if not _OPENING.match(block, end.end()):
            continue
        if quoted is None:
            quoted = [match.span() for match in _QUOTATION.finditer(block)]
        if _inside(quoted, end.start(), end.end()):
            continue
        if _ABBREVIATION.search(block[max(start, end.start() - 12) : end.start() + 1]):
            continue
        space = _SPACE.match(block, end.end())
        gap = space[0] if space else ""
        yield block[start : end.end()], gap
        start = end.end() + len(gap)
    if block[start:].strip():
        yield block[start:].rstrip(), ""


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place is within one of some spans, its end left out."""
    place = bisect_right(spans, (start, len(spans) and 1 << 30)) - 1
    return place >= 0 and spans[place][0] < start and end < spans[place][1]


def _relate(text: Text) -> None:
    """Tell each piece what introduces it and what heading it stands under."""
    heading: int | None = None
    intros: list[tuple[int, int]] = []  # indent and piece, the nearest last
    for number, group in groupby(enumerate(text.pieces), key=lambda pair: pair[1].block):
        block, members = text.blocks[number], list(group)
        if block.kind == "heading":
            heading, intros = members[0][0], []
            continue
        while intros and intros[-1][0] >= block.indent:
            intros.pop()
        for _, piece in members:
            piece.heading = heading
            piece.intro = intros[-1][1] if intros else None
        if block.kind != "row" and members[-1][1].introduces:
            intros.append((block.indent, members[-1][0]))


def render(text: Text, shown: Mapping[int, str]) -> str:
    """The Markdown of the pieces that stay, numbered lists counted anew.

    Args:
        shown: what is shown of each piece that stays, by its number.
    """
    lines: list[str] = []
    counts: dict[int, int] = {}  # items so far, by indent
    for number, group in groupby(sorted(shown), key=lambda n: text.pieces[n].block):
        block = text.blocks[number]
        counts = _counted(counts, block)
        words = "".join(f"{shown[n]}{text.pieces[n].gap}" for n in group).rstrip()
        if block.blank and lines:
            lines.append("")
        lines.append(_prefix(block, counts) + _balanced(words))
        if block.rule:
            lines.append(block.rule)
    return "\n".join(lines)


def _counted(counts: dict[int, int], block: Block) -> dict[int, int]:
    """The counts of numbered items after one more block."""
    if block.kind != "item":
        return {}
    above = {indent: count for indent, count in counts.items() if indent <= block.indent}
    return above | {block.indent: above.get(block.indent, 0) + 1}


def _prefix(block: Block, counts: Mapping[int, int]) -> str:
    """The mark of a block; a number is ours, not the writer's."""
    if not block.numbered:
        return block.prefix
    return re.sub(r"\d+", str(counts[block.indent]), block.prefix, count=1)


def _balanced(words: str) -> str:
    """A block without the bold marks that lost their other half."""
    return words if words.count("**") % 2 == 0 else words.replace("**", "")
