"""Sections of the Word file: paper, margins, columns, header and footer."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Length

from assistant.contract.marks import add_field
from assistant.contract.types import Draft
from assistant.contract.typography import NBSP, french

A4 = (21.0, 29.7)  # centimetres
MARGINS = (1.6, 1.5, 1.6, 1.6)  # top, bottom, left, right, in centimetres
GAP = 0.6  # centimetres between two columns
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


def first_section(document: Document, draft: Draft) -> None:
    """Set the section that a new document has: the cover, without a header."""
    section = document.sections[0]
    _paper(section, landscape=False)
    section.different_first_page_header_footer = True
    _footer(section.first_page_footer, section, draft)
    _furnish(section, draft)


def add_section(
    document: Document, draft: Draft, *, landscape: bool = False, columns: int = 1,
    new_page: bool = True,
) -> float:  # fmt: skip
    """Begin a section, and give the width of its text in centimetres."""
    section: Any = document.add_section(WD_SECTION.NEW_PAGE if new_page else WD_SECTION.CONTINUOUS)
    _paper(section, landscape=landscape)
    section.different_first_page_header_footer = False
    _columns(section, columns)
    _furnish(section, draft)
    return text_width(section)


def text_width(section: Any) -> float:
    """The width of the text, in centimetres."""
    return float(Length(section.page_width - section.left_margin - section.right_margin).cm)


def model_name(draft: Draft) -> str:
    """The model's date and version, as the footer says them."""
    day = draft.model.reviewed_on
    date = f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"
    return f"Modèle MainteLex du {date}, version {draft.model.version}"


def _paper(section: Any, *, landscape: bool) -> None:
    """A4, upright or not, with its margins."""
    width, height = reversed(A4) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    top, bottom, left, right = MARGINS
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.left_margin, section.right_margin = Cm(left), Cm(right)
    section.header_distance, section.footer_distance = Cm(0.8), Cm(0.7)


def _columns(section: Any, count: int) -> None:
    """The number of columns of a section."""
    for known in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(known)
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), str(round(GAP * 567)))  # twentieths of a point
    section._sectPr.insert_element_before(
        columns, "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )


def _furnish(section: Any, draft: Draft) -> None:
    """Write the header and the footer of a section."""
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.text = french(draft.model.title)
    parties = " / ".join(
        draft.values[name] for name in ("prestataire_nom", "client_nom") if name in draft.values
    )
    if parties:
        _tabs(paragraph, section)
        paragraph.add_run(f"\t\t{parties[:70]}")
    section.footer.is_linked_to_previous = False
    _footer(section.footer, section, draft)


def _footer(footer: Any, section: Any, draft: Draft) -> None:
    """The model's version, the page, and where to initial."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    _tabs(paragraph, section)
    paragraph.add_run(f"{model_name(draft)}\tPage{NBSP}")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(f" sur{NBSP}")
    add_field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(f"\tParaphes{NBSP}: …………………")


def _tabs(paragraph: Any, section: Any) -> None:
    """A tab stop in the middle of the text, one at its right."""
    stops = paragraph.paragraph_format.tab_stops
    paragraph.style.paragraph_format.tab_stops.clear_all()
    width = text_width(section)
    stops.add_tab_stop(Cm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
