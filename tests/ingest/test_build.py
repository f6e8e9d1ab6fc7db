"""Building an index: aside, in one step, from what is there now and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from ingest.build import Plan, build, is_stale
from ingest.train import Lessons, Recipe, train_encoder
from ingest.types import Limits
from retrieval import Filters, Retriever
from retrieval.generation import current, read_manifest
from retrieval.vectors import VectorIndex
from tests.ingest.small_home import PASSWORDS, again, copy_home, found, make_home
from tests.retrieval.small_base import TOPICS, build_base, question_file, write, write_base

GUIDE = "# Guide du zorglub\n\nLe zorglub se règle tous les mardis, après accord écrit du client.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that tests copy."""
    return make_home(tmp_path_factory.mktemp("built"))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to change at will."""
    return copy_home(built, tmp_path / "home")


def test_a_first_build_embeds_everything(tmp_path: Path) -> None:
    """A first build reports what it made, and the index answers."""
    report = build_base(tmp_path)
    assert (report.embedded, report.reused, report.failures) == (119, 0, ())
    assert (report.manifest.passages, report.manifest.wordings) == (44, 67)
    assert PASSWORDS in found(tmp_path, "mots de passe")


def test_a_second_build_embeds_nothing(home: Path) -> None:
    """Unchanged passages keep their vectors."""
    report = again(home)
    assert (report.embedded, report.reused) == (0, 111)


def test_kept_vectors_are_those_that_would_be_made(home: Path) -> None:
    """An index built from kept vectors is the one that a rebuild makes, to the bit."""
    again(home)
    kept = {
        p.name: p.read_bytes()
        for p in current(home / "index").iterdir()
        if p.name != "manifest.json"
    }
    again(home, rebuild=True)
    assert kept == {
        p.name: p.read_bytes()
        for p in current(home / "index").iterdir()
        if p.name != "manifest.json"
    }


def test_a_rebuild_keeps_no_vector(home: Path) -> None:
    """Asked to rebuild, a build makes every vector anew."""
    assert again(home, rebuild=True).embedded == 111


def test_one_changed_section_is_the_only_one_embedded(home: Path) -> None:
    """Changing a section of a file embeds that passage and no other."""
    topic = TOPICS[-1]
    write(
        home / f"kb/questions/{topic.id}.md", question_file(topic, "Le coffre est partagé à deux")
    )
    report = again(home)
    assert (report.embedded, report.reused) == (1, 110)
    assert (
        "coffre"
        in Retriever.open(home / "index").search("coffre partagé à deux", 1)[0].passage.text
    )


def test_another_encoder_keeps_no_vector(home: Path, tmp_path: Path) -> None:
    """Changing the embedding model makes every vector anew: two models' vectors are never mixed."""
    recipe = Recipe(buckets=256, dimension=8, epochs=1)
    train_encoder(Lessons(["qui paie", "la panne"], ["a", "b"]), tmp_path / "tiny", recipe)
    assert again(home, encoder=str(tmp_path / "tiny")).embedded == 111
    assert Retriever.open(home / "index", encoder=str(tmp_path / "tiny")).manifest.dimension == 8


def test_an_unreadable_old_index_gives_nothing_to_keep(home: Path) -> None:
    """An index broken in the middle doesn't stop the build that replaces it."""
    path = current(home / "index") / "passages.sqlite"
    path.write_bytes(path.read_bytes()[:70_000])
    assert again(home).embedded == 111
    assert PASSWORDS in found(home, "mots de passe")


def test_a_deleted_question_leaves_every_trace(home: Path) -> None:
    """A deleted file is never used in an answer again: no hit, no row, no vector, no byte of it."""
    (home / "kb/questions/mots-de-passe.md").unlink()
    (home / "kb/variants/mots-de-passe.txt").unlink()
    before = read_manifest(current(home / "index"))
    manifest = again(home).manifest
    folder = current(home / "index")
    assert PASSWORDS not in found(home, "Il refuse de rendre les codes administrateur")
    assert (manifest.passages, manifest.wordings) == (before.passages - 4, before.wordings - 8)
    with sqlite3.connect(folder / "passages.sqlite") as connection:
        for table, column in (("documents", "id"), ("passages", "id"), ("wordings", "text")):
            rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()
            assert not [row for row in rows if "mots-de-passe" in row[0] or "codes" in row[0]]
    connection.close()
    vectors = VectorIndex(folder / "passages.faiss", rows=manifest.passages, dimension=256).all()
    assert len(vectors) == manifest.passages
    assert len(np.load(folder / "wordings.npy")) == manifest.wordings
    assert not [
        path for path in folder.iterdir() if b"mots de passe administrateur" in path.read_bytes()
    ]


