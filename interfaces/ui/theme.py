"""The look of every page."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from interfaces.ui.language import choose, cookie, language, later, say
from interfaces.ui.markup import french

LOGO = Path(__file__).with_name("logo.svg")
NAME = "MainteLex"
_STYLES = (Path(__file__).with_name("theme.css"), Path(__file__).with_name("pages.css"))
_EMBEDDED = '<p class="ml-embedded"><a href="./" target="_blank" rel="noopener">{}</a></p>'
_WHOLE = later("Ouvrir MainteLex en entier")
_CLAIM = later("Le droit des contrats d’assistance informatique, sources à l’appui")
# Screen readers and translators go by this attribute, which Streamlit sets to "en".
_LANGUAGE = """<script>
document.documentElement.lang = "{language}"; document.cookie = "{cookie}";
</script>"""


def apply(title: str = "", *, wide: bool = False) -> None:
    """Set the title, the icon and the style of the page.

    Args:
        title: of the page in the visitor's language, empty for the first one.
        wide: whether the page needs more width than a text.
    """
    name = f"{title} – {NAME}" if title else NAME
    st.set_page_config(page_title=name, page_icon=str(LOGO), layout="centered")
    st.logo(str(LOGO), size="large")
    for style in _STYLES:
        st.html(style)
    script = _LANGUAGE.format(language=language(), cookie=cookie())
    st.html(script, unsafe_allow_javascript=True)
    if wide:
        st.html('<span class="ml-wide"></span>')
    if st.context.is_embedded:
        st.html(_EMBEDDED.format(say(_WHOLE)))
    else:
        _switch()


def header() -> None:
    """Draw what the product does, on its first page."""
    heading(say(_CLAIM))


def heading(title: str, lead: str = "") -> None:
    """Draw the title of a page, and a sentence on what it is for."""
    told = f"<p>{escape(french(lead))}</p>" if lead else ""
    st.html(f'<header class="ml-header"><h1>{escape(french(title))}</h1>{told}</header>')


def _switch() -> None:
    """Draw the way to the other language; pages.css puts it at the end of the bar."""
    french_now = language() == "fr"
    with st.container(key="language"):
        st.button(
            "English" if french_now else "Français", key="language-switch", type="tertiary",
            on_click=choose, args=("en" if french_now else "fr",),
        )  # fmt: skip


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
