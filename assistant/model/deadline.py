"""Time that runs out, whatever the other side does."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class DeadlinePassed(Exception):
    """No time is left."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment, on a clock of its own."""

    at: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """The moment that comes in some seconds."""
        return cls(clock() + seconds, clock)

    @property
    def left(self) -> float:
        """Seconds left, 0 when it is past."""
        return max(0.0, self.at - self.clock())


@dataclass(frozen=True, slots=True)
class _Piece(Generic[T]):
    """What a thread hands over: a piece, how it failed, or its end."""

    value: T | None = None
    failure: Exception | None = None
    end: bool = False


def within(produce: Callable[[], Iterator[T]], deadline: Deadline) -> Generator[T, None, None]:
    """The pieces that a generator gives, until a deadline.

    The generator runs on a thread of its own, because a client's time-out counts from one byte to
    the next: a server that drips would never meet it. Once this one is closed, the other is closed
    at its next piece.

    Raises:
        DeadlinePassed: no time is left.
        Exception: what the generator raised.
    """
    if deadline.left <= 0:  # nothing is begun that nobody will wait for
        raise DeadlinePassed
    box: queue.SimpleQueue[_Piece[T]] = queue.SimpleQueue()
    gone = threading.Event()
    worker = threading.Thread(target=_fill, args=(produce, box, gone), daemon=True)
    worker.start()
    try:
        while True:
            piece = _next(box, deadline)
            if piece.failure is not None:
                raise piece.failure
            if piece.end:
                return
            yield piece.value  # type: ignore[misc]
    finally:
        gone.set()


def _next(box: queue.SimpleQueue[_Piece[T]], deadline: Deadline) -> _Piece[T]:
    """The next piece, or DeadlinePassed."""
    left = deadline.left
    if left <= 0:
        raise DeadlinePassed
    try:
        return box.get(timeout=left)
    except queue.Empty:
        raise DeadlinePassed from None


def _fill(
    produce: Callable[[], Iterator[T]], box: queue.SimpleQueue[_Piece[T]], gone: threading.Event
) -> None:
    """Hand over what a generator gives, as long as someone waits for it."""
    pieces = produce()
    try:
        for piece in pieces:
            if gone.is_set():
                break
            box.put(_Piece(value=piece))
        box.put(_Piece(end=True))
    except Exception as error:  # handed over whole, to be raised where it is waited for
        box.put(_Piece(failure=error))
    finally:
        close = getattr(pieces, "close", None)
        if close:
            close()
