"""Work in other processes: what it gives, in which order, and what its failures say."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import ingest.content
import ingest.parallel
from ingest.build import Plan, build
from ingest.parallel import AT_ONCE, beside, mapped
from retrieval import Retriever
from retrieval.errors import BuildError
from retrieval.generation import current
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


def killed(*given: object) -> None:
    """A process that the system stops."""
    os._exit(9)


def refused(*given: object) -> None:
    """A process that the system has no room for."""
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


def test_what_runs_beside_ends_before_the_block() -> None:
    """Nothing is left to write into a folder that the block has given up, even when it fails."""
    with pytest.raises(KeyboardInterrupt), beside(time.sleep, 0.2) as made:
        raise KeyboardInterrupt
    assert made.done()


def test_what_has_run_beside_gives_its_memory_back() -> None:
    """A process ends with its work, not with the block: others need the memory."""
    with beside(os.getpid) as made:
        process = made.result()
        for _ in range(3_000):
            if not lives(process):
                break
            time.sleep(0.01)
        assert not lives(process)


def lives(process: int) -> bool:
    """Whether a process of ours is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_main_module_is_not_run_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page or a script that builds an index is not started once more by each process."""
    script = tmp_path / "page.py"
    script.write_text("raise SystemExit('run again')", encoding="utf-8")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(script), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None, raising=False)
    with beside(counted, [7]) as made:
        assert made.result()[1:] == (7, 1)


@pytest.mark.parametrize("many_texts", [1, 1_000_000])
def test_an_index_made_beside_is_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, many_texts: int
) -> None:
    """Vectors, models and scores do not depend on which process made them, to the last bit."""
    before, hits = arrays(home), scored(home)
    monkeypatch.setattr(ingest.content, "MANY", 1)
    monkeypatch.setattr(ingest.content, "MANY_TEXTS", many_texts)
    build(Plan(home / "kb", home / "index", rebuild=True))
    assert (arrays(home), scored(home)) == (before, hits) and hits


def arrays(home: Path) -> dict[str, bytes]:
    """The arrays of the index, by the name of their file."""
    folder = current(home / "index")
    return {path.name: path.read_bytes() for path in folder.glob("*.npy")}


def scored(home: Path) -> list[tuple[str, float]]:
    """Passages that a question finds, and their scores."""
    hits = Retriever.open(home / "index").search("mot de passe")
    return [(hit.passage.id, hit.score) for hit in hits]


@pytest.mark.parametrize(("fault", "said"), [(killed, "arrêté"), (refused, "Libérez de la place")])
def test_a_process_that_fails_changes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, fault: object, said: str
) -> None:
    """The build says why, and the old index still answers."""
    monkeypatch.setattr(ingest.content, "beside", lambda function, *args: beside(fault, *args))  # type: ignore[arg-type]
    monkeypatch.setattr(ingest.content, "MANY", 1)
    with pytest.raises(BuildError) as caught:
        build(Plan(home / "kb", home / "index", rebuild=True))
    assert said in f"{caught.value} {caught.value.fix}"
    assert PASSWORDS in found(home, "mots de passe")
    assert not list((home / "index/generations").glob("*.part"))
