"""What a customer may see of their own questions: by reference, or in a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select

from assistant.desk.errors import AccessError, ConflictError, MissingError
from assistant.desk.intake import owns
from assistant.desk.items import change, next_review
from assistant.desk.references import read_reference
from assistant.desk.roles import Actor
from assistant.desk.store import Store
from assistant.desk.tables import (
    ANSWERS,
    CONVERSATIONS,
    ITEMS,
    MESSAGES,
    QUESTIONS,
    REVIEWS,
    REVISIONS,
)
from assistant.desk.texts import clean
from assistant.desk.types import Followed, Message, State

_TOLD: dict[State, str] = {
    "waiting": "Votre question attend un juriste.",
    "taken": "Un juriste s'occupe de votre question.",
    "asked": "Un juriste vous demande une précision : répondez-lui ci-dessous.",
    "approved": "Un juriste termine sa réponse.",
    "refused": "Un juriste termine sa réponse.",
    "published": "Un juriste vous a répondu.",
    "closed": "Un juriste a lu votre question et ne peut pas y répondre ici.",
}
_UNKNOWN = (
    "Aucune question à cette référence.",
    "Vérifiez-la : elle a la forme ML-XXXX-XXXX-XXXX. Si vous aviez un compte, connectez-vous.",
)


@dataclass(frozen=True, slots=True)
class Following:
    """What customers come back for.

    Args:
        store: an open store.
    """

    store: Store

    def by_reference(self, actor: Actor, reference: str) -> Followed:
        """A question that waits or waited for a lawyer.

        The reference of an anonymous customer's question opens it from any browser; that of a
        question asked from an account, for this account only.

        Raises:
            MissingError: there is none, or it is somebody else's: both are told the same.
        """
        with self.store.read() as connection:
            return _followed(connection, _item(connection, actor, reference))

    def conversation(self, actor: Actor, identifier: str) -> tuple[Followed, ...]:
        """The questions of a conversation of the actor's, oldest first.

        Raises:
            AccessError: it is somebody else's, or there is none.
        """
        with self.store.read() as connection:
            home = select(CONVERSATIONS).where(CONVERSATIONS.c.id == identifier)
            known = connection.execute(home).mappings().first()
            if known is None or not owns(actor, known):
                raise AccessError("Cette conversation n'existe pas, ou n'est pas la vôtre.")
            found = _questions().where(CONVERSATIONS.c.id == identifier)
            rows = connection.execute(found.order_by(QUESTIONS.c.number)).mappings().all()
            return tuple(_followed(connection, row) for row in rows)

    def conversations(self, actor: Actor, limit: int = 50) -> list[tuple[str, str, datetime]]:
        """The actor's conversations, last used first: id, first question, last activity."""
        mine = (
            CONVERSATIONS.c.owner_id == actor.account_id
            if actor.account_id is not None
            else CONVERSATIONS.c.visitor == (actor.visitor or None)
        )
        found = (
            select(CONVERSATIONS.c.id, QUESTIONS.c.text, CONVERSATIONS.c.updated)
            .join(QUESTIONS, QUESTIONS.c.conversation_id == CONVERSATIONS.c.id)
            .where(mine, QUESTIONS.c.number == 1)
            .order_by(CONVERSATIONS.c.updated.desc())
            .limit(limit)
        )
        with self.store.read() as connection:
            return [tuple(row) for row in connection.execute(found)]

    def reply(self, actor: Actor, reference: str, text: str) -> Followed:
        """Give the fact that a lawyer asked for; the question goes back to that lawyer.

        Raises:
            MissingError: there is no such question, or it is somebody else's.
            ConflictError: no lawyer asks anything (any more).
            UsageError: the text is empty or too long.
        """
        said = clean(text, "Votre réponse")
        with self.store.write() as work:
            seen = _item(work.connection, actor, reference)
            found = select(ITEMS).where(ITEMS.c.id == seen["item_id"]).with_for_update()
            item = work.connection.execute(found).mappings().one()
            if item["state"] != "asked":
                raise ConflictError(
                    "Aucun juriste n'attend de précision sur cette question.",
                    fix="Posez une nouvelle question si la vôtre a changé.",
                )
            message = {"item_id": item["id"], "review": next_review(work.connection, item["id"])}
            said_by = {"author": "customer", "text": said, "at": work.at}
            work.connection.execute(insert(MESSAGES), [message | said_by])
            state = "taken" if item["holder_id"] else "waiting"
            change(work, actor, item, "reply", state=state)
        return self.by_reference(actor, reference)


