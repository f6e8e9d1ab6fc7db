"""Work in other processes: what it gives, in which order, and what its failures say."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import ingest.build
import ingest.parallel
from ingest.build import Plan, build
from ingest.parallel import AT_ONCE, beside, mapped
from retrieval import Retriever
from retrieval.errors import BuildError
from tests.ingest.small_home import PASSWORDS, copy_home, found, make_home


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base and its index."""
    return make_home(tmp_path_factory.mktemp("parallel"))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy, to build again."""
    return copy_home(built, tmp_path / "home")


def counted(items: Sequence[int]) -> tuple[int, int, int]:
    """The process that was asked, the first item and how many there were."""
    return os.getpid(), items[0], len(items)


def killed(path: Path, content: object) -> None:
    """A process that the system stops."""
    os._exit(9)


def refused(path: Path, content: object) -> None:
    """A process whose disk is full."""
    raise OSError(28, "No space left on device")


def test_few_items_stay_in_this_process() -> None:
    """Starting processes is not repaid by a few thousand items."""
    runs = mapped(counted, range(2 * AT_ONCE + 1))
    assert [run[1:] for run in runs] == [(0, AT_ONCE), (AT_ONCE, AT_ONCE), (2 * AT_ONCE, 1)]
    assert {run[0] for run in runs} == {os.getpid()}


def test_many_items_are_spread_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes work on them; what they give comes in the order of the items."""
    monkeypatch.setattr(ingest.parallel, "MANY", 1)
    runs = mapped(counted, range(3 * AT_ONCE))
    assert [run[1] for run in runs] == [0, AT_ONCE, 2 * AT_ONCE]
    if (os.cpu_count() or 1) > 1:
        assert os.getpid() not in {run[0] for run in runs}


def test_what_runs_beside_gives_its_result() -> None:
    """The block goes on while the function runs elsewhere."""
    with beside(counted, [7]) as made:
        here = os.getpid()
    process, first, size = made.result()
    assert (first, size) == (7, 1) and process != here


def test_the_main_module_is_not_run_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page or a script that builds an index is not started once more by each process."""
    script = tmp_path / "page.py"
    script.write_text("raise SystemExit('run again')", encoding="utf-8")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(script), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None, raising=False)
    with beside(counted, [7]) as made:
        assert made.result()[1:] == (7, 1)


def test_an_index_written_beside_is_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and scores do not depend on which process wrote them."""
    before = [
        (h.passage.id, h.score) for h in Retriever.open(home / "index").search("mot de passe")
    ]
    monkeypatch.setattr(ingest.build, "_apart", lambda content: True)
    build(Plan(home / "kb", home / "index", rebuild=True))
    after = [(h.passage.id, h.score) for h in Retriever.open(home / "index").search("mot de passe")]
    assert after == before and before


@pytest.mark.parametrize(("fault", "said"), [(killed, "arrêté"), (refused, "Libérez de la place")])
def test_a_process_that_fails_changes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, fault: object, said: str
) -> None:
    """The build says why, and the old index still answers."""
    monkeypatch.setattr(ingest.build, "beside", lambda function, *args: beside(fault, *args))  # type: ignore[arg-type]
    monkeypatch.setattr(ingest.build, "_apart", lambda content: True)
    with pytest.raises(BuildError) as caught:
        build(Plan(home / "kb", home / "index", rebuild=True))
    assert said in f"{caught.value} {caught.value.fix}"
    assert PASSWORDS in found(home, "mots de passe")
    assert not list((home / "index/generations").glob("*.part"))
