"""« Administration »: how the site is, its sources, its generations, its accounts, its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.look import desk_page
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import empty

if TYPE_CHECKING:  # heavy to import: only where there is a desk
    from assistant.desk import Store

LEAD = later("L’état du service, ses sources, son index, ses comptes et ses réglages.")
VIEWS = (later("État"), later("Sources"), later("Générations"), later("Comptes"), later("Réglages"))


def draw(settings: Settings, store: Store) -> None:
    """Draw the page for an administrator, the sign-in form or a refusal for anybody else."""
    actor = session.let_in(
        store,
        lambda account: account.role == "admin",
        say("Réservé aux administrateurs du service."),
        say("Cette page est réservée aux administrateurs."),
    )
    if actor is not None:
        _views(settings, store)


def _views(settings: Settings, store: Store) -> None:
    """Draw the view that the administrator chose."""
    from interfaces.ui.admin.accounts_view import accounts_view
    from interfaces.ui.admin.generations_view import generations_view
    from interfaces.ui.admin.health_view import health_view
    from interfaces.ui.admin.settings_view import settings_view
    from interfaces.ui.admin.sources_view import sources_view

    view = st.segmented_control(
        say("Que voulez-vous voir ?"), VIEWS, default=VIEWS[0], required=True, key="admin-vue",
        format_func=say, label_visibility="collapsed",
    )  # fmt: skip
    drawn = {
        VIEWS[1]: sources_view,
        VIEWS[2]: generations_view,
        VIEWS[3]: accounts_view,
        VIEWS[4]: settings_view,
    }
    drawn.get(view or "", health_view)(settings, store)


desk_page(
    later("Administration"),
    LEAD,
    empty(
        say("Aucun compte n’est ouvert"),
        say("Ouvrez le premier sur le serveur : « maintelex users add NOM --role admin »."),
    ),
    draw,
)
