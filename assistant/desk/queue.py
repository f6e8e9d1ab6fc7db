"""The queue: what waits for a lawyer, the urgent first, then the oldest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from assistant.desk.accounts import confirmed
from assistant.desk.errors import MissingError
from assistant.desk.following import messages_of
from assistant.desk.policy import Route
from assistant.desk.references import read_reference
from assistant.desk.roles import Actor
from assistant.desk.store import Store
from assistant.desk.tables import ACCOUNTS, ANSWERS, ITEMS, QUESTIONS, REVIEWS, REVISIONS, VOTES
from assistant.desk.types import (
    OPEN,
    Counts,
    Item,
    Page,
    Review,
    Revision,
    Row,
    State,
    Suggested,
    Turn,
)
from retrieval.errors import UsageError

MAX_SIZE = 200  # rows of a page
_EXCERPT = 240  # characters of a question in the queue


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items to show. Fields combine with AND, values of a field with OR."""

    states: tuple[State, ...] = OPEN  # empty: all
    themes: tuple[str, ...] = ()
    urgencies: tuple[int, ...] = ()
    routes: tuple[Route, ...] = ()
    holder: Literal["any", "mine", "nobody"] = "any"
    before: datetime | None = None  # created before
    reference: str = ""  # as a customer reads it out


@dataclass(frozen=True, slots=True)
class Queue:
    """What lawyers see. Every call raises `AccessError` when the actor is no lawyer.

    Args:
        store: an open store.
        actor: who looks.
    """

    store: Store
    actor: Actor

    def page(self, wanted: Wanted = Wanted(), *, number: int = 1, size: int = 50) -> Page:
        """A page of the queue, with how many items there are by state, theme and urgency.

        Args:
            number: from 1.
            size: 1 to `MAX_SIZE` rows.

        Raises:
            UsageError: there is no such page or size.
        """
        if number < 1 or not 1 <= size <= MAX_SIZE:
            raise UsageError(f"Page {number} de {size} lignes : de 1 à {MAX_SIZE} lignes.")
        with self.store.read() as connection:
            me = confirmed(connection, self.actor, "lawyer")
            rows = connection.execute(_rows(wanted, me, number, size)).mappings().all()
            total, counts = _counts(connection, wanted, me)
        return Page(tuple(_row(row) for row in rows), total, counts)

    def item(self, number: int) -> Item:
        """All that there is to see of an item.

        Raises:
            MissingError: there is no such item.
        """
        with self.store.read() as connection:
            confirmed(connection, self.actor, "lawyer")
            found = _joined().add_columns(ITEMS.c.question_id, ITEMS.c.revision, QUESTIONS)
            row = connection.execute(found.where(ITEMS.c.id == number)).mappings().first()
            if row is None:
                raise MissingError(
                    f"La question {number} n'est plus dans la file.", fix="Revenez à la file."
                )
            return _item(connection, row)


def _conditions(wanted: Wanted, me: int) -> list[ColumnElement[bool]]:
    """The filters of a query."""
    held = {"mine": ITEMS.c.holder_id == me, "nobody": ITEMS.c.holder_id.is_(None)}
    known: list[ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (ITEMS.c.state, wanted.states),
            (ITEMS.c.theme, wanted.themes),
            (ITEMS.c.urgency, wanted.urgencies),
            (ITEMS.c.route, wanted.routes),
        )
        if values
    ]
    if wanted.holder != "any":
        known.append(held[wanted.holder])
    if wanted.before is not None:
        known.append(ITEMS.c.created < wanted.before)
    if wanted.reference:
        known.append(ITEMS.c.reference == (read_reference(wanted.reference) or ""))
    return known


def _joined() -> Select[Any]:
    """What a row of the queue is made of."""
    return (
        select(
            ITEMS.c.id,
            ITEMS.c.reference,
            ITEMS.c.state,
            ITEMS.c.urgency,
            ITEMS.c.route,
            ITEMS.c.reason,
            ITEMS.c.theme,
            ITEMS.c.language,
            ITEMS.c.created,
            ITEMS.c.version,
            func.substr(QUESTIONS.c.text, 1, _EXCERPT).label("excerpt"),
            ACCOUNTS.c.name.label("holder"),
        )
        .join(QUESTIONS, ITEMS.c.question_id == QUESTIONS.c.id)
        .join(ACCOUNTS, ITEMS.c.holder_id == ACCOUNTS.c.id, isouter=True)
    )


