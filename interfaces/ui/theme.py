"""The look of every page."""

from __future__ import annotations

from base64 import b64encode
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
    logo = b64encode(LOGO.read_bytes()).decode("ascii")
    st.html(
        '<header class="ml-header"><span class="ml-logo">'
        f'<img src="data:image/svg+xml;base64,{logo}" alt=""></span><div><h1>MainteLex</h1>'
        "<p>Le droit des contrats d’assistance informatique, sources à l’appui</p></div></header>"
    )


def anchor(turn: int) -> None:
    """Mark the place where an exchange begins."""
    st.html(f'<span class="ml-turn" id="exchange-{turn}"></span>')


def go_to(turn: int) -> None:
    """Bring a new exchange to the top of the screen: Streamlit leaves the visitor where they were."""
    place = f"document.getElementById('exchange-{turn}')"
    # Not over a jump that the visitor has made meanwhile.
    show = f"() => location.hash === at && {place}?.scrollIntoView()"
    # Twice: on a slow machine the answer is still growing at the first.
    loop = f"for (const wait of [150, 600]) setTimeout({show}, wait)"
    script = f"<script>(() => {{ const at = location.hash; {loop} }})()</script>"
    st.html(script, unsafe_allow_javascript=True)
