"""A desk with accounts and waiting questions, behind the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answering import Assistant
from assistant.desk import Accounts, Actor, Intake, Policy, Received, Sessions, Store, open_desk
from assistant.desk.roles import anonymous
from assistant.guard import RetrieverBase
from ingest.build import Plan, build
from retrieval import Retriever
from tests.retrieval.small_base import write_base

PASSWORD = "cheval juste agrafe"
QUESTION = "Le juge peut-il réduire la pénalité prévue au contrat ?"
ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "interfaces" / "ui" / "desk"
Open = Callable[[str], AppTest]


@dataclass(slots=True)
class Bureau:
    """A desk over the small base, at which every answer waits."""

    store: Store
    retriever: Retriever
    policy: Policy

    def actor(self, name: str) -> Actor:
        """An account at work."""
        return Sessions(self.store).actor(Sessions(self.store).sign_in(name, PASSWORD))

    def receive(self, question: str = QUESTION, by: Actor | None = None) -> Received:
        """A question that waits."""
        answer = Assistant(self.retriever).answer(question)
        return Intake(self.store, self.policy).record(by or anonymous("token"), answer)

    @property
    def base(self) -> RetrieverBase:
        """What the guard asks."""
        return RetrieverBase(self.retriever)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of the small base and of its index. Read them only."""
    folder = tmp_path_factory.mktemp("small")
    kb = write_base(folder / "kb")
    (kb / "desk").mkdir(exist_ok=True)
    rules = "sinon: attendre\nclients_anonymes: oui\nconservation_jours: 365\n"
    (kb / "desk" / "policy.yaml").write_text(rules, encoding="utf-8")
    build(Plan(kb, folder / "index"))
    return kb, folder / "index"


@pytest.fixture
def bureau(
    small: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bureau]:
    """A desk with two lawyers and a client; the pages open it too."""
    kb, index = small
    for name, value in (("KB", kb), ("INDEX", index), ("DATA", tmp_path / "data")):
        monkeypatch.setenv(f"MAINTELEX_{name}", str(value))
    store = open_desk(tmp_path / "data" / "desk.sqlite")
    for name, role in (("anne", "lawyer"), ("benoit", "lawyer"), ("client", "client")):
        Accounts(store).add(name, role, PASSWORD)  # type: ignore[arg-type]
    retriever = Retriever.open(index)
    rules = {"sinon": "attendre", "clients_anonymes": "oui", "conservation_jours": 365}
    yield Bureau(store, retriever, Policy.model_validate(rules))
    retriever.close()
    store.close()


@pytest.fixture
def open_page(bureau: Bureau) -> Open:
    """Opens a page of the desk in a session of its own."""

    def opened(name: str) -> AppTest:
        return AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60).run()

    return opened


@pytest.fixture
def desk_page(open_page: Open) -> AppTest:
    """The desk as anybody opens it."""
    return open_page("desk_page")


@pytest.fixture
def signed_in(desk_page: AppTest) -> AppTest:
    """The desk of a lawyer."""
    return sign_in(desk_page, "anne")


def sign_in(app: AppTest, name: str, password: str = PASSWORD) -> AppTest:
    """Fill the form and send it."""
    app.text_input(key="sign-in-name").set_value(name)
    app.text_input(key="sign-in-password").set_value(password)
    return press(app, "Se connecter")


def press(app: AppTest, name: str) -> AppTest:
    """Press the first button of a name."""
    next(button for button in app.button if button.label == name).click().run()
    assert not app.exception
    return app


def names(app: AppTest) -> list[str]:
    """The names of the buttons."""
    return [button.label for button in app.button]


def seen(app: AppTest) -> str:
    """All that the page says, on plain spaces."""
    bodies = [str(element.proto.body) for element in app.get("html")]
    bodies = [body for body in bodies if "<style" not in body]
    told = [e.value for kind in ("markdown", "caption", "error", "success", "info", "warning")
            for e in getattr(app, kind)]  # fmt: skip
    text = "\n".join([*bodies, *told])
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")
