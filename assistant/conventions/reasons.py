"""What the finder says: why, what would change the answer, what to check.

The law told here is that of the table's rules; the rest repeats the facts given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conventions.types import BASES, Candidate, Facts, Group, Reason
from ingest.readers.agreements_table import Activity, Agreement, AgreementTable, NafCode, Source

_NAF = re.compile(r"(\d\d)\.?(\d\d)([A-Z])P?")
_BY = {"turnover": "le chiffre d’affaires", "headcount": "l’effectif"}
_ONLY = {
    "turnover": "Le chiffre d’affaires ne décide que pour une activité commerciale.",
    "headcount": "L’effectif décide pour une activité industrielle ; ailleurs, c’est un indice.",
}


def percent(value: float) -> str:
    """A share as French readers write it, two decimals at most: "33,33 %"."""
    return _number(value) + "\u00a0%"


def points(value: float) -> str:
    """A gap between two shares: "1 point", "12,5 points"."""
    return _number(value) + (" points" if value >= 2 else " point")


def name_of(agreement: Agreement) -> str:
    """An agreement in a few words: "IDCC 1486 (Syntec)"."""
    return f"IDCC {agreement.idcc} ({agreement.short_name.partition(' (')[0]})"


def code_as_cited(code: NafCode, agreement: Agreement) -> str:
    """A NAF code, with the form that an agreement gives it when that differs."""
    written = code.code_in_agreement if code.agreements[:1] == (agreement.id,) else code.naf
    return written if written in (code.naf, f"{code.naf}p") else f"{code.naf} (écrit {written})"


def lead_of(groups: tuple[Group, ...]) -> float:
    """Points between the first group and the next, rounding noise removed."""
    return round(groups[0].share - (groups[1].share if len(groups) > 1 else 0.0), 6)


def doubts_of(table: AgreementTable, facts: Facts, groups: tuple[Group, ...]) -> Iterator[Reason]:
    """Why no agreement can be named first; nothing when one can."""
    lead = lead_of(groups)
    if lead < table.tie:
        gap = f"à {points(lead)} d’écart" if lead else "à égalité"
        first, second = groups[0].name, groups[1].name
        yield Reason(f"Pas d’activité dominante : {first} et {second} sont {gap}.")
    tops = [group.activities[0] for group in groups]
    top = max(tops, key=lambda activity: (facts.shares[activity.id], activity.id))
    if facts.shares[tops[0].id] < facts.shares[top.id]:
        yield Reason(
            f"Prise seule, l’activité la plus forte est « {top.label} »"
            f" ({percent(facts.shares[top.id])}) ; réunies par convention, les activités donnent"
            f" {groups[0].name} ({percent(groups[0].share)})."
        )
    wanted = table.natures[facts.nature] if facts.nature else facts.basis
    if facts.basis and wanted and facts.basis != wanted:
        yield Reason(
            f"Les parts sont en {BASES[facts.basis]}, mais c’est {_BY[wanted]} qui départage une"
            f" activité {facts.nature}.",
            table.rules["criterion"].sources,
        )


def rules_applied(
    table: AgreementTable, groups: tuple[Group, ...], *, undecided: bool
) -> Iterator[Reason]:
    """The rules that the answer applies."""
    names = ["principal", "criterion"]
    if undecided:
        names.append("option")
    elif len(groups) > 1:
        names.append("accessory")
    yield from (_rule(table, name) for name in names)


def candidate_reasons(
    facts: Facts, agreement: Agreement, group: Group | None, others: tuple[Activity, ...]
) -> Iterator[Reason]:
    """Why an agreement is a candidate, and what it says of IT maintenance."""
    source = (source_of(agreement),)
    for activity in group.activities if group else ():
        codes = f" ; codes NAF repères : {', '.join(activity.naf)}" if activity.naf else ""
        yield Reason(f"{activity.label} : {percent(facts.shares[activity.id])}{codes}.", source)
    for activity in others:
        share = percent(facts.shares[activity.id])
        yield Reason(f"À comparer pour « {activity.label} » ({share}).", source)
    told = agreement.maintenance or agreement.field
    if told:
        yield Reason(told, source)
    if agreement.merged and others:
        yield Reason(agreement.merged, source)


def changes_of(table: AgreementTable, facts: Facts, groups: tuple[Group, ...]) -> Iterator[Reason]:
    """What would change the answer."""
    lead = lead_of(groups)
    if facts.headcount == 0:
        yield _rule(table, "no_staff")
    if len(groups) > 1 and table.tie <= lead < table.near:
        yield Reason(
            f"Écart faible ({points(lead)}) : un autre exercice ou un autre calcul peut faire"
            f" passer {groups[1].name} devant."
        )
    if groups[0].share < 50:
        share = percent(groups[0].share)
        yield Reason(f"La première n’atteint pas la moitié de l’activité ({share}).")
    if len(groups) > 1 and facts.basis == "headcount" and facts.headcount:
        one = 100 / facts.headcount
        if lead <= 2 * one:
            yield Reason(
                f"Sur un effectif de {facts.headcount}, chaque salarié pèse {points(one)} : en"
                " affecter un autrement peut changer la réponse."
            )
    yield from _measure_changes(table, facts)


def _measure_changes(table: AgreementTable, facts: Facts) -> Iterator[Reason]:
    """What is missing to know whether the shares are those that count."""
    sources = table.rules["criterion"].sources
    if facts.basis is None:
        wanted = f" ; donnez-les en {BASES[table.natures[facts.nature]]}" if facts.nature else ""
        yield Reason(
            f"Base des parts non précisée (--basis){wanted}. Une autre base peut donner une autre"
            " réponse.",
            sources,
        )
    if facts.nature is None:
        told = _ONLY.get(facts.basis or "", table.rules["criterion"].text)
        yield Reason(f"Nature de l’activité non précisée (--nature). {told}", sources)
        yield _rule(table, "non_commercial")


def naf_reasons(table: AgreementTable, written: str | None, leader: Group) -> Iterator[Reason]:
    """What a company's code says, and that it decides nothing."""
    if written is None:
        yield _rule(table, "ape")
        return
    code = _naf(table, written)
    if code is None:
        told = (
            f"Code NAF « {written.strip()} » inconnu de la base : il n’entre pas dans la réponse."
        )
        yield Reason(told)
    else:
        yield from _known_code(table, code, leader)
    yield _rule(table, "ape")


