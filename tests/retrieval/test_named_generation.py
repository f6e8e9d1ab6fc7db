"""A generation that is no longer served can be opened by its name as long as it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import IndexMissingError, Retriever
from tests.retrieval.made_index import answer, make_index, page


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, str, str]:
    """An index of two generations: the folder, the older one, the one in use."""
    names = []
    for text in ("Le mot ancien est gyroscope.", "Le mot nouveau est astrolabe."):
        make_index(tmp_path / "index", [answer(), page(1, text)])
        names.append((tmp_path / "index" / "CURRENT").read_text(encoding="utf-8").strip())
    return tmp_path / "index", names[0], names[1]


def test_an_older_generation_is_opened_by_its_name(two: tuple[Path, str, str]) -> None:
    """It gives its own passages; the one in use is untouched."""
    index, older, served = two
    old = Retriever.open(index, generation=older)
    assert old.manifest.generation == older
    assert "gyroscope" in old.search("gyroscope", 1)[0].passage.text
    assert Retriever.open(index).manifest.generation == served


def test_the_generation_in_use_has_a_name_too(two: tuple[Path, str, str]) -> None:
    """Naming it is opening it."""
    index, _, served = two
    assert Retriever.open(index, generation=served).manifest.generation == served


@pytest.mark.parametrize("name", ["20200101t000000000000-00000000", "../generations", "x", "."])
def test_a_generation_that_is_not_there_is_told(two: tuple[Path, str, str], name: str) -> None:
    """One that went, or a path in the place of a name, is refused with what to do."""
    with pytest.raises(IndexMissingError, match="n'est plus") as caught:
        Retriever.open(two[0], generation=name)
    assert caught.value.fix
