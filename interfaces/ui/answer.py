"""One exchange of the conversation, drawn."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import streamlit as st

from assistant.answering.types import Answer
from interfaces.settings import Settings
from interfaces.ui.conversation import Exchange, submit
from interfaces.ui.feedback import ask_for_vote
from interfaces.ui.markup import answer_markdown, french, french_date, label
from interfaces.ui.sources import cards
from interfaces.ui.theme import LOGO, anchor

READ = 4_000  # characters of a question that are read
GREETED = "salutation"  # the reason of an answer to "bonjour"
DESK = "desk.sqlite"


def draw(exchange: Exchange, turn: int, settings: Settings) -> None:
    """Draw a question and its answer.

    Args:
        turn: number of the exchange in the conversation; part of its sources' addresses.
    """
    anchor(turn)
    with st.chat_message("user"):
        st.text(exchange.question)
    with st.chat_message("assistant", avatar=str(LOGO)):
        _notices(exchange)
        _parts(exchange.answer, turn)
        if exchange.answer.status == "declined":
            _hand_over(exchange.answer, settings.lawyer_contact)
        else:
            _sources(exchange, turn)
            ask_for_vote(exchange, Path(settings.data) / DESK)
            _alternatives(exchange)


def _notices(exchange: Exchange) -> None:
    """Draw what must be known before the answer is read."""
    answer = exchange.answer
    if len(exchange.question) > READ:
        st.info(
            "Votre question est longue : seul son début, 4 000 caractères, a été lu.",
            icon=":material/content_cut:",
        )
    if answer.status == "needs_review":
        told = label(answer.reason[:1].upper() + answer.reason[1:])
        st.warning(f"**Réponse à confirmer par un juriste.** {told}.", icon=":material/balance:")
    if answer.as_of and answer.status != "declined":
        st.caption(f"Pour un contrat conclu le {french_date(answer.as_of)}")


def _parts(answer: Answer, turn: int) -> None:
    """Draw the text: the short answer open, what has a title folded."""
    references = {citation.n: citation.reference for citation in answer.citations}
    for part in answer.parts:
        text = answer_markdown(part.markdown, turn, references)
        if part.title:
            with st.expander(label(part.title)):
                st.markdown(text)
        else:
            st.markdown(text)


def _hand_over(answer: Answer, contact: str) -> None:
    """Offer a lawyer where there is no answer."""
    if answer.reason == GREETED:
        return
    if contact:
        subject = quote("Question sur un contrat d'assistance informatique")
        address = f"mailto:{quote(contact, safe='@.+-_')}?subject={subject}"
        st.link_button("Écrire à un juriste", address, icon=":material/mail:")
    else:
        st.caption("Un avocat ou le service juridique de votre fédération peut vous répondre.")


def _sources(exchange: Exchange, turn: int) -> None:
    """Draw the sources that the answer cites, those of its short answer first."""
    citations = exchange.answer.citations
    if not citations:
        return
    leads = "".join(part.markdown for part in exchange.answer.parts if not part.title)
    leading = sum(f"[{citation.n}]" in leads for citation in citations)
    count = "Source citée" if len(citations) == 1 else f"{len(citations)} sources citées"
    st.html(
        f'<h3 class="ml-label">{count}</h3>{cards(citations, exchange.passages, turn, leading)}'
    )


def _alternatives(exchange: Exchange) -> None:
    """Draw the neighbouring questions as buttons."""
    if not exchange.answer.alternatives:
        return
    st.html(f'<h3 class="ml-label">{french("Vouliez-vous demander ?")}</h3>')
    for place, other in enumerate(exchange.answer.alternatives):
        key = f"alternative-{exchange.id}-{place}"
        name = label(other.question)
        st.button(name, key=key, on_click=submit, args=(other.question,), width="stretch")
