"""Accounts, signing in, sessions and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

import assistant.desk.sessions
from assistant.desk.accounts import Accounts
from assistant.desk.errors import AccessError, ConflictError, MissingError, SignInError
from assistant.desk.passwords import new_password
from assistant.desk.roles import anonymous, require
from assistant.desk.sessions import ALLOWED, Sessions
from assistant.desk.store import Store
from assistant.desk.tables import ACCOUNTS, KEYS, SESSIONS
from retrieval.errors import UsageError
from tests.desk.people import PASSWORD


@pytest.fixture
def accounts(store: Store) -> Accounts:
    """The accounts of an empty store, as the command line changes them."""
    return Accounts(store)


@pytest.fixture
def sessions(store: Store) -> Iterator[Sessions]:
    """The sessions of the same store."""
    yield Sessions(store)


def test_an_account_signs_in_whatever_the_capitals(accounts: Accounts, sessions: Sessions) -> None:
    """The token of a session leads to the account and its role."""
    made = accounts.add("Marie.L@exemple.fr", "lawyer", PASSWORD)
    actor = sessions.actor(sessions.sign_in(" marie.l@EXEMPLE.fr ", PASSWORD))
    assert (actor.account_id, actor.role) == (made.id, "lawyer")


def test_neither_password_nor_token_is_stored(
    accounts: Accounts, sessions: Sessions, store: Store
) -> None:
    """The tables hold an argon2id hash, and the hash of the token."""
    accounts.add("anne", "client", PASSWORD)
    token = sessions.sign_in("anne", PASSWORD)
    with store.read() as connection:
        stored = str(
            connection.execute(select(ACCOUNTS)).all() + connection.execute(select(SESSIONS)).all()
        )
    assert "$argon2id$" in stored and PASSWORD not in stored and token not in stored


@pytest.mark.parametrize("name", ["a", "-x", "été", "a b", "x" * 121, "<script>", "a'--", ""])
def test_a_name_of_other_signs_is_refused(accounts: Accounts, name: str) -> None:
    """Names are plain, so that two never look alike."""
    with pytest.raises(UsageError, match="Nom de compte refusé"):
        accounts.add(name, "client", PASSWORD)


@pytest.mark.parametrize("password", ["court", "x" * 201, "aaaaaaaaaaaaaa", "christophe12", ""])
def test_a_weak_password_is_refused(accounts: Accounts, password: str) -> None:
    """Too short, too long, of one sign, or the account's name: none is stored."""
    with pytest.raises(UsageError):
        accounts.add("christophe", "client", password)
    assert accounts.all() == []


def test_a_generated_password_is_accepted(accounts: Accounts, sessions: Sessions) -> None:
    """What `new_password` gives opens the account, and is never the same."""
    password = new_password()
    accounts.add("anne", "admin", password)
    assert sessions.sign_in("anne", password) and password != new_password()


def test_a_taken_name_is_refused(accounts: Accounts) -> None:
    """Capitals make no other name."""
    accounts.add("anne", "client", PASSWORD)
    with pytest.raises(ConflictError, match="existe déjà"):
        accounts.add("ANNE", "admin", PASSWORD)


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(
    accounts: Accounts, sessions: Sessions
) -> None:
    """Nobody learns which accounts exist."""
    accounts.add("anne", "client", PASSWORD)
    told = []
    for name, password in (("anne", "autre chose"), ("personne", PASSWORD), ("anne", "x" * 5_000)):
        with pytest.raises(SignInError) as caught:
            sessions.sign_in(name, password)
        told.append(str(caught.value))
    assert len(set(told)) == 1


def test_an_account_is_locked_after_failures_then_opens_again(
    accounts: Accounts, sessions: Sessions, store: Store
) -> None:
    """The right password is refused while it is locked; the end of the lock needs nobody."""
    accounts.add("anne", "client", PASSWORD)
    for _ in range(ALLOWED):
        with pytest.raises(SignInError):
            sessions.sign_in("anne", "faux mot de passe")
    with pytest.raises(SignInError):
        sessions.sign_in("anne", PASSWORD)
    with store.write() as work:
        work.connection.execute(update(ACCOUNTS).values(locked_until=work.at))
    assert sessions.sign_in("anne", PASSWORD)


def test_a_right_password_forgets_the_failures(accounts: Accounts, sessions: Sessions) -> None:
    """Only failures in a row lock."""
    accounts.add("anne", "client", PASSWORD)
    for _ in range(2):
        for _ in range(ALLOWED - 1):
            with pytest.raises(SignInError):
                sessions.sign_in("anne", "faux mot de passe")
        assert sessions.sign_in("anne", PASSWORD)


def test_a_reset_ends_sessions_and_opens_a_locked_account(
    accounts: Accounts, sessions: Sessions
) -> None:
    """Whoever held the old password is out."""
    accounts.add("anne", "client", PASSWORD)
    token = sessions.sign_in("anne", PASSWORD)
    accounts.reset("anne", "un autre mot entier")
    with pytest.raises(SignInError):
        sessions.actor(token)
    with pytest.raises(SignInError):
        sessions.sign_in("anne", PASSWORD)
    assert sessions.sign_in("anne", "un autre mot entier")


def test_a_disabled_account_is_out_at_once(accounts: Accounts, sessions: Sessions) -> None:
    """Its sessions and keys lead nowhere, and it cannot sign in."""
    accounts.add("anne", "client", PASSWORD)
    token = sessions.sign_in("anne", PASSWORD)
    key = sessions.add_key(sessions.actor(token), "logiciel")
    accounts.disable("anne")
    for call in (lambda: sessions.actor(token), lambda: sessions.key_holder(key),
                 lambda: sessions.sign_in("anne", PASSWORD)):  # fmt: skip
        with pytest.raises(SignInError):
            call()


