"""Building into PostgreSQL: in one transaction, from what is there now and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import psycopg
import pytest

from ingest.build import KEPT, Plan
from ingest.database import build_database, database_is_stale
from retrieval import IndexMissingError, Retriever
from retrieval.errors import BuildError, KnowledgeBaseError
from retrieval.postgres import Database, current_generation
from retrieval.tables import COLUMNS, schema_of
from tests.postgres.conftest import Home
from tests.postgres.server import Server
from tests.retrieval.small_base import TOPICS, question_file, write

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "sauvegarde des données"
GUIDE = "# Guide du zorglub\n\nLe zorglub se règle tous les mardis, après accord écrit du client.\n"


def schemas(server: Server, home: Home) -> list[str]:
    """Schemas of generations, by name."""
    return server.ask(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'maintelex_index_%' ORDER BY 1",
        home.database,
    )


def listed(server: Server, home: Home) -> list[str]:
    """Schemas of the generations that the list names."""
    names = server.ask("SELECT generation FROM maintelex_index.generations", home.database)
    return sorted(map(schema_of, names))


def tables_with(server: Server, home: Home, schema: str, word: str) -> list[str]:
    """Tables of a schema with a row in which a word stands, as text or as bytes.

    `arrays` holds numbers alone, and takes seconds to write out.
    """
    return [
        table
        for table in COLUMNS.keys() - {"arrays"}
        if server.ask(
            f"SELECT count(*) FROM \"{schema}\".{table} t WHERE t::text ILIKE '%{word}%'"
            f" OR t::text LIKE '%{word.encode().hex()}%'",
            home.database,
        )[0]
    ]


def test_an_unchanged_base_embeds_nothing(home: Home) -> None:
    """Unchanged passages and wordings keep their vectors, to the bit."""
    before = Database.open(home.address)
    report = home.build()
    after = Database.open(home.address)
    assert report.embedded == 0
    assert report.reused == before.manifest.passages + before.manifest.wordings
    assert (before.wording_vectors == after.wording_vectors).all()
    vector = before.wording_vectors[3]
    assert before.nearest(vector, 50) == after.nearest(vector, 50)
    before.close()
    after.close()


def test_a_rebuild_keeps_no_vector(home: Home) -> None:
    """Asked to rebuild, a build makes every vector anew."""
    assert home.build(rebuild=True).reused == 0


def test_one_changed_section_is_the_only_one_embedded(home: Home) -> None:
    """Changing a section of a file embeds that passage and no other, and it is found."""
    topic = TOPICS[-1]
    home.build()
    text = question_file(topic, "Le coffre est partagé à deux")
    write(home.folder / f"kb/questions/{topic.id}.md", text)
    assert home.build().embedded == 1
    assert "coffre" in home.open().search("coffre partagé à deux", 1)[0].passage.text


def test_an_unreadable_generation_gives_nothing_to_keep(server: Server, home: Home) -> None:
    """A generation broken by hand doesn't stop the build that replaces it."""
    schema = schema_of(current_generation(home.address))
    server.run(f'DROP TABLE "{schema}".vectors', database=home.database)
    assert home.build().reused == 0
    assert home.open().search(QUESTION, 1)


def test_documents_are_read_again_and_forgotten(server: Server, home: Home) -> None:
    """A source is remembered, read again at each build, and forgotten with --only."""
    write(home.folder / "docs/guide.md", GUIDE)
    home.build(sources=(home.folder / "docs",))
    home.build()
    assert home.open().search("zorglub", 1)[0].passage.document_id.endswith("guide.md")
    assert home.build(only=True).manifest.sources == []
    assert not tables_with(server, home, schema_of(current_generation(home.address)), "zorglub")


def test_a_deleted_document_leaves_every_trace(server: Server, home: Home) -> None:
    """After its file is gone no table of what is served holds its words, nor soon any at all."""
    write(home.folder / "docs/guide.md", GUIDE)
    home.build(sources=(home.folder / "docs",))
    with_guide = schema_of(current_generation(home.address))
    assert set(tables_with(server, home, with_guide, "zorglub")) == {
        "documents", "passages", "postings", "vocabulary",
    }  # fmt: skip
    (home.folder / "docs/guide.md").unlink()
    manifest = home.build().manifest
    served = schema_of(manifest.generation)
    assert tables_with(server, home, served, "zorglub") == []
    for table in ("passages", "vectors"):
        count = server.ask(f'SELECT count(*) FROM "{served}".{table}', home.database)
        assert count == [manifest.passages]
    for _ in range(KEPT - 1):
        home.build()
    everywhere = schemas(server, home)
    assert with_guide not in everywhere
    assert not [name for name in everywhere if tables_with(server, home, name, "zorglub")]


def test_a_reader_sees_the_old_generation_whole_during_a_build(home: Home) -> None:
    """Until the last step, whoever opens the index or holds it finds what was there before."""
    reader = home.open()
    before = reader.search(QUESTION, 30)
    seen: set[str] = set()

    def look(stage: str, done: int, total: int) -> None:
        seen.add(f"{stage} {done}")
        fresh = home.open()
        assert fresh.manifest == reader.manifest
        assert fresh.search(QUESTION, 30) == before == reader.search(QUESTION, 30)
        fresh.close()

    plan = Plan(home.folder / "kb", home.folder / "index", rebuild=True)
    report = build_database(plan, home.address, look)
    assert {"questions 1", "écriture 0", "écriture 1"} <= seen
    assert current_generation(home.address) == report.manifest.generation
    assert reader.search(QUESTION, 30) == before


