"""Each reader gives the text that a person sees, under its headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf, scanned_pages
from ingest.readers.text import Piece, clean, gather, read_text
from ingest.types import Block, Limits
from retrieval.errors import DocumentError
from tests.ingest.pdf_maker import encrypt_pdf, join_pdfs, make_pdf, scanned_pdf

LIMITS = Limits()


def texts(read: tuple[str | None, tuple[Block, ...]]) -> list[str]:
    """The texts of the blocks read."""
    return [block.text for block in read[1]]


# Text


def text_of(path: Path, data: bytes) -> list[str]:
    """The texts that a plain text file gives."""
    (path / "a.txt").write_bytes(data)
    return texts(read_text(path / "a.txt", LIMITS))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_the_encodings_of_offices(tmp_path: Path, coding: str) -> None:
    """UTF-8, Windows-1252 and Notepad's UTF-16 give the same French text."""
    assert text_of(tmp_path, "Résiliation à 30 €".encode(coding)) == ["Résiliation à 30 €"]


def test_text_falls_back_when_windows_1252_fails(tmp_path: Path) -> None:
    """Bytes that Windows-1252 does not define do not stop the reading."""
    assert text_of(tmp_path, b"d\xe9lai \x81 un an, sans reconduction") == [
        "délai un an, sans reconduction"
    ]


def test_text_is_cut_at_empty_lines(tmp_path: Path) -> None:
    """Paragraphs are parted by empty lines, whatever the line ends."""
    assert text_of(tmp_path, b"un\r\ndeux\r\n \r\ntrois\r\n") == ["un\ndeux", "trois"]


@pytest.mark.parametrize("data", [b"abc\0def", bytes(range(1, 256)) * 4, b"\xff\xfe\x00"])
def test_binary_named_txt_is_refused(tmp_path: Path, data: bytes) -> None:
    """A NUL byte, control characters or broken UTF-16 are not text."""
    with pytest.raises(DocumentError, match="n'est pas du texte") as caught:
        text_of(tmp_path, data)
    assert caught.value.fix


def test_too_many_characters_are_refused(tmp_path: Path) -> None:
    """The limit on characters stops any reader, and the message says the limit."""
    (tmp_path / "a.txt").write_text("mot " * 500)
    with pytest.raises(DocumentError, match="1 000 caractères"):
        read_text(tmp_path / "a.txt", Limits(max_characters=1000))


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("ﬁn  de\tligne", "fin de ligne"),
        ("e\u0301te\u0301", "été"),
        ("ré\u00adsi\u200blier", "résilier"),
        ("a\ud800b", "ab"),
        ("ok\U000e0041\U000e0042", "ok"),
        ("a\n\n b ", "a\nb"),
    ],
)
def test_text_is_cleaned_of_what_no_reader_sees(raw: str, seen: str) -> None:
    """Ligatures, split accents, zero widths, lone surrogates and tag characters are put right.

    Tag characters are a way to hide text in a document to steer the answer.
    """
    assert clean(raw) == seen


# Headings


pieces = st.lists(
    st.builds(Piece, st.text("ab", min_size=1, max_size=3), st.none() | st.integers(1, 4)),
    max_size=15,
)


@given(pieces, st.booleans())
def test_headings_lose_no_text(pieces: list[Piece], keep: bool) -> None:
    """Each piece is found in a block or in the headings above one; kept headings in both."""
    _, blocks = gather("a", pieces, LIMITS, keep_headings=keep)
    said = {text for block in blocks for text in (block.text, *block.heading_path)}
    assert {piece.text for piece in pieces} <= said
    if keep:
        assert [piece.text for piece in pieces] == [block.text for block in blocks]


def test_a_heading_without_text_becomes_a_block() -> None:
    """An empty section is indexed by its heading; a heading over another is not repeated."""
    title, blocks = gather("a", [Piece("A", 1), Piece("B", 2), Piece("C", 2), Piece("c")], LIMITS)
    assert title == "A"
    assert blocks == (Block("B", ("A", "B")), Block("c", ("A", "C")))


def test_a_heading_as_long_as_a_paragraph_is_a_paragraph() -> None:
    """Text styled as a heading by mistake stays text."""
    assert gather("a", [Piece("x" * 300, 1)], LIMITS) == (None, (Block("x" * 300),))


# Markdown


