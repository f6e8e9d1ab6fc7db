"""The generations that are kept, and going back to one of them."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.build import builder, point_at
from retrieval.connections import Connections
from retrieval.errors import AppError, IndexMissingError
from retrieval.generation import Manifest, current, named, parse_manifest, read_manifest
from retrieval.tables import SCHEMA


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that can be served."""

    manifest: Manifest
    served: bool


def generations(index: Path) -> list[Generation]:
    """The generations of a folder, newest first; one that this version cannot read is left out.

    Raises:
        AppError: there is no index.
    """
    serving = current(index).name
    found = []
    for folder in sorted((index / "generations").iterdir(), reverse=True):
        with suppress(AppError):
            found.append(
                Generation(read_manifest(named(index, folder.name)), folder.name == serving)
            )
    return found


def roll_back(index: Path, generation: str) -> Manifest:
    """Serve a generation that is kept. The next build is served again, as always.

    Raises:
        IndexMissingError: it is not, or no longer, kept.
        AppError: this version cannot read it.
        BuildError: a build is running.
    """
    with builder(index):
        manifest = read_manifest(named(index, generation))
        point_at(index, generation)
    return manifest


def database_generations(address: str) -> list[Generation]:
    """The generations of a database, that which is served first; else as `generations`.

    Raises:
        AppError: there is no index, or the server is not there.
    """
    with closing(Connections(address)) as connections:
        rows = connections.rows(f"SELECT manifest FROM {SCHEMA}.generations ORDER BY number DESC")
    found = []
    for place, (text,) in enumerate(rows):
        with suppress(AppError):
            found.append(Generation(parse_manifest(text, SCHEMA), place == 0))
    return found


def database_roll_back(address: str, generation: str) -> Manifest:
    """Serve a generation that a database keeps; else as `roll_back`."""
    from ingest.database import builder as database_builder

    # The highest number is served: the generation takes the next one.
    change = (
        f"UPDATE {SCHEMA}.generations SET number = DEFAULT WHERE generation = %s RETURNING manifest"
    )
    with database_builder(address) as connection, connection.transaction():
        row = connection.execute(change, (generation,)).fetchone()
        if row is None:
            raise IndexMissingError(
                f"La génération {generation!r} n'est pas, ou n'est plus, dans la base.",
                fix="Seules les dernières générations sont gardées.",
            )
        return parse_manifest(str(row[0]), SCHEMA)
