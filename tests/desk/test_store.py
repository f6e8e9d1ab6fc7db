"""The desk's database: migrations, transactions, and what is told when it fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, insert, inspect, select, text

import assistant.desk.migrate
from assistant.desk.errors import ConflictError, StoreError
from assistant.desk.migrate import migrate, version_of
from assistant.desk.store import Store, engine_of
from assistant.desk.tables import AUDIT, CONVERSATIONS, HEAD, IMPORTS, METADATA, VOTES
from assistant.desk.votes import Vote, Votes
from tests.desk.conftest import Open
from tests.postgres.server import Server

ROOT = Path(__file__).resolve().parents[2]
VOTE = Vote(
    "a1", False, "Incomplète", "kb:questions/preavis", "g1", datetime(2026, 11, 2, tzinfo=UTC)
)


def test_the_migrations_lead_to_the_tables_of_the_code(store: Store) -> None:
    """After the last migration nothing differs from `tables`, on either engine."""
    with store.read() as connection:
        assert version_of(connection) == HEAD
        names = {index["name"] for index in inspect(connection).get_indexes("items")}
        assert "ix_items_order" in names
        options = {"compare_type": True, "include_name": _read_back(connection)}
        context = MigrationContext.configure(connection, opts=options)
        metadata = MetaData()
        for table in METADATA.tables.values():
            table.to_metadata(metadata)
        if connection.dialect.name == "sqlite":
            (order,) = [i for i in metadata.tables["items"].indexes if i.name == "ix_items_order"]
            metadata.tables["items"].indexes.discard(order)
        assert compare_metadata(context, metadata) == []


def _read_back(connection: Connection) -> Any:
    """What of a database can be compared: SQLite tells no direction of an index."""
    skipped = {"ix_items_order"} if connection.dialect.name == "sqlite" else set()
    return lambda name, kind, parents: kind != "index" or name not in skipped


def test_the_last_migration_is_the_one_of_the_code() -> None:
    """`HEAD` names the only head of the scripts."""
    folder = Path(assistant.desk.migrate.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [HEAD]


def test_a_file_of_votes_becomes_a_desk_and_keeps_them(tmp_path: Path) -> None:
    """A file made before there was a desk keeps every vote, and still takes new ones."""
    path = tmp_path / "desk.sqlite"
    Votes(path).record(VOTE)
    Store.open(path).close()
    assert Votes(path).all() == [VOTE]
    Votes(path).record(VOTE)


def test_a_database_of_the_first_version_keeps_its_votes(target: Path | str) -> None:
    """A database stopped at the first migration goes on to the last with its rows."""
    row = {
        "answer_id": "a",
        "helpful": True,
        "reason": "r",
        "document": "d",
        "generation": "g",
        "at": "x",
    }
    with closing(Store(*engine_of(target))) as store, store.write() as work:
        if work.connection.dialect.name == "postgresql":
            work.connection.execute(text("CREATE SCHEMA maintelex_desk"))
        migrate(work.connection, "0001")
        work.connection.execute(insert(VOTES), [row])
    with closing(Store.open(target)) as store, store.read() as connection:
        assert version_of(connection) == HEAD
        assert dict(connection.execute(select(VOTES)).mappings().one()) == row


def test_processes_that_open_an_empty_place_at_once_all_succeed(target: Path | str) -> None:
    """One migrates, the others wait for it."""
    code = "import sys; from assistant.desk.store import Store; Store.open(sys.argv[1]).close()"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(target)], cwd=ROOT) for _ in range(3)
    ]
    assert [process.wait() for process in running] == [0] * 3
    with closing(Store.open(target)) as store, store.read() as connection:
        assert version_of(connection) == HEAD


def test_a_database_of_a_newer_program_is_refused(store: Store, open_store: Open) -> None:
    """An unknown version is named, and nothing is touched."""
    with store.write() as work:
        work.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999"):
        open_store()


def test_what_is_raised_in_a_transaction_undoes_all_of_it(store: Store) -> None:
    """Neither the rows nor the audit of a transaction that failed are there."""
    with pytest.raises(RuntimeError), store.write() as work:
        work.connection.execute(insert(IMPORTS), [{"source": "s", "last": ""}])
        work.note("command", "test", "store")
        raise RuntimeError
    with store.read() as connection:
        assert connection.execute(select(IMPORTS)).all() == []
        assert connection.execute(select(AUDIT)).all() == []


def test_the_same_row_twice_is_a_conflict(store: Store) -> None:
    """The second is told that somebody was first."""
    with store.write() as work:
        work.connection.execute(insert(IMPORTS), [{"source": "s", "last": ""}])
    with pytest.raises(ConflictError), store.write() as work:
        work.connection.execute(insert(IMPORTS), [{"source": "s", "last": ""}])


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    """Both engines give a moment with its zone."""
    moment = datetime(2026, 11, 24, 12, 0, 1, 250, tzinfo=UTC)
    with store.write() as work:
        row = {"id": "c", "created": moment, "updated": moment}
        work.connection.execute(insert(CONVERSATIONS), [row])
    with store.read() as connection:
        assert connection.execute(select(CONVERSATIONS.c.created)).scalar_one() == moment


def test_a_locked_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits too long for another writer learns that nothing was done."""
    monkeypatch.setattr("assistant.desk.store._PRAGMAS", ("PRAGMA busy_timeout=50",))
    path = tmp_path / "desk.sqlite"
    with closing(Store.open(path)) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="occupée par une autre écriture"), store.write():
            pass


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads people's questions; nor in the journal beside it."""
    with closing(Store.open(tmp_path / "desk.sqlite")) as store, store.write() as work:
        work.note("command", "test", "store")
        assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="ne peut pas être créé"):
        Store.open(tmp_path / "data" / "desk.sqlite")


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 40])
def test_a_file_of_something_else_is_told(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is named, and stays as it was."""
    path = tmp_path / "desk.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="n'est pas une base SQLite"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_server_that_restarted_is_used_again(server: Server) -> None:
    """A restart costs nothing but the actions under way."""
    server.run("CREATE DATABASE restarted TEMPLATE template0")
    with closing(Store.open(server.address("restarted"))) as store:
        server.stop()
        server.start()
        with store.write() as work:
            work.note("command", "test", "store")


def test_an_account_without_rights_is_told(server: Server) -> None:
    """Which right is missing, and never the password."""
    server.run(
        "CREATE DATABASE closed TEMPLATE template0", "CREATE ROLE guest LOGIN PASSWORD 'hush'"
    )
    with pytest.raises(StoreError, match="CREATE sur la base") as caught:
        Store.open(server.address("closed", user="guest", word="hush"))
    assert "hush" not in str(caught.value)
