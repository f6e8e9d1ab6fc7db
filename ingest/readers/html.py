"""Web pages: what a visitor sees, under its headings; tables row by row."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.text import Piece, decode, gather
from ingest.types import Block, Limits
from retrieval.errors import DocumentError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = (
    "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption "
    "figure footer form header html legend li main ol p pre section summary table tbody td tfoot "
    "th thead tr ul"
)
_BLOCKS = frozenset([*_BLOCK_NAMES.split(), *_HEADINGS])
_UNREAD_NAMES = "button head iframe nav noscript object script select style svg template"
_UNREAD = frozenset(_UNREAD_NAMES.split())
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)"
    r"|(?:opacity|font-size):(?:0+(?:\.0*)?|\.0+)(?![.\d])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")  # @media print hides for print
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SAID_FOR_WINDOWS_1252 = ("iso-8859-1", "latin1", "us-ascii")  # WHATWG Encoding, 4.2
_BREAK = "\0"  # stands for <br>: no HTML text holds a NUL
_MAX_DEPTH = 512  # elements within elements, as in Chrome
_MAX_SPAN = 100  # columns or rows; a page may claim a million


def read_html(path: Path, limits: Limits) -> tuple[str | None, tuple[Block, ...]]:
    """Give the first heading (else the `<title>`) and the visible text of a page.

    Raises:
        DocumentError: the file is not text, or too long.
    """
    soup = _parse(decode(path, _declared_charset(path)), path.name)
    caption = soup.title.get_text(" ", strip=True) if soup.title else None
    heading, blocks = gather(path.name, visible_pieces(soup), limits)
    return heading or caption or None, blocks


def _declared_charset(path: Path) -> str | None:
    with path.open("rb") as file:
        found = _CHARSET.search(file.read(4096))
    charset = found.group(1).decode("ascii", "ignore").lower() if found else None
    return None if charset in _SAID_FOR_WINDOWS_1252 else charset


def html_pieces(html: str, name: str) -> Iterator[Piece]:
    """Give the visible headings and paragraphs of some HTML, in reading order.

    Raises:
        DocumentError: the HTML is nested beyond reason; `name` is the file it comes from.
    """
    return visible_pieces(_parse(html, name))


def _parse(html: str, name: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 warns of text that looks like a path, of XML…
        soup = BeautifulSoup(html, "lxml")
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
        if depths[id(tag)] > _MAX_DEPTH:
            raise DocumentError(
                f"{name} : cette page emboîte plus de {_MAX_DEPTH} éléments.",
                fix="Copiez son texte dans un fichier .txt ou .docx, puis relancez l'indexation.",
            )
    return soup


def visible_pieces(soup: BeautifulSoup) -> Iterator[Piece]:
    """Give the visible headings and paragraphs of a parsed page, which is emptied of the rest."""
    _drop_unseen(soup)
    _number_items(soup)
    for line_break in soup.find_all("br"):
        line_break.replace_with(_BREAK)
    _flatten_tables(soup)
    for block, text in _runs(soup):
        yield Piece(text, level=_HEADINGS.get(block.name))


def _drop_unseen(soup: BeautifulSoup) -> None:
    unseen = [tag for tag in soup.find_all(True) if _is_unseen(tag)]
    for tag in [*_hidden_by_sheet(soup), *unseen]:
        if not tag.decomposed:
            tag.decompose()


def _is_unseen(tag: Tag) -> bool:
    if tag.name in _UNREAD or (tag.name == "dialog" and "open" not in tag.attrs):
        return True
    if not tag.attrs:
        return False
    said = {name: str(tag.get(name, "")).strip().lower() for name in ("aria-hidden", "role")}
    return (
        "hidden" in tag.attrs
        or said["aria-hidden"] == "true"
        or said["role"] == "navigation"
        or _hides(str(tag.get("style", "")))
    )


def _hides(style: str) -> bool:
    return bool(_HIDING.search(re.sub(r"\s+", "", style)))


def _hidden_by_sheet(soup: BeautifulSoup) -> list[Tag]:
    """Give what the page's own `<style>` hides; selectors that need a browser are passed over."""
    from soupsieve import SelectorSyntaxError

    hidden: list[Tag] = []
    for sheet in soup.find_all("style"):
        rules = _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet.get_text())))
        for selector, style in rules:
            if _hides(style):
                with suppress(SelectorSyntaxError, NotImplementedError):
                    hidden.extend(soup.select(selector.strip()))
    return hidden


def _number_items(soup: BeautifulSoup) -> None:
    """Write the numbers of ordered lists, which a browser shows and the source leaves out."""
    for ordered in soup.find_all("ol"):
        start = str(ordered.get("start", "1"))
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        for number, item in enumerate(ordered.find_all("li", recursive=False), first):
            _first_paragraph(item).insert(0, f"{number}. ")


def _first_paragraph(item: Tag) -> Tag:
    """Give the paragraph that an item of a loose list starts with, else the item."""
    from bs4 import Tag

    first = next((part for part in item.contents if str(part).strip()), item)
    return first if isinstance(first, Tag) and first.name in ("p", "div") else item


def _flatten_tables(soup: BeautifulSoup) -> None:
    """Replace each table of data by one paragraph a row; tables made for layout stay."""
    for table in soup.find_all("table"):
        if table.find(["table", *_HEADINGS]):
            continue
        rows = list(_rows(table))
        if all(len(cells) < 2 for cells in rows):
            continue
        paragraphs = [_one_line(caption) for caption in table.find_all("caption")]
        paragraphs += [" | ".join(cells) for cells in rows if any(cells)]
        flat = soup.new_tag("div")
        for text in paragraphs:
            row = soup.new_tag("p")
            row.string = text
            flat.append(row)
        table.replace_with(flat)


def _rows(table: Tag) -> Iterator[list[str]]:
    """Give the cells of each row, by column: a cell over several rows is said in each."""
    above: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    for row in table.find_all("tr"):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            _fill_from_above(cells, above)
            text = _one_line(cell)
            columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
            for part in (text, *[""] * (columns - 1)):
                above[len(cells)] = (rows - 1, part)
                cells.append(part)
        _fill_from_above(cells, above)
        yield cells


def _one_line(tag: Tag) -> str:
    return " ".join(" ".join(text for _, text in _runs(tag)).split())


def _fill_from_above(cells: list[str], above: dict[int, tuple[int, str]]) -> None:
    while (held := above.get(len(cells), (0, "")))[0] > 0:
        above[len(cells)] = (held[0] - 1, held[1])
        cells.append(held[1])


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(max(int(value), 1), _MAX_SPAN) if re.fullmatch(r"\d{1,9}", value) else 1


def _runs(root: Tag) -> Iterator[tuple[Tag, str]]:
    """Give the text between two block borders, with the block that holds it."""
    from bs4.element import NavigableString, PreformattedString

    strings = (
        (_block_of(string), string)
        for string in root.descendants
        if isinstance(string, NavigableString) and not isinstance(string, PreformattedString)
    )
    for _, run in groupby(strings, key=lambda pair: id(pair[0])):
        pairs = list(run)
        block = pairs[0][0]
        text = "".join(string for _, string in pairs)
        yield block, _lay_out(text, preformatted=block.name == "pre")


def _block_of(string: NavigableString) -> Tag:
    for parent in string.parents:
        if parent.name in _BLOCKS or parent.parent is None:
            break
    return parent


def _lay_out(text: str, *, preformatted: bool) -> str:
    if not preformatted:
        text = " ".join(text.split())
    return text.replace(_BREAK, "\n")
