"""« Bureau des juristes »: the queue, one question at a time, and the figures."""

from __future__ import annotations

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.look import desk_page
from interfaces.ui.desk.place import open_place
from interfaces.ui.pages.pieces import empty

LEAD = "Relisez, corrigez, approuvez : ce que vous envoyez est ce que le client lit."
_NONE = empty(
    "Ce bureau n’est pas ouvert",
    "La personne qui administre ce site ouvre le premier compte avec « maintelex users add ».",
)


def draw(settings: Settings) -> None:
    """Draw the desk for a lawyer, the sign-in form for anybody else."""
    store = open_place(settings)
    if store is None:
        st.html(_NONE)
        return
    actor = session.current(store)
    session.draw_told()
    if actor is None:
        session.sign_in_form(store, "Réservé aux juristes du service.")
        return
    with st.container(key="desk-bar", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="ml-vote">{session.who()}</p>', width="content")
        st.button(
            "Se déconnecter", key="desk-sign-out", on_click=session.sign_out, args=(store,),
            icon=":material/logout:",
        )  # fmt: skip
    if not session.is_lawyer(actor):
        st.warning("Cette page est réservée aux juristes.", icon=":material/lock:")
        return
    from interfaces.ui.desk.views import draw_views

    draw_views(settings, store, actor)


desk_page("Bureau des juristes", LEAD, draw)