def markdown(path: Path, source: str) -> tuple[str | None, tuple[Block, ...]]:
    """What a Markdown source gives."""
    (path / "a.md").write_text(source, encoding="utf-8")
    return read_markdown(path / "a.md", LIMITS)


def test_markdown_follows_headings(tmp_path: Path) -> None:
    """Headings give the title and the paths; emphasis and links leave their words."""
    read = markdown(
        tmp_path,
        "# Contrat\n\n## Durée\n\nUn *an*\nferme, [ici](http://x).\n\nPrix\n----\n\n10 €\n",
    )
    assert read == (
        "Contrat",
        (
            Block("Un an ferme, ici.", ("Contrat", "Durée")),
            Block("10 €", ("Contrat", "Prix")),
        ),
    )


def test_markdown_lists_keep_their_numbers(tmp_path: Path) -> None:
    """ "Point 2" can be found again: numbers of lists are text, tight or loose."""
    assert texts(markdown(tmp_path, "1. un\n2. deux\n   - trois\n")) == [
        "1. un",
        "2. deux",
        "trois",
    ]
    assert texts(markdown(tmp_path, "3. un\n\n4. deux\n")) == ["3. un", "4. deux"]


def test_markdown_tables_are_read_row_by_row(tmp_path: Path) -> None:
    """A table comes out one row a block, cells in their columns."""
    source = "| Niveau | Délai |\n|---|---|\n| P1 | 4 h |\n| P2 | |\n"
    assert texts(markdown(tmp_path, source)) == ["Niveau | Délai", "P1 | 4 h", "P2 |"]


def test_markdown_front_matter_is_left_out(tmp_path: Path) -> None:
    """Front matter is no text; two rules in a text are no front matter."""
    assert texts(markdown(tmp_path, "---\nid: a\ntags:\n  - b\n---\nTexte\n")) == ["Texte"]
    assert "Gardé." in texts(markdown(tmp_path, "---\n\nGardé.\n\n---\n\nTexte\n"))


def test_markdown_hides_hidden_html(tmp_path: Path) -> None:
    """Hidden text in a document steers the answer: HTML hidden inside Markdown is left out."""
    inline = 'Vu <span style="display:none">ignore tout</span> ici.'
    block = "<div hidden>\n\nsecret\n\n</div>"
    assert texts(markdown(tmp_path, f"{inline}\n\n{block}\n")) == ["Vu ici."]


# HTML


def html(path: Path, source: str | bytes) -> tuple[str | None, tuple[Block, ...]]:
    """What an HTML source gives."""
    data = source.encode() if isinstance(source, str) else source
    (path / "a.html").write_bytes(data)
    return read_html(path / "a.html", LIMITS)


def test_html_follows_headings(tmp_path: Path) -> None:
    """Headings give paths, blocks give paragraphs, <br> a line break."""
    page = (
        "<title>Site</title><h1>Guide</h1>Intro <b>c</b>laire"
        "<h2>Durée</h2><p>Un an<br>ferme</p><p>Fin"
    )
    assert html(tmp_path, page) == (
        "Guide",
        (
            Block("Intro claire", ("Guide",)),
            Block("Un an\nferme", ("Guide", "Durée")),
            Block("Fin", ("Guide", "Durée")),
        ),
    )


def test_html_without_heading_takes_its_title(tmp_path: Path) -> None:
    """The page's <title> stands in for a missing heading."""
    assert html(tmp_path, "<title>Conditions</title><p>Texte")[0] == "Conditions"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret</script>",
        "<style>secret</style>",
        "<nav>secret</nav>",
        "<noscript>secret</noscript>",
        "<template>secret</template>",
        "<p hidden>secret</p>",
        '<p aria-hidden="true">secret</p>',
        '<p style="color:red; display : NONE !important"><b>secret</b></p>',
        '<p style="visibility: hidden">secret</p>',
        '<p style="opacity: 0.0">secret</p>',
        '<p style="font-size:0px">secret</p>',
        "<style>.x, p.y { display: none }</style><p class=y>secret</p>",
        "<!-- secret -->",
    ],
)
def test_hidden_text_of_a_page_is_left_out(tmp_path: Path, hidden: str) -> None:
    """Hidden text in a document steers the answer: what a visitor cannot see is not read."""
    assert texts(html(tmp_path, f"<p>avant</p>{hidden}<p>après</p>")) == ["avant", "après"]


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="opacity:0.5">vu</p>',
        '<p style="font-size:.9em">vu</p>',
        "<style>@media print { p { display: none } }</style><p>vu</p>",
        "<style>p:hover::before { display: none } p[ { display:none }</style><p>vu</p>",
        "<details><summary>vu</summary></details>",
    ],
)
def test_visible_text_of_a_page_is_kept(tmp_path: Path, shown: str) -> None:
    """Rules that hide nothing on screen, or cannot be read, lose no text."""
    assert texts(html(tmp_path, shown)) == ["vu"]


