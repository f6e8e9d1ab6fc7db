"""Follow-ups keep their subject, new questions bring theirs: in a conversation over the real base."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.following import follow
from assistant.answering.types import Turn
from retrieval import Retriever
from tests.answering.turns import TURNS

PRICES = "Le prestataire peut-il augmenter ses prix en cours de contrat ?"


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The search over the whole base."""
    return Retriever.open(kb_index)


def first(retriever: Retriever, question: str, *before: str) -> str:
    """The question of the base found for the last of a conversation."""
    turns = [Turn(text) for text in before]
    found = follow(question, turns, retriever.rank, retriever.weights.threshold)
    return found.ranking.candidates[0].document_id.rpartition("/")[2]


@pytest.mark.parametrize("kind", ["announced", "plain", "elliptical"])
def test_most_turns_find_their_subject(retriever: Retriever, kind: str) -> None:
    """Announced changes, plain ones and elliptical follow-ups: four in five at least."""
    turns = [turn for turn in TURNS if turn.kind == kind]
    right = [first(retriever, t.asked, t.before) in t.subjects.split("|") for t in turns]
    assert sum(right) >= 0.8 * len(turns)


def test_a_fact_asks_the_question_before_again(retriever: Retriever) -> None:
    """« Je suis un particulier. » leaves the subject where it was."""
    assert first(retriever, "Je suis un particulier.", PRICES) == "augmentation-unilaterale-prix"


def test_the_first_question_leans_on_nothing(retriever: Retriever) -> None:
    """Without a conversation the message is searched as it stands."""
    found = follow("combien ?", [], retriever.rank, retriever.weights.threshold)
    assert found.query == "combien ?"


def test_a_foreign_question_takes_nothing_from_before(retriever: Retriever) -> None:
    """A question of another world is not dragged into the subject: it is still declined."""
    found = follow(
        "Quelle est la capitale de l'Italie ?",
        [Turn(PRICES)], retriever.rank, retriever.weights.threshold,
    )  # fmt: skip
    assert found.ranking.scope.probability < retriever.weights.threshold


def test_shares_of_a_follow_up_are_shares(retriever: Retriever) -> None:
    """The mean of two rankings is a ranking: best first, shares that sum to one."""
    found = follow(
        "Et la clause d'exclusivité, elle est valable ?",
        [Turn(PRICES)], retriever.rank, retriever.weights.threshold,
    )  # fmt: skip
    shares = [candidate.probability for candidate in found.ranking.candidates]
    assert shares == sorted(shares, reverse=True) and sum(shares) == pytest.approx(1.0, abs=1e-3)
