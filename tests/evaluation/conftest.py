"""The small base, a small set, and one evaluation of the two, shared by the tests that read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.questions import Question, read_questions
from evaluation.run import Evaluation, evaluate
from retrieval import Retriever
from tests.evaluation.small_set import write_set
from tests.retrieval.small_base import build_base


@pytest.fixture(scope="session")
def judged_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small base in kb/, its index in index/ and a set in sets/; read it only."""
    folder = tmp_path_factory.mktemp("judged")
    build_base(folder)
    write_set(folder / "sets")
    return folder


@pytest.fixture
def retriever(judged_home: Path) -> Iterator[Retriever]:
    """A retriever over the small index, of the test's own."""
    yield Retriever.open(judged_home / "index")


@pytest.fixture(scope="session")
def questions(judged_home: Path) -> list[Question]:
    """The small set."""
    return read_questions(judged_home / "sets")


@pytest.fixture(scope="session")
def evaluation(judged_home: Path, questions: list[Question]) -> Evaluation:
    """The evaluation of the small index on the small set."""
    return evaluate(Retriever.open(judged_home / "index"), questions)
