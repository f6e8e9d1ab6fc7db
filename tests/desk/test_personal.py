"""Personal data: given out, erased, purged; nothing else goes with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from assistant.desk.accounts import Accounts
from assistant.desk.audit import entries, verify
from assistant.desk.errors import AccessError, MissingError, SignInError
from assistant.desk.opening import import_votes, open_desk
from assistant.desk.personal import Person, Personal
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.sessions import Sessions
from assistant.desk.store import Store
from assistant.desk.tables import CONVERSATIONS, ITEMS, MESSAGES, QUESTIONS, VOTES
from assistant.desk.votes import Vote, Votes
from tests.desk.people import PASSWORD, Desk

SECRET = "Ma société Dupuis-Leroy paie 4 812 euros de trop, puis-je réduire la pénalité ?"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def count(store: Store, table: object) -> int:
    """How many rows a table has."""
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def anne(desk: Desk, lawyer: Actor) -> Actor:
    """A client with a question, a vote and an exchange with a lawyer."""
    anne = desk.account("anne", "client")
    received = desk.receive(anne, question=SECRET)
    desk.intake.vote(anne, received.answer_id, helpful=False, reason="Je suis Anne Dupuis")
    row = desk.item(lawyer, received).row
    version = Reviews(desk.store, lawyer).take(row.id, row.version)
    Reviews(desk.store, lawyer).ask(row.id, version, "Depuis quand ?")
    return anne


def test_everything_of_a_person_is_given_out(desk: Desk, anne: Actor) -> None:
    """Account, questions, answers, votes, exchanges; no other person's, no lawyer's number."""
    desk.receive(desk.account("luc", "client"), question="La question de Luc ?")
    given = json.dumps(Personal(desk.store).export(Person("anne")), ensure_ascii=False)
    for word in (SECRET, "Je suis Anne Dupuis", "Depuis quand ?", '"anne"'):
        assert word in given
    for word in ("Luc", "argon2", "actor_id", "author_id"):
        assert word not in given


def test_an_erased_person_leaves_nothing(desk: Desk, anne: Actor, target: Path | str) -> None:
    """No row, no sign-in, no session; on SQLite not a byte in the file either."""
    token = Sessions(desk.store).sign_in("anne", PASSWORD)
    assert Personal(desk.store).erase(Person("anne")) == 1
    for table in (CONVERSATIONS, QUESTIONS, ITEMS, MESSAGES, VOTES):
        assert count(desk.store, table) == 0
    with pytest.raises(SignInError):
        Sessions(desk.store).actor(token)
    assert "anne" not in {account.name for account in Accounts(desk.store).all()}
    if isinstance(target, Path):
        desk.store.close()  # the last to close empties the journal into the file
        for path in target.parent.iterdir():
            assert b"Dupuis" not in path.read_bytes() and b"anne" not in path.read_bytes()


def test_erasing_one_leaves_the_others(desk: Desk, anne: Actor) -> None:
    """And the audit still holds, with what was done."""
    luc = desk.account("luc", "client")
    received = desk.receive(luc)
    Personal(desk.store).erase(Person("anne"))
    assert len(desk.following.conversation(luc, received.conversation_id)) == 1
    with desk.store.read() as connection:
        verify(connection)
        assert list(entries(connection))[-1].details == {"conversations": 1}


def test_an_anonymous_customer_is_known_by_a_reference(desk: Desk) -> None:
    """All that came from the same browser is theirs; another browser's stays."""
    received = desk.receive(anonymous("mine"))
    desk.receive(anonymous("mine"))
    desk.receive(anonymous("another"))
    person = Person(reference=received.reference or "")
    assert len(Personal(desk.store).export(person)["conversations"]) == 2
    assert Personal(desk.store).erase(person) == 2
    assert count(desk.store, QUESTIONS) == 1


@pytest.mark.parametrize(
    "person", [Person("personne"), Person(reference="ML-0000-0000-0000"), Person()]
)
def test_nobody_is_told(desk: Desk, person: Person) -> None:
    """A name or a reference that is none erases nothing."""
    desk.receive()
    for call in (Personal(desk.store).export, Personal(desk.store).erase):
        with pytest.raises(MissingError):
            call(person)
    assert count(desk.store, QUESTIONS) == 1


def test_the_reference_of_an_account_does_not_erase_it(
    desk: Desk, anne: Actor, lawyer: Actor
) -> None:
    """An account is erased by its name: a reference could have been read over a shoulder."""
    received = desk.receive(anne)
    with pytest.raises(MissingError):
        Personal(desk.store).erase(Person(reference=received.reference or ""))


def test_old_conversations_are_purged(desk: Desk, lawyer: Actor) -> None:
    """Those without activity for longer than the policy says, and no other."""
    old, new = desk.receive(anonymous("old")), desk.receive(anonymous("new"))
    with desk.store.write() as work:
        same = CONVERSATIONS.c.id == old.conversation_id
        work.connection.execute(
            update(CONVERSATIONS).where(same).values(updated=NOW - timedelta(days=366))
        )
        same = CONVERSATIONS.c.id == new.conversation_id
        work.connection.execute(
            update(CONVERSATIONS).where(same).values(updated=NOW - timedelta(days=364))
        )
    personal = Personal(desk.store)
    assert personal.purge(365, NOW, dry_run=True) == 1 and count(desk.store, QUESTIONS) == 2
    assert personal.purge(365, NOW) == 1 and personal.purge(365, NOW) == 0
    assert desk.following.conversation(anonymous("new"), new.conversation_id)
    with pytest.raises(AccessError):
        desk.following.conversation(anonymous("old"), old.conversation_id)


def test_the_votes_of_before_are_taken_over_once(store: Store, tmp_path: Path) -> None:
    """All of them, those that come later too; those erased here don't come back."""
    path = tmp_path / "old.sqlite"
    votes = [
        Vote(f"a{n}", n > 1, "Raison", "kb:questions/x", "g", NOW + timedelta(hours=n))
        for n in range(3)
    ]
    Votes(path).record(votes[0])
    Votes(path).record(votes[1])
    assert import_votes(store, path) == 2 and import_votes(store, path) == 0
    Personal(store).purge(1, NOW + timedelta(days=30))
    Votes(path).record(votes[2])
    assert import_votes(store, path) == 1 and count(store, VOTES) == 1
    assert Votes(path).all() == votes


def test_a_desk_opens_with_the_votes_of_before(target: Path | str, tmp_path: Path) -> None:
    """In the same file they are there; in another place they are taken over."""
    path = target if isinstance(target, Path) else tmp_path / "desk.sqlite"
    Votes(path).record(Vote("a", False, "Raison", "d", "g", NOW))
    store = open_desk(target, path)
    assert count(store, VOTES) == 1
    store.close()
