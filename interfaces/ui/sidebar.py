"""What stands beside the conversation."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.assistant import keeping
from interfaces.ui.assistant.case_panel import case_panel
from interfaces.ui.desk import customer
from interfaces.ui.language import later, say
from interfaces.ui.markup import french

NOTICE = later(
    "Un système automatique vous répond (règl.\u00a0UE 2024/1689, art.\u00a050)."
    " Information juridique, non conseil."
)
_EXTRACTED = later(
    "Elles sont composées automatiquement à partir de fiches et de textes relus, sans modèle de langage."
    " Vérifiez les sources avant d’agir."
)
_WRITTEN = later(
    "Un modèle de langage les rédige à partir de fiches et de textes relus ; chaque phrase est comparée"
    " à sa source avant d’être montrée. Vérifiez les sources avant d’agir."
)
_HERE = later(
    "Vous retrouvez vos conversations dans ce navigateur pendant trente jours, et pouvez les supprimer à tout moment."
)
_PRIVATE = later(
    "Votre conversation est gardée trente jours, chiffrée par une clé que seul votre navigateur détient :"
    " elle n’est montrée à personne d’autre. Vous pouvez la supprimer à tout moment."
)


def sidebar(settings: Settings) -> None:
    """Draw the visitor's conversations, the facts of the case, and what to know of the answers."""
    with st.sidebar:
        st.button(
            say("Nouvelle conversation"),
            key="new-conversation",
            icon=":material/add_comment:",
            on_click=keeping.begin,
            width="stretch",
        )
        case_panel()
        keeping.history_panel(settings)
        _about(settings)


def _about(settings: Settings) -> None:
    """Draw how answers are made, and what is kept."""
    desk = customer.notice(settings)
    told = [say(_WRITTEN if settings.model else _EXTRACTED)]
    told += [f"{desk} {say(_HERE)}"] if desk else [say(_PRIVATE)]
    paragraphs = "".join(f"<p>{escape(french(text), quote=False)}</p>" for text in told)
    title = escape(say("À propos des réponses"))
    st.html(f'<div class="ml-about"><h3>{title}</h3>{paragraphs}</div>')
    if settings.lawyer_contact:
        address = f"mailto:{quote(settings.lawyer_contact, safe='@.+-_')}"
        st.link_button(say("Écrire à un juriste"), address, icon=":material/mail:", width="stretch")
