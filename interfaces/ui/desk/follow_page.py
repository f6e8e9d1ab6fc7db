"""« Suivre ma question »: a customer comes back with a reference, or with an account."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.item_view import draw_messages
from interfaces.ui.desk.look import desk_page
from interfaces.ui.desk.place import open_place
from interfaces.ui.desk.sources_of import citations_of, linked, passages_of
from interfaces.ui.desk.words import on_day
from interfaces.ui.markup import label
from interfaces.ui.pages.frame import show_error
from interfaces.ui.pages.pieces import empty
from interfaces.ui.service import open_assistant
from interfaces.ui.sources import cards
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Actor, Followed, Store

LEAD = "Retrouvez une question confiée à un juriste, avec la référence que vous avez reçue."
REFERENCE = "reference"  # in the page's address
_NONE = empty("Aucun juriste ne répond ici", "Les réponses de ce site sont toutes automatiques.")


def draw(settings: Settings) -> None:
    """Draw the search by reference, and the question under it."""
    store = open_place(settings)
    if store is None:
        st.html(_NONE)
        return
    actor = session.customer(store)
    session.draw_told()
    with (
        st.form("follow", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        given = st.text_input(
            "Référence", max_chars=60, placeholder="ML-XXXX-XXXX-XXXX", key="follow-reference",
            value=str(st.session_state.get("follow-last", "")),
        )  # fmt: skip
        st.form_submit_button("Voir ma question", type="primary")
    if given.strip():
        st.session_state["follow-last"] = given.strip()
        try:
            _draw_question(settings, store, actor, given)
        except AppError as error:  # whoever has an account still finds the way in below
            show_error(error)
    _account(store, actor)


def _draw_question(settings: Settings, store: Store, actor: Actor, reference: str) -> None:
    """Draw the question under a reference."""
    from assistant.desk import Following

    followed = Following(store).by_reference(actor, reference)
    st.html(
        f'<blockquote class="ml-asked">{escape(followed.question)}</blockquote>'
        f'<p class="ml-lead">Posée le {on_day(followed.asked)} · {escape(followed.reference or "")}</p>'
    )
    told = label(followed.told)
    if followed.by_lawyer is not None:
        st.success(f"**{told}** Le {on_day(followed.by_lawyer)}.", icon=":material/verified:")
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
            "Votre réponse est partie : le juriste la lira.",
        )

    with st.form("reply"):
        st.text_area("Votre réponse au juriste", key="follow-reply", max_chars=2_000)
        st.form_submit_button("Envoyer", type="primary", on_click=send)


def _answer(settings: Settings, followed: Followed) -> None:
    """Draw the answer that may be shown, with its sources."""
    if not followed.markdown or followed.state == "closed":
        return
    citations = citations_of(followed.citations)
    by = "du juriste" if followed.by_lawyer else "automatique, en attendant le juriste"
    st.html(f'<h2 class="ml-title-2">Réponse {by}</h2>')
    with st.container(border=True):
        st.markdown(linked(followed.markdown, citations, 0))
    if citations:
        passages = passages_of(citations, open_assistant(settings).retriever)
        st.html(cards(citations, passages, 0, min(3, len(citations))))


def _account(store: Store, actor: Actor) -> None:
    """Draw the account's own questions, or how to sign in."""
    if actor.account_id is None:
        with st.expander("J’ai un compte"):
            session.sign_in_form(store, "Pour voir les questions posées depuis votre compte.")
        return
    from assistant.desk import Following

    st.html('<h2 class="ml-title-2">Mes questions</h2>')
    for identifier, first, _ in Following(store).conversations(actor):
        with st.expander(label(first[:200])):
            for followed in Following(store).conversation(actor, identifier):
                state = f" — {followed.reference} : {followed.told}" if followed.reference else ""
                st.markdown(label(f"{followed.question}{state}"))
    st.button("Se déconnecter", key="sign-out", on_click=session.sign_out, args=(store,))


desk_page("Suivre ma question", LEAD, draw)
