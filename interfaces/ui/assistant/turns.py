"""Turns at answering: when many ask at once, answers come first, what stands around them after."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

import streamlit as st

AT_ONCE = 2  # answers made together: more share the same processor, and all come late
LONGEST = 10.0  # seconds that an answer waits for its turn; then it is made all the same
AROUND = 2.0  # seconds that what stands around an answer waits for the others' answers


class Turns:
    """The turns of all visitors. Nobody waits without bound: a turn that hangs holds nobody.

    Args:
        at_once: answers made together.
        longest: seconds that an answer waits for its turn.
        around: seconds that the rest waits for other answers.
    """

    def __init__(
        self, at_once: int = AT_ONCE, longest: float = LONGEST, around: float = AROUND
    ) -> None:
        self._at_once, self._longest, self._around = at_once, longest, around
        self._changed = Condition()
        self._waiting: list[object] = []  # in the order in which they came
        self._answering = 0

    @contextmanager
    def answering(self) -> Iterator[Callable[[], None]]:
        """One's turn at an answer, first come first served.

        Yields:
            What is called once the answer is on the screen: it gives the turn back, and waits while
            others have none yet.
        """
        self._take()
        given = False

        def shown() -> None:
            nonlocal given
            given = True
            self._give()
            self._let_others()

        try:
            yield shown
        finally:
            if not given:
                self._give()

    def _take(self) -> None:
        """Wait for one's turn."""
        me = object()
        end = time.monotonic() + self._longest
        with self._changed:
            self._waiting.append(me)
            try:
                self._changed.wait_for(lambda: self._is_next(me), end - time.monotonic())
            finally:
                self._waiting.remove(me)
                self._answering += 1
                self._changed.notify_all()

    def _is_next(self, me: object) -> bool:
        """Whether it is somebody's turn."""
        return self._waiting[0] is me and self._answering < self._at_once

    def _give(self) -> None:
        """Give one's turn back."""
        with self._changed:
            self._answering -= 1
            self._changed.notify_all()

    def _let_others(self) -> None:
        """Wait while others wait for an answer."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting and not self._answering, self._around)


@st.cache_resource(show_spinner=False)
def turns() -> Turns:
    """The turns of this server."""
    return Turns()
