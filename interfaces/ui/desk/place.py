"""The desk behind the pages: its store, opened once for all visitors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings

if TYPE_CHECKING:  # heavy to import: only where there is a desk
    from assistant.desk import Policy, Store
    from assistant.guard import RetrieverBase
    from retrieval import Encoder, Retriever


def open_place(settings: Settings) -> Store | None:
    """The desk that the settings name; None where there is none.

    There is one from the first account of a lawyer or an administrator on. Until then nothing is
    kept of a question, and nothing waits.

    Raises:
        StoreError: there is one, and it cannot be opened: no answer may go past it.
    """
    if isinstance(settings.desk, Path) and not settings.desk.is_file():
        return None
    store = _opened(str(settings.desk), settings)
    from assistant.desk import Accounts

    staffed = any(a.role != "client" and not a.disabled for a in Accounts(store).all())
    return store if staffed else None


def policy_of(settings: Settings) -> Policy:
    """The policy in force; a changed file is followed at once.

    Raises:
        PolicyError: the file is missing or wrong.
    """
    from assistant.desk import load_policy

    return load_policy(settings.kb)


def base_for(retriever: Retriever) -> RetrieverBase:
    """The base that the guard asks."""
    from assistant.guard import RetrieverBase

    return RetrieverBase(retriever)


def send_back(settings: Settings, store: Store, retriever: Retriever) -> None:
    """Send the published answers to be read again back to the queue; once for each index.

    Raises:
        AppError: the policy is wrong, or the database is away.
    """
    _sent_back(store.place, retriever.manifest.generation, settings, store, retriever)


@st.cache_resource(max_entries=2, show_spinner=False)
def encoder_of(name: str) -> Encoder:
    """The encoder of a setting."""
    from retrieval import open_encoder

    return open_encoder(name)


@st.cache_data(max_entries=4, ttl=timedelta(hours=6), show_spinner=False)
def _sent_back(
    place: str, generation: str, _settings: Settings, _store: Store, _retriever: Retriever
) -> int:
    """How many were sent back. The place and the generation are the key; age is looked at again."""
    from assistant.desk import return_stale

    days = policy_of(_settings).relire_apres_jours
    return len(return_stale(_store, _retriever.passage, days, datetime.now(UTC)))


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(place: str, _settings: Settings) -> Store:
    """The store at a place. `place` is the key: another one opens anew."""
    from assistant.desk import open_desk

    return open_desk(_settings.desk, _settings.votes)
