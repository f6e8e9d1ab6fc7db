"""The visitor's conversation. It lives in the visitor's own session; with a desk, there too."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answering.types import Answer
from retrieval.types import Passage

if TYPE_CHECKING:
    from assistant.answering import Assistant, Conversation
    from assistant.desk import Received
    from interfaces.ui.desk.customer import Reception

_EXCHANGES, _CONVERSATION, _PENDING = "exchanges", "conversation", "pending"
GREETED = {"salutation", "fait noté", "fact noted"}  # reasons of an answer that needs no lawyer


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and the passages as they stood when it was given."""

    id: str
    question: str
    answer: Answer
    passages: Mapping[str, Passage]
    received: Received | None = None  # how the desk keeps it; None without a desk


def exchanges() -> list[Exchange]:
    """The visitor's exchanges, oldest first."""
    found: list[Exchange] = st.session_state.setdefault(_EXCHANGES, [])
    return found


def submit(question: str) -> None:
    """Note a question that a button asks; the run that follows answers it."""
    st.session_state[_PENDING] = question


def submitted() -> str | None:
    """The question that a button asked, once."""
    question: str | None = st.session_state.pop(_PENDING, None)
    return question


def start_again() -> None:
    """Forget the conversation."""
    from interfaces.ui.desk import customer

    customer.start_again()
    for key in (_EXCHANGES, _CONVERSATION, _PENDING):
        st.session_state.pop(key, None)


def ask(
    assistant: Assistant, question: str, as_of: date | None, desk: Reception | None = None
) -> None:
    """Answer a question and add the exchange to the conversation.

    Args:
        desk: keeps the question, and decides whether its answer waits for a lawyer.

    Raises:
        AppError: the question cannot be answered, or the desk cannot keep it.
    """
    before: Conversation | None = st.session_state.get(_CONVERSATION)
    answer, received = assistant.answer(question, conversation=before, as_of=as_of), None
    if desk is not None and answer.reason not in GREETED:
        answer, received = desk.take(answer)
    found = {c.passage_id: assistant.retriever.passage(c.passage_id) for c in answer.citations}
    passages = {identifier: passage for identifier, passage in found.items() if passage}
    exchanges().append(Exchange(uuid.uuid4().hex, question, answer, passages, received))
    st.session_state[_CONVERSATION] = (before or _empty()).after(question, answer)


def _empty() -> Conversation:
    """A conversation in which nothing was said."""
    from assistant.answering import Conversation

    return Conversation()
