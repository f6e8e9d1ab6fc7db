"""What a leg finds: pairs to who reads them, arrays to who adds them up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.scored import Scored
from tests.retrieval.any_text import SOME

PAIRS = st.lists(st.tuples(st.integers(0, 2**40), st.floats(-1e6, 1e6)), max_size=9)


@SOME
@given(PAIRS)
def test_pairs_come_back_as_they_were(pairs: list[tuple[int, float]]) -> None:
    """Read as a sequence, it is the list that it was made of, in Python's own numbers."""
    held = Scored.of(pairs)
    assert list(held) == pairs and held == pairs and len(held) == len(pairs)
    assert all(type(n) is int and type(score) is float for n, score in held)


@SOME
@given(PAIRS, st.integers(0, 9), st.integers(0, 9))
def test_a_slice_is_a_list_of_pairs(pairs: list[tuple[int, float]], first: int, last: int) -> None:
    """The first of them are read as from a list."""
    assert Scored.of(pairs)[first:last] == pairs[first:last]


def test_the_arrays_are_those_that_were_given() -> None:
    """Arrays of the right kind are not copied: adding up a leg makes nothing anew."""
    numbers, scores = np.array([3, 1]), np.array([0.5, 0.25])
    held = Scored(numbers, scores)
    assert held.numbers is numbers and held.scores is scores
    assert Scored.of(held) is held


def test_equal_means_the_same_pairs_in_the_same_order() -> None:
    """Order counts, what holds the pairs does not, and what is no sequence is never equal."""
    held = Scored([2, 1], [0.5, 0.25])
    assert held == Scored([2, 1], [0.5, 0.25]) and held == [(2, 0.5), (1, 0.25)]
    assert held != [(1, 0.25), (2, 0.5)] and held != 2 and Scored([], []) == []


def test_a_failing_test_shows_the_pairs() -> None:
    """Its text is what would make it."""
    assert repr(Scored([2], [0.5])) == "Scored.of([(2, 0.5)])"
