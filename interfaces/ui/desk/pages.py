"""The desk's pages, for the navigation; none where there is no desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.ui.desk import session
from interfaces.ui.desk.place import open_place
from interfaces.ui.language import say
from retrieval.errors import AppError

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_FOLDER = Path(__file__).parent


def desk_pages() -> list[StreamlitPage]:
    """« Suivre ma question » for customers; « Bureau des juristes », in the bar for lawyers only.

    The address of the desk works for everybody: it asks who is there.
    """
    from interfaces.settings import load_settings

    try:
        store = open_place(load_settings())
    except AppError:
        store = None  # the page itself says what is wrong
    signed_in = store is not None and session.is_lawyer(session.current(store))
    return [
        st.Page(
            _FOLDER / "follow_page.py", title=say("Suivre ma question"), url_path="suivre",
            visibility="visible" if store else "hidden",
        ),
        st.Page(
            _FOLDER / "desk_page.py", title=say("Bureau des juristes"), url_path="bureau",
            visibility="visible" if signed_in else "hidden",
        ),
    ]  # fmt: skip