def test_html_tables_are_read_row_by_row(tmp_path: Path) -> None:
    """Tables come out wrong elsewhere: here merged cells are said again in each of their rows."""
    page = (
        "<table><caption>Délais</caption><tr><th>Niveau<th>Cas<th>Délai"
        "<tr><td rowspan=2>P1<td>jour<td><p>4</p><p>heures</p><tr><td>nuit<td>8 h"
        "<tr><td colspan=2>autre<td><b>J</b>+1</table>"
    )
    assert texts(html(tmp_path, page)) == [
        "Délais",
        "Niveau | Cas | Délai",
        "P1 | jour | 4 heures",
        "P1 | nuit | 8 h",
        "autre | | J+1",
    ]


def test_html_tables_of_layout_are_read_as_text(tmp_path: Path) -> None:
    """A table that only places things on the page gives paragraphs and headings."""
    page = "<table><tr><td>menu<td><h1>Durée</h1><p>Un an</p><p>ferme</p></table>"
    title, blocks = html(tmp_path, page)
    assert title == "Durée"
    assert [block.text for block in blocks] == ["menu", "Un an", "ferme"]


def test_html_absurd_spans_are_bounded(tmp_path: Path) -> None:
    """A page that claims a million columns does not fill the memory."""
    page = "<table><tr><td colspan=99999999 rowspan=99999999>a<td>b</table>"
    assert len(texts(html(tmp_path, page))[0]) < 1000


def test_html_keeps_lines_of_pre(tmp_path: Path) -> None:
    """Preformatted text keeps its lines, other text does not."""
    assert texts(html(tmp_path, "<pre>a\nb</pre><p>c\nd</p>")) == ["a\nb", "c d"]


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "rot13", "inconnu"])
def test_html_obeys_its_declared_charset(tmp_path: Path, charset: str) -> None:
    """The declared charset is used as browsers do; an absurd one is passed over."""
    page = f'<meta charset="{charset}"><p>‘délai’'.encode("cp1252")
    assert texts(html(tmp_path, page)) == ["‘délai’"]


def test_html_with_an_xml_declaration_is_read_without_warning(tmp_path: Path) -> None:
    """XHTML pages are read like others."""
    page = '<?xml version="1.0" encoding="utf-8"?><html><body><p>Délai</p></body></html>'
    assert texts(html(tmp_path, page)) == ["Délai"]


# Word


def word(path: Path, document: Any) -> tuple[str | None, tuple[Block, ...]]:
    """What a Word document gives."""
    document.save(str(path / "a.docx"))
    return read_docx(path / "a.docx", LIMITS)


def add_xml(document: Any, body: str) -> None:
    """Put raw XML at the head of a document."""
    document.element.body.insert(0, parse_xml(body.replace(">", f" {nsdecls('w')}>", 1)))


def test_docx_follows_headings(tmp_path: Path) -> None:
    """Title and heading styles give the title and the paths."""
    document = docx.Document()
    document.add_heading("Contrat", 0)
    document.add_heading("Durée", 1)
    document.add_paragraph("Un an.")
    assert word(tmp_path, document) == ("Contrat", (Block("Un an.", ("Contrat", "Durée")),))


def test_docx_french_and_derived_styles_are_headings(tmp_path: Path) -> None:
    """ "Titre 1" and a house style resting on a heading are headings too."""
    document = docx.Document()
    document.styles.add_style("Titre 1", 1)
    house = document.styles.add_style("Clause", 1)
    house.base_style = document.styles["Heading 2"]
    document.add_paragraph("Durée", style="Titre 1")
    document.add_paragraph("Préavis", style="Clause")
    document.add_paragraph("Trois mois.")
    assert word(tmp_path, document)[1] == (Block("Trois mois.", ("Durée", "Préavis")),)