def test_another_role_ends_the_sessions_of_the_old_one(
    accounts: Accounts, sessions: Sessions
) -> None:
    """A lawyer who becomes a client has to sign in as one."""
    accounts.add("anne", "lawyer", PASSWORD)
    token = sessions.sign_in("anne", PASSWORD)
    accounts.set_role("anne", "client")
    with pytest.raises(SignInError):
        sessions.actor(token)


def test_the_last_admin_stays(accounts: Accounts) -> None:
    """Nobody shuts everybody out."""
    accounts.add("chef", "admin", PASSWORD)
    with pytest.raises(ConflictError, match="dernier administrateur"):
        accounts.disable("chef")
    with pytest.raises(ConflictError, match="dernier administrateur"):
        accounts.set_role("chef", "client")
    accounts.add("autre", "admin", PASSWORD)
    assert accounts.disable("chef").disabled


def test_an_unknown_account_is_told(accounts: Accounts) -> None:
    """A name that is none is told with the command that lists them."""
    with pytest.raises(MissingError, match="users list"):
        accounts.disable("personne")


def test_only_an_admin_changes_accounts(
    accounts: Accounts, sessions: Sessions, store: Store
) -> None:
    """A lawyer neither lists nor makes accounts."""
    accounts.add("anne", "lawyer", PASSWORD)
    lawyer = Accounts(store, sessions.actor(sessions.sign_in("anne", PASSWORD)))
    with pytest.raises(AccessError, match="administrateur"):
        lawyer.add("ami", "admin", PASSWORD)
    with pytest.raises(AccessError):
        lawyer.all()


@pytest.mark.parametrize("limit", ["LASTS", "IDLE"])
def test_a_session_expires(
    accounts: Accounts, sessions: Sessions, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """A session ends after its time, and after a time without use."""
    accounts.add("anne", "client", PASSWORD)
    monkeypatch.setattr(assistant.desk.sessions, limit, timedelta(0))
    token = sessions.sign_in("anne", PASSWORD)
    with pytest.raises(SignInError, match="terminée"):
        sessions.actor(token)


def test_signing_out_ends_a_session_only(accounts: Accounts, sessions: Sessions) -> None:
    """Another session of the same account goes on."""
    accounts.add("anne", "client", PASSWORD)
    first, second = sessions.sign_in("anne", PASSWORD), sessions.sign_in("anne", PASSWORD)
    sessions.sign_out(first)
    sessions.sign_out(first)
    assert sessions.actor(second)
    with pytest.raises(SignInError):
        sessions.actor(first)


@pytest.mark.parametrize("token", ["", "x" * 10_000, "é\0\ud800", "' OR 1=1 --"])
def test_a_made_up_token_leads_nowhere(sessions: Sessions, token: str) -> None:
    """Whatever is sent as a token, it is told as an ended session."""
    with pytest.raises(SignInError):
        sessions.actor(token)


def test_somebody_known_elsewhere_gets_one_account(sessions: Sessions, store: Store) -> None:
    """The same person of a provider is the same account, a client's, which no password opens."""
    first = sessions.recognise("https://connexion.exemple", "42")
    assert first == sessions.recognise("https://connexion.exemple", "42") and first.role == "client"
    assert first != sessions.recognise("https://autre.exemple", "42")
    (account, _) = Accounts(store).all()
    with pytest.raises(SignInError):
        sessions.sign_in(account.name, "")


def test_a_verified_address_opens_the_account_of_that_name_once(
    accounts: Accounts, sessions: Sessions
) -> None:
    """The role is the account's; the next person of that address is somebody else."""
    accounts.add("anne@exemple.fr", "lawyer", PASSWORD)
    anne = sessions.recognise("https://connexion.exemple", "42", " Anne@Exemple.fr ")
    assert anne.role == "lawyer"
    assert sessions.recognise("https://connexion.exemple", "42") == anne
    thief = sessions.recognise("https://autre.exemple", "42", "anne@exemple.fr")
    assert thief.role == "client" and thief.account_id != anne.account_id


def test_a_closed_account_stays_closed_to_its_provider(
    accounts: Accounts, sessions: Sessions
) -> None:
    """Closed before its first visit, then after: no session begins."""
    accounts.add("anne@exemple.fr", "lawyer", PASSWORD)
    accounts.disable("anne@exemple.fr")
    for _ in range(2):
        with pytest.raises(SignInError, match="fermé"):
            sessions.vouched("https://connexion.exemple", "42", "anne@exemple.fr")


def test_a_key_acts_for_its_account_until_revoked(
    accounts: Accounts, sessions: Sessions, store: Store
) -> None:
    """A key is somebody; a revoked one is nobody; another's cannot be revoked."""
    for name in ("anne", "luc"):
        accounts.add(name, "client", PASSWORD)
    anne = sessions.actor(sessions.sign_in("anne", PASSWORD))
    luc = sessions.actor(sessions.sign_in("luc", PASSWORD))
    key = sessions.add_key(anne, "logiciel")
    assert sessions.key_holder(key) == anne
    with store.read() as connection:
        number = connection.execute(select(KEYS.c.id)).scalar_one()
    with pytest.raises(MissingError):
        sessions.revoke_key(luc, number)
    sessions.revoke_key(anne, number)
    with pytest.raises(SignInError):
        sessions.key_holder(key)


def test_an_anonymous_customer_has_no_role_to_require() -> None:
    """Nothing that asks for an account is open without one."""
    with pytest.raises(AccessError, match="pas connecté"):
        require(anonymous("token"), "client")
