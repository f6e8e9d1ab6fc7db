"""Help: what the service does and does not do, how to read an answer, what becomes of one's words."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import language, later, say
from interfaces.ui.markup import french
from interfaces.ui.pages.frame import page

LEAD = later("Ce que MainteLex sait faire, ce qu’il ne fait pas, et ce que deviennent vos mots.")
TEXTS = {"fr": Path(__file__).with_name("help.md"), "en": Path(__file__).with_name("help.en.md")}


def draw(settings: Settings) -> None:
    """Draw the help."""
    from urllib.parse import quote

    with st.container(key="help"):
        st.markdown(french(TEXTS[language()].read_text(encoding="utf-8")))
    if settings.lawyer_contact:
        address = f"mailto:{quote(settings.lawyer_contact, safe='@.+-_')}"
        st.link_button(say("Écrire à un juriste"), address, icon=":material/mail:")


page(later("Aide"), LEAD, draw)
