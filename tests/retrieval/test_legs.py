"""The legs over asked documents: their formulas, written out, and what a question is worth to each."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval import Retriever
from retrieval.encoders import Vectors
from retrieval.legs import LEGS, NEAREST, POOL, SHARPNESS, SIGNALS, Groups, evidence, nearest
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.made_index import answer, make_index
from tests.retrieval.small_base import CLAUSES, DECLINED, TOPICS

NONE = np.zeros(0, dtype=np.int64)
GROUPED = st.integers(1, 12).flatmap(
    lambda size: st.tuples(
        arrays(np.float32, size, elements=st.floats(-1, 1, width=32)),
        arrays(np.int64, size, elements=st.integers(0, 3)),
    )
)


def plain(values: list[float]) -> float:
    """The soft maximum of a group by its formula."""
    if not values:
        return -1.0
    total = sum(math.exp(SHARPNESS * value) for value in values) / math.sqrt(len(values))
    return max(math.log(total) / SHARPNESS, -1.0)


@SOME
@given(GROUPED)
def test_evidence_is_the_soft_maximum_of_each_group(
    grouped: tuple[Vectors, np.ndarray[tuple[int], np.dtype[np.int64]]],
) -> None:
    """Group by group, log (Σ exp(s·x) / √n) / s, and -1 where there is nothing."""
    likeness, groups = grouped
    expected = [plain([float(x) for x in likeness[groups == place]]) for place in range(4)]
    assert evidence(likeness, Groups(groups, 4)) == pytest.approx(expected, abs=1e-9)


def test_a_group_without_wordings_is_the_least_likely() -> None:
    """A document that nobody words comes after one whose wording says the opposite."""
    found = evidence(np.array([-0.9], dtype=np.float32), Groups(np.array([1]), 3))
    assert found[0] == found[2] == -1.0 < found[1]


def test_no_wording_at_all_is_no_evidence() -> None:
    """Without any question to decline, nothing speaks for declining."""
    assert evidence(np.zeros(0, dtype=np.float32), Groups(NONE, 1)).tolist() == [-1.0]


@SOME
@given(GROUPED, st.integers(0, 11), st.floats(0, 1, width=32))
def test_more_likeness_is_never_less_evidence(
    grouped: tuple[Vectors, np.ndarray[tuple[int], np.dtype[np.int64]]], place: int, more: float
) -> None:
    """Raising one wording's likeness lowers no group, and changes no group but its own."""
    likeness, groups = grouped
    place %= len(likeness)
    raised = likeness.copy()
    raised[place] = min(1.0, float(raised[place]) + more)
    before, after = evidence(likeness, Groups(groups, 4)), evidence(raised, Groups(groups, 4))
    assert (after >= before - 1e-12).all()
    others = np.arange(4) != groups[place]
    assert after[others].tolist() == before[others].tolist()


def test_one_wording_that_says_the_same_beats_many_that_are_near() -> None:
    """A soft maximum, not a sum: 50 middling wordings do not drown one that is nearly the same."""
    likeness = np.array([0.95, *[0.7] * 50], dtype=np.float32)
    found = evidence(likeness, Groups(np.array([0, *[1] * 50]), 2))
    assert found[0] > found[1]


@SOME
@given(GROUPED)
def test_the_nearest_wordings_are_averaged(
    grouped: tuple[Vectors, np.ndarray[tuple[int], np.dtype[np.int64]]],
) -> None:
    """Each group is worth the mean of its best, those that it lacks counting for 0."""
    likeness, groups = np.abs(grouped[0]), grouped[1]
    expected = [
        sum(sorted((float(x) for x in likeness[groups == place]), reverse=True)[:NEAREST]) / NEAREST
        for place in range(4)
    ]
    assert nearest(likeness, Groups(groups, 4)) == pytest.approx(expected, abs=1e-6)


def test_wordings_past_the_pool_count_for_nothing() -> None:
    """Only the greatest values of all are looked at: a base of 10,000 wordings costs no more."""
    likeness = np.linspace(1.0, 0.5, POOL + 50, dtype=np.float32)
    groups = np.array([0] * POOL + [1] * 50)
    assert nearest(likeness, Groups(groups, 2)).tolist() == [pytest.approx(1.0, abs=0.01), 0.0]


