"""Passages held in memory: the right ones, read once, within bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from retrieval import held as module
from retrieval.folder import Folder
from retrieval.held import HeldPassages
from retrieval.types import Passage


class Counted(Folder):
    """A real generation that counts what is read of it."""

    reads: Counter[str]

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """The passages, counted."""
        self.reads.update(f"passage {number}" for number in numbers)
        return super().passages(numbers)

    def number(self, passage_id: str) -> int | None:
        """The number, counted."""
        self.reads[passage_id] += 1
        return super().number(passage_id)

    def of_document(self, document: int) -> list[int]:
        """The numbers, counted."""
        self.reads[f"document {document}"] += 1
        return super().of_document(document)


@pytest.fixture
def backend(small: Path) -> Iterator[Counted]:
    """The small generation, nothing read yet."""
    opened = Counted.current(small / "index")
    assert isinstance(opened, Counted)
    opened.reads = Counter()
    yield opened
    opened.close()


def test_passages_come_in_the_order_asked_for(backend: Counted) -> None:
    """Some held, some not, one asked for twice: each in its place."""
    held = HeldPassages(backend)
    held.of([3])
    assert held.of([5, 3, 1, 3]) == backend.passages([5]) + backend.passages([3]) + [
        *backend.passages([1]), *backend.passages([3]),
    ]  # fmt: skip


def test_a_passage_is_read_once(backend: Counted) -> None:
    """By number, by id or by document, a passage and its number are read once."""
    held = HeldPassages(backend)
    first = held.of([1])[0]
    assert held.with_id(first.id) is held.with_id(first.id) is held.of([1])[0]
    numbers = held.of_document(1)
    assert held.of_document(1) is numbers == tuple(Folder.of_document(backend, 1))
    assert backend.reads == {"passage 1": 1, first.id: 1, "document 1": 1}


def test_an_unknown_id_has_no_passage(backend: Counted) -> None:
    """Nothing is read for it but that it is unknown, once."""
    held = HeldPassages(backend)
    assert held.with_id("none") is None is held.with_id("none")
    assert backend.reads == {"none": 1}


def test_what_is_held_is_bounded(backend: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound everything is let go, and what is asked for is still given."""
    monkeypatch.setattr(module, "KEPT", 3)
    held = HeldPassages(backend)
    for number in (1, 2, 3, 4, 5, 1):
        assert held.of([number]) == Folder.passages(backend, [number])
    assert backend.reads["passage 1"] == 2
    assert held.of(range(1, 9)) == Folder.passages(backend, range(1, 9))
