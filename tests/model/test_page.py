"""The assistant's page with a language model: what it wrote is told, and so is that it could not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from interfaces.ui.assistant.live import under_way
from tests.model.scripted_server import KEY, ModelServer
from tests.model.scripts import LEAVING

PAGE = Path(__file__).resolve().parents[2] / "interfaces" / "ui" / "assistant_page.py"
Open = Callable[[str], AppTest]


@pytest.fixture
def opened(
    server: ModelServer, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Open:
    """Opens the page with a scripted model, and asks."""

    def open_page(script: str) -> AppTest:
        for name, value in {
            "INDEX": index, "DATA": tmp_path, "MODEL_KEY": KEY,
            "MODEL": f"{server.address}#{script}",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"MAINTELEX_{name}", str(value))
        app = AppTest.from_file(str(PAGE), default_timeout=60).run()
        app.chat_input(key="question").set_value(LEAVING).run()
        assert not app.exception
        return app

    return open_page


def captions(app: AppTest) -> str:
    """The small print of the page."""
    return " ".join(caption.value for caption in app.caption).replace("\\", "")


def test_a_model_that_writes_is_told(opened: Open) -> None:
    """The answer is the model's, says so (règl. UE 2024/1689, art. 50), and has its cards."""
    app = opened("honest")
    assert app.session_state["exchanges"][0].answer.mode == "generative"
    assert "Rédigé par un modèle de langage" in captions(app)
    assert any('id="source-0-1"' in str(element.proto.body) for element in app.get("html"))


def test_what_a_model_makes_up_is_not_on_the_page(opened: Open) -> None:
    """A made-up article is taken out before anybody reads it; the count is told."""
    app = opened("articles")
    assert "Phrases retirées" in captions(app)
    assert "9999-9" not in " ".join(markdown.value for markdown in app.markdown)


def test_a_model_that_is_down_is_told(opened: Open) -> None:
    """The base's own answer comes, with a word on why (pain: a silent fallback)."""
    app = opened("no-key")
    assert app.session_state["exchanges"][0].answer.mode == "extractive"
    assert "celle de la base, telle que relue" in captions(app)


def test_without_a_model_nothing_is_drawn_ahead() -> None:
    """An answer that is there at once needs no waiting."""
    with under_way("Question ?", 0, "") as on_text:
        assert on_text is None


def test_sentences_are_heard_as_they_come() -> None:
    """Each verified sentence is drawn under the question, its markers as plain text."""

    def page() -> None:
        from interfaces.ui.assistant.live import under_way

        with under_way("Question ?", 0, "modèle") as on_text:
            assert on_text is not None
            on_text("Première phrase [1].")
            on_text(" Seconde phrase [2].")
            import streamlit as st

            st.stop()

    app = AppTest.from_function(page).run()
    assert app.text[0].value == "Question ?"
    heard = app.markdown[0].value.replace("\u202f", " ")
    assert heard == "Première phrase \\[1\\]. Seconde phrase \\[2\\]."
