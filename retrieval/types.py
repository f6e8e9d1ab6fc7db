"""What the retriever hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["question", "clause", "statute", "decision", "agreement", "document"]
KINDS: tuple[Kind, ...] = ("question", "clause", "statute", "decision", "agreement", "document")


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed, cited and scored."""

    id: str  # "kb:questions/sauvegarde-donnees#limites", "doc:<sha>/<name>#p3.2"
    document_id: str  # the id up to "#"
    kind: Kind
    title: str  # title of the document
    text: str  # what is shown and quoted
    heading_path: tuple[str, ...] = ()  # headings from the document's title down to the passage
    reference: str = ""  # as lawyers write it: "C. civ., art. 1231-5"
    url: str | None = None  # public address of the text
    page: int | None = None  # page of the PDF, from 1
    theme: str | None = None
    in_force_since: date | None = None
    in_force_until: date | None = None  # last day in force
    reviewed_on: date | None = None
    reviewed_by: str | None = None
    meta: Mapping[str, object] = field(default_factory=dict)  # what a kind adds, JSON values
    source: str = "kb"  # "kb", or the name of the file or folder that was ingested


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which people ask for a document."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit was found: the leg, its normalised value, and what matched."""

    leg: str  # "variants", "text", "senses", "dense", "reference"
    value: float  # higher is better; comparable within one run only
    detail: str = ""  # the terms, the wording or the reference that matched


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. `score` has no unit: compare it within one run only."""

    passage: Passage
    score: float
    rank: int  # 1 is best; ties broken by passage id
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages may be returned. Fields combine with AND, values of a field with OR.

    An empty field lets everything through. docs/filtres.md shows how they combine.
    """

    kinds: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()  # "kb", or the name of a file or folder that was ingested
    documents: frozenset[str] = frozenset()  # document ids
    clauses: frozenset[str] = frozenset()  # clause ids: the clause itself and the questions on it
    audiences: frozenset[str] = frozenset()  # "client", "prestataire"; passages for all pass too


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question or clause of the base, scored against the user's question."""

    document_id: str
    title: str
    score: float  # fused, no unit
    probability: float  # share among the candidates, 0 to 1


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the base can answer a question at all."""

    probability: float  # 0 to 1
    reasons: tuple[str, ...] = ()
