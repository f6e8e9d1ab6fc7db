"""What comes before the articles: the parties, the options chosen, the table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm

from assistant.contract.blocks import Filler
from assistant.contract.marks import add_field, close_field, link, open_field
from assistant.contract.styles import CONTENTS, COVER_CELL, COVER_HEAD, SMALL, add_paragraph
from assistant.contract.tables import add_table
from assistant.contract.types import Draft, Span
from assistant.contract.typography import french

_PARTY = ("nom", "forme", "siren", "adresse", "activite", "representant")
_PARTY_LABELS = (
    "Nom ou dénomination", "Forme juridique", "SIREN", "Adresse ou siège", "Activité",
    "Représentant",
)  # fmt: skip
_TERMS = {
    "date_effet": "Date d'effet",
    "duree_mois": "Durée initiale (mois)",
    "site_adresse": "Site",
}
Entry = tuple[int, str, str]  # level, title, bookmark


def add_cover(document: Document, draft: Draft, width: float) -> None:
    """The first page: title, parties, main terms, options chosen."""
    add_paragraph(document, "Title", french(draft.model.title))
    if draft.missing:
        paragraph = add_paragraph(document, "Subtitle")
        paragraph.add_run(
            french(f"Projet : {len(draft.missing)} mentions à compléter, surlignées en jaune")
        )
    add_title(document, "Entre les Parties")
    add_table(document, _parties(draft), width, style=COVER_CELL)
    if terms := _terms(draft):
        add_title(document, "Termes principaux")
        add_table(document, terms, width, head=False, style=COVER_CELL)
    add_title(document, "Options retenues")
    add_table(document, _options(draft), width, head=False, style=COVER_CELL)
    notice = add_paragraph(document, SMALL, french(draft.model.notice))
    notice.paragraph_format.space_before = Cm(0.5)


def add_contents(
    document: Document, entries: Iterable[Entry], pages: Mapping[str, int], width: float
) -> None:
    """The table of contents: a field that Word updates, filled with the titles meanwhile.

    Args:
        document: where it goes, at the end.
        entries: level, title and bookmark of each heading, in order.
        pages: bookmark -> page, when known.
        width: of the text, in centimetres.
    """
    paragraph = None
    for number, (level, title, bookmark) in enumerate(entries):
        paragraph = add_paragraph(document, f"{CONTENTS} {level}")
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        if number == 0:
            open_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u', stale=not pages)
        first = len(paragraph.runs)
        paragraph.add_run(title)
        if bookmark in pages:
            paragraph.add_run("\t")
            add_field(paragraph, f"PAGEREF {bookmark} \\h", str(pages[bookmark]))
        link(paragraph, bookmark, first)
    if paragraph is not None:
        close_field(paragraph)


def add_title(document: Document, text: str, *, page_break: bool = False) -> None:
    """A title that the table of contents leaves out."""
    paragraph = add_paragraph(document, COVER_HEAD, text)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = page_break


def _filler(draft: Draft) -> Filler:
    """What fills the fields of the cover."""
    return Filler({field.id: field for field in draft.used}, draft.values)


def _parties(draft: Draft) -> list[list[tuple[Span, ...]]]:
    """The parties side by side; a row that neither of them has is left out."""
    used, filler = {field.id for field in draft.used}, _filler(draft)
    rows = [[(), (Span("Le Prestataire"),), (Span("Le Client"),)]]
    for name, label in zip(_PARTY, _PARTY_LABELS, strict=True):
        cells = [f"{party}_{name}" for party in ("prestataire", "client")]
        if any(cell in used for cell in cells):
            filled = [(filler.span(cell),) if cell in used else (Span("–"),) for cell in cells]
            rows.append([(Span(label, bold=True),), *filled])
    return rows


def _terms(draft: Draft) -> list[list[tuple[Span, ...]]]:
    """The date, the duration and the place, when the contract prints them."""
    used, filler = {field.id for field in draft.used}, _filler(draft)
    return [
        [(Span(french(label)),), (filler.span(name),)]
        for name, label in _TERMS.items()
        if name in used
    ]


def _options(draft: Draft) -> list[list[tuple[Span, ...]]]:
    """Each option with the value chosen."""
    return [
        [(Span(french(option.label)),), (Span(french(option.label_of(draft.choices[option.id]))),)]
        for option in draft.model.options
    ]
