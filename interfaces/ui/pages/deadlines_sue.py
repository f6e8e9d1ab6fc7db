"""The calculator of prescription."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant.deadlines import RULES, Action, Event, Prescription, add_months, prescription
from ingest.readers.kb import KnowledgeBase
from interfaces.ui.language import day, say
from interfaces.ui.pages.deadlines_html import day_input, result_html, show
from interfaces.ui.pages.pieces import empty


def sue(base: KnowledgeBase) -> None:
    """Draw the action's facts, then until when it may be brought."""
    today = date.today()
    first, second, third = st.columns(3)
    with first:
        rule = st.selectbox(say("Action"), list(RULES), key="action", persist_state="session",
                            format_func=lambda name: _capital(RULES[name].label))  # fmt: skip
    with second:
        start = day_input(say("Départ du délai"), "prescription-depart", add_months(today, -24),
                          f"{_capital(RULES[rule].starts)}.")  # fmt: skip
    with third:
        on = day_input(say("Jour examiné"), "prescription-jour", today)
    agreed, periodic = _agreed()
    events = _events()
    if start is None or on is None:
        st.html(empty(say("Donnez les deux dates"), say("Le délai part d’un jour à fixer.")))
        return
    show(lambda: _html(prescription(Action(rule, start, agreed, periodic), on, events), base))


def _agreed() -> tuple[int | None, bool]:
    """The time that the contract sets, and whether the sum is periodic."""
    with st.expander(say("Le contrat fixe un délai")):
        years = st.number_input(say("Délai convenu, en années"), 1, 10, None, key="prescription-convenu",
                                placeholder=say("Aucun"), persist_state="session")  # fmt: skip
        periodic = st.checkbox(say("Somme payée par année ou plus souvent"), key="prescription-periodique",
                               persist_state="session")  # fmt: skip
    return years, periodic


def _events() -> list[Event]:
    """What changed the course of the time."""
    with st.expander(say("Quelque chose a interrompu ou suspendu le délai")):
        first, second, third, fourth = st.columns(4)
        with first:
            known = day_input(say("Dette reconnue le"), "prescription-reconnue", None)
        with second:
            begun = day_input(say("Médiation écrite du"), "prescription-mediation", None)
        with third:
            ended = day_input(say("au"), "prescription-mediation-fin", None)
        with fourth:
            court = day_input(say("Juge saisi le"), "prescription-juge", None)
    events = [Event("reconnaissance", known)] if known else []
    if begun:
        events.append(Event("mediation", begun, ended))
    return [*events, Event("justice", court)] if court else events


def _html(found: Prescription, base: KnowledgeBase) -> str:
    """The last day and its working."""
    if found.act_before is None:
        return result_html(say("Le juge est saisi"), say("Le délai ne court plus"), (),
                           found.working, base)  # fmt: skip
    late = found.out_of_time
    kicker = say("Le délai est passé depuis le") if late else say("Agissez avant le")
    return result_html(kicker, day(found.act_before), (), found.working, base)


def _capital(text: str) -> str:
    """A text with a capital."""
    return text[:1].upper() + text[1:]
