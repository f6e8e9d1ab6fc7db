"""Fusion by value: the expected scores are the formula, written out."""

from __future__ import annotations

import json
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.fusion import WEIGHTS, Values, fuse, load_weights, softmax, standard
from tests.retrieval.any_text import SOME

FINITE = st.floats(-1e3, 1e3, width=32)
LEGS = st.integers(1, 8).flatmap(
    lambda size: st.dictionaries(
        st.sampled_from("abcd"), arrays(np.float64, size, elements=FINITE), min_size=1
    )
)
SCORES = arrays(np.float64, st.integers(1, 20), elements=FINITE)


def scaled(legs: dict[str, Values]) -> dict[str, Values]:
    """The standard scores of legs."""
    return {name: standard(leg) for name, leg in legs.items()}


def test_standard_scores_are_the_formula() -> None:
    """(value - mean) / deviation, written out for 1, 2, 3."""
    assert standard(np.array([1.0, 2.0, 3.0])) == pytest.approx(
        [-((3 / 2) ** 0.5), 0, (3 / 2) ** 0.5]
    )


def test_a_leg_without_differences_counts_for_nothing() -> None:
    """A leg that gives every candidate the same score decides nothing, and divides by no zero."""
    legs = {"flat": np.full(3, 7.0), "sharp": np.array([0.0, 1.0, 2.0])}
    assert fuse(scaled(legs), {"flat": 100.0, "sharp": 1.0}) == pytest.approx(
        standard(legs["sharp"])
    )


def test_fused_scores_are_the_weighted_sum() -> None:
    """Two legs are summed candidate by candidate, each with its weight."""
    one, two = np.array([1.0, 2.0, 3.0]), np.array([9.0, 1.0, 1.0])
    expected = 0.6 * standard(one) + 0.4 * standard(two)
    assert fuse(scaled({"a": one, "b": two}), {"a": 0.6, "b": 0.4}) == pytest.approx(expected)


def test_a_leg_without_a_weight_counts_for_nothing() -> None:
    """A leg that nobody weighed changes no score."""
    one = np.array([1.0, 2.0])
    assert fuse(scaled({"a": one, "new": -one}), {"a": 1.0}).tolist() == standard(one).tolist()


def test_no_leg_gives_no_score() -> None:
    """Without any leg there is nothing to rank."""
    assert fuse({}, {"a": 1.0}).shape == (0,)


@SOME
@given(LEGS, st.randoms())
def test_the_order_of_the_legs_changes_nothing(legs: dict[str, Values], draw: Random) -> None:
    """Fusion gives the same bits whatever the order in which the legs come."""
    weights = {name: 1.0 + place for place, name in enumerate(sorted(legs))}
    shuffled = list(legs.items())
    draw.shuffle(shuffled)
    assert fuse(scaled(dict(shuffled)), weights).tobytes() == fuse(scaled(legs), weights).tobytes()


@SOME
@given(SCORES, st.floats(0.05, 10))
def test_probabilities_sum_to_one(values: Values, temperature: float) -> None:
    """A softmax is a distribution: no share below 0, all of them together 1."""
    shares = softmax(values, temperature)
    assert shares.sum() == pytest.approx(1.0)
    assert (shares >= 0).all()


@SOME
@given(SCORES)
def test_a_higher_score_never_has_a_lower_probability(values: Values) -> None:
    """Score is 'higher is better' all the way: distance and similarity cannot be mistaken here."""
    shares = softmax(values, 1.0)
    assert (np.diff(shares[np.argsort(values, kind="stable")]) >= 0).all()


def test_no_candidate_has_no_probability() -> None:
    """Nothing to choose from gives nothing, and no warning."""
    assert softmax(np.zeros(0), 1.0).size == 0
    assert standard(np.zeros(0)).size == 0


def test_the_shipped_weights_say_how_they_were_made() -> None:
    """The learnt weights load, are not negative, and name the command that makes them again."""
    weights = load_weights()
    assert all(weight >= 0 for weight in weights.legs.values())
    assert weights.temperature > 0 and 0 < weights.threshold < 1
    assert "maintelex" in json.loads(WEIGHTS.read_text(encoding="utf-8"))["made_by"]
