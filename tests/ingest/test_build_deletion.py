"""What was deleted is gone: from the hits, from every file of the index, from the disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import yaml

from ingest.build import KEPT
from retrieval import Retriever
from retrieval.analysis import stems
from retrieval.folder import Folder
from retrieval.generation import current
from tests.ingest.small_home import again, copy_home, found, make_home, names
from tests.retrieval.small_base import write

SECRET = "Zorglubine"
LETTER = (
    f"# Lettre de {SECRET}\n\nLa société {SECRET} paie 4711 euros à Krostovar, art. L. 987-65.\n"
)
# Words, their stems, runs of their letters, an article's number as it is searched and as it is keyed.
PIECES = ("zorglubin", "krostov", "_zor", "rglu", "ubin", "4711", "l987-65", "l987_65",
          "lettre-secrete")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that tests copy."""
    return make_home(tmp_path_factory.mktemp("built"))


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it, with the letter among its documents, indexed."""
    home = copy_home(built, tmp_path / "home")
    write(home / "docs/autre.md", "# Autre\n\nTexte du plan de reprise.\n")
    write(home / "docs/lettre-secrete.md", LETTER)
    again(home, sources=(home / "docs",))
    return home


def traces(folder: Path, pieces: Iterable[str] = PIECES) -> set[str]:
    """Files under a folder that hold a piece of the letter, in any case."""
    needles = [piece.encode() for piece in pieces]
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes().lower() for needle in needles)
    }


def test_the_letter_is_there_before(home: Path) -> None:
    """The letter is found, and its words stand in the store: the tests below can fail."""
    assert any(name.endswith("lettre-secrete.md") for name in found(home, SECRET))
    assert traces(current(home / "index")) == {"passages.sqlite"}


def test_a_deleted_document_is_in_no_file(home: Path) -> None:
    """Built without its file, an index holds no word, stem, run of letters, number or name of it."""
    (home / "docs/lettre-secrete.md").unlink()
    again(home)
    assert traces(current(home / "index")) == set()


def test_a_deleted_document_is_not_understood_either(home: Path) -> None:
    """Its words are unknown again: none is offered for a misspelt one, no reference leads to it."""
    (home / "docs/lettre-secrete.md").unlink()
    again(home)
    retriever, backend = Retriever.open(home / "index"), Folder.current(home / "index")
    assert backend.knows(["zorglubine", "krostovar"]) == set()
    assert not {"zorglubine", "krostovar"} & set(backend.vocabulary())
    assert backend.by_reference("art:l987-65") == [] == retriever.named("art. L. 987-65")
    readings = [
        r.detail
        for h in retriever.search("krostovarr", 50)
        for r in h.reasons
        if r.leg == "reading"
    ]
    assert not [line for line in readings if "krostovar (" in line]


def test_its_vector_is_gone(home: Path) -> None:
    """No vector of it is left behind: an orphan would answer in another's place."""
    backend = Folder.current(home / "index")
    number = backend.lexical("text", stems(SECRET), 1)[0][0]
    vector = backend.passage_vectors()[number - 1].copy()
    (home / "docs/lettre-secrete.md").unlink()
    again(home)
    left = Folder.current(home / "index").passage_vectors()
    assert len(left) == len(backend.passage_vectors()) - 1
    assert np.abs(left - vector).max(axis=1).min() > 1e-3


def test_after_the_next_builds_it_is_nowhere_on_disk(home: Path) -> None:
    """Generations that readers may hold go with the builds that follow, and the words with them."""
    (home / "docs/lettre-secrete.md").unlink()
    for _ in range(KEPT):
        again(home)
    assert traces(home / "index") == set() and len(names(home)) == KEPT


def test_a_forgotten_folder_is_in_no_file(home: Path) -> None:
    """A folder that the user lets go of leaves no word and no path of its own."""
    again(home, only=True)
    folder = current(home / "index")
    assert traces(folder) == set()
    assert str(home / "docs") not in (folder / "manifest.json").read_text(encoding="utf-8")


def test_a_deleted_wording_is_in_no_file(home: Path) -> None:
    """A wording taken out of the base, which may tell a person's case, leaves nothing."""
    path = home / "kb/variants/mots-de-passe.txt"
    kept = path.read_text(encoding="utf-8")
    write(path, f"{kept}\n" + f"Glapindre bloque nos accès {SECRET}\n" * 3)
    again(home)
    assert traces(current(home / "index"), ["glapindre"]) == {"passages.sqlite"}
    write(path, kept)
    again(home)
    assert traces(current(home / "index"), ["glapindre"]) == set()
    assert "glapindre" not in Folder.current(home / "index").vocabulary()


def test_a_question_to_decline_is_in_no_file_at_all(home: Path) -> None:
    """Questions to decline are learnt from, never kept as text."""
    write(
        home / "kb/variants/out-of-scope.yaml",
        yaml.safe_dump({"autre": ["Où est Glapindre ?"] * 3}),
    )
    manifest = again(home).manifest
    assert manifest.declined == 3
    assert traces(current(home / "index"), ["glapindre"]) == {"passages.sqlite"} - {
        "passages.sqlite"
    }


def test_a_deleted_phrase_of_the_lexicon_means_nothing(home: Path) -> None:
    """A lay word taken out of the lexicon is no longer read as its term."""
    groups = [{"preferred": "restauration", "synonyms": ["glapindre"]}]
    write(home / "kb/lexicon.yaml", yaml.safe_dump({"groups": groups}))
    again(home)
    assert Folder.current(home / "index").meanings(stems("glapindre"))
    write(home / "kb/lexicon.yaml", yaml.safe_dump({"groups": []}))
    again(home)
    assert not Folder.current(home / "index").meanings(stems("glapindre"))
    assert traces(current(home / "index"), ["glapindre"]) == set()
