"""`maintelex deadlines`: notices, late-payment penalties, prescription."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from assistant.deadlines import Event, Notice, Working

_DAY = click.DateTime(["%Y-%m-%d"])
_ON = click.option(
    "--on", type=_DAY, metavar="AAAA-MM-JJ", help="Jour où l'on juge ; aujourd'hui sinon."
)
_KB = click.option(
    "--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances."
)


@click.group()
def deadlines() -> None:
    """Calcule un préavis, des pénalités de retard ou une prescription, et montre le calcul."""


@deadlines.command()
@click.option(
    "--start", type=_DAY, required=True, metavar="AAAA-MM-JJ", help="Prise d'effet du contrat."
)
@click.option("--months", type=int, required=True, help="Durée initiale, en mois.")
@click.option(
    "--renewal", type=int, default=0, help="Durée de chaque reconduction tacite, en mois."
)
@click.option(
    "--notice", "delay", required=True, metavar="3m|60j", help="Préavis : mois (m) ou jours (j)."
)
@click.option(
    "--client", default="professionnel", help="professionnel, non-professionnel ou consommateur."
)
@_ON
@_KB
def notice(start: datetime, months: int, renewal: int, delay: str, client: str, on: datetime | None,
           kb: Path | None) -> None:  # fmt: skip
    """Dates d'échéance, de préavis et de rappel."""
    from assistant.deadlines import Term
    from assistant.deadlines import notice as compute
    from assistant.deadlines.writing import french_date

    found = compute(Term(start.date(), months, renewal), _delay(delay), _day(on), client)
    state = "passée" if found.missed else "à respecter"
    click.echo(f"Écrire au plus tard le {french_date(found.notify_by)} (date {state}).")
    _print(found.working, kb)


@deadlines.command()
@click.option("--amount", required=True, help="Somme due, en euros.")
@click.option("--due", type=_DAY, metavar="AAAA-MM-JJ", help="Dernier jour pour payer.")
@click.option(
    "--received", type=_DAY, metavar="AAAA-MM-JJ", help="Sans délai convenu : jour de réception."
)
@click.option(
    "--paid", type=_DAY, metavar="AAAA-MM-JJ", help="Jour du paiement ; aujourd'hui sinon."
)
@click.option("--rate", help="Taux convenu, en pour cent par an.")
@click.option("--bce", help="Taux de la BCE, si le contrat ne fixe pas de taux.")
@click.option("--legal", help="Taux de l'intérêt légal, pour vérifier le taux convenu.")
@click.option(
    "--invoiced",
    type=_DAY,
    metavar="AAAA-MM-JJ",
    help="Date de la facture, pour vérifier le délai.",
)
@_KB
def penalties(amount: str, due: datetime | None, received: datetime | None, paid: datetime | None,
              rate: str | None, bce: str | None, legal: str | None, invoiced: datetime | None,
              kb: Path | None) -> None:  # fmt: skip
    """Pénalités de retard et indemnité de 40 euros, entre professionnels."""
    from assistant.deadlines import Claim
    from assistant.deadlines import penalties as compute
    from assistant.deadlines.penalties import default_due
    from assistant.deadlines.writing import french_date, french_number

    if (due is None) == (received is None):
        raise UsageError("Donnez l'échéance (--due), ou le jour de réception (--received).")
    last = due.date() if due else default_due(_day(received))
    found = compute(Claim(
        _number(amount) or Decimal(0), last, _day(paid), _number(rate), _number(bce), _number(legal),
        invoiced.date() if invoiced else None,
    ))  # fmt: skip
    total, interest, indemnity = map(french_number, (found.total, found.interest, found.indemnity))
    click.echo(f"Total : {total} €, dont {interest} € de pénalités et {indemnity} €"
               " d'indemnité de recouvrement.")  # fmt: skip
    if received:
        click.echo(
            f"Sans délai convenu, échéance au {french_date(last)} : trente jours après la réception."
        )
    _print(found.working, kb)


