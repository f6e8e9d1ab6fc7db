"""Opening a desk: its database, and the votes that were given before there was one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, inspect, select, update

from assistant.desk.store import Store, Work, engine_of
from assistant.desk.tables import IMPORTS, SCHEMA, VOTES
from assistant.desk.votes import Vote, Votes


def open_desk(target: Path | str, votes: Path | None = None) -> Store:
    """The store of a desk, with the votes of an older file taken over once.

    Args:
        target: a path of SQLite, or "postgresql://…".
        votes: a file that `Votes` wrote. The file of the store itself needs nothing: its votes are
            there already.

    Raises:
        StoreError: the store cannot be opened or written.
        VoteStoreError: the file of votes cannot be read.
    """
    store = Store.open(target)
    try:
        if votes is not None and votes != target and votes.is_file():
            import_votes(store, votes)
    except BaseException:
        store.close()
        raise
    return store


def has_tables(address: str) -> bool:
    """Whether a PostgreSQL database has a desk; asking makes none.

    Raises:
        IndexUnreachableError: the server is not there, or refuses.
    """
    engine, _ = engine_of(address)
    try:
        with engine.connect() as connection:
            return inspect(connection).has_table("alembic_version", schema=SCHEMA)
    finally:
        engine.dispose()


def import_votes(store: Store, path: Path) -> int:
    """Take over the votes of a file that were not taken over before; how many.

    Votes that were erased here since then don't come back.
    """
    source = str(path.resolve())[-500:]
    with store.read() as connection:
        last = connection.execute(select(IMPORTS.c.last).where(IMPORTS.c.source == source)).scalar()
    new = [vote for vote in Votes(path).all() if last is None or _moment(vote) > last]
    if not new:
        return 0
    with store.write() as work:
        for vote in new:
            _keep(work, vote)
        _mark(work, source, max(_moment(vote) for vote in new))
        work.note("command", "import-votes", "votes", count=len(new))
    return len(new)


def _moment(vote: Vote) -> str:
    """When a vote was given, as text that sorts by time."""
    return vote.at.isoformat(timespec="microseconds")


def _keep(work: Work, vote: Vote) -> None:
    """Keep a vote, in place of an older one on the same answer."""
    row = {
        "answer_id": vote.answer_id,
        "helpful": vote.helpful,
        "reason": vote.reason,
        "document": vote.document,
        "generation": vote.generation,
        "at": vote.at.isoformat(),
    }
    same = VOTES.c.answer_id == vote.answer_id
    if not work.connection.execute(update(VOTES).where(same).values(**row)).rowcount:
        work.connection.execute(insert(VOTES), [row])


def _mark(work: Work, source: str, last: str) -> None:
    """Note how far a file was taken over."""
    same = IMPORTS.c.source == source
    if not work.connection.execute(update(IMPORTS).where(same).values(last=last)).rowcount:
        work.connection.execute(insert(IMPORTS), [{"source": source, "last": last}])
