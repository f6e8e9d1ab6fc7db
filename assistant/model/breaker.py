"""A circuit breaker: a model that keeps failing is left aside, then tried again by one call.

After Nygard, "Release It!" (2007), chapter 5. Closed: calls go through. Open: they are refused at
once. Half open, once the pause is over: one call goes through, and decides.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from assistant.model.errors import Kind, ModelError

State = Literal["closed", "open", "half_open"]
HARMLESS: frozenset[Kind] = frozenset({"too_long", "open_circuit"})  # the model is up


class Breaker:
    """Counts failures in a row, for all threads.

    Args:
        failures: in a row before it opens, 1 or more.
        pause_s: seconds for which it stays open.
        clock: seconds that only go up.
        model: label of the model, for the error.
    """

    def __init__(
        self,
        failures: int,
        pause_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        model: str = "",
    ) -> None:
        self._failures, self._pause, self._clock, self._model = failures, pause_s, clock, model
        self._lock = threading.Lock()
        self._lost = 0
        self._since: float | None = None  # when it opened; None: closed
        self._trying = False  # a call is deciding

    @property
    def state(self) -> State:
        """Where it stands now."""
        with self._lock:
            if self._since is None:
                return "closed"
            return "open" if self._waiting() else "half_open"

    @contextmanager
    def call(self) -> Iterator[None]:
        """One call of the model: what it raises is counted, and goes on.

        Raises:
            ModelError: open_circuit; the model is left aside for now.
        """
        deciding = self._enter()
        try:
            yield
        except ModelError as error:
            self._leave(deciding, lost=None if error.kind in HARMLESS else True)
            raise
        except BaseException:
            self._leave(deciding, lost=None)
            raise
        self._leave(deciding, lost=False)

    def _waiting(self) -> bool:
        """Whether the pause is not over."""
        return self._since is not None and self._clock() < self._since + self._pause

    def _enter(self) -> bool:
        """Let a call through; whether it is the one that decides."""
        with self._lock:
            if self._since is None:
                return False
            if self._waiting() or self._trying:
                raise ModelError("open_circuit", self._model)
            self._trying = True
            return True

    def _leave(self, deciding: bool, lost: bool | None) -> None:
        """Count a call: lost, won, or neither."""
        with self._lock:
            if deciding:
                self._trying = False
            if lost is None:
                return
            self._lost = self._lost + 1 if lost else 0
            if not lost:
                self._since = None
            elif deciding or self._lost >= self._failures:
                self._since = self._clock()
