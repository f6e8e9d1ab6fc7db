"""One question: what was asked, what would be sent, what it rests on, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant.citation import Citation
from interfaces.settings import Settings
from interfaces.ui.desk.sources_of import citations_of, linked, passages_of
from interfaces.ui.desk.views import back_to_queue
from interfaces.ui.desk.words import (
    ACTIONS,
    RULES,
    STATES,
    URGENCIES,
    ago,
    on_day,
    status_name,
    theme_name,
)  # fmt: skip
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import badge, bullets, prose
from interfaces.ui.service import open_assistant
from interfaces.ui.sources import cards

if TYPE_CHECKING:
    from assistant.desk import Actor, Item, Store
    from retrieval import Retriever

_AUTHORS = {"lawyer": "Juriste", "customer": "Client"}
_HELD = "Cette question est prise par {} : vous la lisez, vous ne pouvez pas la modifier."


def draw_item(settings: Settings, store: Store, actor: Actor, number: int) -> None:
    """Draw a question of the queue.

    Raises:
        MissingError: there is no such question; the way back is drawn.
        AccessError: the actor is no lawyer.
    """
    from assistant.desk import Queue
    from interfaces.ui.desk.actions import draw_actions

    st.button(
        "Retour à la file", key="desk-back", on_click=back_to_queue, type="tertiary",
        icon=":material/arrow_back:",
    )  # fmt: skip
    item = Queue(store, actor).item(number)
    retriever = open_assistant(settings).retriever
    _head(item)
    work, beside = st.columns([3, 2], gap="large")
    with work:
        _conversation(item)
        draw_actions(settings, store, actor, item, retriever)
        _history(item, actor)
    with beside:
        _beside(settings, store, item, retriever)


def is_mine(item: Item, actor: Actor, name: str) -> bool:
    """Whether the actor may act on an item: they hold it, or administer the desk."""
    return actor.role == "admin" or item.row.holder == name


def draw_text(item: Item) -> None:
    """Draw the text that would go to the customer, its markers linked to the passages beside."""
    citations = citations_of(item.text.citations)
    published = item.suggested.status == "validated"
    title = "Réponse publiée, à relire" if published else "Réponse proposée"
    title = title if item.revision is None else f"Votre texte, version {item.revision}"
    st.html(f'<h2 class="ml-title-2">{title}</h2>')
    if item.revision is None and not published:
        told = f"{status_name(item.suggested.status)}, confiance {item.suggested.confidence * 100:.0f} %"
        st.caption(label(f"Automatique : {told} ; {item.suggested.reason}."))
    with st.container(key="desk-text", border=True):
        st.markdown(linked(item.text.markdown, citations, item.row.id))
    if item.revision is not None:
        with st.expander("Réponse publiée" if published else "Réponse automatique d’origine"):
            st.markdown(linked(item.suggested.markdown, (), item.row.id))


def _head(item: Item) -> None:
    """Draw what the question is, in one line."""
    row = item.row
    tone = {3: "high", 2: "medium", 1: "plain"}[row.urgency]
    holder = f"<span>prise par <b>{escape(row.holder)}</b></span>" if row.holder else ""
    st.html(
        f'<p class="ml-about-row ml-about-item"><b>{escape(row.reference)}</b>'
        f"{badge('urgence ' + URGENCIES[row.urgency], tone)}{badge(STATES[row.state], 'low')}"
        f"<span>{prose(theme_name(row.theme))}</span><span>{prose(row.reason)}</span>"
        f"<span>reçue {ago(row.created)}</span>{holder}</p>"
    )


def _conversation(item: Item) -> None:
    """Draw what was asked before, the question, and what was written about it since."""
    asked = [turn for turn in item.conversation if turn.question == item.question]
    last = asked[-1] if asked else None
    earlier = [turn for turn in item.conversation if turn is not last]
    if earlier:
        with st.expander(f"Conversation : {len(earlier)} autre(s) question(s)"):
            for turn in earlier:
                st.markdown(f"**{label(turn.question)}**")
                st.markdown(linked(turn.markdown or "", (), item.row.id))
    st.html(f'<blockquote class="ml-asked">{escape(item.question)}</blockquote>')
    if last is not None and last.as_of:
        st.caption(f"Date du contrat : {last.as_of:%d/%m/%Y}")
    if item.suggested.helpful is not None:
        vote = "utile" if item.suggested.helpful else "pas utile"
        why = f" : « {item.suggested.vote_reason} »" if item.suggested.vote_reason else ""
        st.caption(label(f"Avis du client : {vote}{why}"))
    draw_messages(item.messages)


def draw_messages(messages: Sequence[object]) -> None:
    """Draw what a lawyer and a customer wrote to each other."""
    for message in messages:
        author, text, at = message.author, message.text, message.at  # type: ignore[attr-defined]
        st.html(
            f'<div class="ml-note ml-message"><p><b>{_AUTHORS[author]}</b>, le {on_day(at)}</p>'
            f"<p>{escape(text)}</p></div>"
        )


def _beside(settings: Settings, store: Store, item: Item, retriever: Retriever) -> None:
    """Draw the passages, what the guard took out or doubts, and answers to like questions."""
    from interfaces.ui.desk.similar import draw_similar

    citations = citations_of(item.text.citations)
    st.html('<h2 class="ml-title-2">Passages cités</h2>')
    if citations:
        _cards(citations, item, retriever)
    else:
        st.caption("La réponse proposée ne cite rien.")
    _removed(item)
    draw_similar(settings, store, item, retriever)


def _cards(citations: Sequence[Citation], item: Item, retriever: Retriever) -> None:
    """Draw the passages cited."""
    passages = passages_of(citations, retriever)
    st.html(cards(citations, passages, item.row.id, len(citations)))
    gone = [str(cited.n) for cited in citations if cited.passage_id not in passages]
    if gone:
        st.warning(f"La base n’a plus la source {', '.join(gone)} : remplacez-la.")


def _removed(item: Item) -> None:
    """Draw the sentences that the guard took out of the suggestion, and why."""
    st.html('<h2 class="ml-title-2">Retiré par le garde</h2>')
    rows = [
        f"<s>{escape(str(one.get('sentence', '')))}</s><br>"
        f"<span>{prose(RULES.get(str(one.get('rule')), ''))} : {escape(str(one.get('detail', '')))}</span>"
        for one in item.suggested.removed
    ]
    st.html(bullets(rows) or '<p class="ml-none">Rien.</p>')


def _history(item: Item, actor: Actor) -> None:
    """Draw who did what, the last first."""
    with st.expander("Historique"):
        rows = []
        for review in reversed(item.reviews):
            who = "le client" if review.actor_id is None else "un collègue"
            who = "le programme" if review.action == "return" else who
            who = "vous" if review.actor_id == actor.account_id else who
            note = f" : {escape(review.note)}" if review.note and review.action != "undo" else ""
            told = f"{on_day(review.at)}, {who} : {ACTIONS[review.action]}{note}"
            rows.append(f"<s>{told}</s>" if review.undone else told)
        st.html(bullets(rows))
