"""`maintelex ask` with the model of the settings, without it, and when it is down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from assistant.answering import Assistant
from assistant.answering.generate import GenerativeAssistant
from interfaces.asking import open_assistant
from interfaces.cli import main
from interfaces.settings import Settings, load_settings
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


def test_json_tells_the_models_part(ask: Ask) -> None:
    """With a model set, the object says what was told, what was taken out and how it was made."""
    told = json.loads(ask("articles", "--json", LEAVING).stdout)
    assert told["notice"].startswith("Rédigé par un modèle de langage")
    (removal,) = told["removed"]
    assert set(removal) == {"sentence", "rule", "detail"} and removal["rule"] == "reference"
    assert told["provenance"]["prompts"] == {"lecture": 1, "reponse": 2}


def test_json_of_a_declined_question_has_the_same_keys(ask: Ask, server: ModelServer) -> None:
    """Whether the model was asked or not, a reader of the objects finds the same keys."""
    told = json.loads(ask("honest", "--json", "Bonjour !").stdout)
    assert told["removed"] == [] and told["notice"] == "" and server.seen == []
    assert told["provenance"]["model"] == "honest (127.0.0.1)"


def test_json_without_a_model_is_the_documented_object(ask: Ask) -> None:
    """No key is added where no model is set."""
    told = json.loads(ask("honest", "--no-model", "--json", LEAVING).stdout)
    assert not {"notice", "removed", "provenance"} & set(told)


def test_the_client_is_opened_once(server: ModelServer, assistant: Assistant) -> None:
    """Settings that are equal share a writer, so that its circuit breaker lasts; others do not."""

    def over(name: str) -> GenerativeAssistant:
        settings = Settings(model=f"{server.address}#{name}", model_key=SecretStr(KEY))
        opened = open_assistant(settings, assistant.retriever)
        assert isinstance(opened, GenerativeAssistant)
        return opened

    assert over("honest").writer is over("honest").writer
    assert over("honest").writer is not over("english").writer


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
