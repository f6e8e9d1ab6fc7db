"""When a contract ends, and by when to say that it should."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.deadlines.months import add_days, add_months, ordered
from assistant.deadlines.types import Notices, Working
from assistant.deadlines.writing import french_date
from retrieval.errors import UsageError

Client = Literal["professionnel", "non-professionnel", "consommateur"]
CLIENTS = ("professionnel", "non-professionnel", "consommateur")
_REMINDER = (3, 1)  # months before the end of the time to refuse: C. consom., art. L. 215-1
_MAX_PERIODS = 1_000


@dataclass(frozen=True, slots=True)
class Term:
    """How long a contract lasts."""

    start: date  # the day on which it takes effect
    months: int  # of the first period, from 1
    renewal_months: int = 0  # of each tacit renewal; 0: it is not renewed


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before the term one must speak."""

    count: int
    unit: Literal["jours", "mois"]

    def before(self, last_day: date) -> date:
        """The last day to speak, for a period that ends on a day."""
        if self.unit == "mois":
            # « Trois mois avant le terme » is counted from the day after the last day: a period that
            # ends on 31 December is refused by 30 September, whatever the length of the months.
            return add_days(add_months(add_days(last_day, 1), -self.count), -1)
        return add_days(last_day, -self.count)


def notice(term: Term, delay: Notice, on: date, client: str = "professionnel") -> Notices:
    """The period in progress on a day, and by when to oppose its renewal.

    Args:
        term: the contract's beginning and periods.
        delay: the notice that it asks for; 0 to 1,200 months or 3,650 days.
        on: the day to judge by.
        client: one of `CLIENTS`; the law imposes a reminder on all but the first.

    Raises:
        UsageError: a value is out of range, or the contract ended before that day.
    """
    _refuse(term, delay, on, client)
    start, last, passed = _period(term, on)
    notify = delay.before(last)
    legal = client != "professionnel" and term.renewal_months > 0
    window = [add_months(notify, -count) if legal else None for count in _REMINDER]
    following = None
    if term.renewal_months:
        following = add_days(add_months(term.start, passed + term.renewal_months), -1)
    return Notices(
        start, last, notify, window[0], window[1], following, on > notify,
        _working(term, delay, (start, last, notify), window, following, on),
    )  # fmt: skip


def _refuse(term: Term, delay: Notice, on: date, client: str) -> None:
    """Refuse values out of range."""
    ordered(("le jour examiné", None), ("le début du contrat", term.start), ("le jour examiné", on))
    if term.months < 1 or term.renewal_months < 0:
        raise UsageError(
            f"Durée incorrecte : {term.months} et {term.renewal_months} mois.",
            fix="Donnez une durée d'au moins un mois, et 0 s'il n'y a pas de reconduction.",
        )
    if not 0 <= delay.count <= (1_200 if delay.unit == "mois" else 3_650):
        raise UsageError(
            f"Préavis incorrect : {delay.count} {delay.unit}.", fix="Vérifiez le préavis."
        )
    if client not in CLIENTS:
        raise UsageError(f"Client inconnu : {client!r}.", fix="Écrivez " + ", ".join(CLIENTS) + ".")


def _period(term: Term, on: date) -> tuple[date, date, int]:
    """The first and last day of the period in progress, and the months from the start to its end."""
    start, passed = term.start, term.months
    for _ in range(_MAX_PERIODS):
        following = add_months(term.start, passed)
        if on < following:
            return start, add_days(following, -1), passed
        if not term.renewal_months:
            raise UsageError(
                f"Le contrat a pris fin le {french_date(add_days(following, -1))}.",
                fix="Donnez une date antérieure, ou la durée de la reconduction.",
            )
        start, passed = following, passed + term.renewal_months
    raise UsageError("Trop de reconductions à compter.", fix="Vérifiez la date de début.")


def _working(
    term: Term, delay: Notice, days: tuple[date, date, date], window: list[date | None],
    following: date | None, on: date,
) -> Working:  # fmt: skip
    """How the dates were reached."""
    start, last, notify = days
    steps = [
        f"Période en cours : du {french_date(start)} au {french_date(last)} ; un contrat à durée"
        " déterminée s'exécute jusqu'au terme [@c-civ-1212].",
        f"Préavis de {delay.count} {delay.unit} avant le terme : au plus tard le {french_date(notify)}.",
    ]
    authorities = ["c-civ-1212"]
    if following:
        steps.append(
            f"Sans opposition, la clause ouvre une période qui finit le {french_date(following)} ; sans"
            " durée écrite, le contrat reconduit serait à durée indéterminée [@c-civ-1214] [@c-civ-1215]."
        )
        authorities += ["c-civ-1214", "c-civ-1215"]
    if window[0] and window[1]:
        steps.append(_reminder(window[0], window[1]))
        authorities += ["c-conso-l215-1", "c-conso-l215-3"]
    if on > notify:
        steps.append(
            f"Au {french_date(on)}, la date limite est passée : préparez l'échéance suivante."
        )
    return Working(tuple(steps), _CAUTIONS, tuple(authorities))


def _reminder(first: date, last: date) -> str:
    """The step that tells of the legal reminder."""
    return (
        f"Le professionnel rappelle la faculté de refuser entre le {french_date(first)} et le"
        f" {french_date(last)} ; à défaut, le client résilie sans frais à tout moment après la"
        " reconduction [@c-conso-l215-1] [@c-conso-l215-3]."
    )


_CAUTIONS = (
    "Le contrat dit si la date d'envoi ou de réception compte ; à défaut, visez la réception.",
    "Si le dernier jour tombe un samedi, un dimanche ou un jour férié, agissez avant.",
)
