"""Who the visitor is: whoever has the secret that this page left with the browser."""

from __future__ import annotations

import json

import streamlit as st

from assistant.history.seal import Holder, is_token, new_token

COOKIE = "maintelex-visitor"
DAYS = 30  # that the browser keeps it after a visit: as long as a conversation is kept
_TOKEN = "visitor"  # in the session
# The browser's own secret stays: two pages opened together would else take it from each other.
_SCRIPT = """<script>(() => {{
  const mine = {token}, name = {name} + "=";
  const known = document.cookie.split("; ").find(c => c.startsWith(name))?.slice(name.length);
  const safe = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = name + (known || mine) + "; path=/; SameSite=Lax; max-age={seconds}" + safe;
}})()</script>"""


def holder() -> Holder:
    """The visitor, by the browser's secret; by a new one where it has none."""
    token = st.session_state.get(_TOKEN)
    if token is None:
        token = st.session_state[_TOKEN] = _given() or new_token()
    return Holder(token)


def is_known() -> bool:
    """Whether the browser had the secret before this visit: there may be conversations of its own."""
    return bool(_given())


def remember() -> None:
    """Leave the secret with the browser, for the next visit."""
    script = _SCRIPT.format(
        token=json.dumps(holder().token), name=json.dumps(COOKIE), seconds=DAYS * 24 * 3600
    )
    st.html(script, unsafe_allow_javascript=True)


def _given() -> str:
    """The browser's secret; nothing where it has none, or what it has is none of ours."""
    given = st.context.cookies.get(COOKIE)
    return given if isinstance(given, str) and is_token(given) else ""
