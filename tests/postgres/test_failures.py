"""A server that is lost, refuses or holds something else: said in French, and never the password."""

from __future__ import annotations

import gc
import logging
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import retrieval.connections
from ingest.build import Plan
from ingest.database import build_database
from retrieval import (
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
)
from retrieval.connections import Connections
from retrieval.errors import AppError, BuildError
from retrieval.postgres import Database, current_generation
from retrieval.tables import GENERATIONS, schema_of
from tests.postgres.conftest import Home
from tests.postgres.server import PASSWORD, Server

QUESTION = "sauvegarde des données"
_KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname IS NOT NULL AND pid <> pg_backend_pid()"
)
_STATISTICS = "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}'"


def told(error: BaseException) -> str:
    """All that a log would hold of an error, its causes included."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))


@pytest.fixture
def no_secret(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that logs the password."""
    caplog.set_level(logging.DEBUG)
    yield
    assert PASSWORD not in caplog.text and "pass/word" not in caplog.text


def test_a_lost_connection_is_made_again(server: Server, home: Home) -> None:
    """When the server ends every connection, the next searches go on as before."""
    reader = home.open()
    expected = reader.search(QUESTION, 20)
    for _ in range(3):
        server.run(_KILL)
        assert reader.search(QUESTION, 20) == expected
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(reader.search, QUESTION, 20) for _ in range(24)]
        assert all(done.result() == expected for done in running)
    reader.close()


def test_a_closed_retriever_leaves_no_connection(server: Server, home: Home) -> None:
    """Closing gives every connection back, and so does forgetting a retriever."""
    for forget in (False, True):
        reader = home.open()
        reader.search(QUESTION, 5)
        assert server.ask(_STATISTICS.format(home.database)) != [0]
        if not forget:
            reader.close()
        del reader
        gc.collect()  # a retriever and what it remembers point at each other
        assert _settles(server, _STATISTICS.format(home.database))


def _settles(server: Server, query: str) -> bool:
    """Whether a count comes down to 0: the server's processes take a moment to end."""
    return any(server.ask(query) == [0] for _ in range(200))


def test_a_server_that_is_down_is_told(server: Server, home: Home, no_secret: None) -> None:
    """A server that stops is said to be unreachable at once; when it is back, so is the index."""
    reader = home.open()
    expected = reader.search(QUESTION, 20)
    server.stop()
    try:
        for reach in (lambda: reader.search(QUESTION, 5), home.open, home.build):
            with pytest.raises(IndexUnreachableError, match="aucun serveur n'écoute") as caught:
                reach()
            assert "pass/word" not in told(caught.value)
            assert "MAINTELEX_DATABASE_URL" in caught.value.fix
    finally:
        server.start()
    assert reader.search(QUESTION, 20) == expected
    reader.close()


def test_a_wrong_password_is_told_but_not_shown(server: Server, no_secret: None) -> None:
    """A refused password is said, and stands in no message, representation or cause."""
    for secret in ("faux-secret", "faux?secret/é", "faux secret%"):
        with pytest.raises(IndexUnreachableError, match="mot de passe") as caught:
            Database.open(server.address(word=secret))
        assert "faux" not in told(caught.value)


@pytest.mark.parametrize(
    ("part", "said"),
    [("/postgres?", "n'existe pas"), ("maintelex:", "refusé"), ("?host=", "écoute")],
)
def test_a_wrong_address_is_told(server: Server, part: str, said: str) -> None:
    """A base, an account or a machine that is not there is said so, with where it was looked for."""
    wrong = {"/postgres?": "/absente?", "maintelex:": "inconnu:", "?host=": "?host=/absent"}[part]
    with pytest.raises(IndexUnreachableError, match=said) as caught:
        Database.open(server.address().replace(part, wrong))
    assert "postgresql://" in caught.value.problem and "pass/word" not in told(caught.value)


@pytest.mark.parametrize(
    "address",
    ["postgresql://", "mysql://u:hush@h/b", "postgresql://u:hush/b", "postgresql://u:hu@sh@h/b",
     "postgresql://u:12/hush@h/b", "postgresql://u:hush@h:port/b", "postgresql://u:hush@h/b?no=1",
     "postgresql://u:hush%zz@h/b", "postgresql://u:hush@[::1/b", "hush", ""],
)  # fmt: skip
def test_an_address_that_is_none_is_not_shown(address: str) -> None:
    """An address that cannot be read is refused without a word of it: a password may be anywhere."""
    with pytest.raises(IndexUnreachableError) as caught:
        Connections(address).rows("SELECT 1")
    assert "hush" not in told(caught.value) and "sh@h" not in told(caught.value)


def test_what_holds_an_address_does_not_show_it(home: Home) -> None:
    """The password stands in no representation."""
    connections = Connections(home.address)
    reader = home.open()
    for held in (connections, reader, reader._backend):
        assert "pass" not in repr(held) + str(held)
    assert connections.place == f"postgresql://maintelex@{home.address.partition('host=')[2]}/" + (
        home.database
    )
    reader.close()


def test_a_base_without_index_says_to_build_it(server: Server, empty: str) -> None:
    """Where nothing was built the remedy is to build, before and after the list of generations is."""
    for statements in ((), GENERATIONS.split(";")[:2]):
        server.run(*statements, database=empty)
        for look in (Database.open, current_generation):
            with pytest.raises(IndexMissingError, match="maintelex ingest"):
                look(server.address(empty))


