"""« Bureau des juristes »: the queue, one question at a time, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.look import desk_page
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import empty

if TYPE_CHECKING:
    from assistant.desk import Store

LEAD = later("Relisez, corrigez, approuvez : ce que vous envoyez est ce que le client lit.")


def draw(settings: Settings, store: Store) -> None:
    """Draw the desk for a lawyer, the sign-in form for anybody else."""
    actor = session.current(store)
    if actor is None:
        session.sign_in_form(store, say("Réservé aux juristes du service."))
        return
    with st.container(key="desk-bar", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="ml-vote">{session.who()}</p>', width="content")
        st.button(
            say("Se déconnecter"), key="desk-sign-out", on_click=session.sign_out, args=(store,),
            icon=":material/logout:",
        )  # fmt: skip
    if not session.is_lawyer(actor):
        st.warning(say("Cette page est réservée aux juristes."), icon=":material/lock:")
        return
    from interfaces.ui.desk.views import draw_views

    draw_views(settings, store, actor)


desk_page(
    later("Bureau des juristes"),
    LEAD,
    empty(
        say("Ce bureau n’est pas ouvert"),
        say(
            "La personne qui administre ce site ouvre le premier compte avec « maintelex users add »."
        ),
    ),
    draw,
)
