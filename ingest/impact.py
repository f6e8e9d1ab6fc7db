"""What depends on an authority: what to read again when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from ingest.readers.kb import Authority, Entry, KnowledgeBase
from retrieval.errors import UsageError

# The fields by which one authority leans on another.
_LINKS = ("statutes", "basis", "replaces", "replaced_by")


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that leans on an authority, and where."""

    id: str
    title: str
    path: str  # relative to the base
    lines: tuple[int, ...]  # from 1, where the authority is cited


@dataclass(frozen=True, slots=True)
class Impact:
    """All that leans on an authority, each list sorted by id."""

    authority: str
    citation: str
    questions: tuple[Dependent, ...]
    clauses: tuple[Dependent, ...]
    decisions: tuple[Dependent, ...]
    authorities: tuple[Dependent, ...]  # statutes, agreements and rules


def impact_of(base: KnowledgeBase, name: str) -> Impact:
    """What depends on the authority `name`.

    Raises:
        UsageError: no authority has that id; the closest ids are proposed.
    """
    if name not in base.authorities:
        close = get_close_matches(name, base.authorities, n=3, cutoff=0.5)
        raise UsageError(
            f"Autorité inconnue : « {name} ».",
            fix=f"Vouliez-vous dire : {', '.join(close)} ?"
            if close
            else "Les ids sont dans kb/law.",
        )
    linked = [a for a in base.authorities.values() if a.id != name and name in _links(a)]
    return Impact(
        authority=name,
        citation=base.authorities[name].citation,
        questions=_citing(base.questions.values(), name, "question"),
        clauses=_citing(base.clauses.values(), name, "title"),
        decisions=_linked(a for a in linked if a.kind == "decision"),
        authorities=_linked(a for a in linked if a.kind != "decision"),
    )


def _links(authority: Authority) -> set[str]:
    """The ids that an authority names."""
    return {str(name) for key in _LINKS for name in authority.data.get(key) or []}


def _linked(authorities: Iterable[Authority]) -> tuple[Dependent, ...]:
    """Authorities as dependents."""
    found = (Dependent(a.id, a.citation, a.path, (a.line,)) for a in authorities)
    return tuple(sorted(found, key=lambda dependent: dependent.id))


def _citing(entries: Iterable[Entry], name: str, title: str) -> tuple[Dependent, ...]:
    """The entries that cite an authority, with the lines."""
    found = []
    for entry in entries:
        rows = entry.text.split("\n")
        lines = tuple(n for n, row in enumerate(rows, start=1) if f"[@{name}]" in row)
        if lines:
            found.append(Dependent(entry.id, str(entry.head.get(title)), entry.path, lines))
    return tuple(sorted(found, key=lambda dependent: dependent.id))
