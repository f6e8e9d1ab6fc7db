"""The customer's side of the desk on the assistant's page. Where there is no desk, none of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk import session
from interfaces.ui.desk.place import encoder_of, open_place, policy_of
from interfaces.ui.language import later, say
from interfaces.ui.markup import label

if TYPE_CHECKING:  # heavy to import: only where there is a desk
    from assistant.answering import Answer
    from assistant.desk import Actor, Policy, Received, Store, Validated
    from interfaces.ui.conversation import Exchange
    from retrieval import Retriever

_HOME, _REFERENCES = "desk-conversation", "asked-references"
_WAITS = later(
    "Un juriste répond d’abord à cette question. Notez votre référence : **{reference}**. Elle ouvre votre"
    " question dans « Suivre ma question », d’où que vous reveniez."
)
_AFTER = later(
    "Un juriste relira cette réponse. Référence, pour « Suivre ma question » : **{reference}**."
)
_KEPT = later(
    "Vos questions sont enregistrées {days} jours pour qu’un juriste puisse les relire et vous répondre."
    " N’y mettez ni nom ni donnée personnelle."
)


@dataclass(frozen=True, slots=True)
class Reception:
    """How the desk takes what a visitor asks."""

    store: Store
    policy: Policy
    actor: Actor
    retriever: Retriever
    validated: Validated

    def take(self, answer: Answer, *, beside: bool = False) -> tuple[Answer, Received]:
        """The answer to give, a lawyer's published one where there is one, kept at the desk.

        Args:
            beside: whether a document of the customer's goes with the question.

        Raises:
            AccessError: the desk asks for an account.
            StoreError: the question cannot be kept: its answer may have to wait, so it isn't shown.
        """
        from assistant.desk import Intake, theme_of

        given = self.validated.over(answer)
        received = Intake(self.store, self.policy).record(
            self.actor,
            given,
            conversation=str(st.session_state.get(_HOME, "")),
            theme=theme_of(given, self.retriever.passage),
            customer_document=beside,
        )
        st.session_state[_HOME] = received.conversation_id
        return given, received


def reception(settings: Settings, retriever: Retriever) -> Reception | None:
    """The desk as the visitor meets it; None where there is none."""
    store = open_place(settings)
    if store is None:
        return None
    return Reception(
        store, policy_of(settings), session.customer(store), retriever,
        _validated(store.place, retriever.manifest.generation, settings.encoder, store, retriever),
    )  # fmt: skip


def start_again() -> None:
    """The next question begins a conversation."""
    st.session_state.pop(_HOME, None)


def home(desk: Reception | None) -> str:
    """The conversation that an anonymous visitor may go on with at the next visit; else nothing."""
    anonymous = desk is not None and desk.actor.account_id is None
    return str(st.session_state.get(_HOME, "")) if anonymous else ""


def go_on(name: str) -> None:
    """Go on with a conversation that the desk knows; begin one when there is no name."""
    st.session_state[_HOME] = name


def waits(exchange: Exchange) -> bool:
    """Whether a lawyer answers first: the automatic answer isn't shown."""
    return exchange.received is not None and exchange.received.route == "attendre"


def draw_waiting(exchange: Exchange) -> None:
    """Draw the reference in place of an answer."""
    st.info(say(_WAITS, reference=_reference(exchange)), icon=":material/hourglass:")


def draw_lawyer(exchange: Exchange, settings: Settings) -> None:
    """Draw the reference of an answer that a lawyer reads after, or the way to ask one."""
    if exchange.received is None:
        return
    if reference := _reference(exchange):
        st.caption(say(_AFTER, reference=label(reference)))
        return
    st.button(
        say("Demander à un juriste"), key=f"lawyer-{exchange.id}", icon=":material/balance:",
        on_click=_ask_lawyer, args=(exchange, settings),
    )  # fmt: skip


def vote(settings: Settings, exchange: Exchange, *, helpful: bool, reason: str) -> bool:
    """Keep a vote at the desk; whether there is a desk that has the answer.

    Raises:
        AppError: it cannot be kept.
    """
    store = open_place(settings) if exchange.received is not None else None
    if store is None or exchange.received is None:
        return False
    from assistant.desk import Intake

    reference = Intake(store, policy_of(settings)).vote(
        session.customer(store), exchange.received.answer_id, helpful=helpful, reason=reason
    )
    if reference:
        _references()[exchange.id] = reference
    return True


def notice(settings: Settings) -> str:
    """What a visitor must know of what is kept; nothing where there is no desk."""
    if open_place(settings) is None:
        return ""
    return say(_KEPT, days=policy_of(settings).conservation_jours)


def _ask_lawyer(exchange: Exchange, settings: Settings) -> None:
    """Put a question before a lawyer."""
    from assistant.desk import Intake

    store = open_place(settings)
    if store is None or exchange.received is None:
        return
    intake, actor = Intake(store, policy_of(settings)), session.customer(store)
    question = exchange.received.question_id

    def act() -> None:
        _references()[exchange.id] = intake.ask_lawyer(actor, question)

    session.attempt(act, "")


def _reference(exchange: Exchange) -> str:
    """The reference under which a lawyer has a question, if one has."""
    given = exchange.received.reference if exchange.received else None
    return given or _references().get(exchange.id, "")


def _references() -> dict[str, str]:
    """The references given since an answer was drawn, by exchange."""
    known: dict[str, str] = st.session_state.setdefault(_REFERENCES, {})
    return known


@st.cache_resource(max_entries=4, show_spinner=False)
def _validated(
    place: str, generation: str, encoder: str, _store: Store, _retriever: Retriever
) -> Validated:  # fmt: skip
    """The published answers of a store over a generation: both are the key."""
    from assistant.desk import Validated

    return Validated(_store, _retriever, encoder_of(encoder))
