"""What a late payment between businesses costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.deadlines.months import add_days, ordered
from assistant.deadlines.types import Penalties, Working
from assistant.deadlines.writing import french_date, french_number
from retrieval.errors import UsageError

INDEMNITY = Decimal(40)  # euros an invoice: C. com., art. D. 441-5
MARGIN = Decimal(10)  # points over the ECB's rate: C. com., art. L. 441-10
FLOOR = 3  # times the legal rate: C. com., art. L. 441-10
DEFAULT_DAYS = 30  # without agreement: C. com., art. L. 441-10
MAX_DAYS = 60  # after the invoice: C. com., art. L. 441-10
YEAR = 365
_MAX_AMOUNT = Decimal(10) ** 12
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice paid late, between businesses. Rates in per cent a year.

    Give `rate`, or `ecb_rate` when the contract says nothing.
    """

    amount: Decimal  # euros, what remained due
    due: date  # last day to pay
    paid: date  # the day of payment, or the day to count to
    rate: Decimal | None = None  # agreed
    ecb_rate: Decimal | None = None  # of the refinancing operations, for the half-year
    legal_rate: Decimal | None = None  # to check the agreed rate
    invoiced: date | None = None  # to check the time to pay


def penalties(claim: Claim) -> Penalties:
    """The interest and the fixed indemnity that a late payment costs.

    Raises:
        UsageError: an amount or a rate is out of range, dates are not in order, or no rate is given.
    """
    _refuse(claim)
    rate, steps = _rate(claim)
    days = max((claim.paid - claim.due).days, 0)
    interest = (claim.amount * rate * days / (100 * YEAR)).quantize(_CENT, ROUND_HALF_UP)
    indemnity = INDEMNITY if days else Decimal(0)
    steps += _counted(claim, rate, days, interest)
    steps += _checks(claim)
    return Penalties(
        days, rate, interest, indemnity, interest + indemnity,
        Working(tuple(steps), _CAUTIONS, ("c-com-l441-10", "c-com-d441-5")),
    )  # fmt: skip


def default_due(received: date) -> date:
    """The last day to pay when nothing is agreed: thirty days after reception."""
    return add_days(received, DEFAULT_DAYS)


def _refuse(claim: Claim) -> None:
    """Refuse values out of range."""
    if not 0 < claim.amount <= _MAX_AMOUNT:
        raise UsageError(f"Montant incorrect : {claim.amount}.", fix="Donnez un montant en euros.")
    if (claim.rate is None) == (claim.ecb_rate is None):
        raise UsageError(
            "Donnez le taux convenu, ou celui de la BCE si le contrat n'en dit rien.",
            fix="--rate 12, ou --bce avec le taux publié pour le semestre.",
        )
    for rate in (claim.rate, claim.ecb_rate, claim.legal_rate):
        if rate is not None and not -5 <= rate <= 100:
            raise UsageError(
                f"Taux incorrect : {rate} %.", fix="Donnez un taux annuel en pour cent."
            )
    ordered(("la facture", claim.invoiced), ("l'échéance", claim.due))


def _rate(claim: Claim) -> tuple[Decimal, list[str]]:
    """The yearly rate, and where it comes from."""
    if claim.ecb_rate is not None:
        rate = claim.ecb_rate + MARGIN
        return rate, [
            f"Sans taux convenu : taux de la BCE, {french_number(claim.ecb_rate)} %, majoré de dix points,"
            f" soit {french_number(rate)} % par an [@c-com-l441-10]."
        ]
    rate = claim.rate or Decimal(0)
    if claim.legal_rate is None:
        return rate, [f"Taux convenu : {french_number(rate)} % par an ; il n'est jamais inférieur à trois fois"
                      " l'intérêt légal, à vérifier pour le semestre [@c-com-l441-10]."]  # fmt: skip
    floor = FLOOR * claim.legal_rate
    said = f"trois fois l'intérêt légal ({french_number(claim.legal_rate)} %) font {french_number(floor)} %"
    if rate >= floor:
        return rate, [f"Taux convenu : {french_number(rate)} % par an ; {said} : le taux est régulier"
                      " [@c-com-l441-10]."]  # fmt: skip
    return floor, [f"Taux convenu : {french_number(rate)} % ; {said} : ce minimum est retenu"
                   " [@c-com-l441-10]."]  # fmt: skip


def _counted(claim: Claim, rate: Decimal, days: int, interest: Decimal) -> list[str]:
    """How the days and the sums were counted."""
    if not days:
        return ["Aucun jour de retard : ni pénalité ni indemnité."]
    first = french_date(add_days(claim.due, 1))
    return [
        f"Retard : du {first} au {french_date(claim.paid)}, soit {days} jours ; les pénalités courent"
        " sans rappel [@c-com-l441-10].",
        f"Pénalités : {french_number(claim.amount)} € × {french_number(rate)} % × {days} / {YEAR} = {french_number(interest)} €.",
        "Indemnité forfaitaire de recouvrement, due de plein droit pour la facture : 40 €"
        " [@c-com-d441-5].",
    ]


def _checks(claim: Claim) -> list[str]:
    """Whether the time to pay is lawful, when the day of the invoice is known."""
    if claim.invoiced is None:
        return []
    given = (claim.due - claim.invoiced).days
    if given <= MAX_DAYS:
        return [f"Délai de paiement : {given} jours après la facture, pour soixante au plus"
                " (quarante-cinq pour une facture périodique) [@c-com-l441-10]."]  # fmt: skip
    return [f"Délai de paiement : {given} jours après la facture ; le délai convenu ne dépasse pas"
            " soixante jours, ou quarante-cinq jours fin de mois si le contrat le prévoit"
            " [@c-com-l441-10]."]  # fmt: skip


_CAUTIONS = (
    "Entre professionnels seulement : un consommateur ne doit ni ces pénalités ni cette indemnité.",
    "La base ne donne ni le taux de la BCE ni celui de l'intérêt légal : vérifiez ceux du semestre.",
    "L'année est comptée pour 365 jours, et un seul taux est appliqué à tout le retard.",
)
