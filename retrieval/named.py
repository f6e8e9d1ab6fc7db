"""The passages that the legal references of a question name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from retrieval.backend import Backend
from retrieval.held import HeldPassages
from retrieval.references import Reference, former_key
from retrieval.types import Passage


class Named:
    """Looks references up. Safe to share between threads."""

    def __init__(self, backend: Backend, passages: HeldPassages) -> None:
        self._backend, self._passages = backend, passages

    def by(self, references: Iterable[Reference], as_of: date | None) -> list[tuple[int, str]]:
        """(number, key) of the passages that references name, each once, in their order.

        An article's own passages come before those that took its place; of either, those in force
        first.

        Args:
            references: of a question.
            as_of: the day on which a text must be in force to come first; today when None.
        """
        found: dict[int, str] = {}
        for reference in references:
            keys = (reference.keys, tuple(former_key(key) for key in reference.keys))
            numbers = [pair for tried in keys for pair in self._first_of(tried)]
            passages = self._passages.of([number for number, _ in numbers])
            pairs = zip(numbers, passages, strict=True)
            for (number, key), _ in sorted(pairs, key=lambda pair: not in_force(pair[1], as_of)):
                found.setdefault(number, key)
        return list(found.items())

    def _first_of(self, keys: Iterable[str]) -> list[tuple[int, str]]:
        """(number, key) of what the first key that leads anywhere leads to."""
        for key in keys:
            if numbers := self._backend.by_reference(key):
                return [(number, key) for number in numbers]
        return []


def in_force(passage: Passage, as_of: date | None) -> bool:
    """Whether a statute applies on a day (today when None); other kinds always do."""
    if passage.kind != "statute":
        return True
    day = as_of or date.today()
    since, until = passage.in_force_since, passage.in_force_until
    return (since is None or since <= day) and (until is None or day <= until)
