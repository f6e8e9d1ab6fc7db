"""Where the settings keep the index, a folder or a database, and what is done with it there."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from retrieval.errors import AppError, IndexMissingError

if TYPE_CHECKING:  # heavy to import: `maintelex ask` needs none of the builder
    from ingest.build import Plan, Report
    from ingest.content import Progress
    from ingest.generations import Generation
    from interfaces.settings import Settings
    from retrieval import Manifest


def manifest(settings: Settings) -> Manifest:
    """What the index in use is made of.

    Raises:
        AppError: there is none, or it cannot be used.
    """
    address = settings.database_url.get_secret_value()
    if not address:
        from retrieval.generation import current, read_manifest

        return read_manifest(current(settings.index))
    from retrieval.connections import Connections
    from retrieval.postgres import served

    with closing(Connections(address)) as connections:
        return served(connections)


def is_missing(settings: Settings) -> bool:
    """Whether no index has been built yet; what else is wrong with it, the page will say."""
    try:
        manifest(settings)
    except IndexMissingError:
        return True
    except AppError:
        return False
    return False


def build_index(settings: Settings, plan: Plan, on_progress: Progress) -> Report:
    """Build the index where the settings keep it.

    Raises:
        AppError: it could not be built; the old one stays.
    """
    address = settings.database_url.get_secret_value()
    if not address:
        from ingest.build import build

        return build(plan, on_progress)
    from ingest.database import build_database

    return build_database(plan, address, on_progress)


def index_is_stale(settings: Settings, plan: Plan) -> bool:
    """Whether the index in use differs from what the plan would build, as far as the base tells."""
    address = settings.database_url.get_secret_value()
    if not address:
        from ingest.build import is_stale

        return is_stale(plan)
    from ingest.database import database_is_stale

    return database_is_stale(plan, address)


def kept_generations(settings: Settings) -> list[Generation]:
    """The generations that can be served, where the settings keep the index.

    Raises:
        AppError: there is no index, or it cannot be reached.
    """
    from ingest.generations import database_generations, generations

    address = settings.database_url.get_secret_value()
    return database_generations(address) if address else generations(settings.index)


def serve_generation(settings: Settings, generation: str) -> Manifest:
    """Serve a generation that is kept, where the settings keep the index.

    Raises:
        AppError: it is not kept, cannot be read, or a build is running.
    """
    from ingest.generations import database_roll_back, roll_back

    address = settings.database_url.get_secret_value()
    if address:
        return database_roll_back(address, generation)
    return roll_back(settings.index, generation)
