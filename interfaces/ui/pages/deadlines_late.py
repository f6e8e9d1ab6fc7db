"""The calculator of late-payment penalties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from assistant.deadlines import Claim, Penalties, penalties
from assistant.deadlines.penalties import default_due
from assistant.deadlines.writing import french_date, french_number
from ingest.readers.kb import KnowledgeBase
from interfaces.ui.pages.deadlines_html import day_input, result_html, show
from interfaces.ui.pages.pieces import empty

_AGREED, _SILENT = "Le contrat fixe un taux", "Le contrat ne dit rien"
_DUE, _RECEIVED = "L’échéance est connue", "Aucun délai convenu"


def late(base: KnowledgeBase) -> None:
    """Draw the invoice's facts, then what its lateness costs."""
    first, second, third = st.columns(3)
    with first:
        amount = _number("Somme due, en euros", "retard-somme", 1_000.0, 1e12)
        invoiced = day_input("Date de la facture (facultatif)", "retard-facture", None)
    with second:
        due = _due()
    with third:
        paid = day_input("Payée le, ou jour examiné", "retard-paye", date.today())
    agreed, central = _rates()
    legal = (
        _number("Taux de l’intérêt légal, en % par an (facultatif)", "retard-legal", None, 100.0)
        if agreed is not None
        else None
    )
    if amount is None or due is None or paid is None or (agreed is None and central is None):
        st.html(empty("Il manque une date, une somme ou un taux",
                      "La base ne donne pas les taux publiés : reportez celui du semestre."))  # fmt: skip
        return
    claim = Claim(amount, due, paid, agreed, central, legal, invoiced)
    show(lambda: _html(penalties(claim), due, base))


def _due() -> date | None:
    """The last day to pay: agreed, or thirty days after reception."""
    way = st.selectbox(
        "Délai de paiement", (_DUE, _RECEIVED), key="retard-delai", persist_state="session"
    )
    start = date.today() - timedelta(days=45)
    if way == _RECEIVED:
        received = day_input("Prestation ou marchandise reçue le", "retard-recu", start,
                             "Sans délai convenu, la somme est due trente jours après.")  # fmt: skip
        return default_due(received) if received else None
    return day_input("Dernier jour pour payer", "retard-echeance", start)


def _rates() -> tuple[Decimal | None, Decimal | None]:
    """The agreed rate, or the central bank's when nothing is agreed."""
    left, right = st.columns([1, 2])
    with left:
        way = st.selectbox(
            "Taux des pénalités", (_AGREED, _SILENT), key="retard-taux", persist_state="session"
        )
    with right:
        if way == _SILENT:
            name = "Taux de la BCE au 1er janvier ou au 1er juillet, en % par an"
            return None, _number(name, "retard-bce", None, 100.0, -5.0)
        return _number("Taux convenu, en % par an", "retard-convenu", 12.0, 100.0), None


def _number(
    name: str, key: str, value: float | None, most: float, least: float = 0.0
) -> Decimal | None:
    """A number with cents that the visitor gives."""
    found = st.number_input(name, least, most, value, step=0.01, format="%.2f", key=key,
                            persist_state="session", placeholder="À reporter")  # fmt: skip
    return None if found is None else Decimal(f"{found:.2f}")


def _html(found: Penalties, due: date, base: KnowledgeBase) -> str:
    """The sums and their working."""
    figures = [
        (f"{french_number(found.interest)} €", "pénalités"),
        (f"{french_number(found.indemnity)} €", "indemnité de recouvrement"),
        (f"{found.days} jours", f"de retard après le {french_date(due)}"),
    ]
    total = f"{french_number(found.total)} €"
    return result_html("En plus de la somme due", total, figures, found.working, base)
