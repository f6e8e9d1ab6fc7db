"""The passages that the legs brought, what each is worth, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.scored import Numbers, Scored, Scores
from retrieval.types import Reason

TOP = 4.0  # 2 does nearly as well on the development sets
NAMED = 1_000.0  # added to a passage that the question names: it comes before any likeness


class Found:
    """The passages that legs brought. Reasons are written out for those that are asked about."""

    def __init__(self) -> None:
        self._numbers: list[Numbers] = []
        self._worth: list[Scores] = []
        self._legs: dict[str, tuple[Numbers, Scores]] = {}
        self._lifted: frozenset[int] = frozenset()
        self._told: Callable[[int], tuple[Reason, ...]] = lambda number: ()
        self._named: Mapping[int, str] = {}

    def add(self, leg: str, rows: Iterable[tuple[int, float]], weight: float) -> None:
        """Add a leg, times its weight: `TOP` for its best passage, a share of it for the others.

        Standard scores, as over documents, would give nothing to a passage that a leg found alone.
        """
        held = Scored.of(rows)
        found = np.maximum(held.scores, 0.0)
        scores = TOP * found / max(float(found.max(initial=0.0)), 1e-9)
        self._legs[leg] = held.numbers, scores
        self._raise(held.numbers, weight * scores)

    def lift(
        self,
        worth: Mapping[int, float],
        allowed: Iterable[int],
        why: Callable[[int], tuple[Reason, ...]],
    ) -> None:
        """Add what their document is worth to the passages that are allowed; `why` says it of each."""
        numbers = list(allowed)
        self._raise(np.array(numbers, dtype=np.int64), np.array([worth[n] for n in numbers]))
        self._lifted, self._told = frozenset(worth), why

    def put_first(self, named: Sequence[tuple[int, str]]) -> None:
        """Put first the passages that the question names, in this order, with the key of each."""
        numbers = np.array([number for number, _ in named], dtype=np.int64)
        self._raise(numbers, NAMED + np.arange(len(named), 0.0, -1.0))
        self._named = dict(named)

    def best(self, k: int) -> list[tuple[int, float]]:
        """(number, worth) of the k best, best first; ties by number."""
        if not self._numbers:
            return []
        brought = np.concatenate(self._numbers)
        numbers = np.flatnonzero(_among(brought))
        worth = np.bincount(brought, np.concatenate(self._worth))[numbers]
        first = np.argsort(-worth, kind="stable")[:k]  # numbers come in order: ties stay by number
        return list(zip(numbers[first].tolist(), worth[first].tolist(), strict=True))

    def why(self, numbers: Sequence[int]) -> list[tuple[Reason, ...]]:
        """Why passages were found, one by one."""
        told: dict[int, list[Reason]] = {number: [] for number in numbers}
        wanted = _among(np.array(numbers, dtype=np.int64))
        for leg, (found, scores) in self._legs.items():
            places = np.flatnonzero(wanted.take(found, mode="clip"))
            for number, score in zip(found[places].tolist(), scores[places].tolist(), strict=True):
                told[number].append(Reason(leg, round(score, 3)))
        return [(*told[number], *self._said(number)) for number in numbers]

    def _said(self, number: int) -> tuple[Reason, ...]:
        """Why a passage was found by what its document or the question says of it."""
        lifted = self._told(number) if number in self._lifted else ()
        key = self._named.get(number)
        return (*lifted, Reason("reference", NAMED, key)) if key else lifted

    def _raise(self, numbers: Numbers, worth: Scores) -> None:
        """Add to what passages are worth."""
        self._numbers.append(numbers)
        self._worth.append(worth)


def _among(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """(greatest + 2,) whether each number is among some; the last never is."""
    among = np.zeros(int(numbers.max(initial=0)) + 2, dtype=bool)
    among[numbers] = True
    return among
