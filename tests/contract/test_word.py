"""The Word file, opened again as a reader would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from assistant.contract import Model, draft, to_docx
from assistant.contract.tables import column_widths
from assistant.contract.types import Span
from assistant.contract.typography import NBSP
from assistant.contract.word import outline
from tests.contract.small_model import combinations, small_model

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
FILLED = {
    "client_nom": "Boulangerie « Exemple » & fils",
    "prestataire_nom": "Dépann'Info",
    "p1_gti": "2 heures",
}


def opened(
    model: Model, choices: Mapping[str, str], values: Mapping[str, str], **options: Any
) -> Any:
    """The Word file of a contract, opened."""
    return docx.Document(BytesIO(to_docx(draft(model, choices, values), NOW, **options)))


@pytest.fixture(scope="module")
def word(model: Model) -> Any:
    """The contract of the default options, some fields filled."""
    return opened(model, {}, FILLED)


def runs(document: Any) -> Iterator[Any]:
    """Every run of the body, tables included."""
    for element in document.element.body.iter(qn("w:r")):
        yield docx.text.run.Run(element, document)


def text_of(document: Any) -> str:
    """The whole text of the body."""
    return "".join(element.text or "" for element in document.element.body.iter(qn("w:t")))


def test_headings_are_real(word: Any, model: Model) -> None:
    """Articles and annexes have heading styles, as the table of contents needs, in order."""
    found = [p.text for p in word.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert found == [title for _, title, _ in outline(draft(model, {}, FILLED))]
    assert f"Article{NBSP}33 – Résiliation" in found
    assert f"Annexe{NBSP}2 – Niveaux de service" in found


def test_the_table_of_contents_is_a_field_already_filled(word: Any) -> None:
    """Word can update the table of contents, and it shows every title before that."""
    codes = [code.text.strip() for code in word.element.body.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC ")
    lines = [p.text.strip() for p in word.paragraphs if p.style.name.startswith("toc")]
    assert len(lines) == 44 + 6 + 2
    marks = [mark.get(qn("w:fldCharType")) for mark in word.element.body.iter(qn("w:fldChar"))]
    assert marks.count("begin") == marks.count("separate") == marks.count("end")


def test_the_table_of_contents_leads_to_the_headings(word: Any) -> None:
    """Each line links to a bookmark that stands on a heading."""
    anchors = [link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    assert len(anchors) == 52
    assert anchors == [mark for mark in marks if mark.startswith("_Toc")]


def test_known_pages_are_shown(model: Model) -> None:
    """Pages that are known stand in the table of contents."""
    document = opened(model, {}, {}, pages={"_Toc_article_33": 11})
    lines = [p.text for p in document.paragraphs if p.style.name.startswith("toc")]
    assert f"Article{NBSP}33 – Résiliation\t11" in lines


def test_header_and_footer(word: Any, model: Model) -> None:
    """The header names the contract and the parties; the footer, the model, the page, the count."""
    for section in word.sections:
        assert "Contrat d’assistance" in section.header.paragraphs[0].text
        assert FILLED["client_nom"] in section.header.paragraphs[0].text
        footer = section.footer.paragraphs[0]
        codes = [code.text.strip() for code in footer._p.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]
        assert f"Page{NBSP}1 sur{NBSP}1" in footer.text
        assert model.version in footer.text and "24" in footer.text
    assert word.sections[0].first_page_header.paragraphs[0].text == ""


def test_the_paper_is_a4(word: Any) -> None:
    """Every page is A4; only the wide inventory lies across."""
    across = [section for section in word.sections if section.orientation == WD_ORIENT.LANDSCAPE]
    assert len(across) == 1
    for section in word.sections:
        sizes = sorted(round(size.cm, 1) for size in (section.page_width, section.page_height))
        assert sizes == [21.0, 29.7]


def test_unfilled_fields_are_highlighted(word: Any, model: Model) -> None:
    """Every blank is highlighted in yellow, and nothing else is."""
    yellow = [run.text for run in runs(word) if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert all(text.startswith("[") and text.endswith(" à compléter]") for text in yellow)
    assert "[forme juridique du prestataire à compléter]" in yellow
    assert len(set(yellow)) <= len(draft(model, {}, FILLED).missing)


def test_a_filled_field_is_plain(word: Any) -> None:
    """A filled field shows its value, not highlighted."""
    found = [run for run in runs(word) if run.text == FILLED["client_nom"]]
    assert found
    assert all(run.font.highlight_color is None for run in found)


def test_all_filled_nothing_is_highlighted(model: Model) -> None:
    """With every field filled there is no blank, and the cover no longer says « Projet »."""
    values = {field.id: field.example for field in model.fields}
    document = opened(model, {}, values)
    assert all(run.font.highlight_color is None for run in runs(document))
    assert "Projet" not in text_of(document) and "à compléter]" not in text_of(document)


def test_tables_are_word_tables(word: Any) -> None:
    """Service levels are a table with a head that is repeated on each page."""
    table = next(t for t in word.tables if t.cell(0, 0).text == "Priorité")
    assert [row.cells[0].text for row in table.rows] == ["Priorité", "P1", "P2", "P3", "Demande"]
    assert table.cell(1, 2).text == "2 heures"
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_the_cover_shows_parties_and_options(word: Any, model: Model) -> None:
    """The first tables are the parties, the terms, and each option with its choice."""
    parties, terms, options = word.tables[:3]
    assert FILLED["client_nom"] in [cell.text for cell in parties.column_cells(2)]
    assert len(terms.rows) == 3
    assert [cell.text for cell in options.column_cells(1)][0] == "Forfait mensuel"
    assert len(options.rows) == len(model.options)


def test_signatures(word: Any) -> None:
    """Each party has a column to date, name itself and sign; the documents to join follow."""
    table = next(t for t in word.tables if t.cell(0, 0).text == "Pour le Prestataire")
    column = " ".join(cell.text for cell in table.column_cells(1))
    for word_ in (
        "Pour le Client",
        "Nom et qualité",
        "Lieu",
        "Date",
        "lu et approuvé",
        "Signature",
    ):
        assert word_ in column
    assert "Attestation d’assurance" in text_of(word)


def test_notes_are_printed_on_demand(word: Any, model: Model) -> None:
    """Drafting notes are left out, unless they are asked for: then in grey boxes, one an article."""
    assert "Note de rédaction" not in text_of(word)
    document = opened(model, {}, {}, notes=True)
    notes = [p for p in document.paragraphs if p.style.name == "Clause note"]
    assert len(notes) >= 50
    assert all(p._p.pPr.find(qn("w:shd")) is not None for p in notes)


def test_the_file_says_what_it_is(word: Any) -> None:
    """Its properties give the title, the language, the options, the model's version, the date."""
    about = word.core_properties
    assert about.title.startswith("Contrat") and about.language == "fr-FR"
    assert "facturation=forfait" in about.subject
    assert about.created.date() == NOW.date()
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert defaults.get(qn("w:val")) == "fr-FR"


