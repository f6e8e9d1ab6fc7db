"""Who is at the screen. The session's token stays in the visitor's own page: closing it signs out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import streamlit as st

from interfaces.ui.desk import provider
from interfaces.ui.desk.retold import retold
from interfaces.ui.language import say
from interfaces.ui.markup import label
from retrieval.errors import AppError

if TYPE_CHECKING:  # heavy to import: only where there is a desk
    from assistant.desk import Actor, Store

_TOKEN, _NAME, _TOLD = "desk-token", "desk-name", "desk-told"
_REFUSED = "refused-identity"  # it is not tried at every run
Tone = Literal["done", "wrong"]


def current(store: Store) -> Actor | None:
    """Whoever is signed in, as the store knows them now; None for nobody."""
    from assistant.desk import Sessions, SignInError

    token = st.session_state.get(_TOKEN) or _vouched(store)
    if not token:
        return None
    try:
        return Sessions(store).actor(token)
    except SignInError as error:
        _forget()
        tell(str(retold(error)), "wrong")
        _leave_provider()
        return None


def customer(store: Store) -> Actor:
    """Who asks: the account that is signed in, else the anonymous visitor of this browser."""
    from assistant.desk import anonymous
    from interfaces.ui.assistant.visitor import holder

    return current(store) or anonymous(holder().derived("desk"))


def name() -> str:
    """The account's name; nothing when nobody is signed in."""
    return str(st.session_state.get(_NAME, ""))


def who() -> str:
    """Whose page this is, as HTML."""
    from html import escape

    return say("Connecté : {name}", name=f"<b>{escape(name())}</b>")


def is_lawyer(actor: Actor | None) -> bool:
    """Whether an actor may see the desk; the services ask again at every action."""
    return actor is not None and actor.role in ("lawyer", "admin")


def sign_in_form(store: Store, lead: str) -> None:
    """Draw the form.

    Args:
        lead: why one signs in here.
    """
    st.caption(lead)
    provider.draw()
    with st.form("sign-in", width=420):
        st.text_input(
            say("Nom du compte"), key="sign-in-name", max_chars=120, autocomplete="username"
        )
        st.text_input(
            say("Mot de passe"), key="sign-in-password", type="password", max_chars=200,
            autocomplete="current-password",
        )  # fmt: skip
        st.form_submit_button(say("Se connecter"), type="primary", on_click=_sign_in, args=(store,))


def let_in(store: Store, allowed: Callable[[Actor], bool], lead: str, refusal: str) -> Actor | None:
    """Draw who is there, and give them; the sign-in form or a refusal, and None, for anybody else.

    Args:
        allowed: whether an account may read on.
        lead: what the sign-in form says; `refusal`: what an account that may not is told.
    """
    actor = current(store)
    if actor is None:
        sign_in_form(store, lead)
        return None
    with st.container(key="desk-bar", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="ml-vote">{who()}</p>', width="content")
        st.button(
            say("Se déconnecter"), key="desk-sign-out", on_click=sign_out, args=(store,),
            icon=":material/logout:",
        )  # fmt: skip
    if allowed(actor):
        return actor
    st.warning(refusal, icon=":material/lock:")
    return None


def sign_out(store: Store) -> None:
    """End the session, here and in the store."""
    from assistant.desk import Sessions

    token = st.session_state.get(_TOKEN)
    _forget()
    if token:
        attempt(lambda: Sessions(store).sign_out(token), say("Vous êtes déconnecté."))
    _leave_provider()


def attempt(action: Callable[[], object], done: str) -> bool:
    """Do something, and say at the next run how it went; whether it went well."""
    try:
        action()
    except AppError as error:
        tell(str(retold(error)), "wrong")
        return False
    if done:
        tell(done, "done")
    return True


def tell(text: str, tone: Tone) -> None:
    """Keep a sentence for the top of the next page that is drawn."""
    st.session_state[_TOLD] = (text, tone)


def draw_told() -> None:
    """Draw what the last action had to say, once, where it is seen however far the page is read.

    Its place is there when it says nothing too: what is open below would close as it came and went.
    """
    told: tuple[str, Tone] | None = st.session_state.pop(_TOLD, None)
    with st.container(key="desk-told"):
        if told is None:
            return
        text = "\n\n".join(label(line) for line in told[0].splitlines() if line.strip())
        if told[1] == "wrong":
            st.error(text, icon=":material/error:")
        else:
            st.success(text, icon=":material/check:")


def _sign_in(store: Store) -> None:
    """Try what was typed; the password is forgotten at once."""
    from assistant.desk import Sessions

    given = str(st.session_state.get("sign-in-name", ""))
    password = str(st.session_state.get("sign-in-password", ""))
    st.session_state["sign-in-password"] = ""
    try:
        token = Sessions(store).sign_in(given, password)
    except AppError as error:
        tell(str(retold(error)), "wrong")
        return
    _forget()
    st.session_state[_TOKEN], st.session_state[_NAME] = token, given.strip().lower()


def _leave_provider() -> None:
    """Leave the provider too; until the browser has, this page does not take its word again."""
    st.session_state[_REFUSED] = provider.identity()
    provider.leave()


def _vouched(store: Store) -> str:
    """The token of a new session of whoever a provider vouches for; nothing for nobody."""
    from assistant.desk import Accounts, Sessions

    found = provider.identity()
    if found is None or st.session_state.get(_REFUSED) == found:
        return ""
    try:
        token = Sessions(store).vouched(found.issuer, found.subject, found.email)
        actor = Sessions(store).actor(token)
    except AppError as error:
        tell(str(retold(error)), "wrong")
        st.session_state[_REFUSED] = found
        return ""
    st.session_state[_TOKEN], st.session_state[_NAME] = token, Accounts(store).name(actor)
    return token


def _forget() -> None:
    """Forget who was signed in, and everything of the desk that this page held."""
    for key in [key for key in st.session_state if str(key).startswith("desk-")]:
        if key != _TOLD:
            del st.session_state[key]
