"""The assistant behind the page, opened once for all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings

if TYPE_CHECKING:  # heavy to import: only where a visitor needs it
    from assistant.answering import Assistant
    from retrieval import Retriever
    from retrieval.connections import Connections


def open_assistant(settings: Settings) -> Assistant:
    """The assistant over the generation in use; a new generation is served at the next run.

    Raises:
        AppError: there is no index, or it cannot be used.
    """
    from assistant.answering import Assistant

    return Assistant(_open(str(settings.served), _generation(settings), settings.encoder))


def _generation(settings: Settings) -> str:
    """The name of the generation in use."""
    address = settings.database_url.get_secret_value()
    if address:
        from retrieval.postgres import served

        return served(_connections(address)).generation
    from retrieval.generation import current

    return current(settings.index).name


@st.cache_resource(max_entries=1, show_spinner=False)
def _connections(address: str) -> Connections:
    """What asks a database for its generation, kept open between visitors' runs."""
    from retrieval.connections import Connections

    return Connections(address)


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(index: str, generation: str, encoder: str) -> Retriever:
    """The retriever of a generation. `generation` is a key: another one opens anew."""
    from retrieval import Retriever

    return Retriever.open(index, encoder=encoder)
