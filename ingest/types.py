"""What the readers hand to the builder."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text under one path of headings: a paragraph, a list item or a table row."""

    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None  # page of the PDF, from 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read."""

    id: str  # "doc:<first 12 hex digits of the SHA-256>/<name>"
    name: str  # file name
    title: str  # first heading, or the file name without its suffix
    sha256: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader accepts."""

    max_bytes: int = 20 * 1024 * 1024
    max_pages: int = 500
    max_characters: int = 5_000_000
    max_unpacked_bytes: int = 200 * 1024 * 1024  # of a DOCX, against zip bombs


@dataclass(frozen=True, slots=True)
class Failure:
    """A file left out of the index, and what its owner can do."""

    path: str
    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that a set of paths gave."""

    documents: tuple[Document, ...] = ()
    failures: tuple[Failure, ...] = field(default_factory=tuple)
