"""The look of the desk's pages, over that of all pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.pages.frame import page

_STYLE = Path(__file__).with_name("desk.css")


def desk_page(title: str, lead: str, draw: Callable[[Settings], None]) -> None:
    """Draw a page of the desk: `page`, with the desk's own style.

    Args:
        title: of the page and of its tab.
        lead: a sentence on what it is for.
        draw: draws the rest.
    """

    def styled(settings: Settings) -> None:
        st.html(_STYLE)
        draw(settings)

    page(title, lead, styled)
