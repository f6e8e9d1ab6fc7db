"""The PDF behind a passage of the index."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ingest.readers.files import document_id
from interfaces.ui.assistant.pdf_source import pdf_of
from retrieval.types import Passage
from tests.ingest.pdf_maker import make_pdf

FILE = make_pdf([["Conditions generales"]])
NAME = "conditions #2.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An indexed folder."""
    path = tmp_path / "textes"
    (path / "sous").mkdir(parents=True)
    (path / "sous" / NAME).write_bytes(FILE)
    return path


def passage(source: str, data: bytes = FILE, name: str = NAME) -> Passage:
    """A passage that was read from a file."""
    document = document_id(name, hashlib.sha256(data).hexdigest())
    return Passage(f"{document}#p1.1", document, "document", "Conditions", "…", source=source)


def test_the_file_is_found_in_its_folder(folder: Path) -> None:
    """The file lies somewhere under what was indexed."""
    assert pdf_of(passage("textes"), [str(folder)]) == folder / "sous" / NAME


def test_the_file_is_found_by_itself(folder: Path) -> None:
    """A file that was indexed alone is its own source."""
    path = folder / "sous" / NAME
    assert pdf_of(passage(NAME), [str(path)]) == path


@pytest.mark.parametrize(
    "asked",
    [
        passage("textes", b"another version"),
        passage("ailleurs"),
        passage("textes", name="absent.pdf"),
        passage("textes", name="../conditions #2.pdf"),
        Passage("kb:law/a", "kb:law/a", "statute", "Loi", "…"),
    ],
)
def test_anything_else_is_not_shown(folder: Path, asked: Passage) -> None:
    """A changed, moved or unknown file gives no page rather than a wrong one (pain: wrong source)."""
    assert pdf_of(asked, [str(folder)]) is None
