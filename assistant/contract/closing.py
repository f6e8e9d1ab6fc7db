"""What follows the articles: where each party signs, and the documents to join."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Cm

from assistant.contract.blocks import Filler
from assistant.contract.marks import add_spans
from assistant.contract.styles import CLAUSE, COVER_CELL, ITEM, add_paragraph
from assistant.contract.tables import add_table
from assistant.contract.types import Draft, Span
from assistant.contract.typography import french

_DOTS = "…………………………………"
_SPACE = 2.6  # centimetres for a signature


def add_signatures(document: Document, draft: Draft, width: float) -> None:
    """Write the closing words, a column to sign for each party, and the documents to join."""
    opening = add_paragraph(document, CLAUSE, french(draft.model.signature))
    opening.paragraph_format.keep_with_next = True
    rows: list[list[tuple[Span, ...]]] = [
        [(Span(title),) for title in ("Pour le Prestataire", "Pour le Client")]
    ]
    rows += [[_party(draft, name) for name in ("prestataire", "client")]]
    rows += [[(Span(french(f"{label} : {_DOTS}")),)] * 2 for label in ("Lieu", "Date")]
    rows += [[(Span(french("Mention facultative, « lu et approuvé » : " + _DOTS)),)] * 2]
    rows += [[(Span(french("Signature :")),)] * 2]
    table = add_table(document, rows, width, style=COVER_CELL)
    table.rows[-1].height = Cm(_SPACE)
    for row in table.rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _attachments(document, draft)


def _party(draft: Draft, party: str) -> tuple[Span, ...]:
    """Who signs: the representative when the party has one, else the party itself."""
    used = {field.id: field for field in draft.used}
    name = f"{party}_representant"
    filler = Filler(used, draft.values)
    if name in used:
        return (Span(french("Nom et qualité : ")), filler.span(name))
    name = f"{party}_nom"
    return (Span(french("Nom : ")), filler.span(name) if name in used else Span(_DOTS))


def _attachments(document: Document, draft: Draft) -> None:
    """The documents to join to the contract."""
    paragraph = add_paragraph(document, CLAUSE)
    paragraph.paragraph_format.space_before = Cm(0.3)
    add_spans(paragraph, [Span(french("Pièces jointes : "), bold=True)])
    for text in draft.attachments:
        item = add_paragraph(document, ITEM, f"☐\t{text}")
        item.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))
