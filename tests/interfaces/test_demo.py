"""`maintelex demo`: a desk to try, in a folder of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.desk import Figures, Queue, Sessions, Wanted, open_desk
from interfaces.cli import main


def test_a_full_folder_is_left_alone(tmp_path: Path, kb_index: Path) -> None:
    """The demonstration never writes over a real desk."""
    (tmp_path / "desk.sqlite").write_text("précieux", encoding="utf-8")
    done = CliRunner().invoke(main, ["demo", "--data", str(tmp_path), "--index", str(kb_index)])
    assert done.exit_code != 0 and "n'est pas vide" in done.output
    assert (tmp_path / "desk.sqlite").read_text(encoding="utf-8") == "précieux"


def test_the_desk_has_something_in_every_state(
    tmp_path: Path, kb_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passwords shown open the desk; questions wait, are taken, approved, asked, sent."""
    monkeypatch.delenv("MAINTELEX_DATA", raising=False)
    data = tmp_path / "essai"
    done = CliRunner().invoke(main, ["demo", "--data", str(data), "--index", str(kb_index)])
    assert done.exit_code == 0, done.output
    shown = next(line.split() for line in done.output.splitlines() if "(lawyer)" in line)
    store = open_desk(data / "desk.sqlite")
    lawyer = Sessions(store).actor(Sessions(store).sign_in(shown[0], shown[1]))
    states = Queue(store, lawyer).page(Wanted(states=())).counts.states
    asked = Figures(store, lawyer).asked(datetime.now(UTC) - timedelta(weeks=12))
    waiting = Queue(store, lawyer).page(Wanted(states=("waiting",))).rows
    store.close()
    assert len({one.week for one in asked}) >= 7, "the dashboard has a shape"
    assert min(row.created for row in waiting) > datetime.now(UTC) - timedelta(days=7)
    assert {"waiting", "taken", "asked", "approved", "published"} <= set(states)
