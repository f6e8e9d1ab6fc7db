"""Until when one may sue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.deadlines.months import add_days, add_months, ordered
from assistant.deadlines.types import Prescription, Working
from assistant.deadlines.writing import french_date
from retrieval.errors import UsageError

AGREED = (1, 10)  # years between which a contract may set the time: C. civ., art. 2254
AFTER_MEDIATION = 6  # months that remain at least: C. civ., art. 2238


@dataclass(frozen=True, slots=True)
class Rule:
    """A time to sue."""

    label: str
    years: int
    starts: str  # what makes the time run
    authority: str  # id in kb/law


RULES = {
    "generale": Rule(
        "action personnelle", 5, "le jour où le titulaire connaît, ou devrait connaître, les faits utiles",
        "c-civ-2224",
    ),
    "commerciale": Rule(
        "obligation née du commerce", 5, "le jour où le créancier peut agir", "c-com-l110-4"
    ),
    "consommateur": Rule(
        "paiement réclamé par un professionnel à un consommateur", 2, "le jour où le professionnel peut agir",
        "c-conso-l218-2",
    ),
    "vice-cache": Rule("garantie des vices cachés", 2, "la découverte du vice", "c-civ-1648"),
}  # fmt: skip
EVENTS = ("reconnaissance", "mediation", "justice")


@dataclass(frozen=True, slots=True)
class Event:
    """What changed the course of the time.

    `reconnaissance`: the debtor recognised the right; `mediation`: from `day` to `until`;
    `justice`: a court was seised.
    """

    kind: str  # one of EVENTS
    day: date
    until: date | None = None  # end of a mediation


@dataclass(frozen=True, slots=True)
class Action:
    """An action, and the day from which its time runs."""

    rule: str  # a key of RULES
    start: date
    agreed_years: int | None = None  # when the contract sets the time
    periodic: bool = False  # whether the sum is paid by the year or more often


def prescription(action: Action, on: date, events: Sequence[Event] = ()) -> Prescription:
    """Until when an action may be brought.

    Args:
        action: the rule, the day of departure and what the contract says.
        on: the day to judge by.
        events: what interrupted or suspended the time, in any order.

    Raises:
        UsageError: a value is unknown or out of range, an event comes after the time has run out,
            or before it began.
    """
    years, steps, authorities = _length(action)
    end = add_months(action.start, 12 * years)
    running = True
    for event in sorted(events, key=lambda event: event.day):
        _refuse(event, action.start, end, running)
        end, running, said, authority = _apply(event, end, years)
        steps.append(said)
        authorities += authority
    shown = (
        f"Agissez avant le {french_date(end)}."
        if running
        else "Le juge est saisi : le délai ne court plus."
    )
    working = Working((*steps, shown), _CAUTIONS, tuple(dict.fromkeys(authorities)))
    return Prescription(end if running else None, running and on >= end, working)


def _length(action: Action) -> tuple[int, list[str], list[str]]:
    """How many years, why, and by which texts."""
    rule = RULES.get(action.rule)
    if rule is None:
        raise UsageError(
            f"Action inconnue : {action.rule!r}.", fix="Écrivez " + ", ".join(RULES) + "."
        )
    departure = f"Départ : {rule.starts}, ici le {french_date(action.start)} [@{rule.authority}]."
    if action.agreed_years is None:
        said = f"Délai : {rule.years} ans ({rule.label}), soit jusqu'au"
        end = french_date(add_months(action.start, 12 * rule.years))
        return rule.years, [departure, f"{said} {end} [@{rule.authority}]."], [rule.authority]
    _refuse_agreed(action)
    end = french_date(add_months(action.start, 12 * action.agreed_years))
    said = f"Délai convenu : {action.agreed_years} an(s), soit jusqu'au {end} [@c-civ-2254]."
    return action.agreed_years, [departure, said], [rule.authority, "c-civ-2254"]


def _refuse_agreed(action: Action) -> None:
    """Refuse a time that a contract may not set."""
    least, most = AGREED
    if action.rule == "consommateur" or action.periodic:
        what = (
            "avec un consommateur" if action.rule == "consommateur" else "pour une somme périodique"
        )
        raise UsageError(
            f"Le délai ne s'aménage pas {what} (C. civ., art. 2254).", fix="Retirez --agreed-years."
        )
    if action.agreed_years is None or not least <= action.agreed_years <= most:
        raise UsageError(
            f"Délai convenu de {action.agreed_years} an(s) : il va d'un an à dix ans (C. civ., art. 2254).",
            fix="Retirez --agreed-years : le délai légal s'applique.",
        )


def _refuse(event: Event, start: date, end: date, running: bool) -> None:
    """Refuse an event that cannot be."""
    if event.kind not in EVENTS:
        raise UsageError(
            f"Événement inconnu : {event.kind!r}.", fix="Écrivez " + ", ".join(EVENTS) + "."
        )
    if event.kind == "mediation" and event.until is None:
        raise UsageError(
            "La médiation n'a pas de date de fin.", fix="Donnez AAAA-MM-JJ:AAAA-MM-JJ."
        )
    ordered(("le départ du délai", start), ("l'événement", event.day), ("sa fin", event.until))
    if not running or event.day >= end:
        why = (
            "après la saisine du juge"
            if not running
            else f"après la fin du délai ({french_date(end)})"
        )
        raise UsageError(
            f"L'événement du {french_date(event.day)} vient {why} : il ne change plus le délai.",
            fix="Retirez-le.",
        )


def _apply(event: Event, end: date, years: int) -> tuple[date, bool, str, list[str]]:
    """The new end, whether the time still runs, what to say of it, and by which texts."""
    day = french_date(event.day)
    if event.kind == "justice":
        said = f"Demande en justice le {day} : elle interrompt la prescription [@c-civ-2241]."
        return end, False, said, ["c-civ-2241"]
    if event.kind == "reconnaissance":
        end = add_months(event.day, 12 * years)
        said = (f"Reconnaissance de la dette le {day} : le délai repart pour la même durée, jusqu'au"
                f" {french_date(end)} [@c-civ-2240] [@c-civ-2231].")  # fmt: skip
        return end, True, said, ["c-civ-2240", "c-civ-2231"]
    until = event.until or event.day
    pause = (until - event.day).days
    end = max(add_days(end, pause), add_months(until, AFTER_MEDIATION))
    said = (f"Médiation convenue par écrit du {day} au {french_date(until)} : {pause} jours de suspension,"
            f" et six mois au moins ensuite ; le délai va jusqu'au {french_date(end)} [@c-civ-2238].")  # fmt: skip
    return end, True, said, ["c-civ-2238"]


_CAUTIONS = (
    "Le point de départ se discute souvent : retenez le plus ancien, par prudence.",
    "D'autres causes d'interruption ou de suspension, et un délai butoir, peuvent jouer : voyez un avocat.",
    "Une mise en demeure n'est pas dans la liste des causes d'interruption que donne la base.",
)
