"""Personal data: what is kept of a person, given out, erased on request and purged with time.

What was published stays: it is a lawyer's text, without its customer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from assistant.desk.accounts import named
from assistant.desk.errors import MissingError
from assistant.desk.references import read_reference
from assistant.desk.store import Store, Work
from assistant.desk.tables import (
    ACCOUNTS,
    ANSWERS,
    CONVERSATIONS,
    ITEMS,
    KEYS,
    MESSAGES,
    QUESTIONS,
    REVIEWS,
    REVISIONS,
    SESSIONS,
    VOTES,
)

_BATCH = 200  # conversations erased in one transaction: others write in between


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data: an account, or the anonymous customer behind a reference. One of the two."""

    account: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Personal:
    """What is done with personal data, from the command line.

    Args:
        store: an open store.
    """

    store: Store

    def export(self, person: Person) -> dict[str, Any]:
        """All that is kept of a person, as JSON values: their account and their conversations.

        Raises:
            MissingError: there is no such person.
        """
        with self.store.write() as work:
            account, homes = _of(work.connection, person)
            given = {
                "account": _account(work.connection, account),
                "conversations": [_conversation(work.connection, home) for home in homes],
            }
            work.note("command", "export", _subject(account), conversations=len(homes))
        return given

    def erase(self, person: Person) -> int:
        """Erase a person's conversations; their account stays as a number without a name.

        Returns:
            How many conversations were erased.

        Raises:
            MissingError: there is no such person.
        """
        with self.store.write() as work:
            account, homes = _of(work.connection, person)
            _erase(work.connection, homes)
            if account is not None:
                _forget(work, account)
            work.note("command", "erase", _subject(account), conversations=len(homes))
        return len(homes)

    def purge(self, days: int, now: datetime, *, dry_run: bool = False) -> int:
        """Erase the conversations without activity for some days, and the votes of before.

        Args:
            days: how long conversations are kept after their last activity.
            now: the moment to count from.
            dry_run: count only.

        Returns:
            How many conversations were, or would be, erased.
        """
        limit, done = now - timedelta(days=days), 0
        old = CONVERSATIONS.c.updated < limit
        if dry_run:
            with self.store.read() as connection:
                return len(_ids(connection, old))
        while True:
            with self.store.write() as work:
                homes = _ids(work.connection, old, _BATCH)
                _erase(work.connection, homes)
                if not homes:
                    _purge_votes(work.connection, limit)
                    work.note("command", "purge", "conversations", erased=done, days=days)
                    return done
                done += len(homes)


def _of(connection: Connection, person: Person) -> tuple[int | None, list[str]]:
    """The account of a person, if they have one, and their conversations."""
    if person.account:
        row = named(connection, person.account)
        if row is None:
            raise MissingError(
                f"Aucun compte « {person.account[:120]} ».",
                fix="« maintelex users list » les montre.",
            )
        return row["id"], _ids(connection, CONVERSATIONS.c.owner_id == row["id"])
    found = (
        select(QUESTIONS.c.conversation_id)
        .join(ITEMS, ITEMS.c.question_id == QUESTIONS.c.id)
        .join(CONVERSATIONS, CONVERSATIONS.c.id == QUESTIONS.c.conversation_id)
        .where(ITEMS.c.reference == (read_reference(person.reference) or ""))
        .where(CONVERSATIONS.c.owner_id.is_(None))
    )
    home = connection.execute(found).scalar()
    if home is None:
        raise MissingError(
            "Aucune question anonyme à cette référence.",
            fix="Vérifiez-la ; si la personne a un compte, donnez son nom.",
        )
    visitor = select(CONVERSATIONS.c.visitor).where(CONVERSATIONS.c.id == home).scalar_subquery()
    mine = (CONVERSATIONS.c.id == home) | (CONVERSATIONS.c.visitor == visitor)
    return None, _ids(connection, mine)


def _ids(
    connection: Connection, condition: ColumnElement[bool], limit: int | None = None
) -> list[str]:
    """The ids of conversations, oldest first."""
    found = select(CONVERSATIONS.c.id).where(condition).order_by(CONVERSATIONS.c.updated)
    return list(connection.execute(found.limit(limit)).scalars())


def _erase(connection: Connection, homes: Iterable[str]) -> None:
    """Erase conversations with all that belongs to them."""
    for home in homes:
        answers = (
            select(ANSWERS.c.id)
            .join(QUESTIONS, ANSWERS.c.question_id == QUESTIONS.c.id)
            .where(QUESTIONS.c.conversation_id == home)
        )
        connection.execute(delete(VOTES).where(VOTES.c.answer_id.in_(answers)))
        connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == home))


def _purge_votes(connection: Connection, limit: datetime) -> None:
    """Erase the votes that were given before there was a desk, and are too old."""
    known = select(ANSWERS.c.id)
    connection.execute(
        delete(VOTES).where(VOTES.c.at < limit.isoformat(), VOTES.c.answer_id.not_in(known))
    )


def _forget(work: Work, account: int) -> None:
    """Close an account and take its name away; what it did as a lawyer keeps its number."""
    for table in (SESSIONS, KEYS):
        work.connection.execute(delete(table).where(table.c.account_id == account))
    nobody = {"name": f"efface-{account}", "subject": None, "hash": "", "disabled": True}
    work.connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(**nobody))


def _subject(account: int | None) -> str:
    """Whom an audit entry is about."""
    return f"account:{account}" if account is not None else "customer"


def _account(connection: Connection, account: int | None) -> dict[str, Any] | None:
    """An account as its holder may read it."""
    if account is None:
        return None
    columns = (ACCOUNTS.c.name, ACCOUNTS.c.role, ACCOUNTS.c.created, ACCOUNTS.c.subject)
    return _rows(connection, select(*columns).where(ACCOUNTS.c.id == account))[0]


def _conversation(connection: Connection, home: str) -> dict[str, Any]:
    """A conversation with its answers, votes, lawyers' texts and messages."""
    questions = _rows(
        connection,
        select(QUESTIONS).where(QUESTIONS.c.conversation_id == home).order_by(QUESTIONS.c.number),
    )
    for question in questions:
        mine = ANSWERS.c.question_id == question["id"]
        answers = _rows(connection, select(ANSWERS).where(mine))
        named = VOTES.c.answer_id.in_([answer["id"] for answer in answers])
        question |= {"answers": answers, "votes": _rows(connection, select(VOTES).where(named))}
        question["items"] = [
            item | {table.name: _of_item(connection, table, item["id"])
                    for table in (REVISIONS, MESSAGES, REVIEWS)}
            for item in _rows(connection, select(ITEMS).where(ITEMS.c.question_id == question["id"]))
        ]  # fmt: skip
    return {"id": home, "questions": questions}


def _of_item(connection: Connection, table: Table, item: int) -> list[dict[str, Any]]:
    """The rows of a table that belong to an item; its lawyers are no part of them."""
    hidden = {"author_id", "actor_id", "before"}
    rows = _rows(connection, select(table).where(table.c.item_id == item))
    return [{key: value for key, value in row.items() if key not in hidden} for row in rows]


def _rows(connection: Connection, found: Any) -> list[dict[str, Any]]:
    """Rows as JSON values."""
    return [
        {key: _plain(value) for key, value in row.items()}
        for row in connection.execute(found).mappings()
    ]


def _plain(value: Any) -> Any:
    """A value as JSON takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
