"""What the pages read, opened once for all visitors and again when the base has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import streamlit as st

from retrieval.errors import AppError

if TYPE_CHECKING:  # heavy to import: only where a visitor needs it
    from assistant.contract import Draft, Model
    from assistant.contract_audit import Auditor
    from ingest.readers.agreements_table import AgreementTable
    from ingest.readers.kb import KnowledgeBase

AT_ONCE = 2  # audits and conversions that run together: they take seconds of a core
WAIT = 90.0  # seconds that a visitor waits for their turn

Pairs = tuple[tuple[str, str], ...]


def open_base(root: Path) -> KnowledgeBase:
    """The knowledge base, for reading only."""
    return _base(root, _stamp(root))


def open_model(root: Path) -> Model:
    """The model contract.

    Raises:
        KnowledgeBaseError: a file of the model is missing or breaks its own rules.
    """
    return _model(root, _stamp(root))


def open_agreements(root: Path) -> AgreementTable:
    """The decision table of collective agreements.

    Raises:
        KnowledgeBaseError: the table is absent, or names what the base does not hold.
    """
    return _agreements(root, _stamp(root))


def open_auditor(root: Path) -> Auditor:
    """What judges a contract.

    Raises:
        KnowledgeBaseError: the model or its checks break their own rules.
    """
    return _auditor(root, _stamp(root))


def blank_draft(root: Path, choices: Pairs) -> Draft:
    """The contract of some options, no field filled.

    Raises:
        UsageError: choices contradict each other.
        KnowledgeBaseError: the model breaks its own rules.
    """
    return _draft(root, _stamp(root), choices)


@contextmanager
def one_turn() -> Iterator[None]:
    """Wait for one's turn to do something long: visitors don't slow each other beyond bounds.

    Raises:
        AppError: nobody has made room in time.
    """
    turns = _turns()
    if not turns.acquire(timeout=WAIT):
        raise AppError("Trop de demandes arrivent en même temps.", fix="Réessayez dans une minute.")
    try:
        yield
    finally:
        turns.release()


def _stamp(root: Path) -> tuple[int, int]:
    """What changes when a file of the base does: how many there are, and the latest change."""
    times = [path.stat().st_mtime_ns for path in root.rglob("*") if path.suffix in (".md", ".yaml")]
    return len(times), max(times, default=0)


@st.cache_resource(show_spinner=False)
def _turns() -> BoundedSemaphore:
    """The turns of all visitors."""
    return BoundedSemaphore(AT_ONCE)


@st.cache_resource(max_entries=1, show_spinner=False)
def _base(root: Path, stamp: tuple[int, int]) -> KnowledgeBase:
    """The base under a folder, as it stands at a stamp."""
    from ingest.readers.kb import read_kb

    return read_kb(root)


@st.cache_resource(max_entries=1, show_spinner=False)
def _model(root: Path, stamp: tuple[int, int]) -> Model:
    """The model under a folder, as it stands at a stamp."""
    from assistant.contract import load_model

    return load_model(root)


@st.cache_resource(max_entries=32, show_spinner=False)
def _draft(root: Path, stamp: tuple[int, int], choices: Pairs) -> Draft:
    """A blank contract, as the model stands at a stamp."""
    from assistant.contract import draft

    return draft(_model(root, stamp), dict(choices), {})


@st.cache_resource(max_entries=1, show_spinner=False)
def _agreements(root: Path, stamp: tuple[int, int]) -> AgreementTable:
    """The table under a folder, as it stands at a stamp."""
    from ingest.readers.agreements_table import read_agreement_table

    return read_agreement_table(_base(root, stamp))


@st.cache_resource(max_entries=1, show_spinner=False)
def _auditor(root: Path, stamp: tuple[int, int]) -> Auditor:
    """The auditor of a folder, as it stands at a stamp."""
    from assistant.contract_audit import Auditor

    return Auditor.open(root)
