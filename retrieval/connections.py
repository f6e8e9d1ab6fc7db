"""Connections to a PostgreSQL database, shared between threads, for reading only.

A pool of our own rather than `psycopg_pool`: that one finds a lost connection by asking the server
before every query, and says that a server is down after a wait, without its reason.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from contextlib import suppress
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from retrieval.errors import IndexCorruptError, IndexMissingError, IndexUnreachableError

if TYPE_CHECKING:
    from psycopg import Connection

DATABASES = ("postgresql://", "postgres://")  # how the address of a database starts
SIZE = 8  # queries at once; further threads wait for their turn
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 15  # a search takes milliseconds: more than this is a server in trouble
GRAPH_WIDTH = 1_000  # candidates that pgvector keeps while searching a graph: the most it takes
_SILENCE = {"keepalives_idle": 30, "keepalives_interval": 10, "tcp_user_timeout": 30_000}
_CHECK = "Vérifiez l'adresse, le compte et le mot de passe de MAINTELEX_DATABASE_URL."
# libpq tells a refused connection in words alone: it has no code for it.
_REASONS = (
    ("password authentication failed", "le mot de passe du compte est refusé"),
    ("no password supplied", "le mot de passe manque"),
    ("timeout expired", "aucune réponse dans le délai"),
    ("Connection refused", "aucun serveur n'écoute à cette adresse"),
    ("No such file or directory", "aucun serveur n'écoute à cette adresse"),
    ("could not translate host name", "ce nom de machine est inconnu"),
    ("failed to resolve host", "ce nom de machine est inconnu"),
    ("does not exist", "cette base ou ce compte n'existe pas"),
    ("too many clients", "le serveur a trop de connexions ouvertes"),
    ("starting up", "le serveur démarre"),
    ("shutting down", "le serveur s'arrête"),
)


def driver() -> Any:
    """psycopg, imported where it is used: an index in a folder needs none.

    Raises:
        IndexUnreachableError: it is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise IndexUnreachableError(
            "L'index est dans PostgreSQL, et le paquet psycopg n'est pas installé.",
            fix="Lancez « pip install 'maintelex[postgres]' ».",
        ) from error
    return psycopg


class Connections:
    """Connections to one database, made when they are needed and kept for the next query.

    Args:
        address: "postgresql://user:password@host:port/database", with libpq's options.
        schema: where tables are looked for.

    Raises:
        IndexUnreachableError: the address is none.
    """

    def __init__(self, address: str, *, schema: str = "") -> None:
        self._options, self._schema = _options(address), schema
        self.place = _shown(self._options)
        self._idle: list[Connection[Any]] = []  # the last one given back is taken first
        self._room, self._open = BoundedSemaphore(SIZE), True
        weakref.finalize(self, _close, self._idle)  # a retriever forgotten by a cache is not closed

    def __repr__(self) -> str:
        return f"Connections({self.place!r})"  # never the password

    def close(self) -> None:
        """Close what is idle now, and what is in use when its query ends."""
        self._open = False
        _close(self._idle)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, asked again once when the connection was lost.

        Raises:
            IndexUnreachableError: the server does not answer, refuses, or takes too long.
            IndexMissingError: a table is not there.
            IndexCorruptError: anything else that the server says.
        """
        sent = [storable(value) for value in values]
        with self._room:
            try:
                try:
                    return self._ask(query, sent)
                except driver().Error as error:
                    if not _passing(error):
                        raise
                _close(self._idle)  # a server that went down took them all with it
                return self._ask(query, sent)
            except driver().DatabaseError as error:
                raise _told(self.place, error) from error

    def _ask(self, query: str, values: Sequence[object]) -> list[Any]:
        """The rows of a query, over an idle connection or a new one."""
        connection = self._take()
        try:
            return connection.execute(query, values, binary=True).fetchall()
        except BaseException as error:
            if _lost(error):
                connection.close()
            raise
        finally:
            if not self._open:
                connection.close()
            elif not connection.closed:
                self._idle.append(connection)

    def _take(self) -> Connection[Any]:
        """An idle connection, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _connect(self) -> Connection[Any]:
        """A new connection that can only read.

        Raises:
            IndexUnreachableError: the server is not there, or refuses.
        """
        try:
            connection = _connected(self._options)
            connection.execute(
                "SELECT set_config('search_path', %s, false),"
                " set_config('default_transaction_read_only', 'on', false),"
                " set_config('statement_timeout', %s, false),"
                " set_config('hnsw.ef_search', %s, false)",
                (f'"{self._schema}"', f"{STATEMENT_SECONDS * 1000:.0f}", str(GRAPH_WIDTH)),
            )
        except driver().Error as error:
            raise _refused(self._options, error) from None  # its words may hold the address
        return connection