def test_no_theme_font_wins_over_ours(word: Any) -> None:
    """A style names its font for every script, so that the theme of Word changes nothing."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Header"):
        fonts = word.styles[name].element.rPr.rFonts
        assert not [key for key in fonts.attrib if "Theme" in key], name


@pytest.mark.parametrize(
    "value", ["\x00\x0b\ud800x", "<w:p/>&amp;", "=cmd|' /C calc'!A0", "﷽🙂" * 200]
)
def test_any_value_makes_a_file_that_opens(value: str) -> None:
    """Control characters, markup and emoji do not break the file."""
    document = opened(small_model("1.1 Pour {{ nom }} et {{ prix }}."), {}, {"nom": value})
    assert value.translate({0: None, 11: None, 0xD800: None}) in text_of(document)


def test_extreme_options_make_a_file_that_opens(model: Model) -> None:
    """The sets of options furthest from each other are rendered without a mark left."""
    every = combinations(model)
    for choices in (every[-1], every[len(every) // 2], every[len(every) // 3]):
        text = text_of(opened(model, choices, {}, notes=True))
        assert "[[" not in text and "{{" not in text and "**" not in text


def test_columns_follow_their_texts() -> None:
    """Columns fill the width; the longer text has the wider one; none is narrower than its word."""
    rows = [[[Span("N°")], [Span("Désignation")], [Span("Prix")]]]
    rows += [[[Span("1")], [Span("une description assez longue")], [Span("…")]]]
    widths = column_widths(rows, 17.0)
    assert sum(widths) == pytest.approx(17.0)
    assert widths[1] > widths[0]
    assert min(column_widths([[[Span("x" * 300)], [Span("y")]]], 10.0)) > 0
