"""A conversation is kept, reopened, corrected, shared and deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.history import History, Holder, new_token
from interfaces.ui.assistant import visitor

APP = Path(__file__).resolve().parents[2] / "app.py"
QUESTION = "Le prestataire peut-il limiter sa responsabilité ?"
Visit = Callable[..., AppTest]


@pytest.fixture
def browser(kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The secret of a browser that comes back: every visit of a test has it."""
    monkeypatch.setenv("MAINTELEX_INDEX", str(kb_index))
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path))
    token = new_token()
    monkeypatch.setattr(visitor, "_given", lambda: token)
    return token


def visit(**address: str) -> AppTest:
    """A visit to an address."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def ask(app: AppTest, question: str = QUESTION) -> str:
    """Ask, and give the name under which the conversation is kept."""
    app.chat_input(key="question").set_value(question).run()
    assert not app.exception
    return str(app.session_state["history-name"])


def press(app: AppTest, key: str) -> AppTest:
    """Press a button."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def questions(app: AppTest) -> list[str]:
    """The questions on the screen."""
    return [text.value for text in app.text]


def told(app: AppTest) -> str:
    """What the page has to say."""
    return " ".join(info.value for info in app.info)


def test_a_reload_brings_the_conversation_back(browser: str) -> None:
    """Same answer, same cards, same facts; the next question follows on."""
    first = visit()
    name = ask(first)
    ask(first, "Je suis le prestataire.")
    again = visit(conversation=name)
    assert questions(again) == [QUESTION, "Je suis le prestataire."]
    assert again.selectbox(key="case-side").value == "prestataire"
    assert ask(again, "Et si la clause est abusive ?") == name
    assert len(questions(again)) == 3


def test_another_browser_does_not_get_it(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address alone opens nothing (pain: users see each other's conversations)."""
    name = ask(visit())
    monkeypatch.setattr(visitor, "_given", new_token)
    stranger = visit(conversation=name)
    assert questions(stranger) == []
    assert "pas eu lieu dans ce navigateur" in told(stranger)
    assert "conversation" not in stranger.query_params


@pytest.mark.parametrize("address", ["<script>" * 90, "0" * 32])
def test_a_false_address_is_told(browser: str, address: str) -> None:
    """Whatever stands in the address, the page greets and says why."""
    assert "pas eu lieu dans ce navigateur" in told(visit(conversation=address))
    assert "ne mène plus à rien" in told(visit(partage=address))


def test_conversations_are_listed_and_opened(browser: str) -> None:
    """The side bar leads from one conversation to another."""
    app = visit()
    first = ask(app)
    press(app, "new-conversation")
    second = ask(app, "Mon contrat peut-il être reconduit tacitement ?")
    assert first != second
    press(app, f"history-{first}")
    assert questions(app) == [QUESTION]
    press(app, f"history-{second}")
    assert "reconduit" in questions(app)[0]
    press(app, "delete-all")
    assert questions(app) == []
    assert not [b for b in app.button if str(b.key).startswith("history-")]


def test_a_deleted_conversation_stays_away(browser: str, tmp_path: Path) -> None:
    """Deleting empties the page, the list and the store."""
    app = visit()
    name = ask(app)
    press(app, "delete-this")
    assert questions(app) == []
    assert "supprimée" in told(app)
    assert "pas eu lieu" in told(visit(conversation=name))
    history = History.open(tmp_path / "conversations.sqlite")
    assert history.list(Holder(browser)) == []
    history.close()


def test_a_link_shows_a_copy_that_others_go_on_from(
    browser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has the link reads; what they ask next is theirs; taken back, it opens nothing."""
    app = visit()
    ask(app)
    press(app, "make-link")
    link = app.session_state["shared-token"][1]
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(visitor, "_given", lambda: "")
        reader = visit(partage=link)
        assert questions(reader) == [QUESTION]
        assert "copie" in told(reader)
        ask(reader, "Et si la clause est abusive ?")
        assert "copie" not in told(reader)
    app.run()
    assert questions(app) == [QUESTION]
    press(app, "unshare")
    assert "ne mène plus à rien" in told(visit(partage=link))


def test_a_fact_set_right_is_used_when_asked_again(browser: str) -> None:
    """The date given beside the conversation changes the law of the next answer, and is kept."""
    app = visit()
    name = ask(app)
    app.date_input(key="contract-date").set_value(date(2014, 5, 3)).run()
    press(app, "answer-again")
    assert questions(app) == [QUESTION, QUESTION]
    assert app.session_state["exchanges"][-1].answer.as_of == date(2014, 5, 3)
    again = visit(conversation=name)
    assert again.date_input(key="contract-date").value == date(2014, 5, 3)
    again.date_input(key="contract-date").set_value(None).run()
    press(again, "answer-again")
    assert again.session_state["exchanges"][-1].answer.as_of is None


def test_a_store_that_refuses_leaves_the_answer(browser: str, tmp_path: Path) -> None:
    """Where nothing can be kept, the answer is shown with a word on it."""
    (tmp_path / "conversations.sqlite").mkdir()
    app = visit()
    app.chat_input(key="question").set_value(QUESTION).run()
    app.run()
    assert questions(app) == [QUESTION]
    assert any("pas pu être gardée" in warning.value for warning in app.warning)
