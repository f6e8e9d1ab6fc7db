"""The checks of a contract that lawyers write: `kb/contract/checks.yaml`.

Reading gives the checks that are right and leaves in `base.findings` what is wrong with the others.
A base without this file is right: it has no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.patterns import Pattern, PatternError, parse_pattern
from ingest.readers.kb import CITATION, KnowledgeBase
from ingest.readers.rows import add_finding, read_rows

CHECKS = "contract/checks.yaml"
SEVERITIES = ("eleve", "moyen", "faible")
SIDES = ("client", "prestataire", "deux")
UNITS = {
    "jours": {"jour": 1.0, "semaine": 7.0, "mois": 30.0, "trimestre": 90.0, "an": 365.0},
    "mois": {"mois": 1.0, "trimestre": 3.0, "semestre": 6.0, "an": 12.0, "jour": 1 / 30},
    "heures": {"heure": 1.0, "jour": 24.0, "minute": 1 / 60},
    "%": {"pourcent": 1.0, "pour": 1.0},
    "euros": {"euro": 1.0},
    "fois": {"fois": 1.0},
}
_KEYS = ("id", "title", "severity", "side", "clauses", "looks_for", "rule", "advice", "authorities",
         "suggestion", "reviewed_on", "reviewed_by")  # fmt: skip
_LISTS = ("present", "unless", "absent")
_LOOKS = (*_LISTS, "value", "within_clauses", "only_if")
_VALUE = ("unit", "less_than", "more_than")

Fault = tuple[str, str]  # problem, remedy
Groups = Mapping[str, list[str]]  # words that « @name » stands for


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that make a risk: under `less_than`, or over `more_than`, in `unit`."""

    unit: str  # a key of UNITS
    less_than: float | None = None
    more_than: float | None = None

    def hold(self, value: float, unit: str) -> bool:
        """Whether a number with its unit as written (« jours », « ans ») makes a risk."""
        worth = next((w for u, w in UNITS[self.unit].items() if unit.startswith(u)), None)
        if worth is None:
            return False
        low = self.less_than is not None and value * worth < self.less_than
        return low or (self.more_than is not None and value * worth > self.more_than)


@dataclass(frozen=True, slots=True)
class LooksFor:
    """What makes a risk: a sentence like `present` (without `unless` beside it), nothing like `absent`.

    Only contracts that hold something like `only_if` are judged, when it is given.
    """

    present: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()  # in the same paragraph
    absent: tuple[Pattern, ...] = ()  # in the whole contract
    only_if: tuple[Pattern, ...] = ()  # in the whole contract
    value: Bounds | None = None  # of the number, for the patterns of `present` that catch one
    within_clauses: bool = False  # `present` counts only in parts aligned with the check's clauses


@dataclass(frozen=True, slots=True)
class Check:
    """A rule by which a contract is judged."""

    id: str
    title: str
    severity: str  # one of SEVERITIES
    side: str  # whom the risk weighs on, one of SIDES
    clauses: tuple[str, ...]  # of the model; the first is the one to compare with
    looks_for: LooksFor
    rule: str  # with [@id] citations
    advice: str  # what to ask for
    authorities: tuple[str, ...]
    suggestion: tuple[str, ...]  # numbers of the model's paragraphs: "28.6", "A2.3"
    reviewed_on: date
    reviewed_by: str


def read_checks(base: KnowledgeBase) -> tuple[Check, ...]:
    """The checks, in file order; what is wrong is added to the base's findings."""
    right: list[Check] = []
    taken: set[str] = set()
    groups = _read_groups(base)
    for line, row in read_rows(base, CHECKS, "checks"):
        faults = list(_shape_faults(row))
        if not faults:
            faults = [*_name_faults(base, row, taken), *_look_faults(row["looks_for"], groups)]
            taken.add(str(row["id"]))
        for problem, remedy in faults:
            name = f"{row['id']} : " if isinstance(row, dict) and "id" in row else ""
            add_finding(base, CHECKS, line, name + problem, remedy)
        if not faults:
            right.append(_check(row, groups))
    return tuple(right)


