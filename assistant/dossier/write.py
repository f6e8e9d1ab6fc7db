"""The dossier as a file: Word, PDF or Markdown."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from assistant.contract.pdf import convert
from assistant.contract.save import save
from assistant.contract.types import ContractError
from assistant.dossier.markdown import to_markdown
from assistant.dossier.types import Dossier, DossierError
from assistant.dossier.word import to_docx

FORMATS = (".docx", ".pdf", ".md")


def write(dossier: Dossier, path: Path) -> None:
    """Write a dossier in the format that the name of the file asks for.

    Raises:
        DossierError: the format is another one, or the file cannot be written.
    """
    check_format(path)
    made = {".docx": _docx, ".pdf": _pdf, ".md": _markdown}[path.suffix.lower()]
    _put(made(dossier), path)


def check_format(path: Path) -> None:
    """Refuse a file whose name asks for no known format.

    Raises:
        DossierError: it does.
    """
    if path.suffix.lower() not in FORMATS:
        raise DossierError(
            f"Le format de {path.name!r} n'est pas pris en charge.",
            fix=f"Nommez le fichier en {', '.join(FORMATS)}.",
        )


def write_docx(dossier: Dossier, target: Path | BytesIO) -> None:
    """Write a dossier as a Word file.

    Raises:
        DossierError: the file cannot be written.
    """
    _put(_docx(dossier), target)


def write_pdf(dossier: Dossier, target: Path | BytesIO) -> None:
    """Write a dossier as a PDF.

    Raises:
        DossierError: LibreOffice is absent or fails, or the file cannot be written.
    """
    _put(_pdf(dossier), target)


def _docx(dossier: Dossier) -> bytes:
    """The bytes of the Word file."""
    return to_docx(dossier)


def _pdf(dossier: Dossier) -> bytes:
    """The bytes of the PDF."""
    try:
        return convert(to_docx(dossier))
    except ContractError as error:
        raise DossierError(error.problem, fix=error.fix) from error


def _markdown(dossier: Dossier) -> bytes:
    """The bytes of the Markdown."""
    return to_markdown(dossier).encode()


def _put(data: bytes, target: Path | BytesIO) -> None:
    """Write bytes where they are wanted: a file whole, or not at all."""
    if isinstance(target, BytesIO):
        target.write(data)
        return
    try:
        save(data, target)
    except ContractError as error:
        raise DossierError(error.problem, fix=error.fix) from error
