"""Bringing a database to the present tables, inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from assistant.desk.errors import StoreError
from assistant.desk.tables import HEAD

_TABLE = "alembic_version"


def version_of(connection: Connection) -> str | None:
    """The last migration that a database has seen; None before the first."""
    if not inspect(connection).has_table(_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()


def migrate(connection: Connection, to: str = HEAD) -> None:
    """Run the missing migrations; none is missing when another process ran them meanwhile.

    Args:
        connection: in a transaction in which nobody else can migrate; all or nothing is kept.
        to: the migration to stop at.

    Raises:
        StoreError: the database was made by a newer program.
    """
    now = version_of(connection)
    if now == to:
        return
    from alembic.util import CommandError  # heavy to import: only a new or old database needs it

    try:
        _run(connection, to)
    except CommandError as error:
        raise StoreError(
            f"La base du bureau est à la version {now}, inconnue de ce programme.",
            fix="Installez la version de MainteLex qui l'a faite, ou une plus récente.",
        ) from error


def _run(connection: Connection, to: str) -> None:
    """Run Alembic over a connection that it leaves open."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    folder = Path(__file__).parent / "migrations"
    script = ScriptDirectory(str(folder))

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(to, revision)

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=to) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
