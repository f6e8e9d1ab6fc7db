"""Filters and dates as SQL conditions on the `passages` table: the same in SQLite and PostgreSQL.

docs/filtres.md is the table of how they combine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from retrieval.types import Filters

EVERYONE = "tous"  # the audience of a passage that is for all


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on rows of `passages p`, with `?` where its values go; empty when all pass."""

    sql: str = ""
    values: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sql)


def filter_condition(filters: Filters) -> Condition:
    """The condition that lets the passages of some filters through."""
    parts = [
        _one_of("p.kind IN ({})", filters.kinds),
        _one_of("p.theme IN ({})", filters.themes),
        _one_of("p.source IN ({})", filters.sources),
        _one_of("p.document IN (SELECT number FROM documents WHERE id IN ({}))", filters.documents),
        _one_of(
            "p.document IN (SELECT document FROM document_clauses WHERE clause IN ({}))",
            filters.clauses,
        ),
        _one_of(f"COALESCE(p.audience, '{EVERYONE}') IN ('{EVERYONE}', {{}})", filters.audiences),
    ]
    return both(*parts)


@lru_cache(maxsize=64)
def date_condition(day: date) -> Condition:
    """The condition that leaves out statutes that are not in force on a day."""
    text = day.isoformat()
    dated = "kind = 'statute' AND (since IS NOT NULL OR until IS NOT NULL)"  # as the index has it
    return Condition(
        f"p.number NOT IN (SELECT number FROM passages WHERE {dated} AND (since > ? OR until < ?))",
        (text, text),
    )


def both(*conditions: Condition) -> Condition:
    """The condition that holds when all of them do."""
    kept = [condition for condition in conditions if condition]
    return Condition(
        " AND ".join(condition.sql for condition in kept),
        tuple(value for condition in kept for value in condition.values),
    )


def _one_of(template: str, values: Iterable[str]) -> Condition:
    """A template with as many marks as there are values; nothing without values."""
    wanted = tuple(sorted(values))
    return (
        Condition(template.format(", ".join("?" * len(wanted))), wanted) if wanted else Condition()
    )
