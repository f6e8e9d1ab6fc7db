"""Whether probabilities mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose probability lies from `low` to `high`, both from 0 to 1."""

    low: float
    high: float
    count: int
    said: float  # mean probability
    seen: float  # share that came true


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table and its two sums; both are 0 when every probability is right."""

    bins: tuple[Bin, ...]  # those that hold a question, from low to high
    ece: float  # expected calibration error: mean |said - seen| over questions
    brier: float  # mean squared error of the probabilities
    count: int


def calibrate(probabilities: Sequence[float], outcomes: Sequence[bool]) -> Calibration:
    """How probabilities compare with what came true.

    Bins of equal width (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017); score
    of Brier (1950).

    Args:
        probabilities: from 0 to 1, one a question.
        outcomes: whether it came true, in the same order.
    """
    said, true = np.asarray(probabilities, float), np.asarray(outcomes, float)
    if not said.size:
        return Calibration((), float("nan"), float("nan"), 0)
    places = np.minimum((said * BINS).astype(int), BINS - 1)
    bins = []
    for place in np.unique(places):
        inside = places == place
        mean, share = float(said[inside].mean()), float(true[inside].mean())
        bins.append(Bin(place / BINS, (place + 1) / BINS, int(inside.sum()), mean, share))
    error = sum(one.count * abs(one.said - one.seen) for one in bins) / said.size
    return Calibration(tuple(bins), error, float(((said - true) ** 2).mean()), said.size)
