"""How a site is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.build import Plan, build
from interfaces import health
from interfaces.settings import Settings, load_settings
from retrieval import Retriever
from retrieval.errors import IndexMissingError
from tests.retrieval.small_base import write_base


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A site with the small base and its index."""
    (write_base(tmp_path / "kb") / "variants/out-of-scope.yaml").unlink()
    build(Plan(tmp_path / "kb", tmp_path / "index"))
    return load_settings({}, kb=tmp_path / "kb", index=tmp_path / "index", data=tmp_path / "data")


def test_an_index_that_answers_is_good(settings: Settings) -> None:
    """It tells its generation and its size."""
    found = health.index(lambda: Retriever.open(settings.index))
    assert found.state == "good"
    assert "passages" in found.told


def test_a_missing_index_is_wrong_with_its_remedy(tmp_path: Path) -> None:
    """What opening it raises is told, with what to do."""

    def opened() -> Retriever:
        return Retriever.open(tmp_path)

    with pytest.raises(IndexMissingError):
        opened()
    found = health.index(opened)
    assert (found.state, "maintelex ingest" in found.fix) == ("wrong", True)


def test_a_changed_base_is_seen(settings: Settings) -> None:
    """The index is that of the base until a file of it changes."""
    assert health.served_base(settings).state == "good"
    path = next((settings.kb / "questions").glob("*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\nEt encore.\n", encoding="utf-8")
    assert health.served_base(settings).state == "wrong"


def test_a_folder_to_come_has_the_room_of_its_parent(tmp_path: Path) -> None:
    """The disk of a folder that is not there yet is that of the first parent that is."""
    found = health.disk(tmp_path / "a" / "b")
    assert found.told == health.disk(tmp_path).told
    assert found.told.endswith("Go libres")


def test_little_room_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the threshold, the remedy is given."""
    monkeypatch.setattr(health, "LOW", 10**18)
    assert health.disk(tmp_path).state == "wrong"


@pytest.mark.parametrize(("created", "days"), [
    ("2026-01-01T00:00:00+00:00", 9), ("2026-01-01T00:00:00", 9), ("2027-01-01T00:00:00+00:00", 0),
    ("hier", 0), ("", 0),
])  # fmt: skip
def test_an_age_is_whole_days(created: str, days: int) -> None:
    """Days since a moment; 0 for one to come or that cannot be read."""
    assert health.age(created, datetime(2026, 1, 10, 1, tzinfo=UTC)) == days
