"""Builds that are refused, killed, doubled or short of disk: the old index answers as before."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.build import KEPT, Plan, build
from retrieval import Retriever
from retrieval.errors import BuildError, EncoderError, KnowledgeBaseError
from retrieval.generation import current
from tests.ingest.small_home import PASSWORDS, again, copy_home, found, make_home, names, remember
from tests.retrieval.small_base import write, write_base


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that tests copy."""
    return make_home(tmp_path_factory.mktemp("built"))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to change at will."""
    return copy_home(built, tmp_path / "home")


def test_a_base_with_errors_is_refused(home: Path) -> None:
    """A base that breaks its rules is refused by file and line, and the old index still answers."""
    before = remember(home)
    write(home / "kb/questions/casse.md", "---\nid: autre\nquestion: [\n---\n\n## Réponse courte\n")
    with pytest.raises(KnowledgeBaseError, match=r"questions/casse\.md:\d+: .*maintelex check"):
        again(home)
    assert remember(home) == before


def test_a_base_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A wrong folder for the base is said, and no index is made of nothing."""
    with pytest.raises(KnowledgeBaseError, match="n'existe pas"):
        build(Plan(tmp_path / "none", tmp_path / "index"))
    assert not (tmp_path / "index").exists()


def test_a_base_without_questions_is_refused(tmp_path: Path) -> None:
    """Laws alone make no base to ask: it is said, and no half index is left."""
    write_base(tmp_path / "kb")
    for folder in ("questions", "variants", "contract"):
        shutil.rmtree(tmp_path / "kb" / folder)
    with pytest.raises(KnowledgeBaseError, match="aucune question"):
        build(Plan(tmp_path / "kb", tmp_path / "index"))
    assert names(tmp_path) == []


def test_an_encoder_that_is_not_there_changes_nothing(home: Path) -> None:
    """A wrong encoder is refused before anything is written."""
    before = remember(home)
    (home / "empty").mkdir()
    (home / "empty/rows.npy").write_bytes(b"")
    with pytest.raises(EncoderError):
        again(home, encoder=str(home / "empty"))
    assert remember(home) == before


def test_two_builds_at_once_are_one(home: Path) -> None:
    """The second build is refused while the first runs, and the first is not disturbed."""
    refused: list[str] = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == "questions" and not refused:
            with pytest.raises(BuildError) as caught:
                again(home)
            refused.append(str(caught.value))

    report = build(Plan(home / "kb", home / "index"), meanwhile)
    assert refused == ["Une autre indexation est en cours. Attendez sa fin, puis relancez."]
    assert current(home / "index").name == report.manifest.generation


def test_a_reader_keeps_its_generation_during_builds(home: Path) -> None:
    """A retriever opened before two builds answers as before: readers never see half of an index."""
    reader = Retriever.open(home / "index")
    before = reader.search("sauvegarde des données", 20)
    for _ in range(KEPT - 1):
        again(home)
    assert reader.search("sauvegarde des données", 20) == before


def test_old_generations_are_removed(home: Path) -> None:
    """The last generations stay, readers may hold them; the oldest go, though built in one second."""
    made = [again(home).manifest.generation for _ in range(KEPT + 1)]
    assert names(home) == made[-KEPT:]
    assert current(home / "index").name == made[-1]


def test_a_build_that_fails_leaves_nothing(home: Path) -> None:
    """Whatever stops a build, the old index answers and no half index stays on disk."""
    before, there = remember(home), names(home)

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "questions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(Plan(home / "kb", home / "index"), stop)
    assert (remember(home), names(home)) == (before, there)


_KILLED = """
import sys, time
from pathlib import Path
from ingest.build import Plan, build
def wait(stage, done, total):
    if stage == sys.argv[2]:
        print("there", flush=True)
        time.sleep(60)
home = Path(sys.argv[1])
build(Plan(home / "kb", home / "index", rebuild=True), wait)
"""


@pytest.mark.parametrize("stage", ["vecteurs", "questions"])
def test_a_killed_build_changes_nothing(home: Path, stage: str) -> None:
    """After kill -9 in the middle, the old index answers; the next build goes through and cleans up."""
    before = remember(home)
    builder = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(home), stage], stdout=subprocess.PIPE
    )
    with builder:
        assert builder.stdout and builder.stdout.readline() == b"there\n"
        assert [name for name in names(home) if name.endswith(".part")]
        with pytest.raises(BuildError, match="en cours"):
            again(home)
        builder.send_signal(signal.SIGKILL)
    assert remember(home) == before
    assert PASSWORDS in found(home, "mots de passe")
    report = again(home)
    assert current(home / "index").name == report.manifest.generation
    assert not [name for name in names(home) if name.endswith(".part")]


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from ingest.build import Plan, build
from retrieval.errors import BuildError
def last_opened(event, details):
    path = str(details[0]) if event in ("open", "sqlite3.connect") else ""
    if ".part/" in path:
        print(Path(path).name, file=sys.stderr)
sys.addaudithook(last_opened)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
home = Path(sys.argv[1])
try:
    build(Plan(home / "kb", home / "index", rebuild=True))
except BuildError as error:
    print(error)
"""


# The file that does not fit, the bytes there are for each, and the questions added to make it the largest.
ROOM = [
    ("passages.sqlite", 0, 0, 0), ("passages.sqlite", 100_000, 0, 0), ("wordings.npy", 900_000, 1_000, 0),
    ("declined.npy", 900_000, 0, 1_000), ("matcher-idf.npy", 200_000, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("short", "room", "wordings", "declined"), ROOM)
def test_a_full_disk_is_told_and_changes_nothing(
    home: Path, short: str, room: int, wordings: int, declined: int
) -> None:
    """Whichever file can't be written whole, the build says so, and the old index still answers."""
    asked = home / "kb/variants/mots-de-passe.txt"
    write(
        asked, asked.read_text(encoding="utf-8") + "".join(f"code {n}\n" for n in range(wordings))
    )
    foreign = "".join(f"- recette {n}\n" for n in range(declined))
    write(home / "kb/variants/out-of-scope.yaml", f"autre:\n{foreign}")
    before, there = remember(home), names(home)
    command = [sys.executable, "-B", "-c", _FULL_DISK, str(home), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Libérez de la place" in done.stdout and "l'ancien index reste servi" in done.stdout
    assert (remember(home), names(home)) == (before, there)
    assert PASSWORDS in found(home, "mots de passe")
    assert done.stderr.split()[-1:] == [short]


def test_a_file_where_the_index_should_be_is_told(home: Path) -> None:
    """A path that is a file can't hold an index, and is said to be the problem."""
    with pytest.raises(BuildError, match="droits du dossier"):
        build(Plan(home / "kb", home / "kb/law/statutes.yaml"))
