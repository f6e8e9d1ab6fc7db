"""The tables of `kb/law` that are not authorities: old article numbers, and changes of the law.

Reading gives the rows that are right and leaves in `base.findings` what is wrong with the others.
A base without these files is right: it has no rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.readers.kb import Authority, KnowledgeBase
from ingest.readers.rows import add_finding, read_rows

CONCORDANCE = "law/concordance.yaml"
WATCH = "law/watch.yaml"
KINDS = ("loi", "decision")
STATUSES = ("in_force", "upcoming", "pending", "undated")

Row = Mapping[str, Any]
Fault = tuple[str, str]  # problem, remedy
Rule = Callable[[KnowledgeBase, Row], Iterator[Fault]]

_FORMER_KEYS = (
    "former", "code", "former_id", "new", "subject", "effective", "old_law_applies_to", "stays",
    "today", "false_friend", "reviewed_on", "reviewed_by",
)  # fmt: skip
_CHANGE_KEYS = (
    "id", "kind", "status", "title", "in_force_since", "what", "authorities", "questions", "clauses",
    "reviewed_on", "reviewed_by",
)  # fmt: skip
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_WRITTEN_DATE = re.compile(rf"\b(1er|\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")


@dataclass(frozen=True, slots=True)
class FormerArticle:
    """An old article number and the texts that took its place."""

    former: str  # "1134", "L. 442-6"
    code: str
    former_id: str | None  # authority that describes the old article
    new: tuple[str, ...]  # authorities that replace it
    subject: str
    effective: date | None  # None: the base does not date the change
    old_law_applies_to: str | None  # None: the base gives no transitional rule
    stays: str  # what remains under the old law
    today: str | None  # authority that bears the same number now
    false_friend: str | None  # warning that the number now says something else
    note: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the law, and what to read again because of it."""

    id: str
    kind: str  # one of KINDS
    status: str  # one of STATUSES
    title: str
    in_force_since: date | None  # a decision: the day it was given
    what: str
    authorities: tuple[str, ...]
    questions: tuple[str, ...]
    clauses: tuple[str, ...]
    note: str | None
    reviewed_on: date
    reviewed_by: str


def read_concordance(base: KnowledgeBase) -> tuple[FormerArticle, ...]:
    """The old articles, in file order; what is wrong is added to the base's findings."""
    rows = _right_rows(
        base, CONCORDANCE, "entries", ("former", "code"), _FORMER_KEYS, _former_faults
    )
    if (base.root / CONCORDANCE).is_file():
        listed = {(str(row["code"]), _number(row["former"])) for row in rows}
        for (code, number), source in sorted(_known_formers(base).items()):
            if (code, number) not in listed:
                problem = (
                    f"ancien article {number} ({code}) absent ou fautif, connu de « {source} »"
                )
                add_finding(base, CONCORDANCE, 1, problem, "ajoutez ou corrigez son entrée")
    return tuple(_former(row) for row in rows)


def read_watch(base: KnowledgeBase) -> tuple[Change, ...]:
    """The changes of the law, in file order; what is wrong is added to the base's findings."""
    rows = _right_rows(base, WATCH, "changes", ("id",), _CHANGE_KEYS, _change_faults)
    return tuple(_change(row) for row in rows)


def _right_rows(
    base: KnowledgeBase,
    path: str,
    key: str,
    names: tuple[str, ...],
    keys: tuple[str, ...],
    rule: Rule,
) -> list[Row]:
    """The rows of a table that break no rule; a finding for each fault of the others."""
    right: list[Row] = []
    taken: set[tuple[str, ...]] = set()
    for line, row in read_rows(base, path, key):
        faults = list(_shape_faults(row, keys))
        if not faults:
            name = tuple(str(row[part]) for part in names)
            faults = [*rule(base, row), *_repeated(name, taken)]
            taken.add(name)
        for problem, remedy in faults:
            add_finding(base, path, line, problem, remedy)
        if not faults:
            right.append(row)
    return right


