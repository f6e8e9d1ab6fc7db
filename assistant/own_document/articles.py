"""Where a passage stands in a contract: its article, its annex, the paragraph quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.types import Block, Document
from retrieval.types import Passage

MAX_HEADING = 90  # characters of a line that may be a heading

_NUMBER = r"(\d{1,3}|1er|premier|[IVXLC]{1,7})"
_ARTICLE = re.compile(rf"(?:article|art\.|clause)\s*{_NUMBER}(?:\.\d{{1,2}})*\b", re.IGNORECASE)
_ANNEX = re.compile(r"annexe\s+(?:n°\s*)?(\d{1,2}|[A-Z]|[IVX]{1,5})\b", re.IGNORECASE)
_BARE = re.compile(
    r"(\d{1,2}|[IVX]{1,5})(?:(?:\.\d{1,2}){1,3}\.?|\s*[-–—.:)][-–—.:) ]*)\s*[-–—:]?\s*(?=[«\"A-ZÀ-Þ])"
)
_POINT = re.compile(r"(?:^|\n)\s*(\d{1,2})((?:\.\d{1,2}){1,3})(?=[\s.)])")
_CONTENTS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{4,})\s*\d{1,3}\s*$")  # "Article 7 …… 12"
_END = 60  # characters of a line of contents where its dots and its page are: all would cost dearly
_FIRST = {"1er": "1", "premier": "1"}


def article_of(passage: Passage) -> str:
    """The article or annex that a passage stands under: "art. 7", "annexe 2"; "" when unknown.

    The nearest heading that names one decides: a reader's guesses above it may be wrong.
    """
    bare = ""
    for heading in reversed(passage.heading_path):
        if found := _ARTICLE.match(heading):
            return f"art. {_plain(found[1])}"
        if found := _ANNEX.match(heading):
            return f"annexe {found[1]}"
        if found := _BARE.match(heading):
            bare = f"art. {found[1]}"
    return bare


def place_of(passage: Passage, start: int) -> str:
    """Where the words that start at `start` stand: "art. 7.2, p. 4"; "" when nothing is known."""
    article = article_of(passage)
    point = _point(passage.text, start, article)
    page = f"p. {passage.page}" if passage.page else ""
    return ", ".join(filter(None, (article + point, page)))


def is_heading(line: str) -> bool:
    """Whether a line names an article or an annex and says nothing else."""
    return len(line) <= MAX_HEADING and _names(line) and not line.rstrip().endswith((".", ";", ","))


def with_articles(document: Document) -> Document:
    """The document with articles found in its text where its headings name none.

    Many Word contracts have bold lines for headings, which a reader takes for paragraphs. Lines of
    a table of contents are left out: they say where an article is, not what it says.
    """
    told = (block for block in document.blocks if not _CONTENTS.search(block.text[-_END:]))
    return replace(document, blocks=tuple(_under_articles(told)))


def _under_articles(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, each under the last article that a line of text named since a heading did."""
    opened: tuple[str, ...] = ()
    path: tuple[str, ...] | None = None
    for block in blocks:
        if block.heading_path != path:
            path, opened = block.heading_path, ()
        line = block.text.partition("\n")[0]
        if not any(map(_names, block.heading_path)) and (name := _opening(line)):
            opened = (name,)
        yield replace(block, heading_path=(*block.heading_path, *opened))


def _opening(line: str) -> str:
    """The heading that a line is or opens with; "" for a line of text."""
    if is_heading(line):
        return line
    found = _ARTICLE.match(line)
    runs_on = found and re.match(r"\s*[-–—:.]\s*[«\"]?[A-ZÀ-Þ]", line[found.end() :])
    return line[:MAX_HEADING] if runs_on else ""


def _names(text: str) -> bool:
    """Whether a heading names an article or an annex."""
    return any(form.match(text) for form in (_ARTICLE, _ANNEX, _BARE))


def _point(text: str, start: int, article: str) -> str:
    """The last numbered paragraph of the article before some words: ".2"."""
    number = article.removeprefix("art. ")
    found = [
        m[2] for m in _POINT.finditer(text, 0, start + 8) if m[1] == number and m.start() <= start
    ]
    return found[-1] if found else ""


def _plain(number: str) -> str:
    """A number as it is cited."""
    return _FIRST.get(number.lower(), number)
