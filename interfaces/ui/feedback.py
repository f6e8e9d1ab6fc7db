"""« Cette réponse vous a aidé ? »: the visitor's vote on an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.conversation import Exchange
from interfaces.ui.desk import customer
from interfaces.ui.language import later, say
from retrieval.errors import AppError

QUESTION = later("Cette réponse vous a aidé\u00a0?")
REASONS = (
    later("Elle ne répond pas à ma question"),
    later("Elle est incomplète"),
    later("Elle est difficile à comprendre"),
    later("Une source me paraît inexacte"),
    later("Autre raison"),
)
DETAIL = 900  # characters of free text; the choice comes before it


@st.fragment
def ask_for_vote(exchange: Exchange, desk: Path, settings: Settings, beside: str = "") -> None:
    """Draw the thumbs and keep the vote.

    Args:
        desk: the file of the votes, where no lawyers' desk keeps them.
        beside: HTML of what else may be done with the answer, in the same row.
    """
    with st.container(key=f"vote-row-{exchange.id}", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="ml-vote">{say(QUESTION)}</p>', width="content")
        thumb = st.feedback("thumbs", key=f"vote-{exchange.id}")
        if beside:
            st.html(beside, width="content")
    if thumb == 1:
        _keep(exchange, desk, settings, helpful=True, reason="")
    elif thumb == 0:
        sent = _reason(exchange.id)
        reason = sent or _kept_reason(exchange.id)
        _keep(exchange, desk, settings, helpful=False, reason=reason)


def _reason(identifier: str) -> str:
    """The reason, once it has been sent; else nothing."""
    with st.form(f"reason-{identifier}", border=False):
        choice = st.pills(say("Qu’est-ce qui n’allait pas ?"), REASONS, format_func=say,
                          key=f"choice-{identifier}")  # fmt: skip
        detail = st.text_area(
            say("Précisez (facultatif)"),
            key=f"detail-{identifier}",
            max_chars=DETAIL,
            height=90,
            placeholder=say("N’écrivez ni nom ni donnée personnelle."),
        )
        if not st.form_submit_button(say("Envoyer mon avis")):
            return ""
    return " : ".join(text for text in (choice, detail.strip()) if text)


def _kept_reason(identifier: str) -> str:
    """The reason given before."""
    _, reason = st.session_state.get(f"voted-{identifier}", (False, ""))
    return str(reason)


def _keep(
    exchange: Exchange, desk: Path, settings: Settings, *, helpful: bool, reason: str
) -> None:
    """Record a vote that has changed, and say so; a failure is told and stops nothing."""
    key = f"voted-{exchange.id}"
    if st.session_state.get(key) != (helpful, reason):
        try:
            if not customer.vote(settings, exchange, helpful=helpful, reason=reason):
                _record(exchange, desk, helpful, reason)
        except AppError as error:
            st.warning(str(error))
            return
        st.session_state[key] = (helpful, reason)
    thanks = say("Merci, votre avis est enregistré.")
    kept = "" if exchange.received else " " + say("Il l’est sans votre question.")
    st.caption(f"{thanks}{kept}")


def _record(exchange: Exchange, desk: Path, helpful: bool, reason: str) -> None:
    """Write a vote."""
    from assistant.desk import Vote, Votes  # heavy to import: only a vote needs it

    answer = exchange.answer
    questions = [c.passage_id.partition("#")[0] for c in answer.citations if c.kind == "question"]
    document = questions[0] if questions else ""
    now = datetime.now(UTC)
    Votes(desk).record(Vote(exchange.id, helpful, reason, document, answer.index, now))
