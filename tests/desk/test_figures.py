"""The figures: what was asked, what was sent, what is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from assistant.desk.errors import AccessError
from assistant.desk.figures import Figures, grouped
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from retrieval import open_encoder
from tests.desk.people import Desk

SINCE = datetime.now(UTC) - timedelta(days=1)


def test_questions_are_counted(desk: Desk, lawyer: Actor) -> None:
    """By week, theme and status, with their vote."""
    received = desk.receive(status="answered")
    desk.intake.vote(anonymous("token"), received.answer_id, helpful=False)
    (one,) = Figures(desk.store, lawyer).asked(SINCE)
    assert one.status == "answered" and one.waited and one.helpful is False
    assert one.week.weekday() == 0
    assert Figures(desk.store, lawyer).asked(SINCE + timedelta(days=2)) == []


def test_what_was_sent_is_counted(desk: Desk, lawyer: Actor) -> None:
    """A suggestion sent as it was counts as agreed with."""
    row = desk.item(lawyer, desk.receive(status="answered")).row
    number, version = row.id, Reviews(desk.store, lawyer).take(row.id, row.version)
    reviews = Reviews(desk.store, lawyer)
    reviews.release(number, reviews.approve(number, version))
    work = Figures(desk.store, lawyer).work(SINCE)
    assert (work.sent, work.unchanged) == (1, 1) and work.hours is not None


def test_badly_served_questions_are_the_gaps(desk: Desk, lawyer: Actor) -> None:
    """Declined or badly voted; the others are none."""
    figures, encoder = Figures(desk.store, lawyer), open_encoder("")
    desk.receive(status="answered")
    assert figures.gaps(encoder) == []
    declined = desk.receive(status="declined")
    (gap,) = figures.gaps(encoder)
    assert len(gap.questions) == 1 and gap.items == (desk.item(lawyer, declined).row.id,)


def test_alike_questions_are_together() -> None:
    """The largest group comes first; each is in one."""
    vectors = np.array([[1, 0], [0, 1], [0.99, 0.1], [0.98, 0.2]], dtype=np.float32)
    assert grouped(vectors) == [[0, 2, 3], [1]]


def test_a_client_sees_no_figures(desk: Desk) -> None:
    """They count everybody's questions."""
    client = desk.account("client", "client")
    for call in (lambda f: f.asked(SINCE), lambda f: f.work(SINCE)):
        with pytest.raises(AccessError):
            call(Figures(desk.store, client))