def _known_code(table: AgreementTable, code: NafCode, leader: Group) -> Iterator[Reason]:
    """The agreements that cite a code, and whether the activities agree with it."""
    cited = [table.agreements[name] for name in code.agreements]
    names = " et ".join(name_of(agreement) for agreement in cited)
    told = f"cité par {names}" if cited else "cité par aucune convention de la base"
    written = code.code_in_agreement
    part = (
        f" ; {name_of(cited[0])} l’écrit {written}, classe visée en partie" if code.partial else ""
    )
    yield Reason(
        f"{code.naf}, {code.label or 'intitulé non donné'} : {told}{part}.",
        tuple(source_of(agreement) for agreement in cited),
    )
    if cited and leader.agreement not in cited:
        yield Reason("Le code et les activités déclarées ne concordent pas : vérifiez-les.")


def _naf(table: AgreementTable, written: str) -> NafCode | None:
    """The code someone wrote, with or without its point, or as an agreement writes it."""
    parts = _NAF.fullmatch(re.sub(r"\s", "", written).upper())
    if parts is None:
        return None
    name = f"{parts[1]}.{parts[2]}{parts[3]}"
    alias = (code for code in table.naf.values() if code.code_in_agreement == name)
    return table.naf.get(name) or next(alias, None)


def to_check(table: AgreementTable, candidates: tuple[Candidate, ...]) -> Iterator[Reason]:
    """What to read before concluding."""
    yield _rule(table, "field")
    for agreement in (candidate.agreement for candidate in candidates):
        if agreement.caution:
            told = f"{name_of(agreement)}. {agreement.caution}"
            yield Reason(told, (source_of(agreement),))
    yield _rule(table, "proof")


def source_of(agreement: Agreement) -> Source:
    """An agreement as it is cited."""
    return Source(agreement.id, agreement.citation, agreement.url)


def _number(value: float) -> str:
    """A number with a comma, without idle zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _rule(table: AgreementTable, name: str) -> Reason:
    """A rule of the table, told."""
    return Reason(table.rules[name].text, table.rules[name].sources)
