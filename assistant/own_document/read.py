"""From the bytes of a customer's file to passages: the readers of the index, under tighter limits.

The readers open files. Where the system offers files that live in memory alone, the document never
touches a disk; elsewhere it lies, for the time of reading, in a folder that only this user opens.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.own_document.articles import with_articles
from ingest.chunk import chunk
from ingest.readers.files import read_document
from ingest.readers.pdf import scanned_pages
from ingest.readers.text import show_number, show_size
from ingest.types import Document, Limits
from retrieval.errors import DocumentError
from retrieval.types import Passage

OWN_LIMITS = Limits(
    max_bytes=20 * 1024 * 1024,
    max_pages=400,
    max_characters=1_500_000,
    max_unpacked_bytes=100 * 1024 * 1024,
)
MAX_PASSAGES = 6_000
MAX_NAME = 100  # characters of a file name kept
SUFFIXES = (".pdf", ".docx")
TARGET, LIMIT = 250, 1_200  # characters of a passage: about a numbered paragraph
_SHORTEN = "N'en gardez que les pages utiles, puis ajoutez-le de nouveau."
_UNSAFE = re.compile(r"[^\w .()'’–-]")
_INDEXING = ", puis relancez l'indexation"
_RAISE_LIMIT = ", ou relevez la limite"


def read_passages(
    name: str, data: bytes, limits: Limits = OWN_LIMITS
) -> tuple[Document, list[Passage], tuple[int, ...]]:
    """The document, its passages in order, and its pages that are images without text.

    Args:
        name: file name, as the customer gives it; anything but letters and digits is made plain.
        data: the file.
        limits: how much is accepted.

    Raises:
        DocumentError: neither PDF nor DOCX, locked by a password, damaged, empty or too big.
    """
    shown = safe_name(name)
    _check(shown, data, limits)
    with _worded(), _as_file(shown, data) as path:
        document = with_articles(read_document(path, limits))
        read = frozenset(block.page for block in document.blocks if block.page)
        scanned = scanned_pages(path, read) if path.suffix.lower() == ".pdf" else ()
    passages = [_private(passage) for passage in chunk(document, target=TARGET, limit=LIMIT)]
    if len(passages) > MAX_PASSAGES:
        raise DocumentError(
            f"{shown} : ce document donne {show_number(len(passages))} passages,"
            f" pour {show_number(MAX_PASSAGES)} permis.",
            fix=_SHORTEN,
        )
    return document, passages, scanned


def _check(name: str, data: bytes, limits: Limits) -> None:
    """Refuse what must not even be written where a reader would look."""
    if Path(name).suffix.lower() not in SUFFIXES:
        raise DocumentError(
            f"{name} : seuls un PDF ou un document Word (.docx) peuvent être lus.",
            fix="Enregistrez-le au format PDF ou DOCX, puis ajoutez-le de nouveau.",
        )
    if len(data) > limits.max_bytes:
        raise DocumentError(
            f"{name} : ce fichier pèse {show_size(len(data))},"
            f" pour {show_size(limits.max_bytes)} permis.",
            fix=_SHORTEN,
        )


def safe_name(name: str) -> str:
    """A file name without folders, control characters or markup, its suffix kept."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain = _UNSAFE.sub("_", last).strip(" .") or "document"
    stem, suffix = Path(plain).stem, Path(plain).suffix[:10]
    return stem[: MAX_NAME - len(suffix)] + suffix


def _private(passage: Passage) -> Passage:
    """A passage that says it is the customer's, not the base's."""
    return replace(passage, source="conversation")


@contextmanager
def _worded() -> Iterator[None]:
    """Readers speak to who builds an index: say the same to who adds a document."""
    try:
        yield
    except DocumentError as error:
        fix = error.fix.replace(_RAISE_LIMIT, "").replace(_INDEXING, ", puis ajoutez-le de nouveau")
        raise DocumentError(error.problem, fix=fix) from error


@contextmanager
def _as_file(name: str, data: bytes) -> Iterator[Path]:
    """A file with a name and a content, for the time of reading."""
    with TemporaryDirectory(prefix="maintelex-") as folder:
        path = Path(folder, name)
        if not hasattr(os, "memfd_create"):
            path.write_bytes(data)
            yield path
            return
        with open(os.memfd_create("document"), "wb") as memory:
            memory.write(data)
            memory.flush()
            path.symlink_to(f"/proc/{os.getpid()}/fd/{memory.fileno()}")
            yield path
