"""Going back to a generation that is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.build import builder
from ingest.generations import generations, roll_back
from retrieval.errors import BuildError, IndexMismatchError, IndexMissingError
from retrieval.generation import current
from tests.ingest.small_home import PASSWORDS, again, copy_home, found, make_home

GUIDE = "# Guide du zorglub\n\nLe zorglub se règle tous les mardis, après accord écrit du client.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two generations; the second has a guide."""
    home = make_home(tmp_path_factory.mktemp("built"))
    (home / "docs" / "guide.md").write_text(GUIDE, encoding="utf-8")
    again(home, sources=(home / "docs",))
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to change at will."""
    return copy_home(built, tmp_path / "home")


def served(home: Path) -> list[bool]:
    """Which of the generations is served, newest first."""
    return [found.served for found in generations(home / "index")]


def test_the_newest_comes_first_and_is_served(home: Path) -> None:
    """Two generations, the last built in use."""
    assert served(home) == [True, False]


def test_the_old_answers_again(home: Path) -> None:
    """After going back, the guide is not found any more, and the base still is."""
    index = home / "index"
    assert any("guide" in name for name in found(home, "zorglub"))
    old = generations(index)[1].manifest
    assert roll_back(index, old.generation) == old
    assert served(home) == [False, True]
    assert not any("guide" in name for name in found(home, "zorglub"))
    assert PASSWORDS in found(home, "mots de passe")


def test_one_can_come_forward_again(home: Path) -> None:
    """Going back loses nothing: the newest can be served once more."""
    index = home / "index"
    newest, old = (kept.manifest.generation for kept in generations(index))
    roll_back(index, old)
    roll_back(index, newest)
    assert current(index).name == newest


def test_a_build_after_going_back_is_served(home: Path) -> None:
    """The next build wins, and takes over the sources of the generation in use."""
    index = home / "index"
    roll_back(index, generations(index)[1].manifest.generation)
    made = again(home).manifest
    assert current(index).name == made.generation
    assert made.sources == []


@pytest.mark.parametrize("name", ["20200101t000000000000-aaaaaaaa", "../../etc", "", "x" * 5000])
def test_an_unknown_generation_changes_nothing(home: Path, name: str) -> None:
    """A name that is not kept is refused; the same generation is served."""
    before = current(home / "index")
    with pytest.raises(IndexMissingError):
        roll_back(home / "index", name)
    assert current(home / "index") == before


def test_a_generation_of_another_format_is_refused(home: Path) -> None:
    """One that this version cannot read is not listed, and never served."""
    index = home / "index"
    old = generations(index)[1].manifest.generation
    (index / "generations" / old / "manifest.json").write_text('{"format": 1}', encoding="utf-8")
    assert len(generations(index)) == 1
    with pytest.raises(IndexMismatchError):
        roll_back(index, old)
    assert current(index).name != old


def test_a_build_in_progress_refuses(home: Path) -> None:
    """While somebody builds, nobody goes back."""
    index = home / "index"
    old = generations(index)[1].manifest.generation
    with builder(index), pytest.raises(BuildError):
        roll_back(index, old)


def test_no_index_is_told(tmp_path: Path) -> None:
    """Without an index there is nothing to list."""
    with pytest.raises(IndexMissingError):
        generations(tmp_path)
