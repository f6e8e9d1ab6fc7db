"""Answers over the real base, with their records."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.provenance import Record, record_of
from retrieval import Retriever

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
QUESTION = (
    "pk : Que se passe-t-il si le client ne paie pas : suspension des prestations, exception"
    " d'inexécution ou résiliation ?"
)


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The whole base."""
    return Retriever.open(kb_index)


@pytest.fixture(scope="module")
def record(retriever: Retriever) -> Record:
    """An answer to a question of the base, with a word as in a text message."""
    return record_of(Assistant(retriever).answer(QUESTION), retriever, at=NOW)
