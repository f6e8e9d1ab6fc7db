"""The assistant behind the page, opened once for all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings

if TYPE_CHECKING:  # heavy to import: only where a visitor needs it
    from assistant.answering import Assistant
    from retrieval import Retriever


def open_assistant(settings: Settings) -> Assistant:
    """The assistant over the generation in use; a new generation is served at the next run.

    Raises:
        AppError: there is no index, or it cannot be used.
    """
    from assistant.answering import Assistant
    from retrieval.generation import current

    generation = current(settings.index).name
    return Assistant(_open(str(settings.index), generation, settings.encoder))


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(index: str, generation: str, encoder: str) -> Retriever:
    """The retriever of a generation. `generation` is a key: another one opens anew."""
    from retrieval import Retriever

    return Retriever.open(index, encoder=encoder)
