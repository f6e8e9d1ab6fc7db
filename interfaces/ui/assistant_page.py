"""The chat: it draws, the assistant decides."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from interfaces.settings import Settings, load_settings
from interfaces.ui import theme
from interfaces.ui.answer import draw
from interfaces.ui.assistant import attached, copying, keeping, visitor
from interfaces.ui.assistant.exporting import actions
from interfaces.ui.assistant.live import under_way
from interfaces.ui.assistant.turns import turns
from interfaces.ui.conversation import ask, exchanges, submitted
from interfaces.ui.desk.customer import reception
from interfaces.ui.first_run import first_run
from interfaces.ui.greeting import greeting
from interfaces.ui.language import say
from interfaces.ui.service import Service, open_service
from interfaces.ui.sidebar import NOTICE, sidebar
from retrieval.errors import AppError

STYLE = Path(theme.__file__).with_name("assistant.css")


def page() -> None:
    """Draw the page for one visitor."""
    theme.apply()
    st.html(STYLE)
    theme.header()
    try:
        settings = load_settings()
        service = open_service(settings)
    except AppError as error:
        first_run(error)
        return
    visitor.remember()
    copying.listen()
    keeping.follow_address(settings)
    question = _question()
    keeping.draw_told(asked=question is not None)
    attached.draw_wrong()
    _conversation(settings, service, question)
    sidebar(settings)


def _conversation(settings: Settings, service: Service, question: str | None) -> None:
    """Draw what was said, then the answer to a new question."""
    if not exchanges() and not question:
        greeting()
        return
    before = len(exchanges())
    for turn, exchange in enumerate(exchanges()):
        last = turn == before - 1 and not question
        draw(exchange, turn, settings, service.retriever, last=last)
    if question:
        _answer(settings, service, question)
    if exchanges():
        actions(settings, service.retriever)
    if len(exchanges()) > before:
        theme.go_to(before)


def _answer(settings: Settings, service: Service, question: str) -> None:
    """Answer a question, draw it and keep it."""
    turn = len(exchanges())
    # A model is waited for over the network: those who wait for it hold no turn.
    with nullcontext() if service.model else turns().answering() as shown:
        try:
            desk = reception(settings, service.retriever)
            with under_way(question, turn, service.model) as on_text:
                exchange = ask(service, question, desk, on_text)
        except AppError as error:
            st.error(str(error))
            return
        draw(exchange, turn, settings, service.retriever, shown=shown)
    keeping.keep(settings, desk)


def _question() -> str | None:
    """The question that the visitor typed or clicked."""
    with st.bottom:
        attached.attach_button()
        typed = st.chat_input(say("Posez votre question"), key="question")
        st.html(f'<p class="ml-automatic">{say(NOTICE)}</p>')
    return submitted() or typed


page()
