"""What the watch hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.readers.law_tables import Change, FormerArticle


@dataclass(frozen=True, slots=True)
class Touched:
    """A page or a text of the base."""

    id: str  # "sauvegarde-donnees", "c-civ-1170"
    kind: str  # "question", "clause", "statute", "decision" or "agreement"
    title: str  # the question, the clause's title, or the citation
    reviewed_on: date | None
    url: str | None = None  # public address of a text


@dataclass(frozen=True, slots=True)
class Update:
    """A change of the law, with all that it touches."""

    change: Change
    authorities: tuple[Touched, ...]
    questions: tuple[Touched, ...]
    clauses: tuple[Touched, ...]
    former: tuple[FormerArticle, ...]  # old numbers whose place its texts took
    to_read_again: tuple[Touched, ...]  # pages reviewed before the change took effect


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long ago the pages of a kind were reviewed."""

    kind: str  # "question", "clause" or "authority"
    count: int
    oldest: date | None
    overdue: tuple[Touched, ...]  # not reviewed for a year, the oldest first


@dataclass(frozen=True, slots=True)
class Published:
    """A page, and the day of its last review."""

    page: Touched
    on: date


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a lawyer looks at to know what moved."""

    on: date
    updates: tuple[Update, ...]  # those to come, then the latest first, then those without a date
    freshness: tuple[Freshness, ...]
    published: tuple[Published, ...]  # the latest first, then by title
