"""A dossier of two answers over the real base."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.answering import Answer, Assistant
from assistant.dossier import Dossier, Exchange, dossier_of
from retrieval import Retriever

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FEE = "Quid de l'indemnité de résiliation anticipée ?"


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The whole base."""
    return Retriever.open(kb_index)


@pytest.fixture(scope="module")
def answers(retriever: Retriever) -> tuple[Answer, Answer]:
    """A question of today's law, and one on a contract of before the reform."""
    assistant = Assistant(retriever)
    return assistant.answer(FEE), assistant.answer(FEE, as_of=date(2015, 3, 1))


@pytest.fixture(scope="module")
def dossier(answers: tuple[Answer, Answer], retriever: Retriever) -> Dossier:
    """Their dossier, read over by somebody."""
    exchanges = [Exchange(answers[0], "0123456789ab", ("Le client est une association.",)),
                 Exchange(answers[1])]  # fmt: skip
    return dossier_of(exchanges, retriever, NOW, software="0.1.0", reviewer="Cabinet Exemple")
