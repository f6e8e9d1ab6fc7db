"""What stands beside the conversation."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import quote

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.conversation import exchanges, start_again
from interfaces.ui.desk import customer
from interfaces.ui.markup import french

NOTICE = (
    "Un système automatique vous répond (règl.\u00a0UE 2024/1689, art.\u00a050)."
    " Information juridique, non conseil."
)
_ABOUT = """
<div class="ml-about"><h3>À propos des réponses</h3>
<p>Elles sont composées automatiquement à partir de fiches et de textes relus, sans modèle de langage.
Vérifiez les sources avant d’agir.</p>
<p>{}</p></div>
"""
_PRIVATE = (
    "Votre conversation reste dans cette page : elle n’est montrée à personne et disparaît quand vous"
    " la fermez."
)


def sidebar(settings: Settings) -> date | None:
    """Draw the sidebar; the contract's date, where the visitor gives one."""
    with st.sidebar:
        st.button(
            "Nouvelle conversation",
            key="new-conversation",
            icon=":material/add_comment:",
            on_click=start_again,
            width="stretch",
        )
        signed = _contract_date()
        st.html(french(_ABOUT.format(escape(customer.notice(settings) or _PRIVATE, quote=False))))
        if settings.lawyer_contact:
            address = f"mailto:{quote(settings.lawyer_contact, safe='@.+-_')}"
            st.link_button("Écrire à un juriste", address, icon=":material/mail:", width="stretch")
    return signed


def facts_panel() -> None:
    """Draw what the conversation told of the visitor's case, as the last answer took it."""
    facts = exchanges()[-1].answer.facts if exchanges() else ()
    if not facts:
        return
    items = "".join(f"<li>{escape(french(fact))}</li>" for fact in facts)
    name = "Compris de votre cas" if exchanges()[-1].answer.language == "fr" else "Your case"
    with st.sidebar:
        st.html(f'<div class="ml-about ml-facts"><h3>{name}</h3><ul>{items}</ul></div>')


def _contract_date() -> date | None:
    """The date from which the applicable law follows."""
    return st.date_input(
        "Date du contrat (facultatif)",
        value=None,
        min_value=date(1950, 1, 1),
        max_value=date.today(),
        format="DD/MM/YYYY",
        key="contract-date",
        help="Un contrat conclu avant le 1er octobre 2016 suit en principe l’ancien droit des contrats.",
    )
