"""Where conversations are kept: a SQLite file, or a schema of PostgreSQL. Nothing in it can be read.

A row says when a conversation was last used and whose it is, by a hash; its words are sealed. A copy to
show to others is a conversation of its own, whose holder is whoever has its link.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.desk.store import engine_of
from assistant.history.seal import Holder, new_token
from assistant.history.types import HistoryError, Kept, Listed
from assistant.history.values import from_json, to_json
from retrieval.errors import AppError

KEPT_DAYS = 30  # after the last question
LISTED = 50  # conversations of a list
MOST = 200  # conversations of one holder; the oldest go first
TITLE = 160  # characters of a title
SCHEMA = "maintelex_history"  # of a PostgreSQL database

_METADATA = MetaData(schema=SCHEMA)
_CONVERSATIONS = Table(
    "conversations",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("origin", String(32), index=True),  # the conversation that this is a copy of
    Column("updated", String(32), nullable=False, index=True),  # ISO 8601, UTC
    Column("title", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
_C = _CONVERSATIONS.c


class History:
    """The conversations of all visitors. Threads and processes share it.

    Args:
        engine: of `open`.
        place: how it is called in messages.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        plain = engine.dialect.name == "sqlite"  # which knows no schemas
        self._engine = engine.execution_options(
            schema_translate_map={SCHEMA: None if plain else SCHEMA}
        )
        self._place = place

    @classmethod
    def open(cls, target: Path | str) -> Self:
        """The conversations of a file, made when it is missing, or of a PostgreSQL address.

        Raises:
            HistoryError: it cannot be opened or written.
        """
        try:
            engine, place = engine_of(target)
        except AppError as error:
            raise HistoryError(error.problem, fix=error.fix) from error
        history = cls(engine, place)
        try:
            with history._write() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
                _METADATA.create_all(connection)
        except BaseException:
            history.close()
            raise
        return history

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()

    def keep(
        self, holder: Holder, kept: Kept, identifier: str = "", *, now: datetime | None = None
    ) -> str:
        """Keep a conversation in place of what was kept of it; its id.

        Args:
            kept: with one exchange or more.
            identifier: of a conversation of the holder's; a new one when empty, or when it is gone.
            now: with a time zone.

        Raises:
            HistoryError: it is too long, or the store cannot be written.
        """
        known = identifier or secrets.token_hex(16)
        moment = _moment(now)
        row = {
            "updated": moment.isoformat(),
            "title": holder.seal(_title(kept).encode(), f"{known} title"),
            "sealed": holder.seal(to_json(kept), known),
        }
        with self._write() as connection:
            mine = (_C.id == known) & (_C.owner == holder.owner)
            if not connection.execute(update(_CONVERSATIONS).where(mine).values(**row)).rowcount:
                known = known if not identifier else secrets.token_hex(16)
                self._insert(connection, holder, kept, known, None, moment)
            _forget_old(connection, holder, moment)
        return known

    def list(self, holder: Holder) -> list[Listed]:
        """The holder's conversations, last used first, at most `LISTED`.

        Raises:
            HistoryError: the store cannot be read.
        """
        found = (
            select(_C.id, _C.title, _C.updated)
            .where(_C.owner == holder.owner, _C.origin.is_(None), _C.updated > _oldest())
            .order_by(_C.updated.desc(), _C.id)
            .limit(LISTED)
        )
        with self._read() as connection:
            rows = connection.execute(found).all()
        return [
            Listed(row.id, holder.open(row.title, f"{row.id} title").decode(),
                   datetime.fromisoformat(row.updated))
            for row in rows
        ]  # fmt: skip

    def get(self, holder: Holder, identifier: str) -> Kept | None:
        """A conversation of the holder's; None when there is none, or it is somebody else's.

        Raises:
            HistoryError: the store cannot be read, or another version kept it.
        """
        mine = (_C.id == identifier) & (_C.owner == holder.owner) & (_C.updated > _oldest())
        with self._read() as connection:
            row = connection.execute(select(_C.id, _C.sealed).where(mine)).first()
        return from_json(holder.open(row.sealed, row.id)) if row else None

    def delete(self, holder: Holder, identifier: str) -> bool:
        """Delete a conversation of the holder's and the copies shown to others; whether it was there.

        Raises:
            HistoryError: the store cannot be written.
        """
        with self._write() as connection:
            mine = (_C.id == identifier) & (_C.owner == holder.owner)
            if not connection.execute(delete(_CONVERSATIONS).where(mine)).rowcount:
                return False
            connection.execute(delete(_CONVERSATIONS).where(_C.origin == identifier))
            return True

    def share(self, holder: Holder, identifier: str, kept: Kept) -> str:
        """Keep a copy for others, and give the secret that opens it; an earlier copy is deleted.

        Args:
            identifier: of a conversation of the holder's.
            kept: what others may see of it.

        Raises:
            HistoryError: the conversation is not the holder's, or the store cannot be written.
        """
        reader = Holder(new_token())
        with self._write() as connection:
            self._own(connection, holder, identifier)
            connection.execute(delete(_CONVERSATIONS).where(_C.origin == identifier))
            name = secrets.token_hex(16)
            self._insert(connection, reader, kept, name, identifier, _moment(None))
        return reader.token

    def unshare(self, holder: Holder, identifier: str) -> bool:
        """Delete the copies of a conversation of the holder's; whether there were any.

        Raises:
            HistoryError: the conversation is not the holder's, or the store cannot be written.
        """
        with self._write() as connection:
            self._own(connection, holder, identifier)
            gone = connection.execute(delete(_CONVERSATIONS).where(_C.origin == identifier))
            return gone.rowcount > 0

    def shared(self, reader: Holder) -> Kept | None:
        """The copy that a secret opens; None when there is none, or no more.

        Raises:
            HistoryError: the store cannot be read.
        """
        theirs = (_C.owner == reader.owner) & _C.origin.is_not(None) & (_C.updated > _oldest())
        with self._read() as connection:
            row = connection.execute(select(_C.id, _C.sealed).where(theirs)).first()
        return from_json(reader.open(row.sealed, row.id)) if row else None

    def _own(self, connection: Connection, holder: Holder, identifier: str) -> None:
        """Refuse what is not the holder's."""
        mine = (_C.id == identifier) & (_C.owner == holder.owner)
        if connection.execute(select(_C.id).where(mine)).first() is None:
            raise HistoryError("Cette conversation n'existe plus.", fix="Posez une question.")

    def _insert(
        self, connection: Connection, holder: Holder, kept: Kept, name: str, origin: str | None,
        at: datetime,
    ) -> None:  # fmt: skip
        """Keep a new conversation."""
        row = {
            "id": name,
            "owner": holder.owner,
            "origin": origin,
            "updated": at.isoformat(),
            "title": holder.seal(_title(kept).encode(), f"{name} title"),
            "sealed": holder.seal(to_json(kept), name),
        }
        connection.execute(insert(_CONVERSATIONS), [row])

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """A transaction that writes."""
        with self._told(), self._engine.execution_options(desk_write=True).begin() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Failures of the database, told with a remedy; never a value."""
        try:
            yield
        except (OSError, SQLAlchemyError) as error:
            raise HistoryError(
                f"Les conversations gardées ({self._place}) ne sont pas accessibles.",
                fix="Réessayez dans un instant.",
            ) from error


def _title(kept: Kept) -> str:
    """The first question, cut."""
    words = " ".join(kept.exchanges[0].question.split())
    return words if len(words) <= TITLE else words[:TITLE].rsplit(" ", 1)[0] + " […]"


def _moment(now: datetime | None) -> datetime:
    """A moment in UTC; now when None."""
    return (now or datetime.now(UTC)).astimezone(UTC)


def _oldest() -> str:
    """The moment before which nothing is shown any more."""
    return (_moment(None) - timedelta(days=KEPT_DAYS)).isoformat()


def _forget_old(connection: Connection, holder: Holder, now: datetime) -> None:
    """Delete what nobody came back for, and what one holder has too much of."""
    limit = (now - timedelta(days=KEPT_DAYS)).isoformat()
    connection.execute(delete(_CONVERSATIONS).where(_C.updated < limit))
    mine = select(_C.id).where(_C.owner == holder.owner).order_by(_C.updated.desc())
    ids = [row.id for row in connection.execute(mine.offset(MOST))]
    if ids:
        gone = or_(_C.id.in_(ids), _C.origin.in_(ids))
        connection.execute(delete(_CONVERSATIONS).where(gone))
