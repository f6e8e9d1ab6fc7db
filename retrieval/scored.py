"""What a leg finds: numbers and their scores, held as arrays and read as pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


class Scored(Sequence[tuple[int, float]]):
    """(number, score) of what was found, best first; equal to any sequence of the same pairs.

    Legs are added up as arrays: to make hundreds of pairs and part them again costs more than to
    find them.

    Attributes:
        numbers: (n,) best first.
        scores: (n,) of each.
    """

    __slots__ = ("numbers", "scores")

    def __init__(self, numbers: npt.ArrayLike, scores: npt.ArrayLike) -> None:
        self.numbers: Numbers = np.asarray(numbers, dtype=np.int64)
        self.scores: Scores = np.asarray(scores, dtype=np.float64)

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, float]]) -> Scored:
        """Pairs of number and score, in their order; the same when they are held as arrays."""
        if isinstance(pairs, Scored):
            return pairs
        held = list(pairs)
        return cls([number for number, _ in held], [score for _, score in held])

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> tuple[int, float]: ...

    @overload
    def __getitem__(self, place: slice) -> list[tuple[int, float]]: ...

    def __getitem__(self, place: int | slice) -> tuple[int, float] | list[tuple[int, float]]:
        """The pair at a place, from 0, or those of a slice."""
        if isinstance(place, slice):
            return list(zip(self.numbers[place].tolist(), self.scores[place].tolist(), strict=True))
        return int(self.numbers[place]), float(self.scores[place])

    def __eq__(self, other: object) -> bool:
        """Whether another sequence has the same pairs."""
        return isinstance(other, Sequence) and self[:] == list(other)

    def __repr__(self) -> str:
        """The pairs, for a failing test."""
        return f"Scored.of({self[:]})"
