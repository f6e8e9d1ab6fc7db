"""Work on many texts, spread over the cores when it is worth starting processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
Given = ParamSpec("Given")

AT_ONCE = 1_000  # items handed over together
MANY = 8_000  # items from which starting processes, half a second each, is repaid


def mapped(function: Callable[[Sequence[Item]], Made], items: Sequence[Item]) -> list[Made]:
    """What a function gives for runs of at most `AT_ONCE` items, in order.

    Args:
        function: can be pickled; other processes call it when there are `MANY` items or more, and
            they import the main module: a script must guard what it does with `__name__`.
    """
    runs = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]
    cores = os.cpu_count() or 1
    if len(items) < MANY or cores == 1:
        return [function(run) for run in runs]
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        return list(pool.map(function, runs))


@contextmanager
def beside(
    function: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Iterator[Future[Made]]:
    """What a function gives, called in another process meanwhile; it ends before the block does.

    Args:
        function: can be pickled, and so can its arguments; see `mapped` for scripts.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(function, *args, **kwargs)
