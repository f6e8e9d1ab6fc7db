"""What every page shares: its opening, its messages, its downloads."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from interfaces.settings import Settings, load_settings
from interfaces.ui import theme
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.conversation import submit
from interfaces.ui.first_run import first_run
from interfaces.ui.language import language, later, say
from interfaces.ui.markup import label
from retrieval.errors import AppError

ASSISTANT = "interfaces/ui/assistant_page.py"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LOCAL = "http://localhost:8501/"  # the site, where the browser does not say
NOTICE = later(
    "Information juridique, non conseil. Avant d’agir, faites relire par un professionnel du droit."
)
FRENCH_LAW = later(
    "Le droit français se lit en français : textes de loi, réponses, fiches et contrats le restent."
)


def page(title: str, lead: str, draw: Callable[[Settings], None]) -> None:
    """Draw a page: its look, its title, then what `draw` makes of the settings.

    Args:
        title: of the page and of its tab, marked by `later`.
        lead: a sentence on what it is for, marked too.
        draw: draws the rest; an `AppError` that it raises is told to the visitor.
    """
    theme.apply(say(title), wide=True)
    theme.heading(say(title), say(lead))
    try:
        settings = load_settings()
    except AppError as error:
        first_run(error)
        return
    try:
        draw(settings)
    except AppError as error:
        show_error(error)
    st.html(f'<p class="ml-automatic">{french_law()}{say(NOTICE)}</p>')


def french_law() -> str:
    """What the English interface says of the law's language; nothing in French."""
    return "" if language() == "fr" else f"{say(FRENCH_LAW)} "


def site(address: str | None) -> str:
    """The address of this site, from that of a page."""
    from urllib.parse import urlsplit

    parts = urlsplit(address or "")
    return (
        f"{parts.scheme}://{parts.netloc}/"
        if parts.scheme in ("http", "https") and parts.netloc
        else _LOCAL
    )


def show_error(error: AppError) -> None:
    """Tell a visitor what is wrong and what to do."""
    st.error(label(told_to_visitor(error)), icon=":material/error:")


def told_to_visitor(error: AppError) -> str:
    """What an error says, without remedies for the command line."""
    for_command = "--" in error.fix or "maintelex " in error.fix or "MAINTELEX_" in error.fix
    return error.problem if for_command else str(error)


def ask_button(question: str, key: str) -> None:
    """A question of the base as a button that asks it to the assistant."""
    if st.button(label(typographic(question)), key=key, icon=":material/forum:", width="stretch"):
        submit(question)
        st.switch_page(ASSISTANT)


def pdf_button(slot: str, name: object, file_name: str, make: Callable[[], bytes]) -> None:
    """A button that makes a PDF, then one that downloads it.

    Args:
        slot: where the session keeps the file, one at a time; key of the buttons.
        name: what the file depends on: when it changes, the file is to be made again.
        file_name: for the visitor.
        make: makes the file.
    """
    place = st.empty()
    kept = st.session_state.get(slot)
    if not (kept and kept[0] == name):
        if not place.button(say("Préparer le PDF"), key=f"{slot}-make", width="stretch",
                            icon=":material/picture_as_pdf:"):  # fmt: skip
            return
        try:
            with place, st.spinner(say("Mise en page du PDF, environ vingt secondes…")):
                made = make()
        except AppError as error:
            show_error(error)
            return
        kept = st.session_state[slot] = (name, made)
    place.download_button(
        say("Télécharger le PDF"), kept[1], file_name, PDF, key=f"{slot}-get", on_click="ignore",
        icon=":material/download:", width="stretch",
    )  # fmt: skip


def word_button(key: str, file_name: str, make: Callable[[], bytes]) -> None:
    """A button that downloads a Word file, made when it is pressed."""
    st.download_button(
        say("Télécharger en Word"), make, file_name, WORD, key=key, on_click="ignore",
        icon=":material/description:", width="stretch",
    )  # fmt: skip