def read_signs(base: KnowledgeBase) -> dict[str, tuple[Pattern, ...]]:
    """By clause of the model, the patterns that show that a contract speaks of it."""
    groups = _read_groups(base)
    signs: dict[str, tuple[Pattern, ...]] = {}
    for line, row in read_rows(base, CHECKS, "signs"):
        if not isinstance(row, dict) or not _is_texts(row.get("patterns")):
            add_finding(
                base, CHECKS, line, "signe illisible", "écrivez clause: et patterns: [a, b]"
            )
            continue
        faults = list(_pattern_faults(row["patterns"], groups))
        if row.get("clause") not in base.clauses:
            faults.append((f"clause « {row.get('clause')} » inconnue", "corrigez l'id"))
        for problem, remedy in faults:
            add_finding(base, CHECKS, line, problem, remedy)
        if not faults:
            signs[row["clause"]] = tuple(parse_pattern(text, groups) for text in row["patterns"])
    return signs


def _read_groups(base: KnowledgeBase) -> Groups:
    """The groups of words that patterns name."""
    groups: dict[str, list[str]] = {}
    for line, row in read_rows(base, CHECKS, "words"):
        if (
            not isinstance(row, dict)
            or not isinstance(row.get("name"), str)
            or not _is_texts(row.get("words"))
        ):
            add_finding(
                base, CHECKS, line, "groupe de mots illisible", "écrivez name: et words: [a, b*]"
            )
            continue
        groups[row["name"]] = row["words"]
    return groups


def _shape_faults(row: Any) -> Iterator[Fault]:
    """A row that is no mapping, lacks a key, or has a value of the wrong form."""
    if not isinstance(row, dict):
        yield "contrôle qui n'est pas un groupe de champs", "écrivez des lignes champ: valeur"
        return
    yield from ((f"champ « {key} » absent", "ajoutez-le") for key in _KEYS if not row.get(key))
    for key in row:
        if key not in _KEYS:
            yield f"champ « {key} » inconnu", "corrigez son nom ou retirez-le"
    for key in ("clauses", "authorities", "suggestion"):
        if row.get(key) and not _is_texts(row[key]):
            yield (
                f"{key} n'est pas une liste de textes",
                "écrivez [a, b], les nombres entre guillemets",
            )
    for key, allowed in (("severity", SEVERITIES), ("side", SIDES)):
        if row.get(key) and row[key] not in allowed:
            yield f"{key} « {row[key]} » inconnu", "écrivez " + " ou ".join(allowed)
    if row.get("reviewed_on") and _day(row["reviewed_on"]) is None:
        yield f"reviewed_on « {row['reviewed_on']} » incorrecte", "écrivez AAAA-MM-JJ"
    if row.get("looks_for") and not isinstance(row["looks_for"], dict):
        yield (
            "looks_for n'est pas un groupe de champs",
            "écrivez present: ou absent:, puis une liste",
        )


def _name_faults(base: KnowledgeBase, row: Mapping[str, Any], taken: set[str]) -> Iterator[Fault]:
    """Ids that lead nowhere, citations that differ from the list, paragraphs that don't exist."""
    if str(row["id"]) in taken:
        yield "id en double", "gardez un seul contrôle de ce nom"
    for name in row["clauses"]:
        if name not in base.clauses:
            yield f"clause « {name} » inconnue", "corrigez l'id ou retirez-le"
    for name in row["authorities"]:
        if name not in base.authorities:
            yield f"autorité « {name} » inconnue", "corrigez l'id, ou ajoutez-la dans kb/law"
    cited = set(CITATION.findall(f"{row['rule']} {row['advice']}"))
    for name in sorted(cited ^ set(row["authorities"])):
        said = "citée mais non listée" if name in cited else "listée mais non citée"
        yield f"« {name} » {said}", "accordez authorities avec le texte de rule"
    weak = [base.authorities[n].data.get("confidence") == "low"
            for n in row["authorities"] if n in base.authorities]  # fmt: skip
    if weak and all(weak):
        yield "aucune autorité sûre", "citez une autorité de confiance medium ou high"
    for number in row["suggestion"]:
        if not _has_paragraph(base, row["clauses"], number):
            yield f"paragraphe {number} absent des clauses citées", "corrigez suggestion ou clauses"


