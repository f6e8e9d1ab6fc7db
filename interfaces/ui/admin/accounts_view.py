"""The accounts: to open, to close, to give another password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.admin.rights import admin
from interfaces.ui.desk import session
from interfaces.ui.language import day, later, say
from interfaces.ui.pages.pieces import badge, prose

if TYPE_CHECKING:
    from assistant.desk import Account, Accounts, Store
    from assistant.desk.roles import Role

ROLES: dict[Role, str] = {
    "client": later("client"),
    "lawyer": later("juriste"),
    "admin": later("administrateur"),
}
_ONCE = later(
    "Mot de passe de « {name} », montré cette seule fois : {password} . Donnez-le de vive voix ou par un"
    " canal sûr."
)


def accounts_view(_: Settings, store: Store) -> None:
    """Draw the form of a new account, then each account with what can be done to it."""
    _new(store)
    for account in _accounts(store).all():
        with st.container(
            key=f"admin-row-{account.id}", horizontal=True, vertical_alignment="center"
        ):
            st.html(_told(account))
            st.button(
                say("Nouveau mot de passe"), key=f"reset-{account.id}", on_click=_reset,
                args=(store, account.name),
            )  # fmt: skip
            st.button(
                say("Fermer"), key=f"close-{account.id}", disabled=account.disabled,
                on_click=_close, args=(store, account.name),
            )  # fmt: skip


def _accounts(store: Store) -> Accounts:
    """The accounts, for the administrator at the screen.

    Raises:
        AccessError: nobody is, or no administrator.
    """
    from assistant.desk import Accounts

    return Accounts(store, admin(store))


def _new(store: Store) -> None:
    """Draw the form of a new account."""
    with (
        st.form("new-account", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(say("Nom du compte"), key="new-account-name", max_chars=120)
        st.selectbox(
            say("Rôle"), list(ROLES), key="new-account-role", format_func=lambda r: say(ROLES[r])
        )
        st.form_submit_button(say("Ouvrir un compte"), type="primary", on_click=_add, args=(store,))


def _told(account: Account) -> str:
    """An account as HTML."""
    locked = account.locked_until is not None and account.locked_until > datetime.now(UTC)
    state = ""
    if account.disabled or locked:
        word = say("fermé") if account.disabled else say("bloqué après des échecs")
        state = f" {badge(word, 'medium')}"
    since = say(
        "{role}, ouvert le {date}", role=say(ROLES[account.role]), date=day(account.created)
    )
    return (
        f'<p class="ml-about-item"><b>{prose(account.name)}</b>{state}</p>'
        f'<p class="ml-lead">{prose(since)}</p>'
    )


def _add(store: Store) -> None:
    """Open the account of the form, with a password made up."""
    from assistant.desk import new_password

    name = str(st.session_state.get("new-account-name", ""))
    role = st.session_state.get("new-account-role", "client")
    password = new_password()
    if session.attempt(lambda: _accounts(store).add(name, role, password), ""):
        session.tell(say(_ONCE, name=name.strip().lower(), password=password), "done")


def _reset(store: Store, name: str) -> None:
    """Give an account a password made up; it opens again."""
    from assistant.desk import new_password

    password = new_password()
    if session.attempt(lambda: _accounts(store).reset(name, password), ""):
        session.tell(say(_ONCE, name=name, password=password), "done")


def _close(store: Store, name: str) -> None:
    """Close an account."""
    session.attempt(lambda: _accounts(store).disable(name),
                    say("Compte « {name} » fermé.", name=name))  # fmt: skip
