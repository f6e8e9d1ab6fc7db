"""The contract as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.shared import Cm, Pt

from assistant.contract.closing import add_signatures
from assistant.contract.front import Entry, add_contents, add_cover, add_title
from assistant.contract.marks import add_bookmark, add_spans, shade
from assistant.contract.pages import A4, MARGINS, add_section, first_section, model_name
from assistant.contract.styles import CLAUSE, ITEM, NOTE, NOTE_SHADE, add_paragraph, apply_styles
from assistant.contract.tables import add_table
from assistant.contract.types import Article, Block, Draft, Item, Span, Table
from assistant.contract.typography import NBSP

WIDTH = A4[0] - MARGINS[2] - MARGINS[3]  # centimetres
WIDE = 9  # columns from which an annex is printed across the page
SIGNATURES = "Signatures et pièces jointes"


def to_docx(
    draft: Draft, made_at: datetime, *, notes: bool = False, pages: Mapping[str, int] | None = None
) -> bytes:
    """The contract as the bytes of a Word file.

    Args:
        draft: the contract.
        made_at: the date of creation to write in the file's properties.
        notes: whether to print the drafting notes, in grey boxes.
        pages: bookmark -> page of each heading, for the table of contents, when known.
    """
    document = docx.Document()
    apply_styles(document)
    _describe(document, draft, made_at)
    first_section(document, draft)
    add_cover(document, draft, WIDTH)
    entries = list(outline(draft))
    add_title(document, "Sommaire", page_break=True)
    add_contents(document, entries, pages or {}, WIDTH)
    bookmarks = iter(enumerate((entry[1:] for entry in entries), start=1))
    add_section(document, draft, new_page=False)
    _add_heading(document, bookmarks, 1)
    add_section(document, draft, columns=2, new_page=False)
    _body(document, draft, bookmarks, notes)
    _annexes(document, draft, bookmarks, notes)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def outline(draft: Draft) -> Iterator[Entry]:
    """The headings in order: level, title, bookmark."""
    yield 1, "Articles du contrat", "_Toc_articles"
    for article in draft.articles:
        yield 2, heading(article), f"_Toc_article_{article.clause.number}"
    yield 1, SIGNATURES, "_Toc_signatures"
    for annex in draft.annexes:
        yield 1, heading(annex), f"_Toc_annexe_{annex.clause.number[1:]}"


def heading(article: Article) -> str:
    """The title of an article or an annex, with its number."""
    return f"{article.clause.name.replace(' ', NBSP)} – {article.title}"


def _describe(document: Document, draft: Draft, made_at: datetime) -> None:
    """Write the properties of the file."""
    about = document.core_properties
    about.title, about.language = draft.model.title, "fr-FR"
    about.author, about.last_modified_by = draft.values.get("prestataire_nom", "MainteLex"), ""
    about.subject = ", ".join(f"{name}={value}" for name, value in draft.choices.items())
    about.comments, about.category = model_name(draft), "Contrat"
    about.version = draft.model.version
    about.created = about.modified = made_at


def _add_heading(
    document: Document, bookmarks: Iterator[tuple[int, tuple[str, str]]], level: int
) -> None:
    """Write the next heading of the outline."""
    number, (title, bookmark) = next(bookmarks)
    add_bookmark(add_paragraph(document, f"Heading {level}", title), bookmark, number)


def _body(document: Document, draft: Draft, bookmarks: Any, notes: bool) -> None:
    """Write the articles and the signatures."""
    for article in draft.articles:
        _add_heading(document, bookmarks, 2)
        _article(document, article, WIDTH, notes)
    add_section(document, draft, new_page=False)
    _add_heading(document, bookmarks, 1)
    add_signatures(document, draft, WIDTH)


def _annexes(document: Document, draft: Draft, bookmarks: Any, notes: bool) -> None:
    """Write the annexes, each on a new page, across it when a table has many columns."""
    for annex in draft.annexes:
        tables = [block for block in annex.blocks if isinstance(block, Table)]
        wide = any(len(table.rows[0]) >= WIDE for table in tables)
        width = add_section(document, draft, landscape=wide)
        _add_heading(document, bookmarks, 1)
        _article(document, annex, width, notes)


def _article(document: Document, article: Article, width: float, notes: bool) -> None:
    """Write the blocks of an article, and its note if wanted."""
    _blocks(document, article.blocks, width, CLAUSE)
    if notes:
        for paragraph in _blocks(document, article.note, width, NOTE):
            shade(paragraph._p.get_or_add_pPr(), NOTE_SHADE)


def _blocks(document: Document, blocks: Iterable[Block], width: float, style: str) -> list[Any]:
    """Write blocks, and give the paragraphs made."""
    made: list[Any] = []
    for block in blocks:
        if isinstance(block, Table):
            if made:
                made[-1].paragraph_format.keep_with_next = True
            add_table(document, block.rows, width)
            gap = document.add_paragraph()
            gap.paragraph_format.line_spacing = Pt(5)
            continue
        paragraph = add_paragraph(document, ITEM if isinstance(block, Item) else style)
        _open(paragraph, block)
        add_spans(paragraph, block.spans)
        made.append(paragraph)
    return made


def _open(paragraph: Any, block: Any) -> None:
    """Write the marker of an item or the number of a paragraph."""
    if isinstance(block, Item):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
        paragraph.add_run(f"{block.marker}\t")
    elif block.number:
        add_spans(paragraph, [Span(f"{block.number}{NBSP}", bold=True), Span(NBSP)])
