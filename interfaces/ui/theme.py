"""The look of every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

LOGO = Path(__file__).with_name("logo.svg")
_STYLE = Path(__file__).with_name("theme.css")
# The page is French: screen readers and translators go by this attribute, which Streamlit sets to "en".
_LANGUAGE = "<script>document.documentElement.lang = 'fr'</script>"


def apply() -> None:
    """Set the title, the icon and the style of the page."""
    st.set_page_config(page_title="MainteLex", page_icon=str(LOGO), layout="centered")
    st.html(_STYLE)
    st.html(_LANGUAGE, unsafe_allow_javascript=True)


def header() -> None:
    """Draw the product's name and what it does."""
    logo = LOGO.read_text(encoding="utf-8")
    st.html(
        f'<header class="ml-header"><span class="ml-logo">{logo}</span><div><h1>MainteLex</h1>'
        "<p>Le droit des contrats d’assistance informatique, sources à l’appui</p></div></header>"
    )
