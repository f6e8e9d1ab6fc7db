"""The past of the demonstration: its questions are spread over ten weeks, as those of a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from assistant.desk.tables import ANSWERS, CONVERSATIONS, ITEMS, MESSAGES, QUESTIONS, REVIEWS
from assistant.desk.types import OPEN

if TYPE_CHECKING:
    from assistant.desk import Store

_DAYS = 3.3  # between two questions that no lawyer waits with: more of them lately
_STEP = timedelta(hours=2)  # between two actions of a lawyer


def spread(store: Store, now: datetime) -> None:
    """Put the questions of a store back in time: those that wait for a lawyer by hours, others by weeks.

    The audit keeps its own dates: it cannot be changed.

    Args:
        now: with a time zone; nothing lies after it.
    """
    found = (
        select(QUESTIONS.c.id, QUESTIONS.c.conversation_id, ITEMS.c.id.label("item"), ITEMS.c.state)
        .join(ITEMS, ITEMS.c.question_id == QUESTIONS.c.id, isouter=True)
        .order_by(QUESTIONS.c.asked)
    )
    ages = {kind: _ages(kind) for kind in ("open", "done", "none")}
    with store.write() as work:
        for row in work.connection.execute(found).all():
            kind = "none" if row.item is None else "open" if row.state in OPEN else "done"
            asked = now - next(ages[kind])
            _move(work.connection, row.conversation_id, row.id, asked)
            if row.item is not None:
                _move_item(work.connection, row.item, asked, now)


def _ages(kind: str) -> Iterator[timedelta]:
    """How long ago questions were asked, the first of them first."""
    for number in count():
        if kind == "open":  # some this morning, the oldest a few days old
            yield timedelta(hours=2 + 5.5 * number)
        elif kind == "done":
            yield timedelta(days=8 + 13 * number)
        else:
            yield timedelta(days=1 + _DAYS * number * (1 + number / 12) / 1.5)


def _move(connection: Connection, conversation: str, question: str, asked: datetime) -> None:
    """Put a question and its answer at a moment."""
    home = CONVERSATIONS.c.id == conversation
    connection.execute(update(CONVERSATIONS).where(home).values(created=asked, updated=asked))
    connection.execute(update(QUESTIONS).where(QUESTIONS.c.id == question).values(asked=asked))
    mine = ANSWERS.c.question_id == question
    connection.execute(update(ANSWERS).where(mine).values(created=asked))


def _move_item(connection: Connection, item: int, asked: datetime, now: datetime) -> None:
    """Put an item and what was done with it after the question, an action every two hours."""
    mine = REVIEWS.c.item_id == item
    numbers = connection.execute(select(REVIEWS.c.number).where(mine).order_by(REVIEWS.c.number))
    last = asked
    for place, number in enumerate(numbers.scalars().all()):
        last = min(asked + place * _STEP, now)
        connection.execute(update(REVIEWS).where(mine, REVIEWS.c.number == number).values(at=last))
    connection.execute(update(ITEMS).where(ITEMS.c.id == item).values(created=asked, updated=last))
    connection.execute(update(MESSAGES).where(MESSAGES.c.item_id == item).values(at=last))