def test_docx_tables_are_read_row_by_row_in_their_place(tmp_path: Path) -> None:
    """Tables come out wrong elsewhere: here rows stand in their place, merged cells said."""
    document = docx.Document()
    document.add_paragraph("avant")
    table = document.add_table(rows=3, cols=2)
    for row, values in zip(table.rows, [("P1", "4 h"), ("", "8 h"), ("autre", "")], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(2, 1))
    document.add_paragraph("après")
    assert texts(word(tmp_path, document)) == ["avant", "P1 | 4 h", "P1 | 8 h", "autre", "après"]


def test_docx_frames_are_read_as_text(tmp_path: Path) -> None:
    """A table of one cell is a frame: its paragraphs stay apart."""
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "un"
    cell.add_paragraph("deux")
    assert texts(word(tmp_path, document)) == ["un", "deux"]


def test_docx_hidden_text_is_left_out(tmp_path: Path) -> None:
    """Hidden text in a document steers the answer: Word's hidden and tiny text is not read."""
    document = docx.Document()
    paragraph = document.add_paragraph("vu")
    paragraph.add_run("secret").font.hidden = True
    paragraph.add_run("secret").font.size = docx.shared.Pt(1)
    paragraph.add_run(" aussi").font.hidden = False
    assert texts(word(tmp_path, document)) == ["vu aussi"]


def test_docx_reads_fields_and_tracked_changes(tmp_path: Path) -> None:
    """Content controls and insertions are read, deletions are not."""
    document = docx.Document()
    add_xml(
        document,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>durée : </w:t></w:r>"
        "<w:ins w:id='1'><w:r><w:t>deux</w:t><w:br/><w:t>ans</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>un an</w:delText></w:r></w:del>"
        "<w:moveFrom w:id='3'><w:r><w:t>ailleurs</w:t></w:r></w:moveFrom>"
        "</w:p></w:sdtContent></w:sdt>",
    )
    assert texts(word(tmp_path, document)) == ["durée : deux\nans"]


def test_docx_tables_of_contents_are_left_out(tmp_path: Path) -> None:
    """Lines of a table of contents repeat the headings and are not text."""
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Durée 4", style="toc 1")
    document.add_paragraph("Texte.")
    assert texts(word(tmp_path, document)) == ["Texte."]


# PDF


def pdf(path: Path, pages: list[list[str]]) -> tuple[str | None, tuple[Block, ...]]:
    """What a PDF of these lines gives."""
    (path / "a.pdf").write_bytes(make_pdf(pages))
    return read_pdf(path / "a.pdf", LIMITS)


LONG = "Le prestataire maintient les logiciels désignés en annexe et en assure le suivi"


def test_pdf_keeps_pages(tmp_path: Path) -> None:
    """Each block knows its page, so that a citation opens the right one."""
    assert pdf(tmp_path, [["Un an."], [], ["Fin."]])[1] == (
        Block("Un an.", page=1),
        Block("Fin.", page=3),
    )


def test_pdf_headings_are_guessed_and_stay_in_the_text(tmp_path: Path) -> None:
    """Numbered lines and capitals give paths, and a wrong guess loses nothing."""
    lines = ["CONTRAT DE MAINTENANCE", "Article 7 – Durée", "7.2 Préavis", LONG, "des incidents."]
    title, blocks = pdf(tmp_path, [lines])
    path = ("CONTRAT DE MAINTENANCE", "Article 7 – Durée", "7.2 Préavis")
    assert title == "CONTRAT DE MAINTENANCE"
    assert blocks[-1] == Block(f"{LONG} des incidents.", path, 1)
    assert [block.text for block in blocks[:3]] == lines[:3]


@pytest.mark.parametrize(
    "line",
    [
        "Article 7-1 du code civil",
        "Article 7 – Durée ........ 12",
        "article 7 : voir plus haut",
        "1231-5 du code civil",
        "75001 PARIS",
        "12 mois",
        "Titre civil du jugement",
        "SIREN 123 456 789 012 345",
        "7.2 Le client peut résilier le contrat.",
    ],
)
def test_pdf_lines_of_text_are_no_headings(tmp_path: Path, line: str) -> None:
    """References, addresses, lines of a table of contents and sentences are text."""
    assert pdf(tmp_path, [[line, "Suite."]])[1][-1].heading_path == ()


@pytest.mark.parametrize(
    "line",
    [
        "ARTICLE 7",
        "Article 7. Durée",
        "ARTICLE 12 DURÉE",
        "7. Durée",
        "7.2.1 Préavis",
        "IV – Prix",
        "ANNEXE A",
        "PRIX DU SERVICE",
    ],
)
def test_pdf_forms_of_headings_are_known(tmp_path: Path, line: str) -> None:
    """The ways in which French contracts number their clauses are headings."""
    assert pdf(tmp_path, [[line, "Suite."]])[1][-1].heading_path == (line,)


