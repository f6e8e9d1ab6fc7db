"""Markdown of an answer as Word paragraphs: headings, lists, bold, italics. Nothing else is obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from docx.document import Document
from docx.shared import Cm
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.contract.styles import CLAUSE, add_paragraph

INDENT = 0.6  # centimetres a level of list
_BULLETS = ("–", "•")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark without HTML, links or images: an answer needs none."""
    return MarkdownIt("commonmark", {"html": False}).disable(
        ["link", "image", "autolink", "reference"]
    )


def add_markdown(document: Document, text: str) -> None:
    """Write Markdown at the end of a document."""
    lists: list[int | None] = []  # next number of each list that is open; None for bullets
    opening = ""
    for token in _parser().parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None
            lists.append(first)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            opening = _marker(lists)
        elif token.type in ("inline", "fence", "code_block"):
            _add(document, token, opening, len(lists))
            opening = ""


def _marker(lists: list[int | None]) -> str:
    """The marker of the next item of the innermost list."""
    number = lists[-1]
    if number is None:
        return _BULLETS[min(len(lists), len(_BULLETS)) - 1]
    lists[-1] = number + 1
    return f"{number}."


def _add(document: Document, token: Token, marker: str, depth: int) -> None:
    """One paragraph, an item of a list when it has a marker."""
    paragraph = add_paragraph(document, CLAUSE)
    form = paragraph.paragraph_format
    form.left_indent = Cm(INDENT * depth)
    if marker:
        form.first_line_indent = Cm(-INDENT)
        form.tab_stops.add_tab_stop(Cm(INDENT * depth))
        paragraph.add_run(f"{marker}\t")
    for text, bold, italic in _runs(token.children or [], token.content):
        run: Any = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
    form.keep_with_next = not marker and all(
        run.bold or not run.text.strip() for run in paragraph.runs
    )


def _runs(children: Sequence[Token], content: str) -> Iterator[tuple[str, bool, bool]]:
    """(text, bold, italic) of the pieces of a paragraph."""
    if not children:
        yield content, False, False
    bold = italic = 0
    for child in children:
        bold += child.nesting if child.type.startswith("strong") else 0
        italic += child.nesting if child.type.startswith("em_") else 0
        if child.type in ("softbreak", "hardbreak"):
            yield "\n" if child.type == "hardbreak" else " ", False, False
        elif child.content:
            yield child.content, bold > 0, italic > 0
