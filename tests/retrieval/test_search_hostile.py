"""Whatever is typed, an answer comes, within bounds, and the index is as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Filters, Retriever, load_weights, open_encoder
from retrieval.folder import Folder
from retrieval.generation import current
from retrieval.rewriting import MAX_MEANINGS, MAX_REPAIRS
from retrieval.store import MAX_PHRASES, MAX_TERMS
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.hostile import CONTROL, HOSTILE, LONG, SYNTAX, shown
from tests.retrieval.small_base import TOPICS

REPAIR = re.compile(r" \((?:faute|son|mots joints)\)$")
every_question = pytest.mark.parametrize("question", HOSTILE, ids=shown)


class Watched(Folder):
    """A generation that notes how many values each query is asked with, by its table."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, int]] = []
        super().__init__(folder)

    def _select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        table = re.search(r"FROM (\w+)", query)
        self.asked.append((table[1] if table else query, len(values)))
        return super()._select(query, values)

    def most(self, table: str) -> int:
        """The most values that one query on a table was asked with."""
        return max((count for name, count in self.asked if name == table), default=0)


@pytest.fixture(scope="module")
def watched(small: Path) -> Watched:
    """The small index, watched."""
    return Watched(current(small / "index"))


@pytest.fixture(scope="module")
def searching(watched: Watched) -> Retriever:
    """A retriever over the watched index."""
    return Retriever(watched, open_encoder(), load_weights())


@every_question
def test_any_question_is_searched(searching: Retriever, question: str) -> None:
    """No question raises; hits are ranked from 1 with finite scores, whatever was typed."""
    hits = searching.search(question, 5)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert all(hit.score == hit.score and hit.score < float("inf") for hit in hits)
    assert searching.named(question) is not None


@every_question
def test_any_question_is_ranked(searching: Retriever, question: str) -> None:
    """No question raises; probabilities are a distribution, and so is the base's own."""
    ranking = searching.rank(question)
    assert sum(c.probability for c in ranking.candidates) == pytest.approx(1.0)
    assert 0.0 <= ranking.scope.probability <= 1.0


@every_question
def test_the_work_is_bounded(watched: Watched, searching: Retriever, question: str) -> None:
    """Terms, phrases and repairs of one question stay within their limits."""
    watched.asked.clear()
    hits = searching.search(question, 1)
    assert watched.most("postings") <= MAX_TERMS + 1  # and the field
    assert watched.most("lexicon") <= MAX_PHRASES
    readings = [r.detail for hit in hits for r in hit.reasons if r.leg == "reading"]
    assert len([line for line in readings if REPAIR.search(line)]) <= MAX_REPAIRS
    assert len([line for line in readings if line.endswith("(lexique)")]) <= MAX_MEANINGS


def test_a_hundred_times_the_text_is_not_a_hundred_times_the_work(
    watched: Watched, searching: Retriever
) -> None:
    """Past the limit of a question, what is added asks nothing more of the index."""
    counts = []
    for size in (1_000, 20_000):
        question = " ".join(f"motinconnu{n} art. {n + 1_000}" for n in range(size))
        watched.asked.clear()
        searching.search(question, 5)
        searching.named(question)
        counts.append(len(watched.asked))
    assert counts[1] <= counts[0]  # what the first looked up is remembered


@pytest.mark.parametrize("question", [q for q in HOSTILE if not re.search(r"\w", q)], ids=shown)
def test_a_question_without_a_letter_finds_nothing(searching: Retriever, question: str) -> None:
    """Signs alone are nothing to search for: no hit, rather than passages by chance."""
    assert searching.search(question) == []


@pytest.mark.parametrize("noise", [*SYNTAX, *CONTROL], ids=shown)
def test_noise_around_a_question_hides_nothing(searching: Retriever, noise: str) -> None:
    """A question with a machine's syntax or control characters behind it is still found."""
    topic = TOPICS[1]
    hit = searching.search(f"{topic.question} {noise}", 1)[0]
    assert hit.passage.document_id == f"kb:questions/{topic.id}"


def test_nothing_that_was_asked_changed_the_index(small: Path, searching: Retriever) -> None:
    """After SQL and shell in every question the files are the same, to the byte."""
    folder = current(small / "index")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for question in (*SYNTAX, *CONTROL, *LONG[:3]):
        searching.search(question, filters=Filters(themes=frozenset({question[:100]})))
        searching.passage(question[:100])
        searching.document(question[:100])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@SOME
@given(ANY_TEXT, st.integers(1, 20))
def test_any_text_is_searched_ranked_and_named(searching: Retriever, text: str, times: int) -> None:
    """Surrogates, controls, combining marks in any mixture and number: a list and a distribution."""
    searching.search(text * times, 3)
    searching.named(text * times)
    assert 0.0 <= searching.rank(text * times).scope.probability <= 1.0


@pytest.mark.parametrize("identifier", [*SYNTAX, *CONTROL], ids=shown)
def test_an_unknown_id_is_no_passage(searching: Retriever, identifier: str) -> None:
    """Whatever stands where an id is expected, nothing is found and nothing breaks."""
    assert searching.passage(identifier) is None
    assert searching.document(identifier) == []
