"""The one setting that names a model."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from assistant.model import ModelError, ModelSettings, open_model
from assistant.model.langchain import open_chat
from assistant.model.spec import LOCAL, Spec, read_spec

KEY = SecretStr("sk-tres-secrete")


@pytest.mark.parametrize(
    ("setting", "spec", "label"),
    [
        ("openai:gpt-4o", Spec("openai", "gpt-4o"), "openai:gpt-4o"),
        ("mistralai:mistral-small", Spec("mistralai", "mistral-small"), "mistralai:mistral-small"),
        ("ollama:qwen3:8b", Spec("ollama", "qwen3:8b"), "ollama:qwen3:8b"),
        (" openai:o1 \n", Spec("openai", "o1"), "openai:o1"),
        (
            "http://localhost:1234/v1#ministral",
            Spec(LOCAL, "ministral", "http://localhost:1234/v1"), "ministral (localhost)",
        ),
        (
            "https://ia.exemple.fr/v1/#org/modele",
            Spec(LOCAL, "org/modele", "https://ia.exemple.fr/v1"), "org/modele (ia.exemple.fr)",
        ),
    ],
)  # fmt: skip
def test_a_model_is_named_by_provider_or_by_address(setting: str, spec: Spec, label: str) -> None:
    """Both forms are read; the label shows the host alone."""
    assert read_spec(setting) == spec and spec.label == label


@pytest.mark.parametrize(
    "setting",
    ["", "gpt-4o", ":x", "openai:", "openai:a b", "http://localhost/v1", "http://#m", "http://h/v1#",
     "http://h:99999/v1#m", "http://u:secret@h/v1#m", "http://h/v1?key=secret#m", "file:///x#m"],
)  # fmt: skip
def test_a_setting_of_neither_form_is_refused(setting: str) -> None:
    """A setting that names no model is refused with the two forms, and shows no password."""
    with pytest.raises(ModelError) as caught:
        open_model(ModelSettings(setting)).load()
    assert caught.value.kind == "absent" and caught.value.fix
    assert "secret" not in str(caught.value)


def test_a_provider_without_its_package_says_what_to_install() -> None:
    """LangChain drives many providers; the package of the one that is asked for is named."""
    with pytest.raises(ModelError, match="langchain-mistralai") as caught:
        open_chat(read_spec("mistralai:mistral-small"), ModelSettings("", KEY))
    assert caught.value.kind == "absent" and "pip install langchain-mistralai" in caught.value.fix


def test_an_unknown_provider_is_absent() -> None:
    """A provider that LangChain does not know is told, without a traceback of LangChain's."""
    with pytest.raises(ModelError, match="zork") as caught:
        open_chat(read_spec("zork:m"), ModelSettings("", KEY))
    assert caught.value.kind == "absent" and caught.value.__context__ is None


def test_a_provider_that_wants_a_key_gets_none_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without MAINTELEX_MODEL_KEY no other key of the environment is taken."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-celle-d-un-autre-outil")
    with pytest.raises(ModelError, match="aucune clé"):
        open_chat(read_spec("openai:gpt-4o"), ModelSettings(""))


def test_no_variable_moves_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions go where the setting says, whatever other tools have left in the environment."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://ailleurs.invalid/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://ailleurs.invalid/v1")
    chat = open_chat(read_spec("openai:gpt-4o"), ModelSettings("", KEY))
    assert str(chat.root_client.base_url) == "https://api.openai.com/v1/"  # type: ignore[attr-defined]


def test_settings_never_show_the_key() -> None:
    """The settings, the client and the model can be printed."""
    settings = ModelSettings("http://localhost:1/v1#m", KEY)
    model = open_model(settings)
    model.load()
    chat = open_chat(read_spec(settings.model), settings)
    assert "secrete" not in f"{settings!r}{settings}{model!r}{chat!r}{chat}"
