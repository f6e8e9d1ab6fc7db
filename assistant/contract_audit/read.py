"""A customer's contract, from the bytes of a file to its articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.contract_audit.types import Contract, Line, Part
from ingest.bounded import read_bounded
from ingest.reading import Reads
from ingest.types import Block, Limits
from retrieval.errors import DocumentError

SUFFIXES = (".pdf", ".docx", ".txt")
LIMITS = Limits(max_bytes=20 * 1024 * 1024, max_pages=150, max_characters=600_000)
MIN_WORDS = 60  # under which there is no contract to judge
_MAX_HEADING = 90  # characters
_NUMBERED = re.compile(
    r"(?:(?:article|art\.?|clause|annexe)\s+\w{1,4}(?:\.\d{1,2})?|\d{1,2}|[IVXLC]{1,5}|[A-Z])"
    r"(?:\s*[.):–—-]+|\s+[–—:-]|\s)\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:article|art\.?|annexe|clause)\s+\w{1,4}\s*[.:]?", re.IGNORECASE)


def read_contract(
    name: str, data: bytes, limits: Limits = LIMITS, *, reads: Reads = read_bounded
) -> Contract:
    """The articles of a contract.

    Args:
        name: of the file; its suffix tells the format (PDF, DOCX or text).
        data: the whole file.
        limits: what the readers accept.
        reads: what reads the file: in a child process, unless the file is one of ours.

    Raises:
        DocumentError: the file cannot be read, is too large, or holds no contract.
    """
    shown = _shown(name)
    if Path(shown).suffix.lower() not in SUFFIXES:
        raise DocumentError(
            f"{shown} : ce format n'est pas lu.",
            fix="Donnez le contrat en PDF, en DOCX (Word) ou en texte.",
        )
    reading = reads(shown, data, limits)
    parts = tuple(cut(reading.document.blocks))
    if sum(len(part.text.split()) for part in parts) < MIN_WORDS:
        raise DocumentError(
            f"{shown} : trop peu de texte pour un contrat.",
            fix="Vérifiez que c'est le bon fichier ; un scan doit passer par une reconnaissance"
            " de caractères (OCR).",
        )
    return Contract(shown, parts, reading.scanned)


def _shown(name: str) -> str:
    """A file name without folders nor characters that nobody sees, 120 characters at most."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if c.isprintable()) or "contrat"
    suffix = Path(plain).suffix
    return plain if len(plain) <= 120 else plain[: 119 - len(suffix)] + "…" + suffix


def cut(blocks: Iterable[Block]) -> Iterator[Part]:
    """The parts of a contract: at each heading of the file, and at each line that looks like one."""
    heading, lines = "", list[Line]()
    path: tuple[str, ...] = ()
    for block in blocks:
        text = " ".join(block.text.split())
        if block.heading_path != path and block.heading_path:
            path = block.heading_path
            if lines:
                yield Part(heading, tuple(lines))
                lines = []
            heading = path[-1]
        if not text or text == heading:
            continue
        if is_heading(text):
            if lines:
                yield Part(heading, tuple(lines))
                lines = []
            heading = text
            continue
        lines.append(Line(text, block.page))
    if lines:
        yield Part(heading, tuple(lines))


def is_heading(text: str) -> bool:
    """Whether a line looks like the title of an article: short, numbered or in capitals."""
    if len(text) > _MAX_HEADING or text.endswith((";", ",")):
        return False
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= 4 and text == text.upper() and not text.endswith("."):
        return True
    if _NAMED.fullmatch(text):
        return True
    start = _NUMBERED.match(text)
    if start is None:
        return False
    title = text[start.end() :]
    return len(title.split()) <= 10 and title[:1].isupper() and not title.rstrip().endswith(".")
