"""From the bytes of a file to the articles of a contract."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.contract_audit import read_contract
from assistant.contract_audit.read import cut, is_heading
from ingest.types import Block, Limits
from retrieval.errors import DocumentError
from tests.contract_audit.conftest import FILLER, read_ours, word
from tests.ingest.pdf_maker import make_pdf


@pytest.mark.parametrize(
    "line",
    ["Article 5 – Durée", "ARTICLE IV – EXCLUSIVITÉ", "5. Durée du contrat", "NOTRE MISSION", "Art. 3", "1 – Objet"],
)  # fmt: skip
def test_titles_of_articles_are_headings(line: str) -> None:
    """Numbered or capital lines are titles."""
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Le contrat est conclu pour trois ans.", "5.1 Le prix est ferme pendant un an.",
        "Fait en deux exemplaires.", "a) les consommables ;", "2027",
    ],
)  # fmt: skip
def test_sentences_are_no_headings(line: str) -> None:
    """A sentence, even numbered, stays in the text."""
    assert not is_heading(line)


def test_a_word_file_is_cut_at_its_headings() -> None:
    """Styles and written titles alike begin a part."""
    contract = read_ours(
        "c.docx", word("# Objet", FILLER, "Article 2 – Durée", "Le contrat dure un an.")
    )
    assert [part.heading for part in contract.parts] == ["Objet", "Article 2 – Durée"]
    assert contract.parts[1].text == "Le contrat dure un an."


def test_a_pdf_gives_pages() -> None:
    """The paragraphs of a PDF know their page."""
    data = make_pdf(
        [
            [FILLER[:80], FILLER[80:160], FILLER[160:240], FILLER[240:320]],
            ["Article 2 - Durée", FILLER[320:]],
        ]
    )
    contract = read_ours("c.pdf", data)
    assert contract.parts[0].page == 1
    assert contract.parts[-1].page == 2


def test_no_paragraph_is_lost() -> None:
    """Every paragraph of the file stands in a part."""
    texts = [
        f"Le prestataire exécute la tâche numéro {n} avec soin et diligence." for n in range(30)
    ]
    contract = read_ours("c.docx", word(*texts))
    assert [line.text for part in contract.parts for line in part.lines] == texts


@pytest.mark.parametrize("name", ["contrat.exe", "contrat", "contrat.doc"])
def test_other_formats_are_refused(name: str) -> None:
    """Only PDF, DOCX and text are read."""
    with pytest.raises(DocumentError, match="n'est pas lu"):
        read_contract(name, b"x" * 1000)


def test_a_picture_named_pdf_is_refused() -> None:
    """The content decides, not the name."""
    with pytest.raises(DocumentError, match="image PNG"):
        read_contract("contrat.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 500)


def test_a_large_file_is_refused_before_anything_is_written() -> None:
    """The size is judged first."""
    with pytest.raises(DocumentError, match="permis"):
        read_contract("c.docx", b"PK" + b"0" * 2_000_000, Limits(max_bytes=1_000_000))


def test_a_zip_bomb_is_refused() -> None:
    """A small file that unpacks to too much is not read."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    with pytest.raises(DocumentError):
        read_contract("c.docx", stream.getvalue(), Limits(max_unpacked_bytes=1_000_000))


def test_an_empty_contract_is_refused() -> None:
    """A few words are no contract."""
    with pytest.raises(DocumentError, match="trop peu de texte"):
        read_ours("c.docx", word("Bonjour."))


def test_errors_do_not_speak_of_an_index() -> None:
    """The reader's remedies are those of a customer, with the file's own name."""
    with pytest.raises(DocumentError) as raised:
        read_contract("mon contrat.pdf", b"not a pdf at all" * 100)
    assert "mon contrat.pdf" in raised.value.problem
    assert "index" not in str(raised.value)


def test_a_name_is_shown_without_its_folders() -> None:
    """A hostile name is cut to its last part, without unseen characters."""
    contract = read_ours("../../etc/\u202epasswd\x00.docx", word(FILLER))
    assert contract.name == "passwd.docx"


def test_a_markup_stays_text(tmp_path: object) -> None:
    """Script in a contract is a paragraph like another."""
    contract = read_ours("c.docx", word(FILLER, "<script>alert(1)</script> fin de la clause"))
    assert "<script>" in contract.parts[-1].text


LINES = st.sampled_from(
    ["Article 2 – Durée", "OBJET", "Le prestataire entretient le parc.", "5. Prix", "1", "a) les"]
) | st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
BLOCKS = st.lists(
    st.builds(
        Block,
        LINES,
        st.lists(LINES.map(lambda line: " ".join(line.split())), max_size=2).map(tuple),
        st.none() | st.integers(1, 9),
    ),
    max_size=15,
)


@given(BLOCKS)
def test_a_contract_is_cut_without_loss(blocks: list[Block]) -> None:
    """Whatever the file, each line of text stands once, in order, with its page; titles are apart."""
    parts = list(cut(blocks))
    kept = [(line.text, line.page) for part in parts for line in part.lines]
    headings = {heading for block in blocks for heading in block.heading_path}
    wanted = [(" ".join(block.text.split()), block.page) for block in blocks]
    left_out = [text for text, page in wanted if (text, page) not in kept]
    assert all(not text or is_heading(text) or text in headings for text in left_out)
    assert [pair for pair in wanted if pair in kept and pair[0] not in headings] == [
        pair for pair in kept if pair[0] not in headings
    ]
    assert all(part.lines for part in parts)
