"""Measures against values made by hand and against their formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures import MEASURES, RESAMPLES, figure, figures, score
from evaluation.questions import Question

DOCUMENTS = [f"d{n}" for n in range(15)]


def asking(name: str, *documents: str) -> Question:
    """A question that these documents answer."""
    return Question(name, f"question {name}", documents, "sms")


def formula(name: str, ranked: Sequence[str], right: Sequence[str]) -> float:
    """A measure as its definition says, with binary relevance."""
    hits = [document in right for document in ranked]
    if name == "RR":
        return 1 / (hits.index(True) + 1) if True in hits else 0.0
    cut = int(name.partition("@")[2])
    if name.startswith("hit"):
        return float(any(hits[:cut]))
    if name.startswith("R@"):
        return sum(hits[:cut]) / len(right)
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits[:cut]) if hit)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(right), cut)))


def test_values_made_by_hand() -> None:
    """One right document in second place, and the other nowhere."""
    found = score([asking("q", "a", "b")], {"q": ["x", "a", "y"]})
    values = {name: found[name]["q"] for name in MEASURES}
    ideal = 1 + 1 / math.log2(3)
    assert values == pytest.approx(
        {"hit@1": 0, "hit@3": 1, "RR": 1 / 2, "nDCG@10": 1 / math.log2(3) / ideal, "R@10": 1 / 2}
    )


@given(
    st.permutations(DOCUMENTS),
    st.integers(0, len(DOCUMENTS)),
    st.sets(st.sampled_from(DOCUMENTS), min_size=1, max_size=4),
)
def test_every_measure_follows_its_formula(order: list[str], kept: int, right: set[str]) -> None:
    """Whatever the ranking, each measure is what its definition gives."""
    ranked, expected = order[:kept], sorted(right)
    found = score([asking("q", *expected)], {"q": ranked})
    for name in MEASURES:
        assert found[name]["q"] == pytest.approx(formula(name, ranked, expected)), name


def test_a_question_absent_from_the_run_scores_zero() -> None:
    """A judged question that nothing was ranked for counts as 0; it does not vanish."""
    found = score([asking("here", "a"), asking("gone", "a")], {"here": ["a"]})
    assert all(found[name] == {"here": 1.0, "gone": 0.0} for name in MEASURES)
    assert figures(found, ["here", "gone"])["hit@1"].mean == 0.5


def test_questions_to_decline_are_not_measured() -> None:
    """A question without a right document has no place in the measures of ranking."""
    found = score([asking("q", "a"), asking("foreign")], {"q": ["a"], "foreign": ["a"]})
    assert set(found["RR"]) == {"q"}


def test_no_question_gives_no_value() -> None:
    """Nothing to measure is not an error."""
    assert score([], {}) == {name: {} for name in MEASURES}


def test_the_order_given_is_the_order_measured() -> None:
    """Ties are the ranker's to break: the place in the list decides, whatever the ids."""
    for ranked in (["a", "z"], ["z", "a"]):
        assert score([asking("q", ranked[0])], {"q": ranked})["hit@1"]["q"] == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_interval_holds_the_mean(values: list[float]) -> None:
    """The interval lies within the values and around their mean."""
    found = figure(values)
    slack = 1e-9
    assert min(values) - slack <= found.low <= found.mean + slack
    assert found.mean - slack <= found.high <= max(values) + slack
    assert (found.mean, found.count) == (pytest.approx(sum(values) / len(values)), len(values))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms())
def test_the_interval_is_always_the_same(values: list[float], chance: object) -> None:
    """The same values give the same interval, in any order."""
    shuffled = list(values)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figure(shuffled) == figure(values)


def test_the_interval_is_that_of_a_share() -> None:
    """Over many questions it agrees with the normal interval of a share, p ± 1.96 √(p(1-p)/n)."""
    found = figure([1.0] * 160 + [0.0] * 40)
    half = 1.96 * math.sqrt(0.8 * 0.2 / 200)
    assert found.low == pytest.approx(0.8 - half, abs=0.01)
    assert found.high == pytest.approx(0.8 + half, abs=0.01)
    assert RESAMPLES == 1_000


def test_a_figure_over_nothing_is_no_number() -> None:
    """No question: no mean, and a count of 0."""
    found = figure([])
    assert found.count == 0
    assert math.isnan(found.mean)