def _has_paragraph(base: KnowledgeBase, clauses: list[str], number: str) -> bool:
    """Whether one of some clauses has a paragraph with a number."""
    start = re.compile(rf"^{re.escape(number)}\s", re.MULTILINE)
    return any(name in base.clauses and start.search(base.clauses[name].text) for name in clauses)


def _look_faults(looks: Mapping[str, Any], groups: Groups) -> Iterator[Fault]:
    """What `looks_for` gets wrong."""
    for key in looks:
        if key not in _LOOKS:
            yield f"looks_for : champ « {key} » inconnu", "écrivez " + ", ".join(_LOOKS)
    if not looks.get("present") and not looks.get("absent"):
        yield "looks_for ne cherche rien", "donnez present: ou absent:"
    for key in (*_LISTS, "only_if"):
        if key in looks and not _is_texts(looks[key]):
            yield (
                f"{key} n'est pas une liste de motifs",
                "écrivez un motif par tiret, entre guillemets",
            )
            continue
        yield from _pattern_faults(looks.get(key, []), groups)
    yield from _value_faults(looks)


def _pattern_faults(texts: list[str], groups: Groups) -> Iterator[Fault]:
    """Patterns that cannot be read."""
    for text in texts:
        try:
            parse_pattern(text, groups)
        except PatternError as error:
            yield f"motif « {text} » illisible : {error}", "voir l'en-tête du fichier"


def _value_faults(looks: Mapping[str, Any]) -> Iterator[Fault]:
    """What the bounds of a value get wrong."""
    value = looks.get("value")
    if value is None:
        return
    if not isinstance(value, dict) or set(value) - set(_VALUE) or value.get("unit") not in UNITS:
        yield (
            "value illisible",
            "écrivez {unit: jours, less_than: 30} ; unités : " + ", ".join(UNITS),
        )
        return
    bounds = [value[key] for key in _VALUE[1:] if key in value]
    if not bounds or not all(isinstance(bound, int | float) for bound in bounds):
        yield "value sans borne", "donnez less_than ou more_than, en nombre"
    if not any("#" in str(text) for text in looks.get("present") or []):
        yield "value, mais aucun motif de present n'a de nombre", "écrivez # devant l'unité"


def _is_texts(value: Any) -> bool:
    """Whether a value is a list of texts, with something in it."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)


def _check(row: Mapping[str, Any], groups: Groups) -> Check:
    """A right row, typed."""
    looks = row["looks_for"]
    patterns = {
        key: tuple(parse_pattern(text, groups) for text in looks.get(key, []))
        for key in (*_LISTS, "only_if")
    }
    return Check(
        id=str(row["id"]), title=str(row["title"]), severity=row["severity"], side=row["side"],
        clauses=tuple(row["clauses"]),
        looks_for=LooksFor(
            **patterns,
            value=Bounds(**looks["value"]) if "value" in looks else None,
            within_clauses=bool(looks.get("within_clauses")),
        ),
        rule=" ".join(str(row["rule"]).split()), advice=" ".join(str(row["advice"]).split()),
        authorities=tuple(row["authorities"]), suggestion=tuple(row["suggestion"]),
        reviewed_on=date.fromisoformat(str(row["reviewed_on"])), reviewed_by=str(row["reviewed_by"]),
    )  # fmt: skip


def _day(value: object) -> date | None:
    """A date, or None when it is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