def _rows(wanted: Wanted, me: int, number: int, size: int) -> Select[Any]:
    """A page: its ids first, so that only its own questions are read."""
    order = (ITEMS.c.urgency.desc(), ITEMS.c.created, ITEMS.c.id)
    ids = select(ITEMS.c.id).where(*_conditions(wanted, me)).order_by(*order)
    shown = ids.limit(size).offset((number - 1) * size).subquery()
    return _joined().where(ITEMS.c.id.in_(select(shown.c.id))).order_by(*order)


def _counts(connection: Connection, wanted: Wanted, me: int) -> tuple[int, Counts]:
    """How many items pass the filters, and how many each value of one would show.

    Counted by state, theme and urgency together, in one reading of an index.
    """
    columns = (ITEMS.c.state, ITEMS.c.theme, ITEMS.c.urgency)
    others = replace(wanted, states=(), themes=(), urgencies=())
    found = select(*columns, func.count()).where(*_conditions(others, me)).group_by(*columns)
    chosen = (wanted.states, wanted.themes, wanted.urgencies)
    total, counts = 0, (Counter[Any](), Counter[Any](), Counter[Any]())
    for *values, number in connection.execute(found):
        passes = [not kept or value in kept for value, kept in zip(values, chosen, strict=True)]
        total += number * all(passes)
        for place, value in enumerate(values):
            if all(passes[:place] + passes[place + 1 :]):
                counts[place][value] += number
    states, themes, urgencies = (dict(sorted(count.items())) for count in counts)
    return total, Counts(states, themes, urgencies)


def _row(row: RowMapping) -> Row:
    """A row of the queue."""
    return Row(**{name: row[name] for name in Row.__dataclass_fields__})


def _item(connection: Connection, row: RowMapping) -> Item:
    """An item with all that belongs to it."""
    number = row["id"]
    revisions = select(REVISIONS).where(REVISIONS.c.item_id == number).order_by(REVISIONS.c.number)
    reviews = select(REVIEWS).where(REVIEWS.c.item_id == number).order_by(REVIEWS.c.number)
    return Item(
        row=_row(row),
        question=row["text"],
        conversation=_turns(connection, row["conversation_id"]),
        suggested=_suggested(connection, row["question_id"]),
        revisions=tuple(
            Revision(r.number, r.markdown, r.citations, r.faults, r.author_id, r.created)
            for r in connection.execute(revisions)
        ),
        revision=row["revision"],
        reviews=tuple(
            Review(r.number, r.action, r.actor_id, r.note, r.undone, r.at)
            for r in connection.execute(reviews)
        ),
        messages=messages_of(connection, number),
    )


def _turns(connection: Connection, conversation: str) -> tuple[Turn, ...]:
    """The questions of a conversation with their automatic answers, oldest first."""
    found = (
        select(QUESTIONS.c.text, QUESTIONS.c.as_of, QUESTIONS.c.asked, ANSWERS.c.markdown)
        .join(ANSWERS, ANSWERS.c.question_id == QUESTIONS.c.id, isouter=True)
        .where(QUESTIONS.c.conversation_id == conversation)
        .order_by(QUESTIONS.c.number)
    )
    return tuple(Turn(r.text, r.as_of, r.asked, r.markdown) for r in connection.execute(found))


def _suggested(connection: Connection, question: str) -> Suggested:
    """The automatic answer of a question, with the customer's vote."""
    found = (
        select(ANSWERS, VOTES.c.helpful, VOTES.c.reason.label("vote_reason"))
        .join(VOTES, VOTES.c.answer_id == ANSWERS.c.id, isouter=True)
        .where(ANSWERS.c.question_id == question)
    )
    row = connection.execute(found).mappings().one()
    known = {name: row[name] for name in Suggested.__dataclass_fields__}
    return Suggested(**known | {"vote_reason": row["vote_reason"] or ""})
