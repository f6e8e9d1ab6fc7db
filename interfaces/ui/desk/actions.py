"""What may be done with a question, by the state it is in. The services decide again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.item_view import draw_text, is_mine
from interfaces.ui.desk.words import RULES
from interfaces.ui.language import later, say
from interfaces.ui.markup import label

if TYPE_CHECKING:
    from assistant.desk import Actor, Item, Reviews, Store
    from retrieval import Retriever

_NOTE = 2_000  # characters that the services take
_DOUBT = later("à vérifier")
_SENT = {"approved": later("Envoyer au client"), "refused": later("Envoyer le refus")}


def draw_actions(
    settings: Settings, store: Store, actor: Actor, item: Item, retriever: Retriever
) -> None:
    """Draw the text in force, or the editor, and the buttons that the item's state allows."""
    from assistant.desk import Reviews

    reviews = Reviews(store, actor)
    state, mine = item.row.state, is_mine(item, actor, session.name())
    if state == "taken" and mine and st.session_state.get(_editing(item)):
        from interfaces.ui.desk.editor import draw_editor

        draw_editor(item, reviews, retriever)  # alone: approving here would send the text before it
        return
    with st.container(key="desk-actions"):
        _by_state(item, reviews, mine=mine)
        _undo(item, reviews, actor)
    _left_over(item)
    draw_text(item)
    _doubts(item)
    if state == "approved" and mine:
        from interfaces.ui.desk.publish import draw_publish

        draw_publish(settings, store, actor, item, retriever)


def _by_state(item: Item, reviews: Reviews, *, mine: bool) -> None:
    """Draw the actions that the item's state allows."""
    state = item.row.state
    if state == "waiting":
        _button(
            item, say("Prendre"), reviews.take, say("Elle est à vous."), shortcut="P", primary=True
        )
    elif not mine and item.row.holder:
        held = say("Cette question est prise par {name}.", name=item.row.holder)
        st.info(label(held), icon=":material/lock:")
    elif state == "taken":
        _taken(item, reviews)
    elif state == "asked":
        st.info(say("Une précision est demandée au client."), icon=":material/hourglass:")
        _put_back(item, reviews)
    elif state in _SENT:
        _decided(item, reviews)


def run(item: Item, action: Callable[..., Any], done: str, *words: str, **named: str) -> None:
    """Act on the version of an item that is on the screen, and say how it went."""
    session.attempt(lambda: action(item.row.id, item.row.version, *words, **named), done)


def edit_on(item: Item) -> None:
    """Open the editor."""
    st.session_state[_editing(item)] = True


def edit_off(item: Item) -> None:
    """Close the editor."""
    st.session_state.pop(_editing(item), None)


def _editing(item: Item) -> str:
    """Where the session keeps whether an item is being edited."""
    return f"desk-editing-{item.row.id}"


def _taken(item: Item, reviews: Reviews) -> None:
    """Draw what the holder of a question may do."""
    with st.container(key="desk-buttons", horizontal=True):
        if item.text.citations:  # a text without a source cannot be approved
            _approve(item, reviews)
        st.button(
            say("Modifier"), key="desk-edit", on_click=edit_on, args=(item,),
            icon=":material/edit:", shortcut="Alt+Shift+M",
        )  # fmt: skip
        _noted(item, say("Refuser"), "desk-refuse", say("Motif, que le client lira"), reviews.refuse,
               say("Refusée : envoyez le refus, ou annulez."), ":material/block:")  # fmt: skip
        _noted(item, say("Demander un fait"), "desk-ask",
               say("Question au client, qu’il lit aussitôt"), reviews.ask,
               say("La question est partie."), ":material/contact_support:")  # fmt: skip
        _hand_over(item, reviews)
        _put_back(item, reviews)


def _decided(item: Item, reviews: Reviews) -> None:
    """Draw what follows an approval or a refusal."""
    approved = say("Réponse approuvée : rien n’est encore parti.")
    refused = say("Refus prêt : rien n’est encore parti.")
    st.info(approved if item.row.state == "approved" else refused,
            icon=":material/mark_email_unread:")  # fmt: skip
    _button(
        item, say(_SENT[item.row.state]), reviews.release,
        say("C’est parti : le client peut la lire."), shortcut="E", primary=True,
    )  # fmt: skip


