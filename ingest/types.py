"""What the readers hand to the builder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text under one path of headings: a paragraph, a list item or a table row."""

    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None  # page of the PDF, from 1


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a code, or the text that stands under no article."""

    label: str  # as the file has it: "L221-18", "Annexe II (art. A. 331-5)"; empty for no article
    text: str  # paragraphs parted by an empty line
    heading_path: tuple[
        str, ...
    ] = ()  # from the part down to the section, the code's title left out


@dataclass(frozen=True, slots=True)
class LawCode:
    """A code of law, read."""

    title: str  # "Code de la consommation"
    url: str  # public address of the code
    articles: tuple[Article, ...]  # in the order of the file; a label may come back
    in_force_until: date | None = None  # of a repealed code


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read."""

    id: str  # "doc:<first 12 hex digits of the SHA-256>/<name>"
    name: str  # file name
    title: str  # first heading, or the file name without its suffix
    sha256: str
    blocks: tuple[Block, ...]
    code: LawCode | None = None  # of a code of law, which has articles and no block


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader accepts."""

    max_bytes: int = 20 * 1024 * 1024
    max_pages: int = 500
    max_characters: int = 5_000_000
    max_unpacked_bytes: int = 200 * 1024 * 1024  # of a DOCX, against zip bombs
    max_code_characters: int = 20_000_000  # of a code of law: the largest have 14,000 articles
    max_articles: int = 50_000  # of a code of law


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
