"""What a reader is worth, on a small base."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.gather import lifted
from evaluation.questions import Question
from evaluation.reader import measure, noisy, perfect
from retrieval import Candidate, Retriever
from tests.ingest.small_home import make_home
from tests.retrieval.small_base import TOPICS


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """A retriever over the small base."""
    return Retriever.open(make_home(tmp_path_factory.mktemp("home")) / "index")


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """Each topic's first wording, one with a wrong label, and one to decline."""
    known = [Question(t.id, t.wordings[0], (f"kb:questions/{t.id}",), "sms") for t in TOPICS]
    missed = Question("missed", "Combien de mois de préavis ?", (known[0].documents[0],), "sms")
    return [*known, missed, Question("foreign", "Quel vaccin pour mon chat ?", (), "hors sujet")]


def test_a_perfect_reader_reaches_the_share_shown(
    retriever: Retriever, questions: list[Question]
) -> None:
    """hit@1 with a perfect reader is the share of questions whose document is among the ten."""
    worth = measure(retriever, questions, perfect(questions))
    assert worth.after.mean == worth.in_first.mean == 1.0
    assert worth.before.mean == pytest.approx(8 / 9) and worth.before.count == 9


def test_a_silent_reader_changes_nothing(retriever: Retriever, questions: list[Question]) -> None:
    """A reader that names nothing leaves the ranking as it was, and is told as silent."""
    worth = measure(retriever, questions, lambda question, candidates: None)
    assert worth.after == worth.before and worth.silent.mean == 1.0


def test_a_wrong_reader_is_worth_less_than_none(
    retriever: Retriever, questions: list[Question]
) -> None:
    """A reader that always names the last document shown loses what ranking had found."""
    worth = measure(retriever, questions, lambda question, candidates: [len(candidates)])
    assert worth.after.mean < worth.before.mean


def test_the_noisy_reader_errs_as_often_as_it_is_told(
    retriever: Retriever, questions: list[Question]
) -> None:
    """Without error it is the perfect one; with nothing but error it is chance."""
    exact = measure(retriever, questions, perfect(questions))
    assert measure(retriever, questions, noisy(questions, 0.0)) == exact
    many = questions * 40
    drawn = measure(retriever, many, noisy(many, 1.0)).after.mean
    assert 0.02 < drawn < 0.25


def test_the_noisy_reader_draws_the_same_again(
    retriever: Retriever, questions: list[Question]
) -> None:
    """Two measures with one seed agree."""
    one, two = (measure(retriever, questions, noisy(questions, 0.5, seed=7)) for _ in "ab")
    assert one == two


def ranked(size: int) -> list[Candidate]:
    """Candidates in order."""
    return [Candidate(f"d{n}", f"D{n}", -n, 0.1) for n in range(size)]


@given(st.integers(1, 12), st.data())
def test_lifting_loses_nothing(size: int, data: st.DataObject) -> None:
    """Those chosen come first in the reader's order, and the others keep theirs."""
    candidates = ranked(size)
    numbers: Sequence[int] = data.draw(st.lists(st.integers(1, size), unique=True))
    ordered = lifted(candidates, numbers)
    assert [c.document_id for c in ordered[: len(numbers)]] == [f"d{n - 1}" for n in numbers]
    rest = list(ordered[len(numbers) :])
    assert rest == sorted(rest, key=lambda c: -c.score) and set(ordered) == set(candidates)


def test_no_choice_is_no_change() -> None:
    """A reader that names none leaves the order."""
    assert lifted(ranked(3), []) == tuple(ranked(3))