def _shape_faults(row: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    """A row that is no mapping, lacks a key, has one too many, or a value of the wrong form."""
    if not isinstance(row, dict):
        yield "entrée qui n'est pas un groupe de champs", "écrivez des lignes champ: valeur"
        return
    yield from ((f"champ « {key} » absent", "ajoutez-le") for key in keys if key not in row)
    for key in row:
        if key not in (*keys, "note"):
            yield f"champ « {key} » inconnu", "corrigez son nom ou retirez-le"
    for key in ("effective", "in_force_since", "reviewed_on"):
        if row.get(key) is not None and _day(row[key]) is None:
            yield f"{key} « {row[key]} » incorrecte", "écrivez AAAA-MM-JJ"
    for key in ("new", "authorities", "questions", "clauses"):
        listed = row.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            yield f"{key} n'est pas une liste d'ids", "écrivez [id, id]"
    for key in ("subject", "stays", "title", "what", "reviewed_on", "reviewed_by"):
        if key in row and not row[key]:
            yield f"champ « {key} » vide", "remplissez-le"


def _repeated(name: tuple[str, ...], taken: set[tuple[str, ...]]) -> Iterator[Fault]:
    """A name that an earlier row bears."""
    if name in taken:
        yield f"« {' '.join(name)} » en double", "gardez une seule entrée"


def _former_faults(base: KnowledgeBase, row: Row) -> Iterator[Fault]:
    """What an entry of the concordance says against the authorities of the base."""
    named = [*row["new"], *(str(row[key]) for key in ("former_id", "today") if row[key])]
    yield from _unknown("autorité", named, base.authorities)
    if not row["new"]:
        yield "aucun texte nouveau", "remplissez new"
    for name in row["new"]:
        if name in base.authorities and not _follows(base, row, name):
            yield (f"rien dans la base ne dit que « {name} » remplace l'ancien {row['former']}",
                   "corrigez new, ou former_articles dans kb/law")  # fmt: skip
    yield from _number_faults(base, row)


def _number_faults(base: KnowledgeBase, row: Row) -> Iterator[Fault]:
    """An old number that a text of today bears too, without the warning."""
    today = f"c-civ-{row['former']}" if row["code"] == "Code civil" else None
    if today in base.authorities and row["today"] != today:
        yield (
            f"le numéro {row['former']} est aujourd'hui celui de « {today} »",
            f"écrivez today: {today}",
        )
    if row["today"] and row["today"] not in row["new"] and not row["false_friend"]:
        yield f"« {row['today']} » porte ce numéro aujourd'hui", "avertissez dans false_friend"


def _follows(base: KnowledgeBase, row: Row, name: str) -> bool:
    """Whether an authority of the base says that a text replaces the old article."""
    former = base.authorities.get(str(row["former_id"]))
    if former is not None and name in former.data.get("replaced_by", []):
        return True
    told = base.authorities[name].data.get("former_articles", [])
    return _number(row["former"]) in {_number(number) for number in told}


def _known_formers(base: KnowledgeBase) -> dict[tuple[str, str], str]:
    """Every old article that the authorities name (code, number), and the first that names it."""
    known: dict[tuple[str, str], str] = {}
    for authority in base.authorities.values():
        code = str(authority.data.get("code")).removesuffix(" (ancien)")
        if "-ancien-" in authority.id:
            known.setdefault((code, authority.id.rsplit("-ancien-", 1)[1]), authority.id)
        for number in authority.data.get("former_articles", []):
            known.setdefault((code, _number(number)), authority.id)
    return known


def _change_faults(base: KnowledgeBase, row: Row) -> Iterator[Fault]:
    """What an entry of the watch gets wrong."""
    for key, allowed in (("kind", KINDS), ("status", STATUSES)):
        if row[key] not in allowed:
            yield f"{key} « {row[key]} » inconnu", "écrivez " + " ou ".join(allowed)
    yield from _unknown("autorité", row["authorities"], base.authorities)
    yield from _unknown("question", row["questions"], base.questions)
    yield from _unknown("clause", row["clauses"], base.clauses)
    if not row["authorities"]:
        yield "aucune autorité", "citez le texte ou la décision"
    yield from _date_faults(base, row)


def _date_faults(base: KnowledgeBase, row: Row) -> Iterator[Fault]:
    """A date that the status or the authorities contradict."""
    since, reviewed = _day(row["in_force_since"]), _day(row["reviewed_on"])
    if since is None or reviewed is None:
        if row["status"] in ("in_force", "upcoming"):
            yield "in_force_since vide", "donnez la date, ou écrivez status: pending ou undated"
        elif not row.get("note"):
            yield "pas de date", "dites pourquoi dans note"
        return
    if row["status"] in ("pending", "undated"):
        yield f"status {row['status']} avec une date", "retirez la date ou changez le statut"
    elif (row["status"] == "upcoming") != (since > reviewed):
        yield (
            f"status {row['status']} et date {since} ne vont pas ensemble",
            "relisez l'entrée à ce jour",
        )
    cited = [base.authorities[name] for name in row["authorities"] if name in base.authorities]
    if cited and not any(since in _told_dates(authority, row["kind"]) for authority in cited):
        yield (
            f"aucune autorité citée ne donne le {since}",
            "corrigez la date, ou citez l'autorité qui la donne",
        )


def _told_dates(authority: Authority, kind: str) -> set[date]:
    """The days that an authority gives: for a decision, its own; else in its fields or its words."""
    fields = ("date",) if kind == "decision" else ("in_force_since", "date")
    told = {_day(authority.data.get(key)) for key in fields}
    if kind != "decision":
        words = " ".join(str(authority.data.get(key) or "") for key in ("summary", "note"))
        for number, month, year in _WRITTEN_DATE.findall(words):
            told.add(_day(f"{year}-{_MONTHS.index(month) + 1:02}-{number.removesuffix('er'):0>2}"))
    return {day for day in told if day is not None}


def _unknown(what: str, names: list[str], known: Mapping[str, object]) -> Iterator[Fault]:
    """Names that lead nowhere."""
    yield from (
        (f"{what} « {name} » inconnue", "corrigez l'id ou retirez-le")
        for name in names
        if name not in known
    )


def _former(row: Row) -> FormerArticle:
    """A right row of the concordance, typed."""
    values: dict[str, Any] = {
        key: row[key] for key in _FORMER_KEYS if not key.startswith("reviewed")
    }
    values |= {
        "former": str(row["former"]),
        "new": tuple(row["new"]),
        "effective": _day(row["effective"]),
    }
    return FormerArticle(**values, note=row.get("note"))


def _change(row: Row) -> Change:
    """A right row of the watch, typed."""
    values: dict[str, Any] = {
        key: tuple(row[key]) if isinstance(row[key], list) else row[key] for key in _CHANGE_KEYS
    }
    values |= {
        "in_force_since": _day(row["in_force_since"]),
        "reviewed_on": _day(row["reviewed_on"]),
    }
    return Change(**values, note=row.get("note"))


def _number(written: object) -> str:
    """An article number as one string: "L. 442-6" and "L442-6" are the same."""
    return re.sub(r"[\s.]", "", str(written))


def _day(value: object) -> date | None:
    """A date, or None when it is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
