"""The customer's side on the assistant's page, with a desk and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.desk import Accounts, Queue, Wanted
from tests.ui.conftest import QUESTION, ROOT, Bureau, press, seen

PUBLISH = """regles:
  - si: {vote: negatif}
    alors: publier et relire
    urgence: haute
sinon: publier
clients_anonymes: oui
conservation_jours: 90
"""


@pytest.fixture
def published(bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A desk whose answers go out at once."""
    policy = tmp_path / "kb" / "desk" / "policy.yaml"
    policy.parent.mkdir(parents=True)
    policy.write_text(PUBLISH, encoding="utf-8")
    monkeypatch.setenv("MAINTELEX_KB", str(tmp_path / "kb"))
    return bureau


def asked(question: str = QUESTION) -> AppTest:
    """A customer who has asked something."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run()
    app.chat_input(key="question").set_value(question).run()
    assert not app.exception
    return app


def waiting(bureau: Bureau) -> list[str]:
    """The questions that lawyers have."""
    page = Queue(bureau.store, bureau.actor("anne")).page(Wanted(states=()))
    return [row.excerpt for row in page.rows]


def test_an_answer_that_waits_is_not_shown(bureau: Bureau) -> None:
    """The customer gets a reference; the question is in the queue."""
    app = asked()
    assert "Un juriste répond d’abord" in seen(app) and "ML-" in seen(app)
    assert "ml-source" not in seen(app) and waiting(bureau) == [QUESTION]


def test_a_customer_knows_what_is_kept(published: Bureau) -> None:
    """The sidebar tells for how long and why; it no longer says that nothing is."""
    told = seen(asked())
    assert "enregistrées 90 jours" in told and "montrée à personne" not in told


def test_a_lawyer_is_asked_for(published: Bureau) -> None:
    """One click puts an answered question before a lawyer."""
    app = asked()
    assert waiting(published) == []
    press(app, "Demander à un juriste")
    assert waiting(published) == [QUESTION] and "Un juriste relira" in seen(app)


def test_a_bad_vote_reaches_the_desk(published: Bureau) -> None:
    """The policy says so; the customer reads the reference."""
    app = asked()
    app.feedback[0].set_value(0).run()
    assert not app.exception and waiting(published) == [QUESTION]


def test_a_greeting_reaches_nobody(bureau: Bureau) -> None:
    """« Bonjour » is answered at once and kept nowhere."""
    app = asked("Bonjour")
    assert "ML-" not in seen(app) and waiting(bureau) == []


def test_without_a_lawyer_nothing_is_kept(bureau: Bureau) -> None:
    """The page is what it was: the answer, its sources, no reference, no trace."""
    for name in ("anne", "benoit"):
        Accounts(bureau.store).disable(name)
    app = asked()
    told = seen(app)
    assert "ml-source" in told and "Demander à un juriste" not in [b.label for b in app.button]
    assert "montrée à personne" in told
    Accounts(bureau.store).reset("anne", "cheval juste agrafe")
    assert waiting(bureau) == []
