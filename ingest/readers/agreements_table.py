"""The decision table of collective agreements, read from `kb/law/collective_agreements.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ingest.readers.kb import Authority, KnowledgeBase
from ingest.readers.rows import add_finding
from retrieval.errors import KnowledgeBaseError

PATH = "law/collective_agreements.yaml"
RULES = ("principal", "accessory", "criterion", "non_commercial", "option", "field", "ape", "proof", "no_staff")  # fmt: skip
_KEYS = ("thresholds", "natures", "activities", "neighbours", "rules")


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement relies on: a rule, a statute or a decision."""

    id: str
    citation: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of law in our words, and its sources."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A collective agreement of the base."""

    id: str
    idcc: int
    short_name: str
    citation: str
    url: str | None
    field: str | None
    maintenance: str | None  # what it says of IT maintenance
    merged: str | None
    caution: str | None  # why its field must be read before concluding


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that a company does for a share of its turnover or staff."""

    id: str
    label: str
    help: str
    candidates: tuple[str, ...]  # agreements: the one meant first, then those to compare
    naf: tuple[str, ...]  # indicative codes


@dataclass(frozen=True, slots=True)
class NafCode:
    """A code of the French activity nomenclature (NAF rev. 2): a hint, never a rule."""

    naf: str  # "62.02A"
    label: str | None
    agreements: tuple[str, ...]  # agreements that cite it
    partial: bool  # the agreement aims at a part of the class only
    code_in_agreement: str  # as the agreement writes it, "62.02Ap"


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """All that the finder knows."""

    activities: Mapping[str, Activity]
    agreements: Mapping[str, Agreement]
    naf: Mapping[str, NafCode]
    neighbours: tuple[str, ...]  # agreements
    rules: Mapping[str, Rule]  # by RULES
    natures: Mapping[str, str]  # nature of the activity -> basis that decides
    tie: float  # points: below, the answer is undecided
    near: float  # points: below, the gap is told


def read_agreement_table(base: KnowledgeBase) -> AgreementTable:
    """The decision table of the base.

    Raises:
        KnowledgeBaseError: the table is absent, or names what the base does not hold.
    """
    data = _load(base)
    for problem, remedy in _faults(base, data):
        raise KnowledgeBaseError(f"{PATH} : {problem}.", fix=remedy)
    finder = data["finder"]
    return AgreementTable(
        activities={row["id"]: _activity(row) for row in finder["activities"]},
        agreements={a.id: _agreement(a) for a in base.authorities.values() if "idcc" in a.data},
        naf=_naf_codes(data),
        neighbours=tuple(finder["neighbours"]),
        rules={name: _rule(base, row) for name, row in finder["rules"].items()},
        natures=dict(finder["natures"]),
        tie=float(finder["thresholds"]["tie"]),
        near=float(finder["thresholds"]["near"]),
    )


def check_agreement_table(base: KnowledgeBase) -> None:
    """Add to the base's findings what is wrong in its table; a base without one is right."""
    data = _load(base)
    if not data.get("finder"):
        return
    text = (base.root / PATH).read_text(encoding="utf-8")
    line = text.count("\n", 0, text.find("\nfinder:") + 1) + 1
    for problem, remedy in _faults(base, data):
        add_finding(base, PATH, line, f"finder : {problem}", remedy)


def _load(base: KnowledgeBase) -> dict[str, Any]:
    """The file's content; empty when it cannot be read (`read_kb` has told)."""
    try:
        text = (base.root / PATH).read_text(encoding="utf-8")
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    return data if isinstance(data, dict) else {}


def _faults(base: KnowledgeBase, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Problem and remedy of each thing wrong in the table."""
    finder = data.get("finder")
    missing = [key for key in _KEYS if not isinstance(finder, dict) or not finder.get(key)]
    if missing or not isinstance(finder, dict):
        yield f"table « finder » sans {', '.join(missing)}", "complétez la table"
        return
    for name in RULES:
        if name not in finder["rules"]:
            yield f"règle « {name} » absente", "ajoutez-la à finder.rules"
    for wanted, names in _named(finder):
        known = _naf_codes(data) if wanted == "code NAF" else base.authorities
        for name in names:
            if str(name) not in known:
                yield f"{wanted} « {name} » inconnu de la base", "corrigez-le ou retirez-le"


def _named(finder: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What the table names, by sort."""
    yield "convention", finder["neighbours"]
    for row in finder["activities"]:
        yield "convention", row.get("candidates") or []
        yield "code NAF", row.get("naf") or []
    for rule in finder["rules"].values():
        yield "autorité", rule.get("authorities") or []


def _activity(row: Mapping[str, Any]) -> Activity:
    """A typed activity."""
    naf = tuple(row.get("naf") or ())
    return Activity(row["id"], row["label"], row["help"], tuple(row["candidates"]), naf)


def _agreement(authority: Authority) -> Agreement:
    """A typed agreement."""
    data = authority.data
    told = {key: data.get(key) for key in ("url", "field", "maintenance", "merged", "caution")}
    return Agreement(
        authority.id, int(data["idcc"]), data["short_name"], authority.citation, **told
    )


def _rule(base: KnowledgeBase, row: Mapping[str, Any]) -> Rule:
    """A typed rule, its sources resolved."""
    return Rule(row["text"], tuple(_source(base.authorities[name]) for name in row["authorities"]))


def _source(authority: Authority) -> Source:
    """An authority as it is cited; a rule of ours by its title and its words."""
    rule = authority.data.get("rule")
    if rule is None:
        return Source(authority.id, authority.citation, authority.data.get("url"))
    title = authority.data.get("title") or "Rattachement"
    return Source(authority.id, f"Règle « {title} » : {rule}", None)


def _naf_codes(data: Mapping[str, Any]) -> dict[str, NafCode]:
    """Every code of the base; one that two lists give is one code that cites both's agreements."""
    codes: dict[str, NafCode] = {}
    for row in [*data.get("naf_of_syntec", []), *data.get("naf_codes", [])]:
        naf, known = row["naf"], codes.get(row["naf"])
        cited = row.get("agreements") or ([row["agreement"]] if "agreement" in row else [])
        before = known.agreements if known else ()
        codes[naf] = NafCode(
            naf=naf,
            label=(known.label if known else None) or row.get("label"),
            agreements=tuple(dict.fromkeys([*before, *cited])),
            partial=known.partial if known else bool(row.get("partial")),
            code_in_agreement=known.code_in_agreement
            if known
            else row.get("code_in_agreement", naf),
        )
    return codes
