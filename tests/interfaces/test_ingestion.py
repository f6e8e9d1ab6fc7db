"""The ingestion that the page starts."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interfaces.ingestion import Ingestion, Progress
from retrieval.errors import BuildError
from retrieval.generation import current, read_manifest
from tests.retrieval.small_base import write_base

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def finished(ingestion: Ingestion) -> Progress:
    """Where it stands once it has ended."""
    for _ in range(600):
        progress = ingestion.progress
        if progress is not None and not progress.running:
            return progress
        time.sleep(0.1)
    raise AssertionError("still running")


def ingestion_of(home: Path) -> Ingestion:
    """The ingestion of a home."""
    return Ingestion({
        **os.environ, "MAINTELEX_KB": str(home / "kb"), "MAINTELEX_INDEX": str(home / "index"),
        "MAINTELEX_DATA": str(home / "data"), "MAINTELEX_DATABASE_URL": "",
    })  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The small base, not indexed."""
    (write_base(tmp_path / "kb") / "variants/out-of-scope.yaml").unlink()
    return tmp_path


def test_an_index_is_built_and_told(home: Path) -> None:
    """The report names the generation in use; a second start while it runs is refused."""
    ingestion = ingestion_of(home)
    ingestion.start()
    with pytest.raises(BuildError):
        ingestion.start()
    progress = finished(ingestion)
    assert progress.error == ""
    assert progress.report.startswith(read_manifest(current(home / "index")).generation)


def test_an_error_is_told_with_its_remedy(home: Path) -> None:
    """A base with findings gives its message, and the next start is allowed."""
    (home / "kb" / "questions" / "mauvaise.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    ingestion = ingestion_of(home)
    ingestion.start()
    progress = finished(ingestion)
    assert "La base de connaissances a des erreurs" in progress.error
    ingestion.start()
    finished(ingestion)


def test_a_child_that_dies_is_told(home: Path) -> None:
    """A process that cannot start its work leaves a message, not a page that waits for ever."""
    ingestion = Ingestion(
        {**os.environ, "PYTHONPATH": "", "PYTHONSTARTUP": "", "PYTHONHOME": "/nowhere"}
    )
    ingestion.start()
    assert "s'est arrêtée" in finished(ingestion).error


@pytest.mark.parametrize("row", [
    {"stage": "x", "done": "1", "total": None}, {"done": 1.5, "total": 2, "stage": "x"},
])  # fmt: skip
def test_what_is_no_progress_changes_nothing(row: dict[str, object]) -> None:
    """A line without whole numbers leaves the stage as it was."""
    before = Progress(NOW, stage="lecture", done=1, total=2)
    after = before.after(row)
    assert after == before


def test_a_report_keeps_the_files_left_out() -> None:
    """The files that could not be read are kept with their remedy."""
    after = Progress(NOW).after({"report": "g : 3 documents.", "failures": ["a.pdf : protégé."]})
    assert (after.report, after.failures) == ("g : 3 documents.", ("a.pdf : protégé.",))
