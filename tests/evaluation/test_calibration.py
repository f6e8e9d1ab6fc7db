"""Calibration against values made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import calibrate

SEEN = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_values_made_by_hand() -> None:
    """Two bins: one says 0.25 and sees 0.5, the other says 0.9 and sees 1."""
    found = calibrate([0.25, 0.25, 0.9, 0.9], [True, False, True, True])
    assert [(one.low, one.count, one.said, one.seen) for one in found.bins] == [
        (0.2, 2, 0.25, 0.5),
        (0.9, 2, pytest.approx(0.9), 1.0),
    ]
    assert found.ece == pytest.approx((2 * 0.25 + 2 * 0.1) / 4)
    assert found.brier == pytest.approx((0.75**2 + 0.25**2 + 2 * 0.1**2) / 4)


def test_certainty_has_its_bin() -> None:
    """A probability of 1 falls in the last bin, not past it; right certainty costs nothing."""
    found = calibrate([1.0, 0.0], [True, False])
    assert [(one.low, one.high) for one in found.bins] == [(0.0, 0.1), (0.9, 1.0)]
    assert (found.ece, found.brier) == (0.0, 0.0)


def test_nothing_to_calibrate() -> None:
    """No question gives no bin."""
    assert calibrate([], []).bins == ()


@given(SEEN)
def test_bins_share_out_every_question(seen: list[tuple[float, bool]]) -> None:
    """Every question is in one bin, whose means lie in their bounds; errors lie from 0 to 1."""
    found = calibrate([said for said, _ in seen], [true for _, true in seen])
    assert sum(one.count for one in found.bins) == found.count == len(seen)
    assert all(one.low - 1e-9 <= one.said <= one.high + 1e-9 for one in found.bins)
    assert all(0 <= one.seen <= 1 for one in found.bins)
    assert 0 <= found.ece <= 1
    assert 0 <= found.brier <= 1


@given(SEEN)
def test_being_sure_and_right_is_best(seen: list[tuple[float, bool]]) -> None:
    """No probabilities have a lower Brier score than those that say what came true."""
    true = [outcome for _, outcome in seen]
    best = calibrate([float(outcome) for outcome in true], true)
    assert best.brier <= calibrate([said for said, _ in seen], true).brier
