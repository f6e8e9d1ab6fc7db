"""Answers are kept where it was asked for, for their owner alone, and forgotten on demand."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.provenance import AnswerStore, AnswerStoreError, Record


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    """A store whose folder is not there yet."""
    return AnswerStore(tmp_path / "new" / "answers.sqlite")


def file_of(tmp_path: Path) -> Path:
    """The file of that store."""
    return tmp_path / "new" / "answers.sqlite"


def test_a_record_is_read_back_as_it_was(store: AnswerStore, record: Record) -> None:
    """Keeping and reading changes nothing; an id is found whatever its case."""
    store.keep(record)
    assert store.get(record.id) == record == store.get(f" {record.id.upper()} ")


def test_keeping_twice_keeps_the_last(store: AnswerStore, record: Record) -> None:
    """One id has one record."""
    store.keep(record)
    store.keep(replace(record, before=("Avant ?",)))
    assert [one.before for one in store.all()] == [("Avant ?",)]


def test_answers_are_listed_latest_first(store: AnswerStore, record: Record) -> None:
    """The last one comes first."""
    older = replace(record, id="a" * 12, at=record.at - timedelta(days=1))
    for one in (record, older):
        store.keep(one)
    assert [one.id for one in store.all()] == [record.id, older.id]


def test_reading_an_absent_store_makes_none(store: AnswerStore, tmp_path: Path) -> None:
    """Nothing is kept, nothing is made; an unknown id is told with what to do."""
    assert store.all() == [] and not store.forget("a" * 12)
    with pytest.raises(AnswerStoreError, match="Aucune réponse") as caught:
        store.get("a" * 12)
    assert "answers list" in caught.value.fix and not file_of(tmp_path).exists()


def test_only_its_owner_reads_the_file(store: AnswerStore, record: Record, tmp_path: Path) -> None:
    """Questions are personal data: neither group nor others may read them."""
    store.keep(record)
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600


def test_old_answers_are_purged(store: AnswerStore, record: Record) -> None:
    """Those before a moment go, the others stay."""
    older = replace(record, id="a" * 12, at=record.at - timedelta(days=31))
    for one in (record, older):
        store.keep(one)
    assert store.purge(record.at - timedelta(days=30)) == 1
    assert [one.id for one in store.all()] == [record.id]


def test_a_forgotten_question_leaves_no_bytes(
    store: AnswerStore, record: Record, tmp_path: Path
) -> None:
    """What is deleted is written over in the file."""
    store.keep(record)
    assert b"client ne paie pas" in file_of(tmp_path).read_bytes()
    assert store.forget(record.id) and not store.forget(record.id)
    assert [
        p.name
        for p in file_of(tmp_path).parent.iterdir()
        if b"client ne paie pas" in p.read_bytes()
    ] == []


def test_a_damaged_record_is_named_with_its_remedy(
    store: AnswerStore, record: Record, tmp_path: Path
) -> None:
    """A record that cannot be read says how to be rid of it, and shows nothing of it."""
    store.keep(record)
    with closing(sqlite3.connect(file_of(tmp_path))) as connection:
        connection.execute("UPDATE answers SET record = '{\"answer\": {}}'")
        connection.commit()
    with pytest.raises(AnswerStoreError, match=record.id) as caught:
        store.get(record.id)
    assert f"answers delete {record.id}" in caught.value.fix


def test_a_file_that_is_no_database_is_told(
    store: AnswerStore, record: Record, tmp_path: Path
) -> None:
    """The message names the file and the setting, never the question."""
    file_of(tmp_path).parent.mkdir()
    file_of(tmp_path).write_bytes(b"not a database" * 100)
    with pytest.raises(AnswerStoreError, match=r"answers\.sqlite") as caught:
        store.keep(record)
    assert "MAINTELEX_DATA" in caught.value.fix and "client ne paie pas" not in str(caught.value)


def test_an_id_is_data(store: AnswerStore, record: Record) -> None:
    """SQL in an id finds nothing and breaks nothing."""
    store.keep(record)
    with pytest.raises(AnswerStoreError):
        store.get("' OR 1=1 --")
    assert not store.forget("' OR 1=1 --") and len(store.all()) == 1
