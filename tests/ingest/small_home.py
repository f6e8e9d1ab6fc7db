"""A home for the tests of building: the small base, its index, and a folder for documents."""

from __future__ import annotations

import shutil
from pathlib import Path

from ingest.build import Plan, Report, build
from retrieval import Retriever
from retrieval.generation import current
from tests.retrieval.small_base import write_base

PASSWORDS = "kb:questions/mots-de-passe"


def make_home(folder: Path) -> Path:
    """The small base and its index, without questions to decline: a build is then quick."""
    (write_base(folder / "kb") / "variants/out-of-scope.yaml").unlink()
    (folder / "docs").mkdir()
    again(folder)
    return folder


def copy_home(built: Path, folder: Path) -> Path:
    """A copy to change at will."""
    return Path(shutil.copytree(built, folder))


def again(home: Path, **options: object) -> Report:
    """Build the home's index once more."""
    return build(Plan(home / "kb", home / "index", **options))  # type: ignore[arg-type]


def found(home: Path, question: str) -> set[str]:
    """Documents that a question finds."""
    hits = Retriever.open(home / "index").search(question, 200)
    return {hit.passage.document_id for hit in hits}


def names(home: Path) -> list[str]:
    """Generations on disk."""
    return sorted(path.name for path in (home / "index/generations").iterdir())


def remember(home: Path) -> tuple[str, bytes]:
    """What the index serves: its pointer, and every byte of the generation in use."""
    folder = current(home / "index")
    return folder.name, b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
