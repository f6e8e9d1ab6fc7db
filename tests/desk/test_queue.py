"""The queue: order, filters, counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.desk.errors import MissingError
from assistant.desk.queue import MAX_SIZE, Queue, Wanted
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor
from assistant.desk.tables import ITEMS
from retrieval.errors import UsageError
from tests.desk.people import QUESTION, Desk

ALL = Wanted()
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def queue(desk: Desk, lawyer: Actor) -> Queue:
    """A queue of six: three urgencies, two themes, the older the higher the number."""
    for number in range(1, 7):
        desk.receive()
        with desk.store.write() as work:
            values = {"urgency": number % 3 + 1, "theme": ("prix", "duree")[number % 2],
                      "created": NOW - timedelta(days=number)}  # fmt: skip
            work.connection.execute(update(ITEMS).where(ITEMS.c.id == number).values(**values))
    return Queue(desk.store, lawyer)


def numbers(queue: Queue, wanted: Wanted = ALL, **page: int) -> list[int]:
    """The items of a page."""
    return [row.id for row in queue.page(wanted, **page).rows]


def test_the_urgent_come_first_then_the_oldest(queue: Queue) -> None:
    """High, normal, low; in each the one that has waited longest."""
    assert numbers(queue) == [5, 2, 4, 1, 6, 3]


def test_pages_follow_one_another(queue: Queue) -> None:
    """Nothing is shown twice or left out; beyond the end there is nothing."""
    assert numbers(queue, number=1, size=4) + numbers(queue, number=2, size=4) == numbers(queue)
    assert numbers(queue, number=9) == []


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (Wanted(themes=("prix",)), [2, 4, 6]),
        (Wanted(urgencies=(3, 1)), [5, 2, 6, 3]),
        (Wanted(themes=("prix",), urgencies=(2,)), [4]),
        (Wanted(before=NOW - timedelta(days=3, hours=12)), [5, 4, 6]),
        (Wanted(routes=("publier et relire",)), []),
        (Wanted(states=("published",)), []),
        (Wanted(reference="ML-0000-0000-0000"), []),
        (Wanted(reference="no reference at all"), []),
        (Wanted(themes=("' OR 1=1 --",)), []),
    ],
)
def test_filters_narrow_the_queue(queue: Queue, wanted: Wanted, shown: list[int]) -> None:
    """Fields combine with AND, values with OR."""
    page = queue.page(wanted)
    assert [row.id for row in page.rows] == shown and page.total == len(shown)


def test_counts_tell_what_each_value_would_show(queue: Queue) -> None:
    """A filter does not narrow its own counts, only those of the others."""
    counts = queue.page(Wanted(themes=("prix",))).counts
    assert counts.themes == {"duree": 3, "prix": 3}
    assert counts.urgencies == {1: 1, 2: 1, 3: 1} and counts.states == {"waiting": 3}


def test_mine_and_nobodys(queue: Queue, desk: Desk, lawyer: Actor) -> None:
    """What the lawyer holds, and what is free."""
    Reviews(desk.store, lawyer).take(4, 1)
    assert numbers(queue, Wanted(holder="mine")) == [4]
    assert numbers(queue, Wanted(holder="nobody")) == [5, 2, 1, 6, 3]
    assert queue.page(Wanted(holder="mine")).rows[0].holder == "juriste"


def test_what_was_released_leaves_the_queue(queue: Queue, desk: Desk, lawyer: Actor) -> None:
    """It is found when it is asked for."""
    reviews = Reviews(desk.store, lawyer)
    reviews.release(4, reviews.approve(4, reviews.take(4, 1)))
    assert 4 not in numbers(queue) and numbers(queue, Wanted(states=("published",))) == [4]


def test_a_row_shows_the_question(queue: Queue) -> None:
    """Enough of it to choose."""
    assert queue.page().rows[0].excerpt == QUESTION


@pytest.mark.parametrize(("number", "size"), [(0, 10), (1, 0), (1, MAX_SIZE + 1), (-1, 10)])
def test_a_page_that_is_none_is_refused(queue: Queue, number: int, size: int) -> None:
    """A page is bounded."""
    with pytest.raises(UsageError):
        queue.page(number=number, size=size)


def test_an_item_shows_its_conversation(queue: Queue, desk: Desk, lawyer: Actor) -> None:
    """The turns before, the suggestion with its sources, the history."""
    first = desk.receive()
    shown = desk.item(lawyer, first)
    assert [turn.question for turn in shown.conversation] == [QUESTION]
    assert shown.suggested.citations and shown.text == shown.suggested
    assert [review.action for review in shown.reviews] == ["receive"]


def test_an_item_that_is_none_is_told(queue: Queue) -> None:
    """A number of nothing."""
    with pytest.raises(MissingError):
        queue.item(404)