def test_another_programs_tables_are_left_alone(server: Server, empty: str, built: Home) -> None:
    """A table of the same name made by someone else is refused by readers and by builders."""
    server.run(
        "CREATE SCHEMA maintelex_index",
        "CREATE TABLE maintelex_index.generations(year int)",
        "INSERT INTO maintelex_index.generations VALUES (1968)",
        "CREATE TABLE passages(number int)",
        database=empty,
    )
    with pytest.raises(IndexMismatchError, match="n'est pas celle de MainteLex"):
        Database.open(server.address(empty))
    with pytest.raises(BuildError, match="n'a pas pu être écrit"):
        build_database(Plan(built.folder / "kb", built.folder / "no"), server.address(empty))
    assert server.ask("SELECT year FROM maintelex_index.generations", empty) == [1968]


def test_another_format_is_refused(server: Server, home: Home) -> None:
    """A generation made by another version is refused, and the next build replaces it."""
    server.run(
        "UPDATE maintelex_index.generations SET manifest = '{\"format\": 99}'",
        database=home.database,
    )
    with pytest.raises(IndexMismatchError, match="format 99"):
        home.open()
    assert home.build().reused == 0
    assert home.open().search(QUESTION, 1)


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (
            "UPDATE {}.arrays SET data = substr(data, 1, 40) WHERE name = 'wordings'",
            IndexCorruptError,
        ),
        ("DELETE FROM {}.arrays WHERE name = 'matcher-senses'", IndexCorruptError),
        ("DELETE FROM {}.documents WHERE number = 1", IndexCorruptError),
        ("ALTER TABLE {}.documents DROP COLUMN asked", IndexCorruptError),
        ("DROP TABLE {}.documents", IndexMissingError),
        ("DROP EXTENSION vector CASCADE", IndexCorruptError),
    ],
)
def test_a_damaged_index_is_told(
    server: Server, home: Home, harm: str, error: type[AppError]
) -> None:
    """Parts that are missing or cut are said when the index is opened, with the remedy."""
    schema = f'"{schema_of(current_generation(home.address))}"'
    server.run(harm.format(schema), database=home.database)
    with pytest.raises(error) as caught:
        home.open()
    assert "maintelex ingest" in caught.value.fix


def test_postings_that_are_cut_are_told(server: Server, home: Home) -> None:
    """A damaged part that is read later is said as well."""
    schema = f'"{schema_of(current_generation(home.address))}"'
    server.run(f"UPDATE {schema}.postings SET rows = '\\x01'", database=home.database)
    reader = home.open()
    with pytest.raises(IndexCorruptError, match="abîmé"):
        reader.search(QUESTION, 3)
    reader.close()


def test_rights_that_are_missing_are_told(server: Server, home: Home) -> None:
    """An account that may not read, or not build, learns which right it needs."""
    server.run("DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN PASSWORD 'x'")
    address = server.address(home.database, user="visitor", word="x")
    with pytest.raises(IndexUnreachableError, match="droit de lire") as caught:
        Database.open(address)
    assert "SELECT" in caught.value.fix
    with pytest.raises(BuildError) as refused:
        build_database(Plan(home.folder / "kb", home.folder / "index"), address)
    assert "CREATE" in refused.value.fix


def test_an_account_that_only_reads_is_enough_to_search(server: Server, home: Home) -> None:
    """Servers of the page need no right to write."""
    server.run("DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN PASSWORD 'x'")
    for schema in ("maintelex_index", schema_of(current_generation(home.address))):
        server.run(
            f'GRANT USAGE ON SCHEMA "{schema}" TO reader',
            f'GRANT SELECT ON ALL TABLES IN SCHEMA "{schema}" TO reader',
            database=home.database,
        )
    database = Database.open(server.address(home.database, user="reader", word="x"))
    assert database.lexical("text", ["prix"], 3)
    database.close()


def test_a_base_in_another_encoding_is_refused(server: Server, built: Home) -> None:
    """A base that cannot hold every French letter is refused before anything is written."""
    server.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    with pytest.raises(BuildError, match="LATIN1"):
        build_database(Plan(built.folder / "kb", built.folder / "no"), server.address("latin"))


def test_readers_cannot_write(built: Home) -> None:
    """Whatever is asked over a reader's connection, nothing is written."""
    connections = Connections(built.address)
    with pytest.raises(IndexCorruptError, match="read-only"):
        connections.rows("CREATE TABLE public.t AS SELECT 1")
    connections.close()


def test_a_query_that_takes_too_long_is_ended(built: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server itself ends a query past the limit; the connection serves again."""
    monkeypatch.setattr(retrieval.connections, "STATEMENT_SECONDS", 0.1)
    connections = Connections(built.address)
    with pytest.raises(IndexUnreachableError, match="n'a pas répondu"):
        connections.rows("SELECT pg_sleep(30)")
    assert connections.rows("SELECT 1") == [(1,)]
    connections.close()


def test_an_interrupted_query_does_not_spoil_the_next(built: Home) -> None:
    """A connection left in an unknown state is not used again."""
    connections = Connections(built.address)

    class Stopped(psycopg.adapt.Dumper):
        def dump(self, obj: object) -> bytes:
            raise KeyboardInterrupt

    connections.rows("SELECT 1")
    connections._idle[0].adapters.register_dumper(complex, Stopped)
    with pytest.raises(KeyboardInterrupt):
        connections.rows("SELECT %s", [1j])
    assert connections.rows("SELECT 2") == [(2,)]
    connections.close()
