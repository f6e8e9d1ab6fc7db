"""Products of one question's vector with many rows, on one thread.

`rows @ vector` would wake a thread of BLAS on each core for what one does in under a millisecond,
and each waits awake for the next product: twice the processor time, taken from other visitors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[Any]


def inner(rows: Floats, vector: Floats) -> Floats:
    """The inner product of each row with a vector, (n,).

    Args:
        rows: (n, size).
        vector: (size,).
    """
    return np.asarray(np.einsum("ij,j->i", rows, vector))


def weighted(weights: Floats, rows: Rows) -> Floats:
    """The sum of rows, each times its weight, (size,).

    Args:
        weights: (n,).
        rows: (n, size) of any kind of number.
    """
    return np.asarray(np.einsum("i,ij->j", weights, rows.astype(np.float32, copy=False)))
