"""Tables of the contract as Word tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm

from assistant.contract.marks import add_spans, shade
from assistant.contract.styles import CELL, CELL_HEAD, HEAD_SHADE, set_style
from assistant.contract.types import Span

Cells = Sequence[Sequence[Sequence[Span]]]
_WIDEST = 48  # characters beyond which a cell wraps without asking for more width
_CHARACTER, _HEAD_CHARACTER = 0.165, 0.195  # centimetres of an average character of a cell
_PADDING = 0.42  # centimetres that a cell keeps blank, left and right together
_BLANK = "…"  # a cell to complete by hand
_ROOM = 96  # characters that such cells leave room for, all columns together
_ROW = 0.55  # centimetres, the least height of its row


def add_table(
    document: Document, rows: Cells, width: float, *, head: bool = True, style: str = CELL
) -> Any:
    """Add a table, its columns as wide as their texts ask.

    Args:
        document: where the table goes, at the end.
        rows: the cells; a short row is completed with empty cells.
        width: of the whole table, in centimetres.
        head: whether the first row is a head, repeated on each page; else the first column is.
        style: of the cells that are not heads.
    """
    columns = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=columns, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = column_widths(rows, width)
    for column, size in zip(table.columns, widths, strict=True):
        column.width = Cm(size)
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        heads = range(columns) if head and number == 0 else range(0 if head else 1)
        _fill(row, cells, widths, heads, style)
        _row_property(row, "w:cantSplit")
    if head:
        _row_property(table.rows[0], "w:tblHeader")
    return table


def column_widths(rows: Cells, width: float) -> list[float]:
    """The width of each column: at least its longest word, the rest by the length of its texts."""
    columns = range(max(len(row) for row in rows))
    cells = [[_text(row[n]) if n < len(row) else "" for row in rows] for n in columns]
    least = [_least(texts) for texts in cells]
    if sum(least) >= width:
        return [width * size / sum(least) for size in least]
    room = _ROOM // len(columns)
    wanted = [max(0.1, _asked(texts, room) - low) for texts, low in zip(cells, least, strict=True)]
    spare = (width - sum(least)) / sum(wanted)
    return [low + spare * want for low, want in zip(least, wanted, strict=True)]


def _text(cell: Sequence[Span]) -> str:
    """The text of a cell."""
    return "".join(span.text for span in cell)


def _least(texts: Sequence[str]) -> float:
    """What the longest word of a column takes, in centimetres; the head is in bold."""
    words = [max(map(len, text.split(" "))) for text in texts]
    return max(_HEAD_CHARACTER * words[0], _CHARACTER * max(words)) + _PADDING


def _asked(texts: Sequence[str], room: int) -> float:
    """What the texts of a column would take, in centimetres."""
    sizes = [room if text == _BLANK else min(_WIDEST, len(text)) for text in texts]
    return _CHARACTER * max(sizes) + _PADDING


def _fill(
    row: Any, cells: Sequence[Sequence[Span]], widths: Sequence[float], heads: range, style: str
) -> None:
    """Write the cells of a row."""
    if any(_text(cell) == _BLANK for cell in cells):
        row.height = Cm(_ROW)
    for place, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        cell.width, cell.vertical_alignment = Cm(width), WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        set_style(paragraph, CELL_HEAD if place in heads else style)
        if place in heads:
            shade(cell._tc.get_or_add_tcPr(), HEAD_SHADE)
        if place < len(cells):
            add_spans(paragraph, cells[place])


def _row_property(row: Any, name: str) -> None:
    """Set a property that is on or off."""
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
