"""Signing in at the desk: nobody else sees anything of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assistant.desk import Accounts, Sessions
from assistant.desk.sessions import ALLOWED
from tests.ui.conftest import PASSWORD, QUESTION, Bureau, Open, names, press, seen, sign_in


def test_a_stranger_sees_the_form_only(bureau: Bureau, open_page: Open) -> None:
    """No question, no count, no reference."""
    received = bureau.receive()
    page = open_page("desk_page")
    assert set(names(page)) <= {"Se connecter", "English"}
    assert QUESTION not in seen(page) and str(received.reference) not in seen(page)


def test_a_lawyer_sees_the_queue(bureau: Bureau, desk_page: AppTest) -> None:
    """After the form, the question that waits is there."""
    bureau.receive()
    sign_in(desk_page, "Anne")
    assert "Connecté : <b>anne</b>" in seen(desk_page)
    assert any(QUESTION[:20] in name.replace("\\", "") for name in names(desk_page))


def test_a_client_is_kept_out(bureau: Bureau, desk_page: AppTest) -> None:
    """An account of another role reads why, and nothing of the queue."""
    received = bureau.receive()
    sign_in(desk_page, "client")
    assert "réservée aux juristes" in seen(desk_page)
    assert str(received.reference) not in seen(desk_page) and "open-1" not in str(desk_page.button)


def test_a_forged_number_opens_nothing(bureau: Bureau, desk_page: AppTest) -> None:
    """An address that names a question shows the form to a stranger."""
    bureau.receive()
    desk_page.query_params["question"] = "1"
    desk_page.run()
    assert set(names(desk_page)) <= {"Se connecter", "English"} and QUESTION not in seen(desk_page)


def test_a_wrong_password_is_told_with_the_lock(desk_page: AppTest) -> None:
    """The message says what happens next; the password does not stay in the page."""
    sign_in(desk_page, "anne", "autre chose encore")
    assert "incorrect" in seen(desk_page) and "quart d'heure" in seen(desk_page)
    assert desk_page.text_input(key="sign-in-password").value == ""


def test_a_locked_account_stays_out(desk_page: AppTest) -> None:
    """After five failures the right password is refused too."""
    for _ in range(ALLOWED):
        sign_in(desk_page, "anne", "autre chose encore")
    sign_in(desk_page, "anne")
    assert "incorrect" in seen(desk_page) and "Se connecter" in names(desk_page)


def test_signing_out_ends_the_session(bureau: Bureau, signed_in: AppTest) -> None:
    """The page shows the form, and the token is worth nothing any more."""
    token = signed_in.session_state["desk-token"]
    press(signed_in, "Se déconnecter")
    assert "Se connecter" in names(signed_in)
    with pytest.raises(Exception, match="terminée"):
        Sessions(bureau.store).actor(token)


def test_a_closed_account_is_out_at_once(bureau: Bureau, signed_in: AppTest) -> None:
    """Its page asks to sign in again at the next click."""
    bureau.receive()
    Accounts(bureau.store).disable("anne")
    signed_in.run()
    assert "Se connecter" in names(signed_in) and "terminée" in seen(signed_in)


def test_without_a_lawyer_there_is_no_desk(bureau: Bureau, open_page: Open) -> None:
    """A client's account alone opens no desk."""
    Accounts(bureau.store).disable("anne")
    Accounts(bureau.store).disable("benoit")
    assert "pas ouvert" in seen(open_page("desk_page"))


def test_a_reset_account_signs_in_again(bureau: Bureau, desk_page: AppTest) -> None:
    """The administrator's reset opens a locked account."""
    for _ in range(ALLOWED):
        sign_in(desk_page, "anne", "autre chose encore")
    Accounts(bureau.store).reset("anne", PASSWORD)
    sign_in(desk_page, "anne")
    assert "Se déconnecter" in names(desk_page)
