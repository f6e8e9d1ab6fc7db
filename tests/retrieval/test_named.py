"""The passages that references name: each once, those in force first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.folder import Folder
from retrieval.held import HeldPassages
from retrieval.named import Named
from retrieval.references import Reference, named_references
from tests.retrieval.made_index import answer, make_index, page


@pytest.fixture
def backend(small: Path) -> Iterator[Folder]:
    """The small generation."""
    opened = Folder.current(small / "index")
    yield opened
    opened.close()


def keys(backend: Folder, *references: Reference, as_of: date | None = None) -> list[str]:
    """The keys that lead to passages, in order."""
    found = Named(backend, HeldPassages(backend)).by(references, as_of)
    return [key for _, key in found]


def test_the_first_key_that_leads_anywhere_is_meant(backend: Folder) -> None:
    """Keys are tried in order; those after the first that is known name nothing more."""
    assert keys(backend, Reference(("art:0@civ", "art:1152", "art:1231-5"))) == ["art:1152"]


def test_a_reference_that_leads_nowhere_names_nothing(backend: Folder) -> None:
    """No guess is made for a number that no text has."""
    assert keys(backend, Reference(("art:9999@civ",)), Reference(())) == []


def test_a_passage_named_twice_comes_once(backend: Folder) -> None:
    """The key under which it was named first is kept."""
    found = keys(backend, Reference(("art:1231-5@civ",)), Reference(("art:1231-5",)))
    assert found == ["art:1231-5@civ"]


def test_references_come_in_the_order_of_the_question(backend: Folder) -> None:
    """What is named first is shown first."""
    asked = named_references("IDCC 1486, art. 1231-5 du code civil et n° 09-11.841")
    found = keys(backend, *asked)
    assert len(found) == 3 and found == [reference.keys[0] for reference in asked]


@pytest.mark.parametrize(("day", "expected"), [(date(2015, 1, 1), [2, 1]), (None, [1, 2])])
def test_the_text_in_force_on_the_day_comes_first(
    tmp_path: Path, day: date | None, expected: list[int]
) -> None:
    """Of two texts under one number, that of the day, whatever their own order; today's without a day."""
    cited = {"kind": "statute", "reference": "C. civ., art. 1231-5"}
    new = page(1, "La peine", in_force_since=date(2016, 10, 1), **cited)
    old = page(2, "La somme", in_force_until=date(2016, 9, 30), **cited)
    backend = Folder.current(make_index(tmp_path, [answer(), new, old]))
    found = Named(backend, HeldPassages(backend)).by([Reference(("art:1231-5@civ",))], day)
    assert [number for number, _ in found] == expected
    backend.close()
