"""From the bytes of a customer's file to passages: the readers of the index, under tighter limits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from assistant.own_document.articles import with_articles
from ingest.bounded import read_bounded
from ingest.chunk import chunk
from ingest.readers.text import show_number
from ingest.reading import Reads
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


def read_passages(
    name: str, data: bytes, limits: Limits = OWN_LIMITS, *, reads: Reads = read_bounded
) -> tuple[Document, list[Passage], tuple[int, ...]]:
    """The document, its passages in order, and its pages that are images without text.

    Args:
        name: file name, as the customer gives it; anything but letters and digits is made plain.
        data: the file.
        limits: how much is accepted.
        reads: what reads the file: in a child process, unless the file is one of ours.

    Raises:
        DocumentError: neither PDF nor DOCX, locked by a password, damaged, empty or too big.
    """
    shown = safe_name(name)
    _check(shown)
    reading = reads(shown, data, limits)
    document = with_articles(reading.document)
    passages = [_private(passage) for passage in chunk(document, target=TARGET, limit=LIMIT)]
    if len(passages) > MAX_PASSAGES:
        raise DocumentError(
            f"{shown} : ce document donne {show_number(len(passages))} passages,"
            f" pour {show_number(MAX_PASSAGES)} permis.",
            fix=_SHORTEN,
        )
    return document, passages, reading.scanned


def _check(name: str) -> None:
    """Refuse what no reader of a contract opens."""
    if Path(name).suffix.lower() not in SUFFIXES:
        raise DocumentError(
            f"{name} : seuls un PDF ou un document Word (.docx) peuvent être lus.",
            fix="Enregistrez-le au format PDF ou DOCX, puis ajoutez-le de nouveau.",
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
