"""What python-docx has no call for: fields, bookmarks, links, shades, highlighted blanks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.contract.types import Span


def add_spans(paragraph: Paragraph, spans: Iterable[Span]) -> None:
    """Write spans at the end of a paragraph; blanks to fill are highlighted in yellow."""
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold = span.bold or None
        if span.missing:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field with the text to show until Word computes it."""
    open_field(paragraph, instruction)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: Paragraph, instruction: str, *, stale: bool = False) -> None:
    """Open a field whose result follows, and may run over paragraphs."""
    run = paragraph.add_run()
    begin = _mark(run, "begin")
    if stale:
        begin.set(qn("w:dirty"), "true")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph.add_run(), "separate")


def close_field(paragraph: Paragraph) -> None:
    """Close the field that is open."""
    _mark(paragraph.add_run(), "end")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Name the place where a paragraph stands."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, bookmark: str, first: int) -> None:
    """Make the runs of a paragraph, from the `first`, a link to a bookmark."""
    runs = paragraph._p.findall(qn("w:r"))[first:]
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("w:anchor"), bookmark)
    anchor.set(qn("w:history"), "1")
    paragraph._p.append(anchor)
    for run in runs:
        anchor.append(run)


def shade(properties: Any, color: str) -> None:
    """Fill a cell or a paragraph (its properties element) with a color, as RRGGBB."""
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        fill.set(qn(f"w:{name}"), value)
    if hasattr(properties, "insert_element_before"):
        properties.insert_element_before(
            fill, "w:noWrap", "w:tcMar", "w:tabs", "w:spacing", "w:ind", "w:vAlign", "w:jc"
        )


def _mark(run: Run, kind: str) -> Any:
    """One of the three marks of a field."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)
    return mark
