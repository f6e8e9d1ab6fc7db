"""The scripted server, the small base, and assistants over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answering import Assistant

# from assistant.answering.generate import GenerativeAssistant
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.write import Writer
from assistant.model import Model, ModelSettings
from assistant.model.spec import read_spec
from retrieval import Retriever
from tests.model.scripted_server import KEY, ModelServer, serve
from tests.model.scripts import SCRIPTS, write_trapped_base

Named = Callable[..., Model]


@pytest.fixture(scope="session")
def running() -> Iterator[ModelServer]:
    """The server, for all tests of the process."""
    yield from serve(SCRIPTS)


@pytest.fixture
def server(running: ModelServer) -> ModelServer:
    """The server, that nobody has asked anything yet."""
    running.forget()
    return running


@pytest.fixture
def named(server: ModelServer) -> Named:
    """Gives the model of a script by its name; keywords are settings, and `sleep`, `clock`."""

    def open_named(name: str, **options: object) -> Model:
        inner = {key: options.pop(key) for key in ("sleep", "clock") if key in options}
        settings = ModelSettings(f"{server.address}#{name}", SecretStr(KEY), **options)  # type: ignore[arg-type]
        return Model(read_spec(settings.model), settings, **inner)  # type: ignore[arg-type]

    return open_named


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of a small base, one of whose articles hides an order to the model."""
    return write_trapped_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def assistant(index: Path) -> Assistant:
    """The extractive assistant over that base."""
    return Assistant(Retriever.open(index))


@pytest.fixture
def generative(assistant: Assistant, named: Named) -> Callable[..., GenerativeAssistant]:
    """Gives the assistant that writes with the model of a script."""

    def over(name: str, **options: object) -> GenerativeAssistant:
        return GenerativeAssistant(assistant, Writer(named(name, **options)))

    return over


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what a test writes."""
    return tmp_path_factory.mktemp("model")
