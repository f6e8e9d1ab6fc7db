"""The assistant in somebody else's page: the code to copy, and what to know of it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import language, later, say
from interfaces.ui.markup import french
from interfaces.ui.pages.embed_code import LEAST, MOST, snippet
from interfaces.ui.pages.frame import page, site

LEAD = later(
    "L’assistant dans une page de votre cabinet ou de votre entreprise : un code à copier."
)
TEXTS = {
    "fr": Path(__file__).with_name("embed.md"),
    "en": Path(__file__).with_name("embed.en.md"),
}
LANGUAGES = {"fr": later("Français"), "en": later("Anglais")}


def draw(settings: Settings) -> None:
    """Draw the choices, the code, then what to know."""
    left, right = st.columns(2)
    chosen = left.selectbox(
        say("Langue de l’interface"), list(LANGUAGES), index=list(LANGUAGES).index(language()),
        format_func=lambda name: say(LANGUAGES[name]), key="embed-language",
    )  # fmt: skip
    height = right.number_input(
        say("Hauteur, en pixels"), LEAST, MOST, 720, step=20, key="embed-height"
    )
    st.code(snippet(site(st.context.url), chosen, height), language=None, wrap_lines=True)
    if not settings.embed_sites:
        st.info(say("Aucun autre site n’est encore autorisé : voir « Autoriser un site » ci-dessous."),
                icon=":material/lock:")  # fmt: skip
    with st.container(key="help"):
        st.markdown(french(TEXTS[language()].read_text(encoding="utf-8")))


page(later("Sur votre site"), LEAD, draw)
