"""The dossier as a Word file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from assistant.contract.marks import add_field, shade
from assistant.contract.pages import A4
from assistant.contract.styles import (
    CLAUSE,
    COVER_CELL,
    INK,
    NOTE_SHADE,
    SMALL,
    add_paragraph,
    apply_styles,
)
from assistant.contract.tables import add_table
from assistant.contract.types import Span
from assistant.contract.typography import NBSP, french
from assistant.dossier.body import add_markdown
from assistant.dossier.markdown import TITLE, details_of, facts_of, hash_of, heading_of
from assistant.dossier.types import Dossier, Entry, Quote
from assistant.dossier.words import day_of
from assistant.own_document.part import plain_markdown

MARGIN = 2.0  # centimetres
WIDTH = A4[0] - 2 * MARGIN


def to_docx(dossier: Dossier) -> bytes:
    """The dossier as the bytes of a Word file."""
    document = docx.Document()
    apply_styles(document)
    _look(document)
    _describe(document, dossier)
    _page(document, dossier)
    add_paragraph(document, "Title", TITLE)
    add_paragraph(document, "Subtitle", french("Information juridique, non conseil"))
    rows = [[(Span(french(label)),), (Span(value),)] for label, value in facts_of(dossier)]
    add_table(document, rows, WIDTH, head=False, style=COVER_CELL)
    several = len(dossier.entries) > 1
    for number, entry in enumerate(dossier.entries, start=1):
        _entry(document, entry, number if several else 0)
    _closing(document, dossier)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _look(document: Document) -> None:
    """A dossier is read as a letter is: larger than a contract in two columns."""
    styles: Any = document.styles
    for name, size, before, after in (
        (CLAUSE, 10.5, 0, 5), ("Heading 1", 15, 16, 6), ("Heading 2", 11.5, 12, 4),
        (COVER_CELL, 9.5, 2, 2), (SMALL, 8.5, 0, 2),
    ):  # fmt: skip
        style = styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        style.paragraph_format.line_spacing = 1.15


def _describe(document: Document, dossier: Dossier) -> None:
    """Write the properties of the file."""
    about = document.core_properties
    about.title, about.language, about.author = TITLE, "fr-FR", "MainteLex"
    about.comments, about.last_modified_by = f"SHA-256 : {hash_of(dossier)}", ""
    about.created = about.modified = dossier.made_at.replace(tzinfo=None)


def _page(document: Document, dossier: Dossier) -> None:
    """A4 upright, with the date and the page at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(A4[0]), Cm(A4[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.8)
    section.footer_distance = Cm(0.8)
    paragraph = section.footer.paragraphs[0]
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    told = f"MainteLex, dossier du {day_of(dossier.made_at)} – empreinte {hash_of(dossier)[:12]}…"
    paragraph.add_run(f"{told}\tPage{NBSP}")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(f" sur{NBSP}")
    add_field(paragraph, "NUMPAGES", "1")


def _entry(document: Document, entry: Entry, number: int) -> None:
    """A question, its answer and its sources."""
    add_paragraph(document, "Heading 1", heading_of(number))
    question = add_paragraph(document, CLAUSE)
    question.add_run(french(f"« {entry.question} »")).italic = True
    shade(question._p.get_or_add_pPr(), NOTE_SHADE)
    if entry.id:
        add_paragraph(document, SMALL, f"Réponse {entry.id}")
    if entry.facts:
        add_paragraph(document, "Heading 2", "Faits indiqués")
        add_markdown(
            document, "\n".join(f"- {french(plain_markdown(fact))}" for fact in entry.facts)
        )
    add_paragraph(document, "Heading 2", "Réponse")
    add_paragraph(document, SMALL, french(f"{entry.status}."))
    for title, markdown in entry.parts:
        if title:
            _subtitle(document, title)
        add_markdown(document, french(markdown))
    if entry.notice:
        add_paragraph(document, SMALL, french(entry.notice))
    if entry.quotes:
        add_paragraph(document, "Heading 2", "Sources")
    for quote in entry.quotes:
        _quote(document, quote)


def _subtitle(document: Document, title: str) -> None:
    """The title of a part of an answer."""
    paragraph = add_paragraph(document, CLAUSE)
    run = paragraph.add_run(french(title))
    run.bold, run.font.color.rgb = True, INK
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.keep_with_next = True


def _quote(document: Document, quote: Quote) -> None:
    """A source: its reference, its words, its version and its address, kept on one page."""
    head = add_paragraph(document, CLAUSE)
    head.add_run(f"[{quote.n}]{NBSP}{french(quote.reference)}").bold = True
    head.paragraph_format.space_before = Pt(7)
    words = add_paragraph(document, CLAUSE, french(f"« {quote.text} »"))
    details = add_paragraph(document, SMALL, details_of(quote))
    lines = [head, words, details]
    if quote.url:
        lines.append(add_paragraph(document, SMALL))
        _link(lines[-1], quote.url)
    for line in lines:
        line.paragraph_format.left_indent = Cm(0.6)
        line.paragraph_format.space_after = Pt(1)
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True
    head.paragraph_format.left_indent = Cm(0)


def _link(paragraph: Any, url: str) -> None:
    """A public address that opens when it is clicked."""
    identifier = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), identifier)
    run = paragraph.add_run(url)
    run.font.color.rgb, run.font.underline = INK, True
    paragraph._p.append(anchor)
    anchor.append(run._r)


def _closing(document: Document, dossier: Dossier) -> None:
    """The notice and the hash."""
    add_paragraph(document, "Heading 2", "Avertissement")
    notice = add_paragraph(document, CLAUSE, french(dossier.notice))
    notice.paragraph_format.keep_together = True
    add_paragraph(
        document, SMALL, french("Empreinte SHA-256 du texte du dossier (forme Markdown) :")
    )
    add_paragraph(document, SMALL, hash_of(dossier))
