"""What the finder of collective agreements takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.readers.agreements_table import Activity, Agreement, Source

Status = Literal["probable", "indetermine", "hors_base"]
BASES: Mapping[str, str] = {"turnover": "chiffre d’affaires", "headcount": "effectif"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a company says of itself."""

    shares: Mapping[str, float]  # activity id -> percent
    basis: str | None = None  # what the shares measure: "turnover" or "headcount"
    nature: str | None = None  # "commerciale" or "industrielle"
    naf: str | None = None  # its code, "62.02A" or "6202A"
    headcount: int | None = None  # employees


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement and what it relies on; no source when it only repeats the facts given."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agreement that some activity points to."""

    agreement: Agreement
    share: float  # percent of the activities that mean it first
    compared: float  # percent of the activities that only compare it
    reasons: tuple[Reason, ...]
    naf: tuple[str, ...]  # codes that it cites, as it writes them


@dataclass(frozen=True, slots=True)
class Finding:
    """The finder's answer."""

    status: Status
    candidates: tuple[Candidate, ...]
    why: tuple[Reason, ...]  # the rules applied, and why the answer is undecided
    would_change: tuple[Reason, ...]
    naf: tuple[Reason, ...]  # what the code says, and that it is only a hint
    to_check: tuple[Reason, ...]
    neighbours: tuple[Agreement, ...]  # other agreements to know of


@dataclass(frozen=True, slots=True)
class Group:
    """Activities that mean the same agreement, or one activity that means none."""

    agreement: Agreement | None
    name: str
    share: float
    activities: tuple[Activity, ...]
