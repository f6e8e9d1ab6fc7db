"""The Word file and the PDF."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf import PdfReader

from assistant.dossier import (
    Dossier,
    DossierError,
    hash_of,
    is_intact,
    write,
    write_docx,
    write_pdf,
)
from assistant.dossier.body import add_markdown

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice n'est pas installé",
)


@pytest.fixture(scope="module")
def word(dossier: Dossier) -> Any:
    """The Word file, read back."""
    stream = BytesIO()
    write_docx(dossier, stream)
    return docx.Document(BytesIO(stream.getvalue()))


def texts(document: Any) -> list[str]:
    """Its paragraphs."""
    return [paragraph.text for paragraph in document.paragraphs]


def body(markdown: str) -> list[Any]:
    """Markdown as Word paragraphs."""
    from assistant.contract.styles import apply_styles

    document = docx.Document()
    apply_styles(document)
    add_markdown(document, markdown)
    return document.paragraphs


def test_it_has_its_headings_in_order(word: Any) -> None:
    """A question, its answer, its sources, then the notice."""
    heads = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:4] == ["Question\u00a01", "Faits indiqués", "Réponse", "Sources"]
    assert heads[-1] == "Avertissement"


def test_the_table_tells_what_it_rests_on(word: Any, dossier: Dossier) -> None:
    """Date, generation, hash of the base, model, reviewer."""
    rows = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows}
    assert rows["Index"] == dossier.generations[0]
    assert rows["Base de connaissances"] == dossier.kb_hash
    assert (rows["Modèle de langage"], rows["Relecture du dossier"]) == ("aucun", "Cabinet Exemple")


def test_every_source_is_printed_with_its_words_and_address(word: Any, dossier: Dossier) -> None:
    """Reference, quotation marks, version, and a link that opens the public text."""
    printed = "\n".join(texts(word))
    links = {
        r.target_ref for r in word.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    for quote in dossier.entries[0].quotes:
        assert f"[{quote.n}]\u00a0" in printed
        assert not quote.url or quote.url in links
    assert "en vigueur depuis le 1er\u00a0octobre\u00a02016" in printed


def test_the_hash_is_that_of_the_markdown(word: Any, dossier: Dossier) -> None:
    """It closes the file, and stands in its properties."""
    assert texts(word)[-1] == hash_of(dossier)
    assert hash_of(dossier) in word.core_properties.comments


def test_no_markdown_is_left_to_see(word: Any) -> None:
    """Neither stars nor hashes are printed."""
    assert not [text for text in texts(word) if "**" in text or text.startswith("#")]


def test_markdown_becomes_paragraphs_lists_and_bold() -> None:
    """Bold and italic runs, bullets with a French dash, numbers counted."""
    made = body("**Titre**\n\nUn *mot* et `code`.\n\n- un\n- deux\n\n3. trois\n4. quatre")
    assert [p.text for p in made] == [
        "Titre",
        "Un mot et code.",
        "–\tun",
        "–\tdeux",
        "3.\ttrois",
        "4.\tquatre",
    ]
    assert made[0].runs[0].bold and made[0].paragraph_format.keep_with_next
    assert [run.text for run in made[1].runs if run.italic] == ["mot"]


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "[ici](https://exemple.fr)", "![x](https://exemple.fr/i.png)",
     "<https://exemple.fr>", "[3]: https://exemple.fr"],
)  # fmt: skip
def test_links_images_and_html_are_text(hostile: str) -> None:
    """What an answer should not hold is printed as it is written."""
    made = body(hostile)
    assert [p.text for p in made] == [hostile]
    assert made[0].part.rels and not [
        r for r in made[0].part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK
    ]


def test_escaped_words_of_a_document_are_printed_as_written() -> None:
    """« \\[3\\] » is « [3] » on paper."""
    assert body("« Le prix \\[3\\] est \\*fixe\\* »")[0].text == "« Le prix [3] est *fixe* »"


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_a_file_is_written_by_its_suffix(suffix: str, dossier: Dossier, tmp_path: Path) -> None:
    """The name of the file says the format."""
    path = tmp_path / f"dossier{suffix}"
    write(dossier, path)
    data = path.read_bytes()
    assert data[:2] == b"PK" if suffix == ".docx" else is_intact(data.decode())


@pytest.mark.parametrize("name", ["dossier.odt", "dossier", "dossier.exe"])
def test_another_format_is_refused(name: str, dossier: Dossier, tmp_path: Path) -> None:
    """The formats that are known are said, and nothing is written."""
    with pytest.raises(DossierError, match=name) as caught:
        write(dossier, tmp_path / name)
    assert ".docx, .pdf, .md" in caught.value.fix and not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(dossier: Dossier, tmp_path: Path) -> None:
    """As a dossier's error, with what to do."""
    with pytest.raises(DossierError, match="absent"):
        write(dossier, tmp_path / "absent" / "d.docx")


def test_without_libreoffice_the_remedy_is_given(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF is refused; the Word file is offered."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DossierError, match="LibreOffice") as caught:
        write_pdf(dossier, BytesIO())
    assert "docx" in caught.value.fix


@needs_office
def test_the_pdf_holds_the_answer_and_its_pages(dossier: Dossier) -> None:
    """Text, addresses and page numbers come through."""
    stream = BytesIO()
    write_pdf(replace(dossier, entries=dossier.entries[:1]), stream)
    pages = PdfReader(BytesIO(stream.getvalue())).pages
    first = pages[0].extract_text().replace("\u00a0", " ")
    assert "Dossier de réponse" in first and f"Page 1 sur {len(pages)}" in first
    assert any("https://www.legifrance.gouv.fr/" in page.extract_text() for page in pages)
