"""The circuit breaker: opens after failures in a row, lets one call decide, closes again."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Breaker, Kind, ModelError

FAILURES, PAUSE = 3, 30.0


@dataclass
class Clock:
    """A clock that a test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def lose(breaker: Breaker, kind: Kind = "timeout") -> str:
    """A call that fails; the kind that comes out."""
    try:
        with breaker.call():
            raise ModelError(kind, "m")
    except ModelError as error:
        return error.kind


def win(breaker: Breaker) -> str:
    """A call that succeeds; "" when it went through."""
    try:
        with breaker.call():
            return ""
    except ModelError as error:
        return error.kind


@pytest.fixture
def clock() -> Clock:
    """A clock at 0."""
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    """A closed breaker."""
    return Breaker(FAILURES, PAUSE, clock=clock, model="m")


def opened(breaker: Breaker) -> Breaker:
    """The breaker after as many failures as it bears."""
    for _ in range(FAILURES):
        assert lose(breaker) == "timeout"
    return breaker


def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    """The call after the last failure is refused at once."""
    assert win(opened(breaker)) == "open_circuit" and breaker.state == "open"


def test_a_success_forgets_the_failures_before(breaker: Breaker) -> None:
    """Failures count only in a row."""
    for _ in range(FAILURES):
        lose(breaker)
        win(breaker)
    assert breaker.state == "closed"


@pytest.mark.parametrize("kind", ["too_long", "open_circuit"])
def test_failures_that_say_nothing_of_the_server_do_not_count(breaker: Breaker, kind: Kind) -> None:
    """A reply that is too long comes from a server that is up."""
    for _ in range(3 * FAILURES):
        lose(breaker, kind)
    assert breaker.state == "closed"


def test_a_bug_of_ours_does_not_count(breaker: Breaker) -> None:
    """What is not the model's failure goes through without opening anything."""
    for _ in range(FAILURES):
        with pytest.raises(KeyError), breaker.call():
            raise KeyError("x")
    assert breaker.state == "closed"


def test_it_is_half_open_after_the_pause(breaker: Breaker, clock: Clock) -> None:
    """Once the pause is over, a success closes it."""
    opened(breaker)
    clock.now = PAUSE
    assert breaker.state == "half_open"
    assert win(breaker) == "" and breaker.state == "closed"


def test_a_failure_in_half_open_starts_the_pause_again(breaker: Breaker, clock: Clock) -> None:
    """One failure is then enough, and the pause is whole."""
    opened(breaker)
    clock.now = PAUSE
    assert lose(breaker) == "timeout"
    clock.now = 2 * PAUSE - 0.1
    assert win(breaker) == "open_circuit"
    clock.now = 2 * PAUSE
    assert win(breaker) == ""


def test_one_call_decides_and_the_others_are_refused(breaker: Breaker, clock: Clock) -> None:
    """While a call decides, others are refused; once it has won, they go through."""
    opened(breaker)
    clock.now = PAUSE
    with breaker.call():
        assert win(breaker) == "open_circuit"
    assert win(breaker) == ""


def test_a_deciding_call_that_breaks_off_decides_nothing(breaker: Breaker, clock: Clock) -> None:
    """An interruption leaves it half open, and the next call decides."""
    opened(breaker)
    clock.now = PAUSE
    with pytest.raises(KeyboardInterrupt), breaker.call():
        raise KeyboardInterrupt
    assert breaker.state == "half_open" and win(breaker) == ""


def test_threads_cannot_decide_together(breaker: Breaker, clock: Clock) -> None:
    """Of many threads that come at once after the pause, one goes through."""
    opened(breaker)
    clock.now = PAUSE
    gate, through = threading.Barrier(8), []

    def come() -> None:
        gate.wait()
        try:
            with breaker.call():
                through.append(1)
                gate.wait()  # nobody leaves before all have come
        except ModelError:
            gate.wait()

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(through) == 1 and breaker.state == "closed"


@given(st.lists(st.sampled_from(["win", "lose", "wait"]), max_size=60))
def test_it_never_refuses_a_model_that_works(events: list[str]) -> None:
    """Whatever came before, a pause and a success always close it; open never outlasts the pause."""
    clock = Clock()
    breaker = Breaker(FAILURES, PAUSE, clock=clock, model="m")
    row = 0
    for event in events:
        if event == "wait":
            clock.now += PAUSE
            continue
        refused = breaker.state == "open"
        outcome = win(breaker) if event == "win" else lose(breaker)
        assert (outcome == "open_circuit") == refused
        row = row if refused else (0 if event == "win" else row + 1)
        assert (breaker.state == "closed") == (row < FAILURES)
    clock.now += PAUSE
    assert win(breaker) == "" and breaker.state == "closed"
