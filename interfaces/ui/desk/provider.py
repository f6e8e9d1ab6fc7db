"""Signing in by an identity provider, through Streamlit's `st.login`, where the secrets name one.

Who somebody is comes from the provider; what they may do is the desk's alone to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from interfaces.ui.language import say

FRESH = timedelta(hours=12)  # how old an identity may be: Streamlit's cookie stays for thirty days


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as the provider's token says."""

    issuer: str
    subject: str
    email: str  # verified; nothing otherwise


def offered() -> bool:
    """Whether the secrets name a provider."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def identity(now: datetime | None = None) -> Identity | None:
    """Whoever the provider vouches for in this browser, since less than `FRESH`; None for nobody."""
    if not offered() or not getattr(st.user, "is_logged_in", False):
        return None
    said = {name: st.user.get(name) for name in ("iss", "sub", "email", "email_verified", "iat")}
    if not isinstance(said["iat"], int | float):
        return None
    age = (now or datetime.now(UTC)) - datetime.fromtimestamp(said["iat"], UTC)
    if age > FRESH:
        return None
    verified = said["email_verified"] in (True, "true")
    email = str(said["email"] or "") if verified else ""
    return Identity(str(said["iss"] or ""), str(said["sub"] or ""), email)


def draw() -> None:
    """Draw the way to the provider, where there is one."""
    if offered():
        st.button(
            say("Se connecter avec le compte de mon organisation"), key="sign-in-provider",
            on_click=st.login, icon=":material/badge:",
        )  # fmt: skip


def leave() -> None:
    """Have this browser forget whom the provider vouched for."""
    if offered() and getattr(st.user, "is_logged_in", False):
        st.logout()
