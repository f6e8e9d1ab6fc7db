"""A deadline holds whatever the other side does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.deadline import Deadline, DeadlinePassed, within


def test_time_left_goes_down_to_zero() -> None:
    """Seconds left follow the clock, and are never negative."""
    now = [10.0]
    deadline = Deadline.after(5.0, lambda: now[0])
    assert deadline.left == 5.0
    now[0] = 99.0
    assert deadline.left == 0.0


@given(st.lists(st.integers(), max_size=50))
def test_every_piece_comes_in_order(pieces: list[int]) -> None:
    """What the generator gives is what comes out."""
    assert list(within(lambda: iter(pieces), Deadline.after(60.0))) == pieces


def test_a_silent_generator_is_left_behind() -> None:
    """When nothing comes, the wait ends at the deadline, not with the generator."""
    release = threading.Event()

    def silent() -> Iterator[int]:
        release.wait(30)
        yield 1

    with pytest.raises(DeadlinePassed):
        list(within(silent, Deadline.after(0.05)))
    release.set()


def test_a_past_deadline_begins_nothing() -> None:
    """Once the time is over, the generator is not even started."""
    begun: list[int] = []
    with pytest.raises(DeadlinePassed):
        list(within(lambda: iter(begun.append(1) or [1]), Deadline.after(-1.0)))
    assert begun == []


def test_a_failure_comes_out_as_it_was_raised() -> None:
    """What the generator raises is raised where it is read, after what came before."""
    seen = []

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("cassé")

    with pytest.raises(ValueError, match="cassé"):
        for piece in within(broken, Deadline.after(60.0)):
            seen.append(piece)
    assert seen == [1]


def test_nobody_waiting_closes_the_generator() -> None:
    """When the reader leaves, the generator is closed at its next piece: no connection stays."""
    left, closed = threading.Event(), threading.Event()

    def endless() -> Iterator[int]:
        try:
            yield 0
            left.wait(30)
            yield from iter(int, 1)
        finally:
            closed.set()

    with closing(within(endless, Deadline.after(60.0))) as pieces:
        assert next(pieces) == 0
    left.set()
    assert closed.wait(30)