def test_no_wording_has_no_nearest() -> None:
    """An index without wordings ranks nothing, and raises nothing."""
    assert nearest(np.zeros(0, dtype=np.float32), Groups(NONE, 0)).shape == (0,)


@SOME
@given(GROUPED)
def test_groups_are_summed_wherever_their_values_stand(
    grouped: tuple[Vectors, np.ndarray[tuple[int], np.dtype[np.int64]]],
) -> None:
    """Values of one group need not follow each other, and a group may have none."""
    values, of = grouped[0].astype(np.float64), grouped[1]
    groups = Groups(of, 5)
    assert groups.counts.tolist() == [int((of == place).sum()) for place in range(5)]
    expected = [sum(values[of == place].tolist()) for place in range(5)]
    assert groups.summed(values) == pytest.approx(expected, abs=1e-9)


def test_every_leg_scores_every_document(retriever: Retriever) -> None:
    """Legs come by the names that weights are learnt for, a finite value for each asked document."""
    signals = retriever.signals(TOPICS[0].question)
    assert set(signals.legs) == set(LEGS) and set(signals.scope) == set(SIGNALS)
    assert len(retriever.asked()) == len(TOPICS) + len(CLAUSES)
    for values in signals.legs.values():
        assert values.shape == (len(retriever.asked()),) and np.isfinite(values).all()


@pytest.mark.parametrize("leg", ["senses", "wordings", "variants"])
def test_a_wording_is_worth_most_to_its_own_document(retriever: Retriever, leg: str) -> None:
    """Each leg over the wordings gives nearly every variant's own document the highest value."""
    asked = [(t.id, text) for t in TOPICS for text in t.wordings]
    right = [
        retriever.asked()[int(np.argmax(retriever.signals(text).legs[leg]))]
        == f"kb:questions/{name}"
        for name, text in asked
    ]
    assert sum(right) >= 0.95 * len(asked)


def test_a_documents_own_question_leads_to_it(retriever: Retriever) -> None:
    """The words of a question of the base are among those of its wordings."""
    for topic in TOPICS:
        values = retriever.signals(topic.question).legs["variants"]
        assert retriever.asked()[int(np.argmax(values))] == f"kb:questions/{topic.id}"


def test_the_body_leg_is_the_documents_text(retriever: Retriever) -> None:
    """Words that only an answer has lead to its document, through its text."""
    values = retriever.signals("une copie illisible")
    assert (
        retriever.asked()[int(np.argmax(values.legs["body"]))] == "kb:questions/sauvegarde-donnees"
    )
    assert not values.legs["variants"].any()


def test_the_lexicon_leg_is_what_the_words_mean(tmp_path: Path) -> None:
    """A lay phrase is worth nothing by itself, and much through the term that it stands for."""
    index = make_index(
        tmp_path, [answer("La réversibilité est due.")], lexicon={"bazar": "réversibilité"}
    )
    signals = Retriever.open(index).signals("bazar")
    assert signals.legs["lexicon"][0] > 0 == signals.legs["body"][0]


def test_foreign_questions_are_nearer_to_those_to_decline(retriever: Retriever) -> None:
    """What is to be declined is told by its likeness to known foreign questions and by its words."""
    for question in DECLINED:
        scope = retriever.signals(question).scope
        assert scope["foreign"] > scope["near"]
    for topic in TOPICS:
        scope = retriever.signals(topic.question).scope
        assert scope["near"] > scope["foreign"]


def test_nothing_to_decline_is_no_evidence(tmp_path: Path) -> None:
    """A base that names no foreign question has the least evidence against any."""
    retriever = Retriever.open(make_index(tmp_path, [answer()], declined=()))
    assert retriever.signals("Qui répond des données ?").scope["foreign"] == -1.0


@SOME
@given(ANY_TEXT)
def test_signals_of_any_text_are_finite(retriever: Retriever, text: str) -> None:
    """No text gives a value that isn't a number."""
    signals = retriever.signals(text)
    assert all(np.isfinite(values).all() for values in signals.legs.values())
    assert all(math.isfinite(value) for value in signals.scope.values())
