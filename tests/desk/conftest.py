"""Every test of the desk runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.desk.roles import Actor
from assistant.desk.store import Store
from ingest.build import Plan, build
from retrieval import Retriever
from tests.desk.people import Desk
from tests.postgres.server import Server
from tests.retrieval.small_base import write_base

_NUMBER = itertools.count()
Open = Callable[[], Store]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server; one that cannot start fails the tests that need it."""
    made = Server()
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """An empty place for a store: a path, then the address of a database."""
    if request.param == "sqlite":
        yield tmp_path / "data" / "desk.sqlite"
        return
    server: Server = request.getfixturevalue("server")
    name = f"desk{next(_NUMBER)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.address(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def open_store(target: Path | str) -> Iterator[Open]:
    """Opens the same place again and again."""
    opened: list[Store] = []

    def make() -> Store:
        opened.append(Store.open(target))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Open) -> Store:
    """An empty store."""
    return open_store()


@pytest.fixture(scope="session")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """A retriever over the small base."""
    folder = tmp_path_factory.mktemp("small")
    kb = write_base(folder / "kb")
    build(Plan(kb, folder / "index"))
    opened = Retriever.open(folder / "index")
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, retriever: Retriever) -> Desk:
    """An empty desk at which every answer waits for a lawyer."""
    return Desk(store, retriever)


@pytest.fixture
def lawyer(desk: Desk) -> Actor:
    """A lawyer who has signed in."""
    return desk.account("juriste", "lawyer")
