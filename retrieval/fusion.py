"""Fusion of the legs' scores, by value.

Each leg's scores are brought to a common scale (standard scores over the candidates, as in Lee,
"Analyses of multiple evidence combination", SIGIR 1997) and summed with weights; ranks would
throw away how sure a leg is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt on the development sets, and the command that made it.

    Attributes:
        legs: weight of each leg, 0 or more.
        temperature: of the softmax that turns fused scores into probabilities.
        scope: weights of the log-odds that the base answers, by signal, with the intercept.
        threshold: probability under which a question is declined.
    """

    legs: Mapping[str, float]
    temperature: float
    scope: Mapping[str, float]
    threshold: float


def load_weights(path: Path = WEIGHTS) -> Weights:
    """The learnt weights."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Weights(raw["legs"], float(raw["temperature"]), raw["scope"], float(raw["threshold"]))


def standard(values: Values) -> Values:
    """Standard scores: mean 0, deviation 1; all zeros where nothing differs."""
    if not values.size:
        return np.zeros_like(values)
    less = values - values.sum() / values.size
    spread = float(less @ less / values.size) ** 0.5  # numpy's own std takes three times as long
    return less / spread if spread > 1e-12 else np.zeros_like(values)


def fuse(scaled: Mapping[str, Values], weights: Mapping[str, float]) -> Values:
    """The weighted sum of the legs' standard scores, candidate by candidate.

    Args:
        scaled: what `standard` makes of the scores of the same candidates, in the same order, by leg.
        weights: a leg without a weight counts for nothing.
    """
    total: Values | None = None
    for name in sorted(scaled):  # a fixed order: floating sums would otherwise depend on it
        part = weights.get(name, 0.0) * scaled[name]
        total = part if total is None else total + part
    return np.zeros(0) if total is None else total


def softmax(values: Values, temperature: float) -> Values:
    """Probabilities that sum to 1."""
    if values.size == 0:
        return values
    shifted = np.exp((values - values.max()) / temperature)
    return np.asarray(shifted / shifted.sum(), dtype=np.float64)
