"""A model's answer while it is written: verified sentences, told as not yet whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from interfaces.ui.assistant.typography import typographic
from interfaces.ui.conversation import waiting
from interfaces.ui.language import say
from interfaces.ui.markup import answer_markdown
from interfaces.ui.theme import LOGO


@contextmanager
def under_way(question: str, turn: int, model: str) -> Iterator[Callable[[str], None] | None]:
    """Draw a question and what is written for it, until the answer takes its place.

    Args:
        turn: number of the exchange in the conversation.
        model: the language model that writes; without one an answer is there at once, and nothing
            is drawn.

    Yields:
        What is called with each verified sentence; None without a model.
    """
    if not model:
        yield None
        return
    place = st.empty()
    with place.container():
        with st.chat_message("user"):
            st.text(typographic(question))
        with st.chat_message("assistant", avatar=str(LOGO)):
            told = say("Recherche dans la base, puis rédaction. Chaque phrase est vérifiée avant d’être"
                       " montrée…")  # fmt: skip
            st.html(f'<p class="ml-live" role="status">{escape(told)}</p>')
            heard = _Heard(turn)
        _draw_next(question)
        yield heard.hear
    place.empty()


def _draw_next(question: str) -> None:
    """Draw the questions that were asked while this one is being answered."""
    for other in waiting():
        if other == question:
            continue
        with st.chat_message("user"):
            st.text(typographic(other))
            told = say("Cette question attend la fin de la réponse précédente.")
            st.html(f'<p class="ml-live">{escape(told)}</p>')


class _Heard:
    """What was let out of a text so far, drawn anew at each sentence."""

    def __init__(self, turn: int) -> None:
        self._turn, self._text = turn, ""
        self._place = st.empty()

    def hear(self, sentence: str) -> None:
        """One more verified sentence. Its markers lead nowhere yet: sources are drawn at the end."""
        self._text += sentence
        self._place.markdown(answer_markdown(typographic(self._text), self._turn, {}))
