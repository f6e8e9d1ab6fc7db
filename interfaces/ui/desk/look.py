"""The look of the desk's pages, over that of all pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.place import open_place
from interfaces.ui.desk.retold import retold
from interfaces.ui.pages.frame import page, show_error
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Store

_STYLE = Path(__file__).with_name("desk.css")


def desk_page(
    title: str, lead: str, none: str, draw: Callable[[Settings, Store], None]
) -> None:  # fmt: skip
    """Draw a page of the desk: `page`, with the desk's own style, and what the last action said.

    Args:
        title: of the page and of its tab, marked by `later`.
        lead: a sentence on what it is for, marked too.
        none: what stands there where there is no desk, as HTML.
        draw: draws the rest over the desk's store.
    """

    def styled(settings: Settings) -> None:
        st.html(_STYLE)
        store = open_place(settings)
        if store is None:
            st.html(none)
            return
        session.current(store)  # a session that has ended is told first
        session.draw_told()
        try:
            draw(settings, store)
        except AppError as error:
            show_error(retold(error))

    page(title, lead, styled)