def open_writer(address: str) -> Connection[Any]:
    """A connection that can write, for a builder: its caller closes it.

    Raises:
        IndexUnreachableError: the address is none, or the server is not there, or refuses.
    """
    options = _options(address)
    try:
        return _connected(options)
    except driver().Error as error:
        raise _refused(options, error) from None


def place_of(address: str) -> str:
    """An address to show: without its password and options.

    Raises:
        IndexUnreachableError: the address is none.
    """
    return _shown(_options(address))


def _connected(options: dict[str, Any]) -> Connection[Any]:
    """A new connection in which every statement is its own transaction."""
    made: Connection[Any] = driver().connect(
        **{"connect_timeout": CONNECT_SECONDS, "application_name": "maintelex"}
        | _SILENCE
        | options,
        autocommit=True,
        client_encoding="utf8",
    )
    return made


def storable(value: object) -> object:
    """A value as PostgreSQL takes it: it holds neither NUL nor half of a surrogate pair in a text."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _options(address: str) -> dict[str, Any]:
    """The parts of an address."""
    psycopg, parts = driver(), {}
    with suppress(psycopg.Error):  # it would show the whole address
        parts = dict(psycopg.conninfo.conninfo_to_dict(address))
    # A password that is not coded ends up in the host, the port or the base, which are shown.
    misplaced = "@" in f"{parts.get('host', '')}{parts.get('dbname', '')}"
    port = str(parts.get("port", "")).replace(",", "")
    if not address.startswith(DATABASES) or not parts or misplaced or (port and not port.isdigit()):
        raise IndexUnreachableError(
            "L'adresse de la base de données est incorrecte.",
            fix="Écrivez MAINTELEX_DATABASE_URL=postgresql://compte:mot-de-passe@machine:5432/base,"
            " les caractères spéciaux du mot de passe codés (%40 pour @, %2F pour /).",
        )
    return parts


def _shown(options: dict[str, Any]) -> str:
    """An address to show: without its password and options."""
    name, host = options.get("user", ""), options.get("hostaddr") or options.get("host", "")
    port = f":{options['port']}" if options.get("port") else ""
    at = f"{name}@{host}{port}" if name else f"{host}{port}"
    return f"postgresql://{at}/{options.get('dbname', '')}"


def _refused(options: dict[str, Any], error: Exception) -> IndexUnreachableError:
    """What to say when a connection cannot be made."""
    said = str(error)
    known = next((reason for words, reason in _REASONS if words in said), "")
    secret = str(options.get("password") or "")
    raw = said.strip().rpartition("\n")[2]
    for hidden in {secret, quote(secret, safe="")} - {""}:
        raw = raw.replace(hidden, "…")
    return IndexUnreachableError(
        f"La base de données {_shown(options)} ne peut pas être jointe : {known or raw}.",
        fix=_CHECK,
    )


def _close(idle: list[Connection[Any]]) -> None:
    """Close idle connections."""
    while idle:
        idle.pop().close()


def _code(error: BaseException) -> str:
    """The SQLSTATE of a failure (PostgreSQL documentation, appendix A), or nothing."""
    return str(getattr(error, "sqlstate", None) or "")


def _lost(error: BaseException) -> bool:
    """Whether the connection is of no use after a failure.

    One that is not the server's leaves it in an unknown state: Ctrl-C, a broken socket. The server
    closes it after class 57P, which the socket may not tell yet.
    """
    return not _code(error) or _code(error).startswith(("08", "57P"))


def _passing(error: Exception) -> bool:
    """Whether the same query may succeed at once: the connection was lost, or a lock was in the way."""
    away = _lost(error) and isinstance(error, driver().OperationalError)
    return away or _code(error) in ("40P01", "55P03")


def _told(place: str, error: Exception) -> Exception:
    """What the failure of a query means; itself when it is a mistake of ours."""
    code = _code(error)
    if code in ("42P01", "3F000"):  # undefined table, invalid schema
        return IndexMissingError(
            f"Il n'y a plus d'index à cet endroit de {place}.",
            fix="Rouvrez l'index : une génération plus récente l'a remplacé."
            " S'il n'y en a aucune, lancez « maintelex ingest ».",
        )
    if code == "57014":  # query canceled
        return IndexUnreachableError(
            f"La base de données {place} n'a pas répondu en {STATEMENT_SECONDS} secondes.",
            fix="Réessayez ; si cela dure, voyez la charge du serveur.",
        )
    if code == "42501":  # insufficient privilege
        return IndexUnreachableError(
            f"Le compte de {place} n'a pas le droit de lire l'index.",
            fix="Donnez-lui USAGE sur les schémas maintelex_index* et SELECT sur leurs tables.",
        )
    if _passing(error):
        return IndexUnreachableError(
            f"La base de données {place} ne répond plus.", fix="Réessayez. " + _CHECK
        )
    if not code:
        return error
    return IndexCorruptError(
        f"L'index de {place} est illisible : {error}.", fix="Lancez « maintelex ingest --rebuild »."
    )
