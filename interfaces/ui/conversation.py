"""The visitor's conversation: in the visitor's own session, and kept sealed for the next visit."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.answering.conversation import Conversation
from assistant.answering.facts import Facts, read_facts
from assistant.answering.types import Turn
from assistant.answering.wording import REASONS
from assistant.history.types import Exchange as Exchange
from assistant.history.types import Kept
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.privacy import Pseudonyms
    from interfaces.ui.assistant.shelf import Contract
    from interfaces.ui.desk.customer import Reception
    from interfaces.ui.service import Service

_EXCHANGES, _CONVERSATION, _WAITING, _NAME = "exchanges", "conversation", "waiting", "history-name"
_CONTRACT, _GONE, _NAMES, _SHARED = "own-contract", "own-contract-gone", "pseudonyms", "shared-view"
_CHANGED, _CARDS, _FAILED = "case-changed", "written-cards", "unanswered"
_ALL = (
    _EXCHANGES, _CONVERSATION, _WAITING, _NAME, _CONTRACT, _GONE, _NAMES, _SHARED, _CHANGED, _CARDS,
    _FAILED,
)  # fmt: skip
TYPED = "question"  # key of the field for questions
MOST_WAITING = 5  # questions of one conversation: nobody reads further ahead
# Reasons of an answer to what asks nothing: it needs no lawyer.
GREETED = frozenset(told[why] for told in REASONS.values() for why in ("greeting", "noted", "talk"))


@dataclass(frozen=True, slots=True)
class Opened:
    """What a conversation is told apart by, in the session."""

    name: str = ""  # under which it is kept; empty until it is
    shared: bool = False  # somebody else's copy: what is asked next is one's own


def exchanges() -> list[Exchange]:
    """The visitor's exchanges, oldest first."""
    found: list[Exchange] = st.session_state.setdefault(_EXCHANGES, [])
    return found


def submit(question: str) -> None:
    """Note a question that a button asks; the run that follows answers it.

    One that is waiting already is asked once.
    """
    known = _waiting()
    if question not in known and len(known) < MOST_WAITING:
        known.append(question)


def submitted() -> str | None:
    """The question to answer first: one whose answer was interrupted, else one that a button asked.

    It waits until `ask` has its answer. What was just typed waits behind it.
    """
    if typed := st.session_state.get(TYPED):
        submit(str(typed))
    known = _waiting()
    return known[0] if known else None


def waiting() -> list[str]:
    """The questions without an answer yet, in their order; the first is being answered."""
    return list(_waiting())


def failed() -> str:
    """Why a question that others followed has no answer, once."""
    return str(st.session_state.pop(_FAILED, ""))


def opened() -> Opened:
    """Which conversation is on the screen."""
    return Opened(
        st.session_state.get(_NAME, ""), bool(st.session_state.get(_SHARED)),
    )  # fmt: skip


def named(name: str) -> None:
    """Note under which name the conversation on the screen is kept."""
    st.session_state[_NAME] = name


def said() -> Conversation:
    """What was said so far."""
    return _talk()[0]


def case() -> Facts:
    """What is known of the visitor's case."""
    return said().told("")


def contract() -> Contract | None:
    """The visitor's own document, beside this conversation."""
    found: Contract | None = st.session_state.get(_CONTRACT)
    return found


def lost_contract() -> str:
    """The name of a document that this conversation had and that is no longer in memory."""
    return str(st.session_state.get(_GONE, ""))


def put_contract(found: Contract | None, gone: str = "") -> None:
    """Set a document beside the conversation, or take it away.

    Args:
        gone: the name of one that it had before.
    """
    st.session_state[_CONTRACT], st.session_state[_GONE] = found, gone


def start_again() -> None:
    """Forget the conversation on the screen; what is kept of it stays."""
    from interfaces.ui.desk import customer

    customer.start_again()
    for key in _ALL:
        st.session_state.pop(key, None)


def tell(sentence: str) -> None:
    """Take note of a fact, as if the visitor had written it."""
    before = said()
    _talk()[0] = replace(before, turns=(*before.turns, Turn(sentence)))
    st.session_state[_CHANGED] = True


def untell(fact: str) -> None:
    """Forget a fact, and what was said of it.

    Args:
        fact: a field of `Facts`.
    """
    _talk()[0] = _without(said(), fact)
    st.session_state[_CHANGED] = True


