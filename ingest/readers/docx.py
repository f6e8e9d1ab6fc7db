"""Word documents: headings by style, tables row by row, hidden and deleted text left out.

The XML is walked here because python-docx passes over content controls, tracked insertions and
text boxes, where contracts keep their filled-in fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from ingest.readers.text import Piece, gather, show_size
from ingest.types import Block, Limits
from retrieval.errors import DocumentError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import BaseStyle

# ECMA-376 part 1, 17: WordprocessingML.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNREAD = {f"{_W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "sectPr", "instrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says it twice
}
_BREAKS = {f"{_W}{tag}": text for tag, text in {"br": "\n", "cr": "\n", "tab": " "}.items()} | {
    f"{_W}noBreakHyphen": "-"
}
_HEADING = re.compile(r"(?:heading|titre) ?(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|titre|titre principal", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm) ?\d", re.IGNORECASE)  # lines of a table of contents
_MIN_HALF_POINTS = 4  # smaller type is meant not to be seen
_MAX_STYLES = 10  # a style rests on another, which rests on…
_MAX_COLUMNS = 63  # Word's own


def read_docx(path: Path, limits: Limits) -> tuple[str | None, tuple[Block, ...]]:
    """Give the first heading and the text of a Word document.

    Raises:
        DocumentError: the file is no Word document, unpacks to too much, or is too long.
    """
    _check_archive(path, limits.max_unpacked_bytes)
    from docx import Document

    document = Document(str(path))
    return gather(path.name, _pieces(document.element.body, document), limits)


def _check_archive(path: Path, most: int) -> None:
    with ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > most:
        raise DocumentError(
            f"{path.name} : ce document occupe {show_size(unpacked)} une fois décompressé, "
            f"pour {show_size(most)} permis.",
            fix="N'ouvrez pas ce fichier s'il vient d'un inconnu ; sinon, réduisez ses images.",
        )
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise DocumentError(
            f"{path.name} : cette archive ne contient pas de document Word.",
            fix="Ouvrez l'original dans Word et enregistrez-le au format .docx.",
        )


def _pieces(parent: Any, document: WordDocument) -> Iterator[Piece]:
    for element in parent.iterchildren(tag="{*}*"):
        if element.tag == f"{_W}p":
            yield from _paragraph(element, document)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, document)
        elif element.tag not in _UNREAD:
            yield from _pieces(element, document)


def _paragraph(element: Any, document: WordDocument) -> Iterator[Piece]:
    from docx.text.paragraph import Paragraph

    style = Paragraph(element, document).style
    if style is None or not _CONTENTS.match(style.name or ""):
        yield Piece(_text(element), level=_level(style))


def _level(style: BaseStyle | None) -> int | None:
    for _ in range(_MAX_STYLES):
        if style is None:
            break
        name = style.name or ""
        if heading := _HEADING.match(name):
            return int(heading.group(1))
        if _TITLE.fullmatch(name):
            return 0
        style = getattr(style, "base_style", None)
    return None


def _text(element: Any) -> str:
    """Give the text of a paragraph, a cell or a text box as it is printed."""
    parts: list[str] = []
    for child in element.iterchildren(tag="{*}*"):
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _UNREAD and not _is_hidden(child):
            inner = _text(child)
            parts.append(f"\n{inner}\n" if child.tag == f"{_W}p" else inner)
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false", "off"):
        return True
    size = run.find(f"{_W}rPr/{_W}sz")
    points = "" if size is None else size.get(f"{_W}val", "")
    return points.isdecimal() and int(points) < _MIN_HALF_POINTS


def _table(table: Any, document: WordDocument) -> Iterator[Piece]:
    above: dict[int, str] = {}  # column -> text of the cell over it
    for row in _within(table, f"{_W}tr"):
        cells = list(_within(row, f"{_W}tc"))
        if len(cells) == 1:  # a frame around text
            yield from _pieces(cells[0], document)
            continue
        texts = _row(cells, above)
        above = dict(enumerate(texts))
        if any(texts):
            yield Piece(" | ".join(texts))


def _row(cells: list[Any], above: dict[int, str]) -> list[str]:
    """Give the cells by column: a cell merged over several rows is said in each."""
    texts: list[str] = []
    for cell in cells:
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        continued = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        own = " ".join(_text(cell).split())
        texts.append(above.get(len(texts), own) if continued else own)
        texts.extend([""] * (_columns(cell) - 1))
    return texts


def _columns(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = "1" if span is None else span.get(f"{_W}val", "1")
    return min(max(int(value), 1), _MAX_COLUMNS) if value.isdecimal() else 1


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table or the cells of a row, content controls opened."""
    for child in parent.iterchildren(tag="{*}*"):
        if child.tag == tag:
            yield child
        elif child.tag not in _UNREAD and child.tag not in (f"{_W}tbl", f"{_W}p"):
            yield from _within(child, tag)
