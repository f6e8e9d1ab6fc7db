"""The visitor's conversations: kept after each answer, reopened by their address, listed, deleted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui import conversation
from interfaces.ui.assistant.shelf import Contract, drawer, open_history
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.assistant.visitor import holder, is_known
from interfaces.ui.desk import customer
from interfaces.ui.language import say
from interfaces.ui.markup import label
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.history import Listed
    from interfaces.ui.desk.customer import Reception

NAME, LINK = "conversation", "partage"  # in the address
SHOWN = 8  # conversations listed before the rest is folded
LABEL = 110  # characters of a listed conversation
_TOLD, _FAILED, _READ = "history-told", "history-failed", "shared-link"


def follow_address(settings: Settings) -> None:
    """Put on the screen the conversation that the address names; name there the one on the screen."""
    link, name = st.query_params.get(LINK, ""), st.query_params.get(NAME, "")
    try:
        if link and link != st.session_state.get(_READ):
            _open_shared(settings, link)
        elif name and name != conversation.opened().name:
            _open_own(settings, name)
    except AppError as error:
        tell(str(error))
        st.query_params.pop(NAME, None)
    if (here := conversation.opened().name) and st.query_params.get(NAME) != here:
        st.query_params[NAME] = here


def keep(settings: Settings, desk: Reception | None) -> None:
    """Keep the conversation on the screen, say so where it cannot be; then answer what waits."""
    _keep(settings, desk)
    if conversation.waiting():
        st.rerun()


def _keep(settings: Settings, desk: Reception | None) -> None:
    """Keep the conversation on the screen; say so where it cannot be."""
    try:
        kept = conversation.kept(customer.home(desk))
        name = open_history(settings).keep(holder(), kept, conversation.opened().name)
    except AppError as error:
        st.session_state[_FAILED] = str(error)
        return
    st.session_state.pop(_FAILED, None)
    conversation.named(name)
    st.query_params.pop(LINK, None)
    st.query_params[NAME] = name
    if beside := conversation.contract():
        put_away(beside)


def put_away(beside: Contract) -> None:
    """Keep a document in memory for the conversation on the screen, once that has a name."""
    if name := conversation.opened().name:
        drawer().put(_key(name), beside)


def begin() -> None:
    """Begin a conversation; the one on the screen stays in the list."""
    conversation.start_again()
    st.session_state.pop(_READ, None)
    for parameter in (NAME, LINK):
        st.query_params.pop(parameter, None)


def delete(settings: Settings) -> None:
    """Delete the conversation on the screen, its links and its document."""
    name = conversation.opened().name
    try:
        if name:
            open_history(settings).delete(holder(), name)
            drawer().drop(_key(name))
    except AppError as error:
        tell(str(error))
        return
    begin()
    tell(say("La conversation est supprimée."))


def delete_all(settings: Settings) -> None:
    """Delete every conversation of the visitor's."""
    try:
        history = open_history(settings)
        for listed in history.list(holder()):
            history.delete(holder(), listed.id)
            drawer().drop(_key(listed.id))
    except AppError as error:
        tell(str(error))
        return
    begin()
    tell(say("Vos conversations sont supprimées."))


def drop_contract() -> None:
    """Take the visitor's document away from the conversation, and out of memory."""
    conversation.put_contract(None)
    if name := conversation.opened().name:
        drawer().drop(_key(name))


def tell(text: str) -> None:
    """Keep a sentence for the top of the page, at its next run."""
    st.session_state[_TOLD] = text


def draw_told(*, asked: bool = False) -> None:
    """Draw what opening, keeping or deleting had to say.

    Args:
        asked: whether a question is being answered: what follows a copy is the visitor's own.
    """
    if told := st.session_state.pop(_TOLD, ""):
        st.info(label(told), icon=":material/info:")
    if unanswered := conversation.failed():
        st.error(label(unanswered), icon=":material/error:")
    if failed := st.session_state.get(_FAILED, ""):
        lost = say("Cette conversation n’a pas pu être gardée : elle disparaîtra avec cette page.")
        st.warning(label(f"{lost} {failed}"), icon=":material/cloud_off:")
    if conversation.opened().shared and conversation.exchanges() and not asked:
        shared = say(
            "Vous lisez la copie d’une conversation que quelqu’un partage avec vous. Posez une"
            " question : la suite ne sera qu’à vous."
        )
        st.info(label(shared), icon=":material/group:")


def history_panel(settings: Settings) -> None:
    """Draw the visitor's conversations, the last used first."""
    if not (is_known() or conversation.opened().name):
        return
    try:
        found = open_history(settings).list(holder())
    except AppError as error:
        st.caption(label(str(error)))
        return
    if not found:
        return
    st.html(f'<h3 class="ml-panel">{escape(say("Vos conversations"))}</h3>')
    with st.container(key="history", gap="xxsmall"):
        for listed in found[:SHOWN]:
            _entry(listed)
    if len(found) > 1:
        with st.expander(say("Gérer mes conversations"), key="history-more"):
            for listed in found[SHOWN:]:
                _entry(listed)
            st.button(
                say("Supprimer toutes mes conversations"), key="delete-all", type="tertiary",
                icon=":material/delete:", on_click=delete_all, args=(settings,),
            )  # fmt: skip


def _entry(listed: Listed) -> None:
    """Draw a conversation as a button that opens it."""
    here = listed.id == conversation.opened().name
    name = listed.title if len(listed.title) <= LABEL else f"{listed.title[:LABEL].rstrip()}…"
    st.button(
        label(typographic(name)), key=f"history-{listed.id}", type="tertiary", width="stretch",
        icon=":material/chat_bubble:" if here else ":material/chat_bubble_outline:",
        on_click=_go, args=(listed.id,), help=None if name == listed.title else label(typographic(listed.title)),
    )  # fmt: skip


def _go(name: str) -> None:
    """Open a conversation by its address, so that the way back is the browser's own."""
    st.query_params.pop(LINK, None)
    st.query_params[NAME] = name


def _open_own(settings: Settings, name: str) -> None:
    """Open a conversation of the visitor's."""
    found = open_history(settings).get(holder(), name)
    if found is None:
        st.query_params.pop(NAME, None)
        tell(say("Cette conversation n’est plus là, ou n’a pas eu lieu dans ce navigateur."))
        return
    conversation.reopen(found, name, drawer().get(_key(name)))
    st.session_state.pop(_READ, None)


def _open_shared(settings: Settings, link: str) -> None:
    """Open the copy that a link leads to."""
    from assistant.history import Holder
    from assistant.history.seal import is_token

    found = open_history(settings).shared(Holder(link)) if is_token(link) else None
    if found is None:
        st.query_params.pop(LINK, None)
        tell(say("Ce lien ne mène plus à rien : il a été retiré ou a expiré."))
        return
    conversation.reopen(found)
    st.session_state[_READ] = link


def _key(name: str) -> str:
    """What a conversation's document is found by: its holder's, not its name alone."""
    return f"{holder().owner}/{name}"