def test_pdf_a_line_that_goes_on_is_no_heading(tmp_path: Path) -> None:
    """A numbered line whose sentence continues on the next line is text."""
    lines = ["7.2 Le client dispose d'un délai de trente jours pour contester la", "facture reçue."]
    assert texts(pdf(tmp_path, [lines])) == [" ".join(lines)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("la résilia-", "tion du contrat", "la résiliation du contrat"),
        ("l'article 1231-", "5 du code", "l'article 1231-5 du code"),
        ("il est peut-", "être tenu", "il est peut-être tenu"),
        ("c'est-à-", "dire sans frais", "c'est-à-dire sans frais"),
        ("à Saint-", "Denis, en", "à Saint-Denis, en"),
    ],
)
def test_pdf_words_cut_at_line_ends_are_joined(
    tmp_path: Path, first: str, second: str, joined: str
) -> None:
    """A word cut by a hyphen is whole again, and true hyphens stay."""
    assert texts(pdf(tmp_path, [[first, second]]))[0] == joined


def test_pdf_headers_and_footers_are_removed(tmp_path: Path) -> None:
    """Repeated lines stay once, where they may be the title; page numbers go."""
    pages = [
        [
            "CONTRAT DE MAINTENANCE",
            f"Texte {'abcd'[at]}.",
            "x",
            "y",
            "z",
            f"Réf. 2024-7 – {at + 1} sur 4",
        ]
        for at in range(4)
    ]
    title, blocks = pdf(tmp_path, pages)
    said = [block.text for block in blocks]
    assert title == "CONTRAT DE MAINTENANCE"
    assert said.count("CONTRAT DE MAINTENANCE") == 1
    assert {f"Texte {letter}." for letter in "abcd"} <= set(said)
    assert not any("Réf." in text for text in said)


def test_pdf_one_article_a_page_is_no_header(tmp_path: Path) -> None:
    """ "Article 1" to "Article 4", each atop its page, are all kept."""
    pages = [[f"Article {at}", f"Texte {'abcd'[at - 1]}."] for at in range(1, 5)]
    assert {f"Article {at}" for at in range(1, 5)} <= set(texts(pdf(tmp_path, pages)))


def test_pdf_rows_of_a_table_stay_apart(tmp_path: Path) -> None:
    """Tables come out wrong elsewhere: here rows of a price list are not poured into one."""
    rows = ["Désignation Prix HT", "Visite annuelle 1 100 €", "Remise consentie 5 %"]
    assert texts(pdf(tmp_path, [[LONG, "et mobiles.", *rows]])) == [f"{LONG} et mobiles.", *rows]
    assert texts(pdf(tmp_path, [rows])) == rows


def test_pdf_broken_words_wait_for_the_next_line(tmp_path: Path) -> None:
    """A word cut on a short line is joined too, unless nothing follows."""
    assert texts(pdf(tmp_path, [[LONG, "rési-", "lier"], ["fin-"]])) == [
        f"{LONG} résilier",
        "fin-",
    ]


def test_pdf_without_text_is_refused(tmp_path: Path) -> None:
    """A scanned PDF is indexed empty and declared ready elsewhere: here it is an error."""
    (tmp_path / "a.pdf").write_bytes(scanned_pdf())
    with pytest.raises(DocumentError, match=r"a\.pdf : ce PDF ne contient aucun texte"):
        read_pdf(tmp_path / "a.pdf", LIMITS)


def test_pdf_scanned_pages_are_named(tmp_path: Path) -> None:
    """Pages that are images among pages of text are found; blank pages are not counted."""
    file = join_pdfs(make_pdf([["Texte."], []]), scanned_pdf(2))
    (tmp_path / "a.pdf").write_bytes(file)
    assert scanned_pages(tmp_path / "a.pdf", frozenset({1})) == (3, 4)


def test_pdf_with_an_empty_password_opens(tmp_path: Path) -> None:
    """A PDF that only restricts printing opens without asking anything."""
    (tmp_path / "a.pdf").write_bytes(encrypt_pdf(make_pdf([["Texte."]]), user_password=""))
    assert texts(read_pdf(tmp_path / "a.pdf", LIMITS)) == ["Texte."]
