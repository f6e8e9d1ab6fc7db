"""One exchange of the conversation, drawn."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from assistant.answering.types import Answer, Language
from interfaces.settings import Settings
from interfaces.ui.assistant.copying import answer_text, copy_button
from interfaces.ui.assistant.follow_up import SURE, suggestions
from interfaces.ui.assistant.page_view import page_buttons
from interfaces.ui.assistant.typography import typographic, typographic_html
from interfaces.ui.conversation import GREETED, Exchange, submit
from interfaces.ui.desk import customer
from interfaces.ui.feedback import ask_for_vote
from interfaces.ui.language import language, say
from interfaces.ui.markup import answer_markdown, french, label
from interfaces.ui.sources import cards
from interfaces.ui.theme import LOGO, anchor

if TYPE_CHECKING:
    from retrieval import Retriever

READ = 4_000  # characters of a question that are read
DESK = "desk.sqlite"
_CARDS = "written-cards"  # HTML of the sources already drawn, in the visitor's session
_WORDS: dict[Language, dict[str, str]] = {
    "fr": {
        "review": "Réponse à confirmer par un juriste.",
        "for": "Pour un",
        "source": "Source citée",
        "sources": "sources citées",
    },
    "en": {
        "review": "Answer to be confirmed by a lawyer.",
        "for": "For a",
        "source": "Source cited",
        "sources": "sources cited (in French)",
    },
}


def draw(
    exchange: Exchange, turn: int, settings: Settings, retriever: Retriever, *, last: bool = True,
    shown: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Draw a question and its answer.

    Args:
        turn: number of the exchange in the conversation; part of its sources' addresses.
        retriever: finds what may be asked next.
        last: whether nothing was said since: facts are asked for there only.
        shown: called once the answer and its sources are drawn, before what stands around them.
    """
    anchor(turn)
    with st.chat_message("user"):
        st.text(typographic(exchange.question))
    with st.chat_message("assistant", avatar=str(LOGO)):
        if customer.waits(exchange):
            customer.draw_waiting(exchange)
            return
        _notices(exchange)
        _parts(exchange.answer, turn)
        _written_by(exchange.answer)
        declined = exchange.answer.status == "declined"
        unsure = declined or exchange.answer.confidence < SURE
        if last:
            quick_replies(exchange)
        if last and unsure:  # what was meant comes before thirty sources
            suggestions(exchange, retriever)
        if declined:
            _hand_over(exchange.answer, settings.lawyer_contact)
            customer.draw_lawyer(exchange, settings)
            return
        _sources(exchange, turn)
        if shown is not None:
            shown()
        _around(exchange, settings, retriever)
        if last and not unsure:
            suggestions(exchange, retriever)


def _around(exchange: Exchange, settings: Settings, retriever: Retriever) -> None:
    """Draw what may be done with an answer: see a page, vote, copy, ask a lawyer."""
    page_buttons(exchange, retriever)
    text = answer_text(exchange.answer)
    ask_for_vote(exchange, Path(settings.data) / DESK, settings,
                 copy_button(text, say("Copier la réponse")))  # fmt: skip
    customer.draw_lawyer(exchange, settings)


def _notices(exchange: Exchange) -> None:
    """Draw what must be known before the answer is read."""
    answer = exchange.answer
    if len(exchange.question) > READ:
        long = say("Votre question est longue : seul son début, 4 000 caractères, a été lu.")
        st.info(long, icon=":material/content_cut:")
    if "publication" in answer.provenance:
        st.success(label(answer.notice), icon=":material/verified:")
    words = _WORDS[answer.language]
    if answer.status == "needs_review":
        told = label(typographic(answer.reason[:1].upper() + answer.reason[1:]))
        st.warning(f"**{words['review']}** {told}.", icon=":material/balance:")
    if answer.as_of and answer.facts and answer.status != "declined":
        st.caption(f"{words['for']} {label(typographic(answer.facts[0]))}")


def _written_by(answer: Answer) -> None:
    """Say what a language model had to do with the answer: it wrote it, or it could not."""
    if not answer.notice or "publication" in answer.provenance:
        return
    icon = "smart_toy" if answer.mode == "generative" else "menu_book"
    st.caption(f":material/{icon}: {label(typographic(answer.notice))}")


def _parts(answer: Answer, turn: int) -> None:
    """Draw the text: the short answer and what was asked for open, the rest folded."""
    references = {one.n: typographic(one.reference) for one in answer.citations}
    for part in answer.parts:
        text = answer_markdown(typographic(part.markdown), turn, references)
        if part.title:
            with st.expander(label(typographic(part.title)), expanded=part.opened):
                st.markdown(text)
        else:
            st.markdown(text)


def _hand_over(answer: Answer, contact: str) -> None:
    """Offer a lawyer where there is no answer."""
    if answer.reason in GREETED:
        return
    if contact:
        subject = quote("Question sur un contrat d'assistance informatique")
        address = f"mailto:{quote(contact, safe='@.+-_')}?subject={subject}"
        st.link_button(say("Écrire à un juriste"), address, icon=":material/mail:")
    else:
        st.caption(say("Un avocat ou le service juridique de votre fédération peut vous répondre."))


def _sources(exchange: Exchange, turn: int) -> None:
    """Draw the sources that the answer cites, those of its short answer first."""
    if not exchange.answer.citations:
        return
    drawn: dict[tuple[str, int, str], str] = st.session_state.setdefault(_CARDS, {})
    key = (exchange.id, turn, language())
    if key not in drawn:  # they never change, and thirty cards take longer to write than an answer
        drawn[key] = _written_sources(exchange, turn)
    st.html(drawn[key])


def _written_sources(exchange: Exchange, turn: int) -> str:
    """The cards of an exchange under how many they are, as HTML."""
    citations = exchange.answer.citations
    leads = "".join(
        part.markdown for part in exchange.answer.parts if not part.title or part.opened
    )
    leading = sum(f"[{citation.n}]" in leads for citation in citations)
    words = _WORDS[exchange.answer.language]
    count = words["source"] if len(citations) == 1 else f"{len(citations)} {words['sources']}"
    drawn = cards(citations, exchange.passages, turn, leading)
    return f'<h3 class="ml-label">{count}</h3>{typographic_html(drawn)}'


def quick_replies(exchange: Exchange) -> None:
    """Draw the facts that the answer asks for, each with what may be replied."""
    for row, fact in enumerate(exchange.answer.quick_replies):
        st.html(f'<h3 class="ml-label">{escape(typographic(french(fact.asks)))}</h3>')
        with st.container(key=f"replies-{exchange.id}-{row}", horizontal=True):
            for place, (name, says) in enumerate(fact.replies):
                key = f"reply-{exchange.id}-{row}-{place}"
                st.button(label(typographic(name)), key=key, on_click=submit, args=(says,))