@deadlines.command()
@click.option(
    "--rule", default="generale", help="generale, commerciale, consommateur ou vice-cache."
)
@click.option(
    "--start", type=_DAY, required=True, metavar="AAAA-MM-JJ", help="Point de départ du délai."
)
@click.option(
    "--recognised",
    type=_DAY,
    multiple=True,
    metavar="AAAA-MM-JJ",
    help="Reconnaissance de la dette.",
)
@click.option(
    "--mediation", multiple=True, metavar="DÉBUT:FIN", help="Médiation convenue par écrit."
)
@click.option("--court", type=_DAY, multiple=True, metavar="AAAA-MM-JJ", help="Demande en justice.")
@click.option("--agreed-years", type=int, help="Délai fixé par le contrat, en années.")
@click.option("--periodic", is_flag=True, help="Somme payée par année ou plus souvent.")
@_ON
@_KB
def prescription(rule: str, start: datetime, recognised: tuple[datetime, ...], mediation: tuple[str, ...],
                 court: tuple[datetime, ...], agreed_years: int | None, periodic: bool,
                 on: datetime | None, kb: Path | None) -> None:  # fmt: skip
    """Date avant laquelle agir."""
    from assistant.deadlines import Action, Event
    from assistant.deadlines import prescription as compute

    events = [Event("reconnaissance", day.date()) for day in recognised]
    events += [Event("justice", day.date()) for day in court]
    events += [_mediation(text) for text in mediation]
    found = compute(Action(rule, start.date(), agreed_years, periodic), _day(on), events)
    click.echo("Prescrite." if found.out_of_time else "Non prescrite à cette date.")
    _print(found.working, kb)


def _print(working: Working, kb: Path | None) -> None:
    """The working, its authorities numbered, then what it does not know."""
    from ingest.readers.kb import read_kb
    from interfaces.settings import load_settings

    known = read_kb(load_settings(kb=kb).kb).authorities
    click.echo("\nCalcul")
    for step in working.steps:
        for number, name in enumerate(working.authorities, start=1):
            step = step.replace(f"[@{name}]", f"[{number}]")
        click.echo(f"  - {step}")
    click.echo("\nSources")
    for number, name in enumerate(working.authorities, start=1):
        click.echo(f"  [{number}] {known[name].citation if name in known else name}")
    click.echo("\nÀ savoir")
    for caution in working.cautions:
        click.echo(f"  - {caution}")


def _day(day: datetime | None) -> date:
    """A day of the command line; today when there is none."""
    return day.date() if day else date.today()


def _delay(text: str) -> Notice:
    """A notice as the command line writes it: « 3m », « 60j »."""
    from assistant.deadlines import Notice

    count, unit = text[:-1], text[-1:]
    if not count.isdecimal() or len(count) > 5 or unit not in ("m", "j"):
        raise UsageError(f"Préavis mal écrit : {text!r}.", fix="Écrivez 3m (mois) ou 60j (jours).")
    return Notice(int(count), "mois" if unit == "m" else "jours")


def _number(text: str | None) -> Decimal | None:
    """A number of the command line, with a comma or a point."""
    if text is None:
        return None
    try:
        number = Decimal(text.replace(" ", "").replace("\u202f", "").replace(",", "."))
    except InvalidOperation as error:
        raise UsageError(f"Nombre mal écrit : {text!r}.", fix="Écrivez 1250,50.") from error
    if not number.is_finite():
        raise UsageError(f"Nombre mal écrit : {text!r}.", fix="Écrivez 1250,50.")
    return number


def _mediation(text: str) -> Event:
    """A mediation as the command line writes it."""
    from assistant.deadlines import Event

    first, _, last = text.partition(":")
    try:
        return Event("mediation", date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise UsageError(
            f"Médiation mal écrite : {text!r}.", fix="Écrivez AAAA-MM-JJ:AAAA-MM-JJ."
        ) from error
