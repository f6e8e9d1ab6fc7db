"""The administration: for administrators alone, at every action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.desk import Accounts, Sessions, SignInError
from assistant.desk.audit import entries
from ingest.build import Plan, build
from retrieval.generation import current
from tests.ui.conftest import PASSWORD, Bureau, names, press, seen, sign_in
from tests.ui.seen import html

PAGE = Path(__file__).resolve().parents[2] / "interfaces" / "ui" / "admin" / "admin_page.py"
VIEWS = ["État", "Sources", "Générations", "Comptes", "Réglages"]


@pytest.fixture
def page(bureau: Bureau) -> AppTest:
    """The page as anybody opens it; there is an administrator."""
    Accounts(bureau.store).add("chef", "admin", PASSWORD)
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


@pytest.fixture
def chef(page: AppTest) -> AppTest:
    """The page of the administrator."""
    return sign_in(page, "chef")


def view(app: AppTest, name: str) -> AppTest:
    """Choose a view."""
    app.get("button_group")[0].set_value(name).run()
    assert not app.exception
    return app


def press_key(app: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def noted(bureau: Bureau) -> list[str]:
    """The actions of the audit."""
    with bureau.store.read() as connection:
        return [entry.action for entry in entries(connection)]


def test_a_stranger_sees_the_form_only(page: AppTest) -> None:
    """No index, no account, no setting."""
    assert names(page) == ["English", "Se connecter"]
    assert not page.get("button_group")
    assert "MAINTELEX" not in seen(page)


@pytest.mark.parametrize("name", ["anne", "client"])
def test_other_roles_are_kept_out(page: AppTest, name: str) -> None:
    """A lawyer and a customer read why, and see no view."""
    sign_in(page, name)
    assert "réservée aux administrateurs" in seen(page)
    assert not page.get("button_group")


def test_the_state_is_told(chef: AppTest) -> None:
    """The index, the base, the desk, the model and the disk, each in a word."""
    told = seen(chef)
    assert "documents" in told and "Go libres" in told
    assert "Aucun : les réponses sont extraites de la base" in told


def test_no_secret_is_shown(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key and a password inside an address are hidden."""
    Accounts(bureau.store).add("chef", "admin", PASSWORD)
    monkeypatch.setenv("MAINTELEX_MODEL_KEY", "sesame-42")
    monkeypatch.setenv("MAINTELEX_MODEL", "http://moi:motdepasse@localhost:9/v1#m")
    app = sign_in(AppTest.from_file(str(PAGE), default_timeout=60).run(), "chef")
    shown = html(view(app, "Réglages"))
    assert "MAINTELEX_MODEL_KEY" in shown and "renseigné, caché" in shown
    assert "sesame" not in shown and "motdepasse" not in shown


def test_an_account_is_opened(bureau: Bureau, chef: AppTest) -> None:
    """Its password is shown once, works, and the audit says who opened it."""
    view(chef, "Comptes")
    chef.text_input(key="new-account-name").set_value("Nouvelle")
    chef.selectbox(key="new-account-role").set_value("lawyer")
    press(chef, "Ouvrir un compte")
    password = seen(chef).split("montré cette seule fois : ")[1].split(" . ")[0]
    assert Sessions(bureau.store).sign_in("nouvelle", password)
    assert "account-add" in noted(bureau)
    assert password not in seen(chef.run())


def test_a_refused_account_is_told(chef: AppTest) -> None:
    """A name with other signs is refused in words."""
    view(chef, "Comptes")
    chef.text_input(key="new-account-name").set_value("<script>")
    press(chef, "Ouvrir un compte")
    assert "Nom de compte refusé" in chef.error[0].value


def test_an_account_is_closed_and_opened_again(bureau: Bureau, chef: AppTest) -> None:
    """A closed account cannot sign in; a new password opens it."""
    view(chef, "Comptes")
    anne = next(a for a in Accounts(bureau.store).all() if a.name == "anne")
    press_key(chef, f"close-{anne.id}")
    with pytest.raises(SignInError):
        Sessions(bureau.store).sign_in("anne", PASSWORD)
    press_key(chef, f"reset-{anne.id}")
    password = seen(chef).split("montré cette seule fois : ")[1].split(" . ")[0]
    assert Sessions(bureau.store).sign_in("anne", password)


def test_the_last_administrator_stays(bureau: Bureau, chef: AppTest) -> None:
    """Closing it is refused, in words."""
    view(chef, "Comptes")
    own = next(a for a in Accounts(bureau.store).all() if a.name == "chef")
    press_key(chef, f"close-{own.id}")
    assert "dernier administrateur" in chef.error[0].value


@pytest.mark.parametrize("change", [
    lambda accounts: accounts.set_role("chef", "client"), lambda accounts: accounts.disable("chef"),
])  # fmt: skip
def test_a_right_lost_meanwhile_counts_at_once(
    bureau: Bureau, chef: AppTest, change: Callable[[Accounts], object]
) -> None:
    """A page left open does nothing once its account has lost the right."""
    view(chef, "Comptes")
    Accounts(bureau.store).add("second", "admin", PASSWORD)
    anne = next(a for a in Accounts(bureau.store).all() if a.name == "anne")
    change(Accounts(bureau.store))
    press_key(chef, f"close-{anne.id}")
    assert not next(a for a in Accounts(bureau.store).all() if a.name == "anne").disabled
    assert not chef.get("button_group")


def test_one_goes_back_to_a_generation(
    bureau: Bureau, small: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click serves the older generation, and the audit says so."""
    kb, _ = small
    index = tmp_path / "index"
    first = build(Plan(kb, index)).manifest.generation
    build(Plan(kb, index))
    monkeypatch.setenv("MAINTELEX_INDEX", str(index))
    Accounts(bureau.store).add("chef", "admin", PASSWORD)
    app = view(
        sign_in(AppTest.from_file(str(PAGE), default_timeout=60).run(), "chef"), "Générations"
    )
    press_key(app, f"serve-{first}")
    assert current(index).name == first
    assert "index-serve" in noted(bureau)


def test_without_an_index_it_can_be_built(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sources say what is missing, and the button is there; the state says it too."""
    Accounts(bureau.store).add("chef", "admin", PASSWORD)
    monkeypatch.setenv("MAINTELEX_INDEX", str(tmp_path / "none"))
    app = sign_in(AppTest.from_file(str(PAGE), default_timeout=60).run(), "chef")
    assert "Il n’y a pas d’index" in seen(app)
    assert "Reconstruire l’index" in names(view(app, "Sources"))
    assert app.error
