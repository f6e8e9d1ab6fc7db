"""One question: what was asked, what would be sent, what it rests on, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.citation import Citation
from interfaces.settings import Settings
from interfaces.ui.desk.retold import reason_told
from interfaces.ui.desk.sources_of import citations_of, linked, passages_of
from interfaces.ui.desk.views import back_to_queue, open_item
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
from interfaces.ui.feedback import REASONS
from interfaces.ui.language import count, day, later, say
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import badge, bullets, prose
from interfaces.ui.service import open_assistant
from interfaces.ui.sources import cards

if TYPE_CHECKING:
    from assistant.desk import Actor, Item, Queue, Store
    from assistant.desk.types import Review
    from retrieval import Retriever

_BY_RULE = ("receive", "urgent", "return")  # the note is the policy's, not somebody's words
_AUTHORS = {"lawyer": later("Juriste"), "customer": later("Client")}


def draw_item(settings: Settings, store: Store, actor: Actor, number: int) -> None:
    """Draw a question of the queue.

    Raises:
        MissingError: there is no such question; the way back is drawn.
        AccessError: the actor is no lawyer.
    """
    from assistant.desk import Queue
    from interfaces.ui.desk.actions import draw_actions

    with st.container(key="desk-ways", horizontal=True):
        st.button(
            say("Retour à la file"), key="desk-back", on_click=back_to_queue, type="tertiary",
            icon=":material/arrow_back:", shortcut="Alt+Shift+L",
        )  # fmt: skip
        _next(Queue(store, actor), number)
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


def _next(queue: Queue, number: int) -> None:
    """Draw the way to the first question that waits, another than this one."""
    from assistant.desk import Wanted

    rows = queue.page(Wanted(states=("waiting",)), size=2).rows
    following = next((row for row in rows if row.id != number), None)
    if following is not None:
        st.button(
            say("Question suivante"), key="desk-next", on_click=open_item, args=(following.id,),
            type="tertiary", icon=":material/arrow_forward:", shortcut="Alt+Shift+N",
        )  # fmt: skip


def is_mine(item: Item, actor: Actor, name: str) -> bool:
    """Whether the actor may act on an item: they hold it, or administer the desk."""
    return actor.role == "admin" or item.row.holder == name


def draw_text(item: Item) -> None:
    """Draw the text that would go to the customer, its markers linked to the passages beside."""
    citations = citations_of(item.text.citations)
    published = item.suggested.status == "validated"
    title = say("Réponse publiée, à relire") if published else say("Réponse proposée")
    if item.revision is not None:
        title = say("Texte du juriste, version {number}", number=item.revision)
    st.html(f'<h2 class="ml-title-2">{title}</h2>')
    if item.revision is None and not published:
        st.caption(label(_automatic(item)))
    with st.container(key="desk-text", border=True):
        st.markdown(linked(item.text.markdown, citations, item.row.id))
    if item.revision is not None:
        with st.expander(
            say("Réponse publiée") if published else say("Réponse automatique d’origine")
        ):
            st.markdown(linked(item.suggested.markdown, (), item.row.id))


def _automatic(item: Item) -> str:
    """What the program made of the question, how sure it is, and why."""
    suggested = item.suggested
    return say(
        "Automatique : {status}, confiance {share} % ; {reason}.",
        status=status_name(suggested.status), share=round(suggested.confidence * 100),
        reason=reason_told(suggested.reason),
    )  # fmt: skip


def _head(item: Item) -> None:
    """Draw what the question is, in one line."""
    row = item.row
    tone = {3: "high", 2: "medium", 1: "plain"}[row.urgency]
    held = say("prise par {name}", name=f"<b>{escape(row.holder or '')}</b>")
    urgency = say("urgence {urgency}", urgency=say(URGENCIES[row.urgency]))
    received = say("reçue {ago}", ago=ago(row.created))
    st.html(
        f'<p class="ml-about-row ml-about-item"><b>{escape(row.reference)}</b>'
        f"{badge(urgency, tone)}{badge(say(STATES[row.state]), 'low')}"
        f"<span>{prose(theme_name(row.theme))}</span><span>{prose(reason_told(row.reason))}</span>"
        f"<span>{prose(received)}</span>{f'<span>{held}</span>' if row.holder else ''}</p>"
    )


def _conversation(item: Item) -> None:
    """Draw what was asked before, the question, and what was written about it since."""
    asked = [turn for turn in item.conversation if turn.question == item.question]
    last = asked[-1] if asked else None
    earlier = [turn for turn in item.conversation if turn is not last]
    if earlier:
        with st.expander(count(len(earlier), "Conversation : {n} autre question",
                               "Conversation : {n} autres questions")):  # fmt: skip
            for turn in earlier:
                st.markdown(f"**{label(turn.question)}**")
                st.markdown(linked(turn.markdown or "", (), item.row.id))
    st.html(f'<blockquote class="ml-asked">{escape(item.question)}</blockquote>')
    if last is not None and last.as_of:
        st.caption(say("Date du contrat : {date}", date=day(last.as_of)))
    if item.suggested.helpful is not None:
        st.caption(label(_vote(item)))
    draw_messages(item.messages)


def _vote(item: Item) -> str:
    """What the customer thought of the automatic answer."""
    vote = say("utile") if item.suggested.helpful else say("pas utile")
    if not item.suggested.vote_reason:
        return say("Avis du client : {vote}", vote=vote)
    choice, colon, own = item.suggested.vote_reason.partition(" : ")
    why = f"{say(choice) if choice in REASONS else choice}{colon}{own}"
    return say("Avis du client : {vote} : « {why} »", vote=vote, why=why)


def draw_messages(messages: Sequence[object]) -> None:
    """Draw what a lawyer and a customer wrote to each other."""
    for message in messages:
        author, text, at = message.author, message.text, message.at  # type: ignore[attr-defined]
        st.html(
            f'<div class="ml-note ml-message"><p>{_signed(author, at)}</p>'
            f"<p>{escape(text)}</p></div>"
        )


def _signed(author: str, at: datetime) -> str:
    """Who wrote a message and when, as HTML."""
    return say("{author}, le {when}", author=f"<b>{say(_AUTHORS[author])}</b>", when=on_day(at))


def _beside(settings: Settings, store: Store, item: Item, retriever: Retriever) -> None:
    """Draw the passages, what the guard took out or doubts, and answers to like questions."""
    from interfaces.ui.desk.similar import draw_similar

    citations = citations_of(item.text.citations)
    st.html(f'<h2 class="ml-title-2">{say("Passages cités")}</h2>')
    if citations:
        _cards(citations, item, retriever)
    else:
        st.caption(say("La réponse proposée ne cite rien."))
    _removed(item)
    draw_similar(settings, store, item, retriever)


def _cards(citations: Sequence[Citation], item: Item, retriever: Retriever) -> None:
    """Draw the passages cited."""
    passages = passages_of(citations, retriever)
    st.html(cards(citations, passages, item.row.id, len(citations)))
    gone = [str(cited.n) for cited in citations if cited.passage_id not in passages]
    if gone:
        told = count(len(gone), "La base n’a plus la source {names} : remplacez-la.",
                     "La base n’a plus les sources {names} : remplacez-les.",
                     names=", ".join(gone))  # fmt: skip
        st.warning(told, icon=":material/policy:")


def _removed(item: Item) -> None:
    """Draw the sentences that the guard took out of the suggestion, and why."""
    st.html(f'<h2 class="ml-title-2">{say("Retiré par le garde")}</h2>')
    rows = [
        f"<s>{escape(str(one.get('sentence', '')))}</s><br><span>{prose(_why(one))}</span>"
        for one in item.suggested.removed
    ]
    st.html(bullets(rows) or f'<p class="ml-none">{say("Rien.")}</p>')


def _why(removal: Mapping[str, Any]) -> str:
    """Why the guard took a sentence out: its rule in the visitor's language, its detail as kept."""
    rule, detail = str(removal.get("rule")), str(removal.get("detail", ""))
    if rule not in RULES:
        return detail
    return say("{rule} : {detail}", rule=say(RULES[rule]), detail=detail)


def _history(item: Item, actor: Actor) -> None:
    """Draw who did what, the last first."""
    with st.expander(say("Historique")):
        told = [(review, _happened(review, actor)) for review in reversed(item.reviews)]
        st.html(bullets(f"<s>{one}</s>" if review.undone else one for review, one in told))


def _happened(review: Review, actor: Actor) -> str:
    """An action as HTML: when, by whom, what, and the words that go with it."""
    who = say("le client") if review.actor_id is None else say("un collègue")
    who = say("le programme") if review.action == "return" else who
    who = say("vous") if review.actor_id == actor.account_id else who
    told = say("{when}, {who} : {what}", when=on_day(review.at), who=who,
               what=say(ACTIONS[review.action]))  # fmt: skip
    if not review.note or review.action == "undo":
        return prose(told)
    note = reason_told(review.note) if review.action in _BY_RULE else review.note
    return prose(say("{told} : {note}", told=told, note=note))