def messages_of(connection: Connection, item: int) -> tuple[Message, ...]:
    """What was written about an item, oldest first."""
    found = select(MESSAGES).where(MESSAGES.c.item_id == item).order_by(MESSAGES.c.id)
    return tuple(Message(row.author, row.text, row.at) for row in connection.execute(found))


def _questions() -> Select[Any]:
    """Questions with their automatic answer and their item, if a lawyer looks at it."""
    return (
        select(
            QUESTIONS.c.text,
            QUESTIONS.c.asked,
            ANSWERS.c.markdown,
            ANSWERS.c.citations,
            ANSWERS.c.route.label("first_route"),
            CONVERSATIONS.c.owner_id,
            CONVERSATIONS.c.visitor,
            ITEMS.c.id.label("item_id"),
            ITEMS.c.reference,
            ITEMS.c.state,
            ITEMS.c.revision,
        )
        .join(ANSWERS, ANSWERS.c.question_id == QUESTIONS.c.id)
        .join(CONVERSATIONS, QUESTIONS.c.conversation_id == CONVERSATIONS.c.id)
        .join(ITEMS, ITEMS.c.question_id == QUESTIONS.c.id, isouter=True)
    )


def _item(connection: Connection, actor: Actor, reference: str) -> RowMapping:
    """The question under a reference, if the actor may see it."""
    known = read_reference(reference)
    found = _questions().where(ITEMS.c.reference == known)
    row = connection.execute(found).mappings().first() if known else None
    if row is None or (row["owner_id"] is not None and not owns(actor, row)):
        raise MissingError(_UNKNOWN[0], fix=_UNKNOWN[1])
    return row


def _followed(connection: Connection, row: RowMapping) -> Followed:
    """A question as its customer may see it: a suggestion that waits is not shown."""
    state: State | None = row["state"]
    markdown, citations = row["markdown"], row["citations"]
    told = _TOLD[state] if state else ""
    released = _released(connection, row["item_id"]) if state else None
    if released is not None:
        if released["before"]["revision"] is not None:
            text = _revision(connection, row["item_id"], released["before"]["revision"])
            markdown, citations = text["markdown"], text["citations"]
    elif state is not None and row["first_route"] == "attendre":
        markdown, citations = None, ()
    if state == "closed":
        told += _refusal(connection, row["item_id"])
    return Followed(
        reference=row["reference"],
        state=state,
        told=told,
        question=row["text"],
        markdown=markdown,
        citations=citations,
        by_lawyer=released["at"] if released else None,
        messages=messages_of(connection, row["item_id"]) if state else (),
        asked=row["asked"],
    )


def _released(connection: Connection, item: int) -> RowMapping | None:
    """The last time that an answer to an item was released; it stays, whatever follows."""
    found = (
        select(REVIEWS.c.at, REVIEWS.c.before)
        .where(REVIEWS.c.item_id == item, REVIEWS.c.action == "release")
        .order_by(REVIEWS.c.number.desc())
    )
    rows = connection.execute(found).mappings()
    return next((row for row in rows if row["before"]["state"] == "approved"), None)


def _refusal(connection: Connection, item: int) -> str:
    """Why a lawyer refused, in the lawyer's words."""
    found = (
        select(REVIEWS.c.note)
        .where(REVIEWS.c.item_id == item, REVIEWS.c.action == "refuse", ~REVIEWS.c.undone)
        .order_by(REVIEWS.c.number.desc())
    )
    reason = connection.execute(found).scalars().first()
    return f" Son motif : {reason}" if reason else ""


def _revision(connection: Connection, item: int, number: int) -> RowMapping:
    """A lawyer's text."""
    mine = (REVISIONS.c.item_id == item) & (REVISIONS.c.number == number)
    return connection.execute(select(REVISIONS).where(mine)).mappings().one()
