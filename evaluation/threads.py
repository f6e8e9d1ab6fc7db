"""One thread for everybody.

Learning a few weights and asking one question at a time gain nothing from threads, and threads
that wait for each other on a busy machine would make an engine look up to a hundred times slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold the numeric libraries to one thread."""
    import scipy.optimize  # noqa: F401  # SciPy's own BLAS: only what is loaded can be held
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        yield
