"""Help: what the service does and does not do, how to read an answer, what becomes of one's words."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.markup import french
from interfaces.ui.pages.frame import page

LEAD = "Ce que MainteLex sait faire, ce qu’il ne fait pas, et ce que deviennent vos mots."
TEXT = Path(__file__).with_name("help.md")


def draw(settings: Settings) -> None:
    """Draw the help."""
    from urllib.parse import quote

    with st.container(key="help"):
        st.markdown(french(TEXT.read_text(encoding="utf-8")))
    if settings.lawyer_contact:
        address = f"mailto:{quote(settings.lawyer_contact, safe='@.+-_')}"
        st.link_button("Écrire à un juriste", address, icon=":material/mail:")


page("Aide", LEAD, draw)
