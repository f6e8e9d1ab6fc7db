"""The calculator of notices."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st

from assistant.deadlines import Notice, Notices, Term, add_months
from assistant.deadlines import notice as compute
from assistant.deadlines.notice import CLIENTS
from ingest.readers.kb import KnowledgeBase
from interfaces.ui.language import day, later, say
from interfaces.ui.pages.deadlines_html import Tiles, day_input, result_html, show
from interfaces.ui.pages.pieces import empty

_UNITS = {"mois": later("mois"), "jours": later("jours")}
_CLIENTS = {
    "professionnel": later("professionnel"),
    "non-professionnel": later("non-professionnel"),
    "consommateur": later("consommateur"),
}


def notice(base: KnowledgeBase) -> None:
    """Draw the contract's facts, then its dates."""
    today = date.today()
    first, second, third = st.columns(3)
    with first:
        start = day_input(say("Prise d’effet du contrat"), "preavis-debut", add_months(today, -4))
        months = st.number_input(say("Durée initiale, en mois"), 1, 1_200, 12, key="preavis-duree",
                                 persist_state="session")  # fmt: skip
    with second:
        renewal = st.number_input(say("Chaque reconduction tacite, en mois"), 0, 1_200, 12,
                                  key="preavis-reconduction", persist_state="session",
                                  help=say("0 si le contrat n’est pas reconduit."))  # fmt: skip
        client = st.selectbox(say("Le client est"), CLIENTS, key="preavis-client",
                              format_func=_client, persist_state="session")  # fmt: skip
    with third:
        delay = _delay()
        on = day_input(say("Jour examiné"), "preavis-jour", today)
    if start is None or on is None:
        st.html(
            empty(
                say("Donnez les deux dates"), say("Le calcul part de la prise d’effet du contrat.")
            )
        )
        return
    show(
        lambda: _html(compute(Term(start, months, renewal), delay, on, client or CLIENTS[0]), base)
    )


def _client(client: str) -> str:
    """Who the client is, with a capital."""
    return say(_CLIENTS[client]).capitalize()


def _delay() -> Notice:
    """The notice that the contract asks for."""
    units: tuple[Literal["mois", "jours"], ...] = ("mois", "jours")
    left, right = st.columns(2)
    count = left.number_input(
        say("Préavis"), 0, 3_650, 3, key="preavis-nombre", persist_state="session"
    )
    unit = right.selectbox(
        say("Unité"), units, key="preavis-unite", persist_state="session",
        format_func=lambda name: say(_UNITS[name]),
    )  # fmt: skip
    return Notice(count, unit or "mois")


def _html(found: Notices, base: KnowledgeBase) -> str:
    """The dates and their working."""
    kicker = say("Date limite passée") if found.missed else say("Écrivez au plus tard le")
    return result_html(kicker, day(found.notify_by), _figures(found), found.working, base)


def _figures(found: Notices) -> Tiles:
    """The other dates."""
    figures = [(day(found.period_ends), say("fin de la période en cours"))]
    if found.next_ends:
        figures.append((day(found.next_ends), say("fin de la période suivante")))
    if found.remind_from and found.remind_by:
        window = f"{day(found.remind_from)} – {day(found.remind_by)}"
        figures.append((window, say("rappel dû par le professionnel")))
    return figures
