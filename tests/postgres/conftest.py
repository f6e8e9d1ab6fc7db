"""One server a test process, and a database a test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.build import Plan, Report, build
from ingest.database import build_database
from retrieval import Retriever
from tests.postgres.server import Server
from tests.retrieval.small_base import write_base

_NUMBER = itertools.count()


@dataclass(frozen=True, slots=True)
class Home:
    """The small base in a folder, and the database that it is built into."""

    folder: Path  # kb/ is the base; docs/ holds nothing yet
    address: str
    database: str

    def build(self, **options: object) -> Report:
        """Build once more."""
        plan = Plan(self.folder / "kb", self.folder / "index", **options)  # type: ignore[arg-type]
        return build_database(plan, self.address)

    def open(self) -> Retriever:
        """A retriever over what is served."""
        return Retriever.open(self.address)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server; one that cannot start fails the tests that need it."""
    made = Server()
    yield made
    made.remove()


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    """The name of a database with nothing in it."""
    name = f"empty{next(_NUMBER)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    yield name
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def small_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small base in kb/ and its index in index/. Read it only."""
    folder = tmp_path_factory.mktemp("small")
    write_base(folder / "kb")
    build(Plan(folder / "kb", folder / "index"))
    return folder


@pytest.fixture(scope="session")
def built(server: Server, small_kb: Path) -> Home:
    """The small base built into a database. Read it only."""
    server.run("CREATE DATABASE built TEMPLATE template0")
    home = Home(small_kb, server.address("built"), "built")
    home.build()
    return home


@pytest.fixture(scope="session")
def folder_retriever(small_kb: Path) -> Retriever:
    """A retriever over the same base in a folder."""
    return Retriever.open(small_kb / "index")


@pytest.fixture(scope="session")
def retriever(built: Home) -> Iterator[Retriever]:
    """A retriever over the database."""
    opened = built.open()
    yield opened
    opened.close()


@pytest.fixture
def copy(server: Server, built: Home, tmp_path: Path) -> Iterator[Callable[[], Home]]:
    """Makes copies of the built database and of its base, to change at will."""
    made: list[str] = []

    def make() -> Home:
        name = f"copy{next(_NUMBER)}"
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'built'",
            f"CREATE DATABASE {name} TEMPLATE built",
        )
        made.append(name)
        # Without questions to decline, most of a build's time.
        (write_base(tmp_path / name / "kb") / "variants/out-of-scope.yaml").unlink()
        (tmp_path / name / "docs").mkdir()
        return Home(tmp_path / name, server.address(name), name)

    yield make
    server.run(*(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture
def home(copy: Callable[[], Home]) -> Home:
    """One such copy."""
    return copy()