def test_a_document_is_indexed_beside_the_base(home: Path) -> None:
    """A file of a source folder is found with its own id and kind."""
    write(home / "docs/guide.md", GUIDE)
    report = again(home, sources=(home / "docs",))
    hit = Retriever.open(home / "index").search("zorglub", 1)[0]
    assert (hit.passage.kind, hit.passage.document_id.split("/")[-1]) == ("document", "guide.md")
    assert report.manifest.kinds["document"] == 1


def test_a_document_that_left_its_folder_leaves_the_index(home: Path) -> None:
    """After a file is deleted and the index built, nothing of it answers and no vector is orphaned."""
    write(home / "docs/guide.md", GUIDE)
    write(home / "docs/autre.md", "# Autre\n\nTexte du plan de reprise.\n")
    with_both = again(home, sources=(home / "docs",)).manifest
    (home / "docs/guide.md").unlink()
    manifest = again(home, sources=(home / "docs",)).manifest
    folder = current(home / "index")
    assert not {
        d for d in found(home, "zorglub") if d.startswith("doc:") and d.endswith("guide.md")
    }
    assert manifest.passages == with_both.passages - 1
    assert (
        len(VectorIndex(folder / "passages.faiss", rows=manifest.passages, dimension=256).all())
        == 45
    )
    assert not [path for path in folder.iterdir() if b"zorglub" in path.read_bytes()]


def test_equal_texts_in_two_files_are_two_documents(home: Path) -> None:
    """Two files with the same words both answer: equal texts don't collapse into one."""
    write(home / "docs/a.md", GUIDE)
    write(home / "docs/b.md", GUIDE)
    again(home, sources=(home / "docs",))
    only = Filters(kinds=frozenset({"document"}))
    hits = Retriever.open(home / "index").search("zorglub", 10, filters=only)
    assert sorted(h.passage.document_id.split("/")[-1] for h in hits) == ["a.md", "b.md"]
    assert hits[0].score == hits[1].score


def test_sources_are_remembered(home: Path) -> None:
    """A build without sources reads again those of the index in use: nothing leaves by omission."""
    write(home / "docs/guide.md", GUIDE)
    again(home, sources=(home / "docs",))
    assert again(home).manifest.kinds["document"] == 1


def test_sources_are_forgotten_when_asked(home: Path) -> None:
    """Asked for these sources only, a build drops the others."""
    write(home / "docs/guide.md", GUIDE)
    again(home, sources=(home / "docs",))
    manifest = again(home, only=True).manifest
    assert manifest.sources == [] and "document" not in manifest.kinds


def test_a_bad_document_is_named_and_the_others_indexed(home: Path) -> None:
    """One file that can't be read stops neither the build nor the files beside it."""
    write(home / "docs/guide.md", GUIDE)
    (home / "docs/abime.pdf").write_bytes(b"%PDF-1.7 rien de plus")
    report = again(home, sources=(home / "docs",))
    assert [Path(failure.path).name for failure in report.failures] == ["abime.pdf"]
    assert report.failures[0].problem and report.failures[0].fix
    assert report.manifest.kinds["document"] == 1


def test_limits_reach_the_readers(home: Path) -> None:
    """A file over the limit of the plan is named, not read."""
    write(home / "docs/gros.txt", "mot " * 1_000)
    report = again(home, sources=(home / "docs",), limits=Limits(max_bytes=1_000))
    assert [Path(failure.path).name for failure in report.failures] == ["gros.txt"]


def test_a_fresh_index_is_not_stale(home: Path) -> None:
    """An index built from the base as it is needs no build."""
    assert not is_stale(Plan(home / "kb", home / "index"))


def test_a_changed_base_makes_the_index_stale(home: Path) -> None:
    """A word more in any file of the base, and the index is behind."""
    write(home / "kb/variants/prix-nouveau.txt", "Une formulation de plus\n")
    assert is_stale(Plan(home / "kb", home / "index"))


def test_no_index_is_stale(tmp_path: Path) -> None:
    """What was never built has to be."""
    assert is_stale(Plan(write_base(tmp_path / "kb"), tmp_path / "index"))


def test_progress_names_each_stage(home: Path) -> None:
    """A build is never silent: each stage says how far it is, up to its end."""
    write(home / "docs/guide.md", GUIDE)
    told: dict[str, list[tuple[int, int]]] = {}
    plan = Plan(home / "kb", home / "index", (home / "docs",), rebuild=True)
    build(plan, lambda stage, done, total: told.setdefault(stage, []).append((done, total)))
    assert list(told) == ["lecture", "index lexical", "vecteurs", "questions"]
    assert all(steps[-1][0] == steps[-1][1] for steps in told.values())


def test_no_generation_is_served_before_it_is_whole(home: Path) -> None:
    """Until the last step the pointer names the old generation: the switch is one step."""
    old = current(home / "index").name
    seen: set[str] = set()
    report = build(
        Plan(home / "kb", home / "index"), lambda *_: seen.add(current(home / "index").name)
    )
    assert seen == {old}
    assert current(home / "index").name == report.manifest.generation != old
