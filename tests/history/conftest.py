"""Conversations kept in a file and in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.facts import Facts, Span
from assistant.answering.types import Alternative, Answer, Citation, Part, QuickReply
from assistant.desk import Received
from assistant.history import Exchange, History, Holder, Kept, new_token
from retrieval.types import Passage
from tests.postgres.server import Server

QUESTION = "Le juge peut-il réduire la pénalité de M. Durand ?"
PASSAGE = Passage(
    "kb:law/c-civ-1231-5", "kb:law/c-civ-1231-5", "statute", "Clause pénale", "Le juge peut modérer.",
    in_force_since=date(2016, 10, 1), meta={"standing": "actuelle", "markdown": "x" * 1000},
)  # fmt: skip
ANSWER = Answer(
    question=QUESTION, status="answered", parts=(Part("", "Oui [1]."), Part("Explication", "…")),
    citations=(Citation(1, PASSAGE.id, "statute", "Clause pénale", "C. civ., art. 1231-5",
                        "https://exemple.fr", "Le juge peut modérer.", None),),
    confidence=0.9, reason="base", language="fr", alternatives=(Alternative("a", "Autre ?"),),
    index="g1", as_of=date(2018, 1, 1), quick_replies=(QuickReply("Qui ?", (("Moi", "moi"),)),),
    facts=("contrat conclu en 2018",),
)  # fmt: skip


@pytest.fixture
def kept() -> Kept:
    """A conversation of one exchange, known to the desk."""
    exchange = Exchange(
        "e1", QUESTION, ANSWER, {PASSAGE.id: PASSAGE}, Received("c", "q", "a", "publier", None)
    )
    span = Span(date(2018, 1, 1), date(2018, 12, 31))
    return Kept((exchange,), Facts(contract=span, side="client"), "c", "contrat.pdf")


@pytest.fixture
def holder() -> Holder:
    """A visitor."""
    return Holder(new_token())


@pytest.fixture
def stranger() -> Holder:
    """Another visitor."""
    return Holder(new_token())


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a database; one that cannot start fails the tests that need it."""
    server = Server()
    server.run("CREATE DATABASE history TEMPLATE template0")
    yield server.address("history")
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[History]:
    """Where conversations are kept: every holder is new there."""
    file = request.param == "sqlite"
    opened = History.open(
        tmp_path / "data" / "conversations.sqlite" if file else request.getfixturevalue("database")
    )
    yield opened
    opened.close()
