"""Building a generation into PostgreSQL, in one transaction.

Until it is committed nobody sees any of it, and a builder that dies takes it away: the server rolls
back by itself. The last generation of the list is the one served.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ingest.build import (
    KEPT,
    Plan,
    Report,
    differs,
    generation_name,
    sound_base,
    sources_after,
    worker_stopped,
)
from ingest.content import (
    Progress,
    embed,
    gather,
    manifest_of,
    passage_fields,
    text_hash,
    training,
)
from ingest.fill import enter, fill
from ingest.readers.kb import KnowledgeBase
from ingest.wire import vector_of
from retrieval.connections import Connections, driver, open_writer, place_of
from retrieval.encoders import Encoder, Vectors, open_encoder
from retrieval.errors import AppError, BuildError
from retrieval.generation import Manifest
from retrieval.postgres import served
from retrieval.tables import GENERATIONS, SCHEMA, array_from, schema_of

if TYPE_CHECKING:
    from psycopg import Connection

_LOG = logging.getLogger(__name__)
_LOCK = int.from_bytes(b"mtlx-idx", "big")  # of a database: held by the one that builds in it
_SESSION = """
SET statement_timeout = 0; SET idle_session_timeout = 0; SET lock_timeout = '2s';
"""  # the vectors take minutes, in which the connection is idle
_MISSING = (
    "Installez pgvector sur le serveur (https://github.com/pgvector/pgvector), puis relancez."
)
_RIGHTS = "Donnez au compte le droit CREATE sur la base, et faites-y « CREATE EXTENSION vector »."
_ROOM = "Libérez de la place sur le serveur, puis relancez ; l'ancien index reste servi."
_FIXES = {"0A000": _MISSING, "58P01": _MISSING, "42501": _RIGHTS, "53100": _ROOM}  # by SQLSTATE


def build_database(
    plan: Plan, address: str, on_progress: Progress = lambda stage, done, total: None
) -> Report:
    """Build a new generation into a database, and serve it; `plan.index` is not used.

    The old generation is served until the last step, and stays when anything fails.

    Raises:
        KnowledgeBaseError: the knowledge base has findings.
        IndexUnreachableError: the server is not there, or refuses.
        BuildError: another build is running, the server refuses to write, or the system stopped a
            process of the build.
    """
    base = sound_base(plan.kb)
    with builder(address) as connection:
        old = _manifest(address)
        try:
            report = _build(connection, plan, base, old, on_progress)
        except BrokenExecutor as error:
            raise worker_stopped() from error
        _forget(connection)
    return report


def database_is_stale(plan: Plan, address: str) -> bool:
    """Whether the index in use differs from what the plan would build, as far as the base tells."""
    manifest = _manifest(address)
    return manifest is None or differs(plan, manifest)


@contextmanager
def builder(address: str) -> Iterator[Connection[Any]]:
    """The connection of the one builder of a database; the server frees the lock when it is lost.

    Raises:
        IndexUnreachableError: the server is not there, or refuses.
        BuildError: another build is running, or the server refuses to write.
    """
    with closing(open_writer(address)) as connection:
        try:
            _prepare(connection, place_of(address))
            yield connection
        except driver().Error as error:
            fix = _FIXES.get(error.sqlstate or "", "Relancez ; l'ancien index reste servi.")
            raise BuildError(
                f"L'index n'a pas pu être écrit dans {place_of(address)} : {error}.", fix=fix
            ) from error


def _prepare(connection: Connection[Any], place: str) -> None:
    """Take the lock, and make what all generations share."""
    connection.execute(_SESSION)
    with suppress(driver().Error):  # only some systems can look whether the builder is still there
        connection.execute("SET client_connection_check_interval = '5s'")
    encoding, free = connection.execute(
        "SELECT current_setting('server_encoding'), pg_try_advisory_lock(%s)", (_LOCK,)
    ).fetchone() or ("", False)
    if encoding != "UTF8":
        raise BuildError(
            f"La base {place} est en {encoding}.", fix="Donnez à MainteLex une base en UTF8."
        )
    if not free:
        raise BuildError(
            "Une autre indexation est en cours.", fix="Attendez sa fin, puis relancez."
        )
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector;" + GENERATIONS)


def _build(
    connection: Connection[Any],
    plan: Plan,
    base: KnowledgeBase,
    old: Manifest | None,
    on_progress: Progress,
) -> Report:
    """Build while holding the lock."""
    encoder = open_encoder(plan.encoder)
    sources = sources_after(old.sources if old and not plan.only else [], plan)
    content = gather(base, plan.kb, sources, plan.limits, on_progress)
    known = {} if plan.rebuild or old is None else _known_vectors(connection, old, encoder)
    name = generation_name()
    with training(content) as trained:
        fields = passage_fields(content)
        embedded = embed(content, encoder, known, on_progress)
        on_progress("questions", 0, 1)
        matcher = trained()
        on_progress("questions", 1, 1)
    on_progress("écriture", 0, 1)
    with connection.transaction():
        kinds = fill(connection, name, content, embedded, matcher, fields)
        manifest = manifest_of(name, content, encoder, plan.encoder, kinds)
        connection.execute(
            f"INSERT INTO {SCHEMA}.generations(generation, manifest) VALUES (%s, %s)",
            (name, json.dumps(asdict(manifest), ensure_ascii=False)),
        )
        on_progress("écriture", 1, 1)
    return Report(manifest, embedded.made, embedded.reused, failures=content.failures)


def _manifest(address: str) -> Manifest | None:
    """What is served there, or None when there is nothing that this version can use."""
    with closing(Connections(address)) as connections, suppress(AppError):
        return served(connections)
    return None


def _known_vectors(
    connection: Connection[Any], old: Manifest, encoder: Encoder
) -> dict[str, Vectors]:
    """Vectors of the current generation by content hash, when the same encoder made it."""
    if old.encoder_fingerprint != encoder.fingerprint:
        return {}
    try:
        with connection.transaction():
            return _read_vectors(connection, old.generation)
    except (driver().Error, ValueError):
        return {}  # an index that cannot be read gives nothing to keep: all is embedded anew


def _read_vectors(connection: Connection[Any], generation: str) -> dict[str, Vectors]:
    """Vectors of a generation's passages and wordings, by content hash."""
    enter(connection, generation)
    rows = connection.execute("SELECT hash, vector_send(embedding) FROM vectors", binary=True)
    known = {bytes(key).hex(): vector_of(data) for key, data in rows}
    parts = connection.execute(
        "SELECT data FROM arrays WHERE name = 'wordings' ORDER BY part", binary=True
    )
    asked = array_from(row[0] for row in parts)
    texts = connection.execute("SELECT text FROM wordings ORDER BY number").fetchall()
    return known | {text_hash(t): v for (t,), v in zip(texts, asked, strict=True)}


def _forget(connection: Connection[Any]) -> None:
    """Drop all but the latest generations; one that is being read is left for the next build."""
    rows = connection.execute(
        f"SELECT generation FROM {SCHEMA}.generations ORDER BY number DESC OFFSET %s", (KEPT,)
    ).fetchall()
    for (name,) in rows:
        try:
            with connection.transaction():
                connection.execute(f'DROP SCHEMA IF EXISTS "{schema_of(name)}" CASCADE')
                connection.execute(
                    f"DELETE FROM {SCHEMA}.generations WHERE generation = %s", (name,)
                )
        except (driver().errors.LockNotAvailable, driver().errors.DeadlockDetected):
            _LOG.info("generation %s is being read: dropped at the next build", name)
