"""The calculator of late-payment penalties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from assistant.deadlines import Claim, Penalties, penalties
from assistant.deadlines.penalties import default_due
from ingest.readers.kb import KnowledgeBase
from interfaces.ui.language import count, day, later, number, say
from interfaces.ui.pages.deadlines_html import day_input, result_html, show
from interfaces.ui.pages.pieces import empty

_AGREED, _SILENT = later("Le contrat fixe un taux"), later("Le contrat ne dit rien")
_DUE, _RECEIVED = later("L’échéance est connue"), later("Aucun délai convenu")


def late(base: KnowledgeBase) -> None:
    """Draw the invoice's facts, then what its lateness costs."""
    first, second, third = st.columns(3)
    with first:
        amount = _number(say("Somme due, en euros"), "retard-somme", 1_000.0, 1e12)
        invoiced = day_input(say("Date de la facture (facultatif)"), "retard-facture", None)
    with second:
        due = _due()
    with third:
        paid = day_input(say("Payée le, ou jour examiné"), "retard-paye", date.today())
    agreed, central = _rates()
    legal = (
        _number(
            say("Taux de l’intérêt légal, en % par an (facultatif)"), "retard-legal", None, 100.0
        )
        if agreed is not None
        else None
    )
    if amount is None or due is None or paid is None or (agreed is None and central is None):
        st.html(empty(say("Il manque une date, une somme ou un taux"),
                      say("La base ne donne pas les taux publiés : reportez celui du semestre.")))  # fmt: skip
        return
    claim = Claim(amount, due, paid, agreed, central, legal, invoiced)
    show(lambda: _html(penalties(claim), due, base))


def _due() -> date | None:
    """The last day to pay: agreed, or thirty days after reception."""
    way = st.selectbox(
        say("Délai de paiement"),
        (_DUE, _RECEIVED),
        key="retard-delai",
        persist_state="session",
        format_func=say,
    )
    start = date.today() - timedelta(days=45)
    if way == _RECEIVED:
        received = day_input(say("Prestation ou marchandise reçue le"), "retard-recu", start,
                             say("Sans délai convenu, la somme est due trente jours après."))  # fmt: skip
        return default_due(received) if received else None
    return day_input(say("Dernier jour pour payer"), "retard-echeance", start)


def _rates() -> tuple[Decimal | None, Decimal | None]:
    """The agreed rate, or the central bank's when nothing is agreed."""
    left, right = st.columns([1, 2])
    with left:
        way = st.selectbox(
            say("Taux des pénalités"),
            (_AGREED, _SILENT),
            key="retard-taux",
            persist_state="session",
            format_func=say,
        )
    with right:
        if way == _SILENT:
            name = say("Taux de la BCE au 1er janvier ou au 1er juillet, en % par an")
            return None, _number(name, "retard-bce", None, 100.0, -5.0)
        return _number(say("Taux convenu, en % par an"), "retard-convenu", 12.0, 100.0), None


def _number(
    name: str, key: str, value: float | None, most: float, least: float = 0.0
) -> Decimal | None:
    """A number with cents that the visitor gives."""
    found = st.number_input(name, least, most, value, step=0.01, format="%.2f", key=key,
                            persist_state="session", placeholder=say("À reporter"))  # fmt: skip
    return None if found is None else Decimal(f"{found:.2f}")


def _html(found: Penalties, due: date, base: KnowledgeBase) -> str:
    """The sums and their working."""
    figures = [
        (_euros(found.interest), say("pénalités")),
        (_euros(found.indemnity), say("indemnité de recouvrement")),
        (
            count(found.days, "{n} jour", "{n} jours"),
            say("de retard après le {date}", date=day(due)),
        ),
    ]
    total = _euros(found.total)
    return result_html(say("En plus de la somme due"), total, figures, found.working, base)


def _euros(amount: Decimal) -> str:
    """A sum as the visitor's language writes it."""
    cents = 0 if amount == amount.to_integral_value() else 2
    return say("{amount} €", amount=number(amount, cents))
