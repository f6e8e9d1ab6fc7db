"""A customer's file becomes passages in memory, or a message that says what to do."""

from __future__ import annotations

import re
import tempfile
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.own_document import OWN_LIMITS, OwnDocument
from assistant.own_document import read as reading
from assistant.own_document.read import MAX_NAME, safe_name
from ingest.bounded import read_bounded, read_here
from ingest.reading import Reads
from retrieval.errors import DocumentError
from tests.ingest.pdf_maker import encrypt_pdf, join_pdfs, make_pdf, scanned_pdf
from tests.own_document.small_contract import FIRST, pdf, read_own, word

ID = re.compile(r"doc:[0-9a-f]{12}/bail\.pdf#p\d+\.\d+")


def refused(name: str, data: bytes, reads: Reads = read_here) -> DocumentError:
    """The error that a file provokes."""
    with pytest.raises(DocumentError) as caught:
        OwnDocument.read(name, data, reads=reads)
    assert "indexation" not in caught.value.fix  # said to who adds a document, not to who indexes
    return caught.value


def test_passages_have_ids_pages_and_are_private() -> None:
    """A passage names its file and its page, and is marked as the conversation's own."""
    document = read_own("bail.pdf", pdf())
    assert all(ID.fullmatch(passage.id) for passage in document.passages)
    assert {passage.page for passage in document.passages} == {1, 2}
    assert {(p.kind, p.source) for p in document.passages} == {("document", "conversation")}


def test_a_word_file_is_read() -> None:
    """A DOCX has no pages: its passages carry none."""
    document = read_own("contrat.docx", word(FIRST))
    assert "tacite reconduction" in " ".join(p.text for p in document.passages)
    assert {passage.page for passage in document.passages} == {None}


def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once read, or refused, a document has left no file behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    OwnDocument.read("contrat.pdf", pdf())
    refused("contrat.pdf", b"%PDF-1.4 broken", read_bounded)
    assert list(tmp_path.iterdir()) == []


def test_a_locked_pdf_is_refused() -> None:
    """A PDF with a password is refused with what to do."""
    error = refused("c.pdf", encrypt_pdf(pdf(), user_password="secret"))
    assert "mot de passe" in error.problem and "ajoutez-le de nouveau" in error.fix


def test_a_picture_named_pdf_is_refused() -> None:
    """A PNG is told for what it is."""
    assert "image PNG" in refused("c.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100)).problem


def test_another_format_is_refused() -> None:
    """Neither PDF nor DOCX: the formats that are read are said."""
    error = refused("c.odt", b"PK\x03\x04")
    assert "PDF" in error.problem and "DOCX" in error.fix


def test_a_zip_bomb_is_refused() -> None:
    """A DOCX that would unpack to more than the limit is not opened."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(OWN_LIMITS.max_unpacked_bytes + 1))
    assert "décompressé" in refused("c.docx", stream.getvalue()).problem


def test_five_hundred_pages_are_refused() -> None:
    """A PDF of more pages than a contract has is refused, their number told."""
    part = make_pdf([["Une page."]] * 100)
    assert "500 pages" in refused("c.pdf", join_pdfs(*[part] * 5)).problem


def test_too_many_bytes_are_refused_before_reading() -> None:
    """A file over the limit is told with both sizes."""
    small = replace(OWN_LIMITS, max_bytes=10)
    with pytest.raises(DocumentError, match="pour 10 octets permis"):
        OwnDocument.read("c.pdf", pdf(), small)


def test_too_many_passages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held in memory is bounded."""
    monkeypatch.setattr(reading, "MAX_PASSAGES", 1)
    assert "passages" in refused("c.pdf", pdf()).problem


def test_a_scan_is_refused_and_a_scanned_page_is_told() -> None:
    """Nothing can be read of a scan; in a text, its pages that are images are listed."""
    assert "scanné" in refused("c.pdf", scanned_pdf()).problem
    assert read_own("c.pdf", join_pdfs(pdf(), scanned_pdf())).scanned == (3,)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.4\n" + bytes(5000), b"PK\x03\x04abc"])
@pytest.mark.parametrize("name", ["c.pdf", "c.docx"])
def test_rubbish_is_refused_with_a_remedy(name: str, data: bytes) -> None:
    """Whatever the bytes, the answer is a message and a remedy."""
    assert refused(name, data).fix


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Docs\\Mon contrat (signé).PDF", "Mon contrat (signé).PDF"),
        ("a\nb[1](javascript:x)#p1.1.pdf", "a_b_1_(javascript_x)_p1.1.pdf"),
        ("", "document"),
        ("é" * 300 + ".docx", "é" * (MAX_NAME - 5) + ".docx"),
    ],
)
def test_a_file_name_is_made_plain(given: str, shown: str) -> None:
    """No folder, no control character, no markup, and no more than is useful."""
    assert safe_name(given) == shown


@given(st.text(max_size=300))
def test_any_name_is_made_plain_once_and_for_all(given_name: str) -> None:
    """Short, without folders, markup nor unseen characters; made plain again, it is the same."""
    shown = safe_name(given_name)
    assert 0 < len(shown) <= MAX_NAME
    assert not set(shown) & set('/\\<>[]#"\n\0\u202e')
    assert safe_name(shown) == shown
