"""The commands and the page use the database that the settings name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main
from interfaces.settings import load_settings
from interfaces.ui.service import open_assistant
from retrieval import IndexMissingError
from retrieval.postgres import current_generation
from tests.postgres.conftest import Home
from tests.postgres.server import Server

QUESTION = "Le prestataire peut-il augmenter son prix en cours de contrat ?"


@pytest.fixture
def at_home(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Home:
    """A home that the environment names; there is no index in the folder that it names as well."""
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", home.address)
    monkeypatch.setenv("MAINTELEX_INDEX", str(tmp_path / "none"))
    return home


def call(*arguments: str) -> Result:
    """Run `maintelex` in this process; a crash fails the test with its own traceback."""
    done = CliRunner().invoke(main, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_every_command_uses_the_database(at_home: Home, tmp_path: Path) -> None:
    """ingest, info, search and ask speak of the database's generation; no folder is made."""
    done = call("ingest", "--quiet", "--kb", str(at_home.folder / "kb"))
    assert done.exit_code == 0, done.output
    generation = current_generation(at_home.address)
    assert json.loads(call("info", "--json").stdout)["generation"] == generation
    found = json.loads(call("search", "--json", "-k", "3", QUESTION).stdout)
    assert found["index"] == generation and len(found["hits"]) == 3
    answer = json.loads(call("ask", "--json", QUESTION).stdout)
    assert answer["index"] == generation and answer["citations"]
    assert not (tmp_path / "none").exists()


def test_an_index_that_is_up_to_date_is_not_built(at_home: Home) -> None:
    """`ingest --if-stale` leaves a database that is up to date."""
    at_home.build()
    before = current_generation(at_home.address)
    done = call("ingest", "--quiet", "--if-stale", "--kb", str(at_home.folder / "kb"))
    assert "à jour" in done.stderr and current_generation(at_home.address) == before


def test_a_folder_on_the_command_line_wins(at_home: Home, small_kb: Path) -> None:
    """--index asks for a folder whatever the environment says."""
    told = json.loads(call("info", "--json", "--index", str(small_kb / "index")).stdout)
    assert told["generation"] != current_generation(at_home.address)


def test_a_database_without_index_is_told(
    server: Server, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command says to build the index, and leaves with 1."""
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", server.address(empty))
    done = call("ask", QUESTION)
    assert done.exit_code == 1 and "maintelex ingest" in done.stderr and "pass" not in done.stderr


def test_the_page_serves_a_new_generation_at_the_next_run(at_home: Home) -> None:
    """Visitors share one retriever a generation; the next run after a build takes the new one."""
    settings = load_settings()
    first = open_assistant(settings).answer(QUESTION)
    assert open_assistant(settings).answer(QUESTION).index == first.index
    report = at_home.build()
    assert open_assistant(settings).answer(QUESTION).index == report.manifest.generation
    assert first.index != report.manifest.generation


def test_the_page_tells_of_a_database_without_index(
    server: Server, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong reaches the page as a message."""
    monkeypatch.setenv("MAINTELEX_DATABASE_URL", server.address(empty))
    with pytest.raises(IndexMissingError):
        open_assistant(load_settings())
