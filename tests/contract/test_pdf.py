"""The PDF, when LibreOffice is there, and what is said when it is not."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from assistant.contract import ContractError, Draft, Model, draft, to_docx, to_pdf
from assistant.contract.pdf import convert, pages_of
from assistant.contract.word import outline
from tests.contract.small_model import small_model

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice n'est pas installé")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `soffice` of a few lines, alone on the PATH."""
    program = tmp_path / "soffice"
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


def script(program: Path, line: str) -> None:
    """Write the fake program."""
    program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    program.chmod(0o755)


def test_without_libreoffice_the_remedy_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a PATH without LibreOffice, the message says to install it or to ask for a docx."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ContractError, match="introuvable") as caught:
        convert(b"")
    assert caught.value.fix == "Installez LibreOffice, ou demandez le format docx."
    assert caught.value.exit_code == 1


def test_a_failure_of_libreoffice_is_told(fake_office: Path) -> None:
    """LibreOffice that writes nothing is a failure with a remedy, not a crash."""
    script(fake_office, "exit 77")
    with pytest.raises(ContractError, match="aucun PDF"):
        convert(b"")


def test_a_slow_libreoffice_is_ended_with_its_children(fake_office: Path, tmp_path: Path) -> None:
    """Past the time allowed, all that was started is ended."""
    proof = tmp_path / "proof"
    script(fake_office, f"( /bin/sleep 1; : > {proof} ) & wait")
    with pytest.raises(ContractError, match="pas fini"):
        convert(b"", timeout=0.3)
    time.sleep(1.2)
    assert not proof.exists()


@pytest.fixture(scope="module")
def contract(model: Model) -> Draft:
    """The contract of the default options, some fields filled."""
    values = {
        "client_nom": "Boulangerie Exemple",
        "prestataire_nom": "Dépann'Info",
        "duree_mois": "12",
    }
    return draft(model, {}, values)


@pytest.fixture(scope="module")
def pdf(contract: Draft) -> bytes:
    """Its PDF."""
    return to_pdf(contract, lambda pages: to_docx(contract, NOW, pages=pages))


@needs_office
def test_the_contract_has_12_to_20_pages(pdf: bytes) -> None:
    """As printed, the contract of the default options has 12 to 20 A4 pages."""
    pages = PdfReader(BytesIO(pdf)).pages
    assert 12 <= len(pages) <= 20
    sizes = {
        tuple(sorted(round(float(side) / 72 * 2.54, 1) for side in page.mediabox[2:]))
        for page in pages
    }
    assert sizes == {(21.0, 29.7)}


@needs_office
def test_the_table_of_contents_tells_the_right_pages(pdf: bytes, contract: Draft) -> None:
    """Each title stands on the page that the table of contents gives."""
    reader = PdfReader(BytesIO(pdf))
    places = pages_of(pdf, contract)
    assert set(places) == {mark for _, _, mark in outline(contract)}
    contents = reader.pages[1].extract_text().replace("\xa0", " ")
    for _, title, mark in outline(contract):
        line = next(
            line for line in contents.split("\n") if line.startswith(title.replace("\xa0", " "))
        )
        assert line.rstrip().endswith(str(places[mark])), line


@needs_office
def test_every_page_says_its_number(pdf: bytes) -> None:
    """The footer of each page gives its number and the count."""
    pages = PdfReader(BytesIO(pdf)).pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} sur {len(pages)}" in page.extract_text().replace("\xa0", " ")


@needs_office
def test_a_small_contract_is_converted() -> None:
    """Any model gives a PDF."""
    made = draft(small_model("1.1 Pour {{ nom }}."), {}, {"nom": "Untel"})
    pdf = to_pdf(made, lambda pages: to_docx(made, NOW, pages=pages))
    assert "Untel" in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
