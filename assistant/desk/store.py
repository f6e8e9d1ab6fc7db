"""The desk's database: a SQLite file, or a schema of PostgreSQL. Same tables, same services.

Every write is one transaction that ends with its audit entries: all of it is kept, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, TimeoutError

from assistant.database import SECURE_DELETE, WAL, owned, reason, sqlite
from assistant.desk.audit import Note, append
from assistant.desk.errors import ConflictError, StoreError
from assistant.desk.migrate import migrate, version_of
from assistant.desk.tables import HEAD, SCHEMA
from retrieval.connections import DATABASES

WAIT = 15.0  # seconds that a write waits for another one
_SIZE = 8  # connections to PostgreSQL kept open
_LOCK = int.from_bytes(b"mtlx-dsk", "big")  # held by the process that migrates
_NO_RIGHT = "42501"  # insufficient privilege (PostgreSQL documentation, appendix A)
_AGAIN = "Rien n'a été enregistré de cette action ; réessayez."
_PRAGMAS = (
    "PRAGMA busy_timeout=15000",
    WAL,
    "PRAGMA synchronous=FULL",  # an action that was told done survives a power cut
    "PRAGMA foreign_keys=ON",
    SECURE_DELETE,
)


@dataclass(slots=True)
class Work:
    """A transaction under way, and what the audit will say of it."""

    connection: Connection
    at: datetime  # the moment of everything in it
    notes: list[Note] = field(default_factory=list)

    def note(self, actor: str, action: str, subject: str, **details: object) -> None:
        """Say something in the audit, when the transaction ends."""
        self.notes.append(Note(actor, action, subject, details))


class Store:
    """A database of the desk, open. Threads and processes share it.

    Args:
        engine: over a database whose tables are the present ones.
        place: how the database is called in messages, without its password.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._readers = engine
        self._writers = engine.execution_options(desk_write=True)
        # Who waits for SQLite tries again and again, and may never be the lucky one: the writers of
        # one process stand in line instead.
        self._line = Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self.place = place

    @classmethod
    def open(cls, target: Path | str) -> Self:
        """The store of a file or of a PostgreSQL address, brought to the present tables.

        Args:
            target: a path of SQLite, made when it is missing, or "postgresql://…".

        Raises:
            StoreError: it cannot be opened, or a newer program made it.
            IndexUnreachableError: the server is not there, or refuses.
        """
        store = cls(*engine_of(target))
        try:
            store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close its connections."""
        self._readers.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads.

        Raises:
            StoreError: the database is away or locked.
        """
        with self._told(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction that writes, its audit entries last. Whatever is raised inside undoes it.

        Raises:
            StoreError: the database is away, locked or full: nothing is written.
            ConflictError: somebody wrote the same thing meanwhile.
        """
        with self._told(), self._line, self._writers.begin() as connection:
            work = Work(connection, datetime.now(UTC))
            yield work
            append(connection, work.notes, work.at)

    def _prepare(self) -> None:
        """Bring the tables up to date, one process at a time."""
        with self.read() as connection:
            if version_of(connection) == HEAD:
                return
        with self._told(), self._writers.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            migrate(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Failures of the database, told with a remedy."""
        try:
            yield
        except IntegrityError as error:
            raise ConflictError(
                "Quelqu'un d'autre vient d'enregistrer la même chose.", fix=_AGAIN
            ) from error
        except (ProgrammingError, DataError) as error:
            if getattr(error.orig, "sqlstate", "") != _NO_RIGHT:
                raise  # a mistake of ours: it keeps its traceback
            raise StoreError(
                f"Le compte de {self.place} n'a pas les droits du bureau.",
                fix=f"Donnez-lui CREATE sur la base, ou faites-le propriétaire de {SCHEMA}.",
            ) from error
        except (OSError, DBAPIError, TimeoutError) as error:
            raise StoreError(
                f"La base du bureau ({self.place}) {reason(error)}.", fix=_AGAIN
            ) from error


def engine_of(target: Path | str) -> tuple[Engine, str]:
    """What speaks to a place, whatever its tables, and how the place is called in messages.

    Raises:
        StoreError: the folder of the file cannot be made.
        IndexUnreachableError: the address is none.
    """
    if isinstance(target, str) and target.startswith(DATABASES):
        from retrieval.connections import place_of

        return _postgres(target), place_of(target)
    path = Path(target)
    return _sqlite(path), path.name


def _sqlite(path: Path) -> Engine:
    """An engine over a file; the file and its folder are made.

    Raises:
        StoreError: they cannot be made.
    """
    try:
        owned(path)  # people's questions: for the account that serves them alone
    except OSError as error:
        raise StoreError(
            f"{path} ne peut pas être créé ({error.strerror}).",
            fix="Vérifiez MAINTELEX_DATA et ses droits.",
        ) from error
    engine = sqlite(path, _PRAGMAS, WAIT, kept=True, isolation_level=None)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Start a transaction. A writer takes its place at once: a later one could be refused."""
    writes = connection.get_execution_options().get("desk_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(address: str) -> Engine:
    """An engine over the desk's schema of a database."""

    def connect() -> Any:
        from retrieval.connections import open_writer

        connection = open_writer(address)
        connection.execute(
            "SELECT set_config('search_path', %s, false),"
            " set_config('statement_timeout', %s, false), set_config('lock_timeout', %s, false),"
            " set_config('synchronous_commit', 'on', false)",  # what was told done stays done
            (SCHEMA, f"{WAIT * 2000:.0f}", f"{WAIT * 1000:.0f}"),
        )
        connection.autocommit = False
        return connection

    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_size=_SIZE,
        max_overflow=_SIZE,
        pool_pre_ping=True,
    )