def case_changed() -> bool:
    """Whether the visitor has set a fact right since the last answer."""
    return bool(st.session_state.get(_CHANGED))


def ask(
    service: Service,
    question: str,
    desk: Reception | None = None,
    on_text: Callable[[str], None] | None = None,
) -> Exchange:
    """Answer a question and add the exchange to the conversation.

    A visitor's click may end the run at any use of the session: the question then still waits, and
    the run that follows answers it.

    Args:
        desk: keeps the question, and decides whether its answer waits for a lawyer.
        on_text: called with each verified sentence of a model's answer.

    Raises:
        AppError: the question cannot be answered, or the desk cannot keep it.
    """
    submit(question)
    st.session_state.pop(_CHANGED, None)
    known, drawn, talk = _waiting(), exchanges(), _talk()
    try:
        exchange = _answered(service, question, desk, on_text)
    except Exception as error:  # a bug too: the question would else be asked at each run
        known.remove(question)
        if isinstance(error, AppError):
            _tell_before_the_next(error)
        raise
    # From here to the end, no use of the session: all of it is noted, or none.
    drawn.append(exchange)
    talk[0] = talk[0].after(question, exchange.answer)
    known.remove(question)
    return exchange


def _answered(
    service: Service, question: str, desk: Reception | None, on_text: Callable[[str], None] | None
) -> Exchange:
    """A question and its answer, as they stand beside the visitor's document."""
    before, beside, received = said(), contract(), None
    answer = service.answer(question, before, _pseudonyms(), on_text)
    if desk is not None and answer.reason not in GREETED:
        answer, received = desk.take(answer, beside=beside is not None)
    if beside is not None:
        answer = service.beside(answer, beside)
    passages = service.passages(answer, beside)
    return Exchange(uuid.uuid4().hex, question, answer, passages, received)


def _tell_before_the_next(error: AppError) -> None:
    """Where a question follows one that has no answer, say why over the next answer."""
    if _waiting():
        st.session_state[_FAILED] = str(error)
        st.rerun()


def kept(home: str) -> Kept:
    """The conversation on the screen, as it is kept.

    Args:
        home: the desk's name for it, where it may be gone on with at the next visit.
    """
    beside = contract()
    name = beside.document.name if beside else lost_contract()
    return Kept(tuple(exchanges()), case(), home, name)


def reopen(found: Kept, name: str = "", beside: Contract | None = None) -> None:
    """Put a conversation that was kept on the screen.

    Args:
        name: under which it is kept; empty for somebody else's copy.
        beside: the document that it had, where it is still in memory.
    """
    from interfaces.ui.desk import customer

    start_again()
    customer.go_on(found.home if name else "")
    st.session_state[_EXCHANGES] = list(found.exchanges)
    _talk()[0] = _said_in(found)
    st.session_state[_SHARED] = not name
    named(name)
    put_contract(beside, found.document if beside is None and name else "")


def _said_in(found: Kept) -> Conversation:
    """What was said in a conversation that was kept, and what was set right beside it."""
    before = Conversation()
    for exchange in found.exchanges:
        before = before.after(exchange.question, exchange.answer)
    known = before.told("")
    for fact in (field.name for field in fields(Facts)):
        value = getattr(found.case, fact)
        if getattr(known, fact) != value:
            before = _without(before, fact)
            before = replace(before, facts=replace(before.facts, **{fact: value}))
    return before


def _without(before: Conversation, fact: str) -> Conversation:
    """A conversation in which a fact was never said."""
    turns = tuple(t for t in before.turns if getattr(read_facts(t.question), fact) is None)
    nothing: dict[str, Any] = {fact: None}
    return Conversation(turns, replace(before.facts, **nothing))


def _waiting() -> list[str]:
    """The questions without an answer yet, as the session holds them."""
    found: list[str] = st.session_state.setdefault(_WAITING, [])
    return found


def _talk() -> list[Conversation]:
    """What was said so far, alone in a list that the session holds."""
    found: list[Conversation] = st.session_state.setdefault(_CONVERSATION, [Conversation()])
    return found


def _pseudonyms() -> Pseudonyms:
    """The tags that stand for names in this conversation, where a model is asked."""
    found: Pseudonyms | None = st.session_state.get(_NAMES)
    if found is None:
        from assistant.privacy import Pseudonyms

        found = st.session_state[_NAMES] = Pseudonyms()
    return found
