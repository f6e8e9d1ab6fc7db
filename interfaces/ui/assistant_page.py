"""The chat: it draws, the assistant decides."""

from __future__ import annotations

import streamlit as st

from interfaces.settings import load_settings
from interfaces.ui import theme
from interfaces.ui.answer import draw
from interfaces.ui.conversation import ask, exchanges, submitted
from interfaces.ui.desk.customer import reception
from interfaces.ui.first_run import first_run
from interfaces.ui.greeting import greeting
from interfaces.ui.service import open_assistant
from interfaces.ui.sidebar import NOTICE, facts_panel, sidebar
from retrieval.errors import AppError


def page() -> None:
    """Draw the page for one visitor."""
    theme.apply()
    theme.header()
    try:
        settings = load_settings()
        assistant = open_assistant(settings)
    except AppError as error:
        first_run(error)
        return
    question = _question()
    signed = sidebar(settings)
    if question:
        try:
            ask(assistant, question, signed, reception(settings, assistant.retriever))
        except AppError as error:
            st.error(str(error))
    if not exchanges():
        greeting()
    for turn, exchange in enumerate(exchanges()):
        draw(exchange, turn, settings, last=turn == len(exchanges()) - 1)
    facts_panel()
    if question and exchanges():
        theme.go_to(len(exchanges()) - 1)


def _question() -> str | None:
    """The question that the visitor typed or clicked."""
    with st.bottom:
        typed = st.chat_input("Posez votre question", key="question")
        st.html(f'<p class="ml-automatic">{NOTICE}</p>')
    return submitted() or typed


page()
