"""Which part of the desk is on the screen: the queue, a question, or the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk.place import send_back
from interfaces.ui.desk.retold import retold
from interfaces.ui.language import later, say
from interfaces.ui.markup import label
from interfaces.ui.service import open_assistant
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Actor, Store

_PARAMETER = "question"  # in the page's address: colleagues send it to each other
_FRESH = "desk-opened"  # in the session, until the question is drawn
# Streamlit leaves the reader where the queue was; twice: the page is still growing at the first.
_TO_TOP = """<script>for (const wait of [100, 600]) setTimeout(
  () => document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0), wait)</script>"""
_PARTS = {"queue": later("File"), "figures": later("Tableau de bord")}


def draw_views(settings: Settings, store: Store, actor: Actor) -> None:
    """Draw the part that the address and the choice above it name."""
    number = opened()
    if number is not None:
        from interfaces.ui.desk.item_view import draw_item

        draw_item(settings, store, actor, number)
        if st.session_state.pop(_FRESH, False):
            st.html(_TO_TOP, unsafe_allow_javascript=True)
        return
    choice = st.segmented_control(
        say("Partie du bureau"), list(_PARTS), default="queue", key="desk-part",
        format_func=lambda part: say(_PARTS[part]), label_visibility="collapsed", required=True,
    )  # fmt: skip
    _look_again(settings, store)
    if choice == "figures":
        from interfaces.ui.desk.figures_view import draw_figures

        draw_figures(settings, store, actor)
    else:
        from interfaces.ui.desk.queue_view import draw_queue

        draw_queue(store, actor)


def _look_again(settings: Settings, store: Store) -> None:
    """Have published answers come back that must be read again; what prevents it is told."""
    try:
        send_back(settings, store, open_assistant(settings).retriever)
    except AppError as error:
        st.warning(label(str(retold(error))), icon=":material/warning:")


def opened() -> int | None:
    """The number of the question that the address names."""
    given = str(st.query_params.get(_PARAMETER, ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def open_item(number: int) -> None:
    """Show a question, from its beginning."""
    st.query_params[_PARAMETER] = str(number)
    st.session_state[_FRESH] = True


def back_to_queue() -> None:
    """Show the queue."""
    st.query_params.pop(_PARAMETER, None)
