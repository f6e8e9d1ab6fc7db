"""Which part of the desk is on the screen: the queue, a question, or the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings

if TYPE_CHECKING:
    from assistant.desk import Actor, Store

_PARAMETER = "question"  # in the page's address: colleagues send it to each other
_QUEUE, _FIGURES = "File", "Tableau de bord"


def draw_views(settings: Settings, store: Store, actor: Actor) -> None:
    """Draw the part that the address and the choice above it name."""
    number = opened()
    if number is not None:
        from interfaces.ui.desk.item_view import draw_item

        draw_item(settings, store, actor, number)
        return
    choice = st.segmented_control(
        "Partie du bureau", [_QUEUE, _FIGURES], default=_QUEUE, key="desk-part",
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    if choice == _FIGURES:
        from interfaces.ui.desk.figures_view import draw_figures

        draw_figures(settings, store, actor)
    else:
        from interfaces.ui.desk.queue_view import draw_queue

        draw_queue(store, actor)


def opened() -> int | None:
    """The number of the question that the address names."""
    given = str(st.query_params.get(_PARAMETER, ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def open_item(number: int) -> None:
    """Show a question."""
    st.query_params[_PARAMETER] = str(number)


def back_to_queue() -> None:
    """Show the queue."""
    st.query_params.pop(_PARAMETER, None)