def _button(
    item: Item, name: str, action: Callable[..., Any], done: str, *, shortcut: str,
    primary: bool = False,
) -> None:  # fmt: skip
    """Draw a button that acts at once."""
    st.button(
        name, key=f"desk-do-{shortcut}", on_click=run, args=(item, action, done),
        type="primary" if primary else "secondary", shortcut=f"Alt+Shift+{shortcut}",
    )  # fmt: skip


def _approve(item: Item, reviews: Reviews) -> None:
    """Draw the approval; with doubts of the guard, their justification is asked first."""
    name, done = say("Approuver"), say("Approuvée : envoyez-la, ou annulez.")
    if not getattr(item.text, "faults", ()):
        _button(item, name, reviews.approve, done, shortcut="A", primary=True)
        return
    with st.popover(name, icon=":material/check:", type="primary"), _form(item, "why"):
        st.text_area(
            say("Pourquoi les phrases signalées sont exactes"), key="desk-why", max_chars=_NOTE
        )
        st.form_submit_button(
            say("Approuver malgré tout"), type="primary",
            on_click=lambda: run(item, reviews.approve, done, despite=_said("desk-why")),
        )  # fmt: skip


def _noted(
    item: Item, name: str, key: str, asks: str, action: Callable[..., Any], done: str, icon: str
) -> None:
    """Draw an action that needs a few words."""
    with st.popover(name, icon=icon), _form(item, key):
        st.text_area(asks, key=f"{key}-text", max_chars=_NOTE)
        st.form_submit_button(
            name, type="primary", on_click=lambda: run(item, action, done, _said(f"{key}-text"))
        )


def _hand_over(item: Item, reviews: Reviews) -> None:
    """Draw how to give a question to a colleague."""
    done = say("La question est passée.")
    with st.popover(say("Passer"), icon=":material/person_add:"), _form(item, "hand-over"):
        st.selectbox(
            say("Collègue"), _colleagues(reviews.store), key="desk-colleague", index=None,
            placeholder=say("Choisissez un compte"),
        )  # fmt: skip
        st.text_area(
            say("Un mot pour lui (facultatif)"), key="desk-colleague-note", max_chars=_NOTE
        )
        st.form_submit_button(
            say("Passer la question"), type="primary",
            on_click=lambda: run(
                item, reviews.hand_over, done, _said("desk-colleague"), _said("desk-colleague-note")
            ),
        )  # fmt: skip


def _colleagues(store: Store) -> list[str]:
    """The other accounts that may take a question."""
    from assistant.desk import Accounts

    return [
        account.name
        for account in Accounts(store).all()
        if account.role != "client" and not account.disabled and account.name != session.name()
    ]


def _put_back(item: Item, reviews: Reviews) -> None:
    """Draw how to put a question back."""
    _button(
        item, say("Remettre dans la file"), reviews.put_back, say("Elle attend de nouveau."),
        shortcut="F",
    )  # fmt: skip


def _undo(item: Item, reviews: Reviews, actor: Actor) -> None:
    """Draw how to take back the last action, where it is the actor's and nothing has left."""
    kept = [r for r in item.reviews if not r.undone and r.action not in ("undo", "urgent")]
    last = kept[-1] if kept else None
    if last is None or last.action in ("receive", "return", "reply", "release"):
        return
    if last.actor_id == actor.account_id:
        st.button(
            say("Annuler la dernière action"), key="desk-undo", type="tertiary",
            on_click=run, args=(item, reviews.undo, say("Annulé.")), icon=":material/undo:",
            shortcut="Alt+Shift+Z",
        )  # fmt: skip


def _left_over(item: Item) -> None:
    """Draw a text that could not be kept because somebody else was first: nothing typed is lost."""
    text = st.session_state.get(f"desk-text-{item.row.id}")
    if text and text != item.text.markdown:
        with st.expander(say("Votre texte, non enregistré : copiez-le"), expanded=True):
            st.code(text, language=None, wrap_lines=True)


def _doubts(item: Item) -> None:
    """Draw the sentences that the guard does not find in their sources."""
    for fault in getattr(item.text, "faults", ()):
        told = say(
            "« {sentence} » : {rule}. {detail}", sentence=str(fault.get("sentence", "")),
            rule=say(RULES.get(str(fault.get("rule")), _DOUBT)), detail=str(fault.get("detail", "")),
        )  # fmt: skip
        st.warning(label(told), icon=":material/policy:")


def _form(item: Item, name: str) -> Any:
    """A form of an item."""
    return st.form(f"{name}-{item.row.id}", border=False, clear_on_submit=False)


def _said(key: str) -> str:
    """What a field holds."""
    return str(st.session_state.get(key) or "")
