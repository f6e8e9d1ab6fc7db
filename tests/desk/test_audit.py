"""The audit: a chain that shows what was changed."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from assistant.desk.audit import Head, canonical, entries, head_of, verify
from assistant.desk.errors import AuditError, DeskError
from assistant.desk.store import Store
from assistant.desk.tables import AUDIT
from tests.desk.conftest import Open


def write(store: Store, times: int = 4) -> None:
    """Some entries, each in its own transaction."""
    for number in range(times):
        with store.write() as work:
            work.note("account:1", "approve", f"item:{number}", version=number)


def unlock(store: Store) -> None:
    """Take away what makes the table append-only, as an intruder with the database would."""
    with store.write() as work:
        if work.connection.dialect.name == "postgresql":
            work.connection.execute(text("DROP TRIGGER audit_kept ON audit"))
        else:
            work.connection.execute(text("DROP TRIGGER audit_UPDATE"))
            work.connection.execute(text("DROP TRIGGER audit_DELETE"))


def test_entries_follow_one_another(store: Store) -> None:
    """The chain holds, in order, what was noted."""
    write(store)
    with store.read() as connection:
        found = list(entries(connection))
        assert [e.number for e in found] == [1, 2, 3, 4]
        assert found[2].subject == "item:2" and found[2].details == {"version": 2}
        assert verify(connection) == Head(4, found[3].hash) == head_of(connection)


def test_an_empty_audit_holds(store: Store) -> None:
    """Nothing was done, nothing is wrong."""
    with store.read() as connection:
        assert verify(connection).number == 0


@pytest.mark.parametrize("change", [update(AUDIT).values(entry="{}"), delete(AUDIT)])
def test_the_table_refuses_to_change(store: Store, change: object) -> None:
    """Neither the program nor a hand in the database can change an entry by mistake."""
    write(store)
    with pytest.raises((DeskError, DBAPIError)), store.write() as work:
        work.connection.execute(change)  # type: ignore[call-overload]
    with store.read() as connection:
        assert verify(connection).number == 4


@pytest.mark.parametrize(
    "change",
    [
        update(AUDIT).where(AUDIT.c.number == 2).values(entry=AUDIT.c.entry + " "),
        update(AUDIT).where(AUDIT.c.number == 2).values(entry="not JSON"),
        update(AUDIT).where(AUDIT.c.number == 2).values(hash="f" * 64),
        update(AUDIT).where(AUDIT.c.number == 4).values(number=9),
        delete(AUDIT).where(AUDIT.c.number == 1),
        delete(AUDIT).where(AUDIT.c.number == 2),
    ],
)
def test_a_changed_entry_is_found(store: Store, change: object) -> None:
    """A text, a hash, a number or an entry that is gone: the break is told."""
    write(store)
    unlock(store)
    with store.write() as work:
        work.connection.execute(change)  # type: ignore[call-overload]
    with store.read() as connection, pytest.raises(AuditError, match="rompu"):
        verify(connection)


def test_a_cut_end_is_found_with_a_noted_entry(store: Store) -> None:
    """A shorter chain is sound; a head noted before tells."""
    write(store)
    unlock(store)
    with store.read() as connection:
        noted = head_of(connection)
    with store.write() as work:
        work.connection.execute(delete(AUDIT).where(AUDIT.c.number == 4))
    with store.read() as connection:
        assert verify(connection).number == 3
        with pytest.raises(AuditError, match="coupé"):
            verify(connection, noted)


def test_a_noted_entry_holds_when_others_follow(store: Store) -> None:
    """What was noted stays in the chain."""
    write(store)
    with store.read() as connection:
        noted = head_of(connection)
    write(store)
    with store.read() as connection:
        assert verify(connection, noted).number == 8


def test_writers_at_once_make_one_chain(open_store: Open) -> None:
    """Eight writers over two connections' pools: no entry lost, no fork."""
    stores = [open_store(), open_store()]
    threads = [threading.Thread(target=write, args=(stores[n % 2], 10)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].read() as connection:
        assert verify(connection).number == 80


def test_canonical_json_does_not_depend_on_order() -> None:
    """The same value gives the same text; what JSON has no word for is refused."""
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
    with pytest.raises(ValueError):
        canonical({"a": float("nan")})
