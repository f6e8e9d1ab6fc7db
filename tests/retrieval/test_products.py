"""Products of one vector with many rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.products import inner, weighted
from tests.retrieval.any_text import SOME

SIZES = st.tuples(st.integers(0, 40), st.integers(1, 70), st.integers(0, 2**16))


def drawn(rows: int, size: int, seed: int) -> np.ndarray:
    """(rows, size) numbers from -1 to 1."""
    return np.random.default_rng(seed).uniform(-1, 1, (rows, size)).astype(np.float32)


@SOME
@given(SIZES)
def test_inner_products_are_those_of_each_row(sizes: tuple[int, int, int]) -> None:
    """Row by row, the inner product as a plain sum gives it, in 32 bits."""
    rows, vector = drawn(*sizes), drawn(1, sizes[1], 7)[0]
    expected = [sum(float(a) * float(b) for a, b in zip(row, vector, strict=True)) for row in rows]
    found = inner(rows, vector)
    assert found.dtype == np.float32 and found.shape == (len(rows),)
    assert found.tolist() == pytest.approx(expected, abs=1e-5)


@SOME
@given(SIZES)
def test_a_row_gives_the_same_whatever_the_others(sizes: tuple[int, int, int]) -> None:
    """To the last bit: a vector among 20,000 is as near as alone, on any number of cores."""
    rows, vector = drawn(*sizes), drawn(1, sizes[1], 7)[0]
    assert inner(rows, vector).tolist() == [float(inner(row[None], vector)[0]) for row in rows]


@SOME
@given(SIZES, st.sampled_from([np.float32, np.float16, np.int8]))
def test_weighted_rows_are_summed(sizes: tuple[int, int, int], kind: type) -> None:
    """Column by column, each row times its weight, whatever kind of number rows are kept in."""
    rows, weights = (100 * drawn(*sizes)).astype(kind), drawn(1, sizes[0], 7)[0]
    expected = (weights[:, None].astype(np.float64) * rows.astype(np.float64)).sum(axis=0)
    found = weighted(weights, rows)
    assert found.dtype == np.float32 and found.tolist() == pytest.approx(
        expected.tolist(), abs=1e-2
    )
