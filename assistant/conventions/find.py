"""From shares of activity to agreements, likeliest first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.conventions import reasons
from assistant.conventions.types import BASES, Candidate, Facts, Finding, Group
from ingest.readers.agreements_table import Activity, AgreementTable
from retrieval.errors import UsageError

TOLERANCE = 1.0  # points by which the shares may miss 100, for roundings


def find_agreements(table: AgreementTable, facts: Facts) -> Finding:
    """The agreements that the facts point to, likeliest first.

    Args:
        table: the base's decision table.
        facts: shares in percent, their sum within `TOLERANCE` of 100; order does not matter.

    Raises:
        UsageError: a share, the sum, the basis, the nature or the headcount is out of range.
    """
    _check_shares(table, facts.shares)
    _check_company(table, facts)
    groups = _groups(table, facts.shares)
    doubts = tuple(reasons.doubts_of(table, facts, groups))
    candidates = _candidates(table, facts, groups)
    met = {candidate.agreement.id for candidate in candidates}
    return Finding(
        status="indetermine" if doubts else "probable" if groups[0].agreement else "hors_base",
        candidates=candidates,
        why=(*doubts, *reasons.rules_applied(table, groups, undecided=bool(doubts))),
        would_change=tuple(reasons.changes_of(table, facts, groups)),
        naf=tuple(reasons.naf_reasons(table, facts.naf, groups[0])),
        to_check=tuple(reasons.to_check(table, candidates)),
        neighbours=tuple(table.agreements[name] for name in table.neighbours if name not in met),
    )


def _check_shares(table: AgreementTable, shares: Mapping[str, float]) -> None:
    """Refuse shares of unknown activities, or that are no part of 100."""
    unknown = ", ".join(sorted(set(shares) - set(table.activities)))
    if unknown:
        known = ", ".join(sorted(table.activities))
        raise UsageError(f"Activité inconnue : {unknown}.", fix=f"Activités : {known}.")
    for name, share in sorted(shares.items()):
        if not (math.isfinite(share) and share >= 0):
            problem = f"Part de « {name} » incorrecte : {share:g}."
            raise UsageError(problem, fix="Donnez un pourcentage de 0 à 100.")
    total = math.fsum(shares.values())
    if abs(total - 100) > TOLERANCE + 1e-9:
        problem = f"La somme des parts doit faire 100 % ; reçu : {reasons.percent(total)}."
        raise UsageError(
            problem, fix="Exemple : maintelex convention --maintenance 70 --services 30"
        )


def _check_company(table: AgreementTable, facts: Facts) -> None:
    """Refuse a basis, a nature or a headcount that means nothing."""
    for what, value, known in (
        ("Base", facts.basis, BASES),
        ("Nature", facts.nature, table.natures),
    ):
        if value is not None and value not in known:
            raise UsageError(f"{what} inconnue : {value}.", fix="Choix : " + ", ".join(known) + ".")
    if facts.headcount is not None and facts.headcount < 0:
        problem = f"Effectif incorrect : {facts.headcount}."
        raise UsageError(problem, fix="Donnez un nombre de salariés, 0 ou plus.")


def _groups(table: AgreementTable, shares: Mapping[str, float]) -> tuple[Group, ...]:
    """The activities gathered by the agreement they mean first, greatest share first."""
    members: dict[str, list[Activity]] = {}
    active = [table.activities[name] for name, share in shares.items() if share > 0]
    for activity in sorted(active, key=lambda a: (-shares[a.id], a.id)):
        key = activity.candidates[0] if activity.candidates else f"activité {activity.id}"
        members.setdefault(key, []).append(activity)
    groups = []
    for key, activities in members.items():
        agreement = table.agreements.get(key)
        name = reasons.name_of(agreement) if agreement else f"« {activities[0].label} »"
        share = math.fsum(shares[activity.id] for activity in activities)
        groups.append(Group(agreement, name, share, tuple(activities)))
    return tuple(sorted(groups, key=lambda group: (-group.share, group.name)))


def _candidates(
    table: AgreementTable, facts: Facts, groups: tuple[Group, ...]
) -> tuple[Candidate, ...]:
    """The agreements that the activities name: by share, then compared share, then number."""
    active = [activity for group in groups for activity in group.activities]
    named = {name for activity in active for name in activity.candidates}
    drafts = [_candidate(table, facts, groups, name) for name in named]
    drafts.sort(key=lambda draft: (-draft.share, -draft.compared, draft.agreement.idcc))
    return tuple(drafts)


def _candidate(
    table: AgreementTable, facts: Facts, groups: tuple[Group, ...], name: str
) -> Candidate:
    """An agreement with what speaks for it."""
    agreement = table.agreements[name]
    group = next((group for group in groups if group.agreement == agreement), None)
    active = [activity for group in groups for activity in group.activities]
    others = tuple(activity for activity in active if name in activity.candidates[1:])
    cited = [code for code in table.naf.values() if name in code.agreements]
    return Candidate(
        agreement=agreement,
        share=group.share if group else 0.0,
        compared=math.fsum(facts.shares[activity.id] for activity in others),
        reasons=tuple(reasons.candidate_reasons(facts, agreement, group, others)),
        naf=tuple(sorted(reasons.code_as_cited(code, agreement) for code in cited)),
    )
