"""Work on many texts, spread over the cores when it is worth starting processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
Given = ParamSpec("Given")

AT_ONCE = 1_000  # items handed over together
MANY = 8_000  # items from which starting processes, half a second each, is repaid


class _Apart(SpawnProcess):
    """A process that knows nothing of the main module.

    The standard one runs it again: a page of Streamlit's, or a script without a guard, would then
    build an index within the build of an index.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # the hook by which multiprocessing's own contexts differ
        """Start it while the main module is hidden."""
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)
        finally:
            sys.modules["__main__"] = main


class _Context(SpawnContext):
    """Makes such processes."""

    Process = _Apart


def mapped(function: Callable[[Sequence[Item]], Made], items: Sequence[Item]) -> list[Made]:
    """What a function gives for runs of at most `AT_ONCE` items, in order.

    Args:
        function: can be pickled, by a module's name: other processes call it when there are `MANY`
            items or more.
    """
    runs = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]
    cores = os.cpu_count() or 1
    if len(items) < MANY or cores == 1:
        return [function(run) for run in runs]
    with ProcessPoolExecutor(cores, mp_context=_Context()) as pool:
        return list(pool.map(function, runs))


@contextmanager
def beside(
    function: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Iterator[Future[Made]]:
    """What a function gives, called in another process meanwhile; it ends before the block does.

    Args:
        function: can be pickled, and so can its arguments.
    """
    # After its one task the process ends, and gives its memory back before the block is over.
    with ProcessPoolExecutor(1, mp_context=_Context(), max_tasks_per_child=1) as pool:
        yield pool.submit(function, *args, **kwargs)
