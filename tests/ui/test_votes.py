"""The votes on answers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.desk import Vote, Votes, VoteStoreError
from assistant.desk.votes import MAX_REASON
from retrieval.errors import UsageError

VOTE = Vote("a1", True, "", "kb:questions/preavis", "g-1", datetime(2026, 11, 24, 9, tzinfo=UTC))


def test_a_vote_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Writing and reading changes nothing."""
    votes = Votes(tmp_path / "new" / "desk.sqlite")
    votes.record(VOTE)
    assert votes.all() == [VOTE]


def test_a_second_vote_replaces_the_first(tmp_path: Path) -> None:
    """One answer has one vote: the last."""
    votes = Votes(tmp_path / "desk.sqlite")
    votes.record(VOTE)
    changed = replace(VOTE, helpful=False, reason="Incomplète")
    votes.record(changed)
    assert votes.all() == [changed]


def test_no_vote_yet_is_no_vote(tmp_path: Path) -> None:
    """Reading before the first vote gives nothing and makes no file."""
    assert Votes(tmp_path / "desk.sqlite").all() == []
    assert not (tmp_path / "desk.sqlite").exists()


def test_the_file_is_in_wal_mode(tmp_path: Path) -> None:
    """Readers do not wait for a writer."""
    Votes(tmp_path / "desk.sqlite").record(VOTE)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_locked_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writer that does not let go gives a message, not a hang."""
    monkeypatch.setattr("assistant.desk.votes.WAIT", 0.1)
    votes = Votes(tmp_path / "desk.sqlite")
    votes.record(VOTE)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite")) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(VoteStoreError, match="desk.sqlite"):
            votes.record(replace(VOTE, answer_id="a2"))
    assert votes.all() == [VOTE]


def test_a_vote_refuses_what_it_cannot_keep() -> None:
    """A reason too long and a moment without time zone are refused."""
    with pytest.raises(UsageError, match="1001"):
        replace(VOTE, reason="x" * (MAX_REASON + 1))
    with pytest.raises(UsageError, match="time zone"):
        replace(VOTE, at=datetime(2026, 11, 24))
