"""Many at once: no action is lost, nobody reads what is another's, the audit holds."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import func, select

from assistant.answering import Answer
from assistant.desk.audit import verify
from assistant.desk.errors import AccessError, ConflictError, MissingError
from assistant.desk.queue import Queue, Wanted
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.tables import REVIEWS
from tests.desk.people import Desk

LAWYERS, CUSTOMERS = 20, 200


def ask(desk: Desk, number: int, answer: Answer) -> tuple[str, str]:
    """A customer asks; the conversation and the reference."""
    mine = anonymous(f"customer {number}")
    asked = replace(answer, question=f"Question du client {number} ?")
    received = desk.intake.record(mine, asked)
    return received.conversation_id, received.reference or ""


def read(desk: Desk, number: int, asked: Sequence[tuple[str, str]]) -> bool:
    """Whether a customer sees their own question, and not their neighbour's."""
    mine = anonymous(f"customer {number}")
    (seen,) = desk.following.conversation(mine, asked[number][0])
    try:
        desk.following.conversation(mine, asked[(number + 1) % CUSTOMERS][0])
    except AccessError:
        return seen.question == f"Question du client {number} ?" and seen.state == "published"
    return False


def work(desk: Desk, lawyer: Actor) -> int:
    """A lawyer takes, approves and releases until the queue is empty; how many were released."""
    queue, reviews, done = Queue(desk.store, lawyer), Reviews(desk.store, lawyer), 0
    while rows := queue.page(Wanted(states=("waiting",)), size=LAWYERS).rows:
        row = rows[(lawyer.account_id or 0) % len(rows)]
        try:
            version = reviews.take(row.id, row.version)
        except (ConflictError, MissingError):
            continue  # a colleague was first
        reviews.release(row.id, reviews.approve(row.id, version))
        done += 1
    return done


def test_twenty_lawyers_and_two_hundred_customers(desk: Desk) -> None:
    """Each question is answered once, each customer reads their own, each action is in the audit."""
    lawyers = [desk.account(f"juriste-{n}", "lawyer") for n in range(LAWYERS)]
    answer = desk.answer()
    with ThreadPoolExecutor(12) as pool:
        asked = list(pool.map(lambda n: ask(desk, n, answer), range(CUSTOMERS)))
    with ThreadPoolExecutor(LAWYERS) as pool:
        assert sum(pool.map(lambda lawyer: work(desk, lawyer), lawyers)) == CUSTOMERS
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda n: read(desk, n, asked), range(CUSTOMERS)))
    assert len({reference for _, reference in asked}) == CUSTOMERS
    with desk.store.read() as connection:
        actions = select(REVIEWS.c.action, func.count()).group_by(REVIEWS.c.action)
        counts = {row[0]: row[1] for row in connection.execute(actions)}
        verify(connection)
    assert counts == dict.fromkeys(("receive", "take", "approve", "release"), CUSTOMERS)
