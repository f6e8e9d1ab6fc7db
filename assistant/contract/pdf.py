"""The Word file as a PDF, by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader

from assistant.contract.types import ContractError, Draft
from assistant.contract.word import outline

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120.0  # seconds
_FIX = "Installez LibreOffice, ou demandez le format docx."


def to_pdf(
    draft: Draft, write: Callable[[Mapping[str, int]], bytes], *, timeout: float = TIMEOUT
) -> bytes:
    """The contract as the bytes of a PDF, its table of contents with page numbers.

    It is converted twice: the first PDF tells the pages that the table of contents of the
    second one shows.

    Args:
        draft: the contract.
        write: gives the Word file for the pages of the headings, by bookmark.
        timeout: of each conversion, in seconds.

    Raises:
        ContractError: LibreOffice is absent, fails, or takes too long.
    """
    return convert(write(pages_of(convert(write({}), timeout=timeout), draft)), timeout=timeout)


def convert(word: bytes, *, timeout: float = TIMEOUT) -> bytes:
    """A Word file converted to PDF, in a profile made for the occasion.

    Raises:
        ContractError: LibreOffice is absent, fails, or takes too long.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise ContractError("LibreOffice est introuvable : pas de PDF.", fix=_FIX)
    with TemporaryDirectory(prefix="maintelex-") as folder:
        source = Path(folder) / "contrat.docx"
        source.write_bytes(word)
        _run([program, f"-env:UserInstallation={Path(folder, 'profil').as_uri()}", "--headless",
              "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)], timeout)  # fmt: skip
        try:
            return source.with_suffix(".pdf").read_bytes()
        except OSError as error:
            raise ContractError("LibreOffice n'a produit aucun PDF.", fix=_FIX) from error


def pages_of(pdf: bytes, draft: Draft) -> dict[str, int]:
    """The page of each heading, by bookmark, as the outline of the PDF gives them."""
    reader = PdfReader(BytesIO(pdf))
    places: dict[str, int] = {}
    waiting: list[Any] = list(reader.outline)
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting = item + waiting
        elif (page := reader.get_destination_page_number(item)) is not None:
            places.setdefault(str(item.title), page + 1)
    return {mark: places[title] for _, title, mark in outline(draft) if title in places}


def _run(command: list[str], timeout: float) -> None:
    """Run LibreOffice, and end all that it started when it takes too long."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        raise ContractError(
            f"LibreOffice n'a pas fini en {timeout:.0f} secondes.",
            fix="Réessayez, ou demandez le format docx.",
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
