"""The database is full, locked, cut off or old: nothing is lost, nothing is half done, it is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from assistant.desk.audit import verify
from assistant.desk.errors import StoreError
from assistant.desk.items import change, locked
from assistant.desk.migrate import migrate, version_of
from assistant.desk.publication import published
from assistant.desk.queue import Queue
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor
from assistant.desk.store import Store, engine_of
from assistant.desk.tables import AUDIT, HEAD, ITEMS, REVIEWS, REVISIONS
from retrieval import Retriever
from tests.desk.people import Desk
from tests.desk.test_publication import CLAUSE, LAW, TEXT
from tests.postgres.server import Server

PRAGMAS = "assistant.desk.store._PRAGMAS"


def counts(store: Store) -> tuple[int, ...]:
    """How many rows there are of what an action writes, the audit holding together."""
    with store.read() as connection:
        verify(connection)
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (ITEMS, REVIEWS, REVISIONS, AUDIT)
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is that will fail."""
    return tmp_path / "desk.sqlite"


def at_work(path: Path, retriever: Retriever) -> tuple[Desk, Actor, int, int]:
    """A desk in a file, a lawyer, and the item that the lawyer holds."""
    desk = Desk(Store.open(path), retriever)
    lawyer = desk.account("juriste", "lawyer")
    return desk, lawyer, *desk.taken(lawyer)


def test_a_full_disk_keeps_nothing_of_an_edit(
    path: Path, retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told so; the item is as it was, and the edit passes once there is room."""
    desk, lawyer, item, version = at_work(path, retriever)
    before = counts(desk.store)
    desk.store.close()
    long = TEXT + "\n- Le juge peut augmenter une pénalité dérisoire [1]." * 300
    edit = (item, version, long, [LAW, CLAUSE])
    with monkeypatch.context() as full:
        full.setattr(PRAGMAS, ("PRAGMA max_page_count=1",))  # never less than what is there
        with closing(Store.open(path)) as store, pytest.raises(StoreError, match="plus de place"):
            Reviews(store, lawyer).edit(*edit, desk.base)
    with closing(Store.open(path)) as store:
        assert counts(store) == before and Queue(store, lawyer).item(item).row.version == version
        Reviews(store, lawyer).edit(*edit, desk.base)


def test_a_locked_file_keeps_nothing_of_an_approval(
    path: Path, retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program writes for too long; the approval passes once it has finished."""
    desk, lawyer, item, version = at_work(path, retriever)
    before = counts(desk.store)
    desk.store.close()
    monkeypatch.setattr(PRAGMAS, ("PRAGMA busy_timeout=50",))
    with closing(Store.open(path)) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="occupée"):
            Reviews(store, lawyer).approve(item, version)
        other.rollback()
        assert counts(store) == before
        assert Reviews(store, lawyer).approve(item, version) == version + 1


def test_a_server_cut_off_in_the_middle_keeps_nothing(server: Server, retriever: Retriever) -> None:
    """The connection dies between two writes of an approval; the next try passes."""
    server.run("CREATE DATABASE cut TEMPLATE template0")
    desk = Desk(Store.open(server.address("cut")), retriever)
    lawyer = desk.account("juriste", "lawyer")
    item, version = desk.taken(lawyer)
    before = counts(desk.store)
    with pytest.raises(StoreError, match="ne répond pas"), desk.store.write() as work:
        change(work, lawyer, locked(work, item, version), "approve", state="approved")
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'")
    assert counts(desk.store) == before
    assert Reviews(desk.store, lawyer).approve(item, version) == version + 1
    desk.store.close()


def test_a_database_of_the_second_version_keeps_its_publications(target: Path | str) -> None:
    """Published before sources were noted: still there, and read as before."""
    rows = (
        "INSERT INTO accounts (id, name, role, hash, disabled, failures, created)"
        " VALUES (1, 'anne', 'lawyer', '', false, 0, :at)",
        "INSERT INTO publications (id, document, kind, question, wordings, markdown, citations,"
        " files, author_id, at) VALUES (1, 'kb:questions/q', 'new', 'Q ?', '[\"Q\"]', 'R [1].',"
        " '[]', '{}', 1, :at)",
    )
    with closing(Store(*engine_of(target))) as store, store.write() as work:
        if work.connection.dialect.name == "postgresql":
            work.connection.execute(text("CREATE SCHEMA maintelex_desk"))
        migrate(work.connection, "0002")
        for row in rows:
            work.connection.execute(text(row), {"at": datetime(2026, 11, 1, tzinfo=UTC)})
    with closing(Store.open(target)) as store:
        (kept,) = published(store)
        with store.read() as connection:
            assert version_of(connection) == HEAD
    assert (kept.question, kept.wordings, kept.sources) == ("Q ?", ("Q",), {})
    assert kept.withdrawn is None and kept.returned is None
