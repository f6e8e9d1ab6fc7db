"""`maintelex ask` with the model of the settings, without it, and when it is down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main
from interfaces.settings import load_settings
from tests.model.scripted_server import KEY, ModelServer
from tests.model.scripts import LEAVING

Ask = Callable[..., Result]


@pytest.fixture
def ask(server: ModelServer, index: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs the command with the model of a script."""

    def run(name: str, *arguments: str, stdin: str = "") -> Result:
        monkeypatch.setenv("MAINTELEX_MODEL", f"{server.address}#{name}")
        monkeypatch.setenv("MAINTELEX_MODEL_KEY", KEY)
        monkeypatch.setenv("MAINTELEX_INDEX", str(index))
        return CliRunner().invoke(main, ["ask", *arguments], input=stdin)

    return run


def test_the_model_of_the_settings_writes(ask: Ask, server: ModelServer) -> None:
    """With a model set, the answer is its, told as such, and the server gets the key."""
    done = ask("honest", LEAVING)
    assert done.exit_code == 0 and "Rédigé par un modèle de langage" in done.stdout
    assert {asked.authorization for asked in server.seen} == {f"Bearer {KEY}"}


def test_no_model_leaves_it_out(ask: Ask, server: ModelServer) -> None:
    """`--no-model` answers as if no model were set."""
    done = ask("honest", "--no-model", LEAVING)
    assert done.exit_code == 0 and server.seen == []
    assert "modèle de langage" not in done.stdout


def test_a_model_that_is_down_is_told(ask: Ask) -> None:
    """The answer comes all the same, with a notice, and the key shows nowhere."""
    done = ask("no-key", LEAVING)
    assert done.exit_code == 0 and "a refusé de répondre" in done.stdout
    assert "secrete" not in done.output


def test_a_batch_is_written_too(ask: Ask) -> None:
    """Each object of a batch says whether a model wrote it."""
    rows = [{"id": "1", "question": LEAVING}, {"id": "2", "question": "Bonjour !"}]
    done = ask("honest", "--json", "--batch", "-", stdin="\n".join(map(json.dumps, rows)))
    assert [json.loads(line)["mode"] for line in done.stdout.splitlines()] == [
        "generative", "extractive",
    ]  # fmt: skip


def test_a_setting_that_names_no_model_is_an_error(
    monkeypatch: pytest.MonkeyPatch, index: Path
) -> None:
    """A mistake in the setting is told at once, with the forms that are known."""
    monkeypatch.setenv("MAINTELEX_MODEL", "gpt")
    monkeypatch.setenv("MAINTELEX_INDEX", str(index))
    done = CliRunner().invoke(main, ["ask", LEAVING])
    assert done.exit_code == 1 and "fournisseur:modèle" in done.stderr


def test_the_key_is_a_secret_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings can be printed."""
    monkeypatch.setenv("MAINTELEX_MODEL_KEY", KEY)
    settings = load_settings()
    assert settings.model_key.get_secret_value() == KEY
    assert "secrete" not in f"{settings!r}{settings}{settings.model_dump()}"
