"""The facts of the case: read in what the visitor writes, and set right beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

from assistant.answering.facts import Facts
from assistant.answering.hypotheses import told
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.conversation import case, case_changed, exchanges, submit, tell, untell
from interfaces.ui.language import language, later, say
from interfaces.ui.markup import french

DATE, SIDE, CLIENT = "contract-date", "case-side", "case-client"  # keys of the controls
OLDEST = date(1950, 1, 1)
# What each choice says, as the visitor would write it: `read_facts` reads it back.
SIDES = {"client": "Je suis le client.", "prestataire": "Je suis le prestataire."}
CLIENTS = {
    "professionnel": "Contrat conclu entre professionnels.",
    "particulier": "Le client est un particulier.",
    "association": "Contrat conclu avec une association.",
    "public": "Contrat conclu avec un acheteur public.",
}
_NAMES = {
    "": later("Non précisé"),
    "client": later("Le client"),
    "prestataire": later("Le prestataire"),
    "professionnel": later("Un professionnel"),
    "particulier": later("Un particulier"),
    "association": later("Une association"),
    "public": later("Un acheteur public"),
}
_HELP = later(
    "Un contrat conclu avant le 1er octobre 2016 suit en principe l’ancien droit des contrats."
)


def case_panel() -> None:
    """Draw the facts, each in a control that shows what is known, then what else was understood."""
    known = case()
    _show(known)
    st.html(f'<h3 class="ml-panel">{escape(say("Votre cas"))}</h3>')
    st.date_input(
        say("Date du contrat"), value=None, min_value=OLDEST, max_value=date.today(),
        format="DD/MM/YYYY", key=DATE, help=say(_HELP), on_change=_dated,
    )  # fmt: skip
    st.selectbox(say("Vous êtes"), ["", *SIDES], format_func=_name, key=SIDE,
                 on_change=_chosen, args=(SIDE, "side"))  # fmt: skip
    st.selectbox(say("Le client est"), ["", *CLIENTS], format_func=_name, key=CLIENT,
                 on_change=_chosen, args=(CLIENT, "client"))  # fmt: skip
    _understood(known)
    _again()


def sentences(facts: Facts) -> list[str]:
    """What the controls say of some facts, as the visitor would write it."""
    found = [CLIENTS[facts.client]] if facts.client else []
    if day := _day(facts):
        found.append(_concluded(day))
    return found + ([SIDES[facts.side]] if facts.side else [])


def _show(known: Facts) -> None:
    """Put what is known into the controls: a visitor's own change is part of it by now."""
    st.session_state[DATE] = _day(known)
    st.session_state[SIDE] = known.side if known.side in SIDES else ""
    st.session_state[CLIENT] = known.client if known.client in CLIENTS else ""


def _day(facts: Facts) -> date | None:
    """The day of the contract, where it is known to the day."""
    span = facts.contract
    exact = span is not None and span.first == span.last
    return span.first if span and exact and span.first >= OLDEST else None


def _concluded(day: date) -> str:
    """The sentence of a date."""
    return f"Contrat conclu le {day:%d/%m/%Y}."


def _name(value: str) -> str:
    """The name of a choice."""
    return say(_NAMES[value])


def _dated() -> None:
    """Take note of the contract's date, or forget it."""
    day = st.session_state.get(DATE)
    if day is None:
        untell("contract")
    else:
        tell(_concluded(day))


def _chosen(key: str, fact: str) -> None:
    """Take note of a choice, or forget it."""
    value = str(st.session_state.get(key) or "")
    said = {**SIDES, **CLIENTS}.get(value)
    if said is None:
        untell(fact)
    else:
        tell(said)


def _understood(known: Facts) -> None:
    """Draw, in words, what was read in the conversation and has no control."""
    drawn = Facts(side=known.side, client=known.client)
    if _day(known):
        drawn = replace(drawn, contract=known.contract)
    said = told(drawn, language())
    facts = [fact for fact in told(known, language()) if fact not in said]
    if not facts:
        return
    items = "".join(f"<li>{escape(typographic(french(fact)))}</li>" for fact in facts)
    name = escape(say("Compris de vos messages"))
    st.html(f'<div class="ml-about ml-facts"><h3>{name}</h3><ul>{items}</ul></div>')


def _again() -> None:
    """Offer to answer the last question again where the visitor has set a fact right since."""
    if not exchanges() or not case_changed() or exchanges()[-1].answer.status == "declined":
        return
    st.button(
        say("Répondre de nouveau avec ces faits"), key="answer-again", icon=":material/refresh:",
        on_click=submit, args=(exchanges()[-1].question,), width="stretch",
    )  # fmt: skip
