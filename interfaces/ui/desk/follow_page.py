"""« Suivre ma question »: a customer comes back with a reference, or with an account."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.item_view import draw_messages
from interfaces.ui.desk.look import desk_page
from interfaces.ui.desk.retold import retold
from interfaces.ui.desk.sources_of import citations_of, linked, passages_of
from interfaces.ui.desk.words import followed_state, on_day
from interfaces.ui.language import later, say
from interfaces.ui.markup import label
from interfaces.ui.pages.frame import show_error
from interfaces.ui.pages.pieces import empty
from interfaces.ui.service import open_assistant
from interfaces.ui.sources import cards
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Actor, Followed, Store

LEAD = later("Retrouvez une question confiée à un juriste, avec la référence que vous avez reçue.")
REFERENCE = "reference"  # in the page's address


def draw(settings: Settings, store: Store) -> None:
    """Draw the search by reference, and the question under it."""
    actor = session.customer(store)
    with (
        st.form("follow", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        given = st.text_input(
            say("Référence"), max_chars=60, placeholder="ML-XXXX-XXXX-XXXX", key="follow-reference",
            value=str(st.session_state.get("follow-last", "")),
        )  # fmt: skip
        st.form_submit_button(say("Voir ma question"), type="primary")
    if given.strip():
        st.session_state["follow-last"] = given.strip()
        try:
            _draw_question(settings, store, actor, given)
        except AppError as error:  # whoever has an account still finds the way in below
            show_error(retold(error))
    _account(store, actor)


def _draw_question(settings: Settings, store: Store, actor: Actor, reference: str) -> None:
    """Draw the question under a reference."""
    from assistant.desk import Following

    followed = Following(store).by_reference(actor, reference)
    st.html(
        f'<blockquote class="ml-asked">{escape(followed.question)}</blockquote>'
        f'<p class="ml-lead">{say("Posée le {when}", when=on_day(followed.asked))} · '
        f"{escape(followed.reference or '')}</p>"
    )
    told = label(followed_state(followed.state, followed.told))
    if followed.by_lawyer is not None:
        st.success(
            f"**{told}** {say('Le {when}.', when=on_day(followed.by_lawyer))}",
            icon=":material/verified:",
        )
    else:
        st.info(told, icon=":material/hourglass:")
    draw_messages(followed.messages)
    if followed.state == "asked":
        _reply(store, actor, reference)
    _answer(settings, followed)


def _reply(store: Store, actor: Actor, reference: str) -> None:
    """Draw the field for the fact that a lawyer asked for."""
    from assistant.desk import Following

    def send() -> None:
        text = str(st.session_state.get("follow-reply", ""))
        session.attempt(
            lambda: Following(store).reply(actor, reference, text),
            say("Votre réponse est partie : le juriste la lira."),
        )

    with st.form("reply"):
        st.text_area(say("Votre réponse au juriste"), key="follow-reply", max_chars=2_000)
        st.form_submit_button(say("Envoyer"), type="primary", on_click=send)


def _answer(settings: Settings, followed: Followed) -> None:
    """Draw the answer that may be shown, with its sources."""
    if not followed.markdown or followed.state == "closed":
        return
    citations = citations_of(followed.citations)
    automatic = say("Réponse automatique, en attendant le juriste")
    title = say("Réponse du juriste") if followed.by_lawyer else automatic
    st.html(f'<h2 class="ml-title-2">{title}</h2>')
    with st.container(key="desk-answer", border=True):
        st.markdown(linked(followed.markdown, citations, 0))
    if citations:
        passages = passages_of(citations, open_assistant(settings).retriever)
        st.html(cards(citations, passages, 0, min(3, len(citations))))


def _account(store: Store, actor: Actor) -> None:
    """Draw the account's own questions, or how to sign in."""
    if actor.account_id is None:
        with st.expander(say("J’ai un compte")):
            session.sign_in_form(store, say("Pour voir les questions posées depuis votre compte."))
        return
    from assistant.desk import Following

    st.html(f'<h2 class="ml-title-2">{say("Mes questions")}</h2>')
    for identifier, first, _ in Following(store).conversations(actor):
        with st.expander(label(first[:200])):
            for followed in Following(store).conversation(actor, identifier):
                told = followed_state(followed.state, followed.told)
                shown = followed.question
                if followed.reference:
                    shown = say("{question} — {reference} : {state}", question=followed.question,
                                reference=followed.reference, state=told)  # fmt: skip
                st.markdown(label(shown))
    st.button(say("Se déconnecter"), key="sign-out", on_click=session.sign_out, args=(store,))


desk_page(
    later("Suivre ma question"),
    LEAD,
    empty(
        say("Aucun juriste ne répond ici"),
        say("Les réponses de ce site sont toutes automatiques."),
    ),
    draw,
)