def test_two_readers_and_one_build(home: Home) -> None:
    """Threads that search all along never fail nor see half of an index; then the new one is served."""
    over, readers = Event(), [home.open(), home.open()]
    expected = readers[0].search(QUESTION, 10)

    def read(reader: Retriever) -> int:
        times = 0
        while not over.is_set() or not times:
            assert reader.search(QUESTION, 10) == expected
            assert current_generation(home.address)
            times += 1
        return times

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(read, reader) for reader in readers * 2]
        report = home.build()
        over.set()
        assert all(done.result() > 0 for done in running)
    assert home.open().manifest == report.manifest


@pytest.mark.parametrize("stage", ["vecteurs", "questions", "écriture"])
def test_a_build_that_fails_leaves_nothing(server: Server, home: Home, stage: str) -> None:
    """Whatever stops a build, the old index is served and nothing of the new one stays."""
    before = schemas(server, home), current_generation(home.address)

    def stop(at: str, done: int, total: int) -> None:
        if at == stage and done == total:
            raise KeyboardInterrupt

    plan = Plan(home.folder / "kb", home.folder / "index", rebuild=True)
    with pytest.raises(KeyboardInterrupt):
        build_database(plan, home.address, stop)
    assert (schemas(server, home), current_generation(home.address)) == before
    home.build()


def test_a_base_with_errors_is_refused(home: Home) -> None:
    """A base that breaks its rules is refused by file and line, and the old index stays."""
    before = current_generation(home.address)
    write(home.folder / "kb/questions/casse.md", "---\nid: [\n---\n\n## Réponse courte\n")
    with pytest.raises(KnowledgeBaseError, match=r"questions/casse\.md:\d+"):
        home.build()
    assert current_generation(home.address) == before


def test_two_builds_at_once_are_one(home: Home) -> None:
    """The second build is refused while the first runs, and the first is not disturbed."""
    refused: list[str] = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == "questions" and not refused:
            with pytest.raises(BuildError) as caught:
                home.build()
            refused.append(str(caught.value))

    plan = Plan(home.folder / "kb", home.folder / "index")
    report = build_database(plan, home.address, meanwhile)
    assert refused == ["Une autre indexation est en cours. Attendez sa fin, puis relancez."]
    assert current_generation(home.address) == report.manifest.generation


def test_one_base_does_not_hold_up_another(copy: Callable[[], Home]) -> None:
    """The lock is one of a database: another on the same server is built meanwhile."""
    first, second = copy(), copy()

    def meanwhile(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("questions", 1):
            second.build()

    build_database(Plan(first.folder / "kb", first.folder / "index"), first.address, meanwhile)


_KILLED = """
import sys, time
from pathlib import Path
from ingest.build import Plan
from ingest.database import build_database
def wait(stage, done, total):
    if (stage, done) == ("écriture", 1):
        print("there", flush=True)
        time.sleep(60)
build_database(Plan(Path(sys.argv[1]), Path("unused"), rebuild=True), sys.argv[2], wait)
"""


def test_a_killed_build_changes_nothing(server: Server, home: Home) -> None:
    """After kill -9 when all is written, the old index is served whole; the next build goes through."""
    before = schemas(server, home), current_generation(home.address)
    hits = home.open().search(QUESTION, 30)
    command = [sys.executable, "-c", _KILLED, str(home.folder / "kb"), home.address]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as builder:
        assert builder.stdout and builder.stdout.readline() == b"there\n"
        assert home.open().search(QUESTION, 30) == hits
        with pytest.raises(BuildError, match="en cours"):
            home.build()
        builder.send_signal(signal.SIGKILL)
    _wait_until(lambda: not server.ask("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"))
    assert (schemas(server, home), current_generation(home.address)) == before
    assert home.open().search(QUESTION, 30) == hits
    report = home.build()
    assert current_generation(home.address) == report.manifest.generation


def _wait_until(holds: Callable[[], bool]) -> None:
    """Wait for the server to notice; a minute at most."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("the server did not notice")


def test_old_generations_are_dropped(server: Server, home: Home) -> None:
    """The last generations stay, readers may hold them; of the others neither rows nor tables do."""
    reader = home.open()
    for _ in range(KEPT):
        home.build()
    assert schemas(server, home) == listed(server, home)
    assert len(schemas(server, home)) == KEPT
    with pytest.raises(IndexMissingError, match="Rouvrez"):
        reader.search(QUESTION, 3)
    reader.close()
    assert home.open().search(QUESTION, 3)


def test_a_generation_being_read_is_dropped_later(server: Server, home: Home) -> None:
    """A long query on an old generation does not hold up a build; the next one drops it."""
    old = schema_of(current_generation(home.address))
    with psycopg.connect(home.address) as connection:
        connection.execute(f'SELECT count(*) FROM "{old}".passages')
        for _ in range(KEPT):
            home.build()
        assert old in schemas(server, home)
    home.build()
    assert old not in schemas(server, home)
    assert schemas(server, home) == listed(server, home)


def test_a_stale_index_is_told_from_one_that_is_not(home: Home, server: Server, empty: str) -> None:
    """A changed base, a source or no index at all make it stale."""
    home.build()  # from this folder's own base
    plan = Plan(home.folder / "kb", home.folder / "index")
    assert not database_is_stale(plan, home.address)
    assert database_is_stale(plan, server.address(empty))
    assert database_is_stale(Plan(plan.kb, plan.index, (home.folder / "docs",)), home.address)
    write(
        home.folder / f"kb/questions/{TOPICS[0].id}.md", question_file(TOPICS[0], "Autrement dit")
    )
    assert database_is_stale(plan, home.address)
