"""What lawyers learn from the desk: volumes, votes, delays, and the questions that were badly served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import or_, select

from assistant.desk.accounts import confirmed
from assistant.desk.returning import VALIDATED
from assistant.desk.roles import Actor
from assistant.desk.store import Store
from assistant.desk.tables import ANSWERS, ITEMS, QUESTIONS, REVIEWS, VOTES
from retrieval import Encoder

MAX_GAPS = 400  # badly served questions that are compared, the last ones
ALIKE = 0.62  # cosine from which two questions ask the same; below, two topics mix
_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it counts in the figures: nothing of its text."""

    week: date  # its Monday
    theme: str
    status: str  # "answered", "needs_review" or "declined"
    waited: bool  # a lawyer answered first
    helpful: bool | None


@dataclass(frozen=True, slots=True)
class Work:
    """What lawyers sent."""

    sent: int
    hours: float | None  # half of the answers left sooner; None when none has
    unchanged: int  # suggestions that were sent as they were


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same and were badly served."""

    questions: tuple[str, ...]  # their first characters, the last asked first
    items: tuple[int, ...]  # of the queue


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a desk. Every call raises `AccessError` when the actor is no lawyer.

    Args:
        store: an open store.
        actor: who looks.
    """

    store: Store
    actor: Actor

    def asked(self, since: datetime) -> list[Asked]:
        """The questions asked since a moment, oldest first."""
        found = (
            select(ANSWERS.c.created, ANSWERS.c.theme, ANSWERS.c.status, ANSWERS.c.route,
                   VOTES.c.helpful)
            .join(VOTES, VOTES.c.answer_id == ANSWERS.c.id, isouter=True)
            .where(ANSWERS.c.created >= since, ANSWERS.c.status != VALIDATED)
            .order_by(ANSWERS.c.created)
        )  # fmt: skip
        with self.store.read() as connection:
            confirmed(connection, self.actor, "lawyer")
            rows = connection.execute(found).all()
        return [
            Asked(_monday(r.created), r.theme, r.status, r.route == "attendre", r.helpful)
            for r in rows
        ]

    def work(self, since: datetime) -> Work:
        """What lawyers sent since a moment."""
        found = (
            select(REVIEWS.c.at, REVIEWS.c.before, ITEMS.c.created)
            .join(ITEMS, ITEMS.c.id == REVIEWS.c.item_id)
            .where(REVIEWS.c.action == "release", REVIEWS.c.at >= since)
        )
        with self.store.read() as connection:
            confirmed(connection, self.actor, "lawyer")
            rows = connection.execute(found).all()
        hours = [(row.at - row.created).total_seconds() / 3600 for row in rows]
        approved = [row for row in rows if row.before["state"] == "approved"]
        unchanged = sum(row.before["revision"] is None for row in approved)
        return Work(len(rows), median(hours) if hours else None, unchanged)

    def gaps(self, encoder: Encoder, limit: int = 20) -> list[Gap]:
        """Questions declined or badly voted, those that ask the same together; largest first."""
        found = (
            select(QUESTIONS.c.text, ITEMS.c.id.label("item"))
            .join(ANSWERS, ANSWERS.c.question_id == QUESTIONS.c.id)
            .join(ITEMS, ITEMS.c.question_id == QUESTIONS.c.id, isouter=True)
            .join(VOTES, VOTES.c.answer_id == ANSWERS.c.id, isouter=True)
            .where(or_(ANSWERS.c.status == "declined", VOTES.c.helpful.is_(False)))
            .order_by(QUESTIONS.c.asked.desc())
            .limit(MAX_GAPS)
        )
        with self.store.read() as connection:
            confirmed(connection, self.actor, "lawyer")
            rows = connection.execute(found).all()
        if not rows:
            return []
        groups = grouped(encoder.encode([row.text for row in rows]))
        return [_gap([rows[place] for place in group]) for group in groups[:limit]]


def grouped(vectors: np.ndarray[Any, Any]) -> list[list[int]]:
    """Places of vectors that are alike, the largest group first; each vector is in one group.

    Args:
        vectors: one a row, of length 1.
    """
    alike = vectors @ vectors.T >= ALIKE
    left, groups = set(range(len(vectors))), []
    while left:
        first = max(left, key=lambda place: (int(alike[place, sorted(left)].sum()), -place))
        group = sorted(place for place in left if place == first or alike[first, place])
        groups.append(group)
        left -= set(group)
    return groups


def _gap(rows: Sequence[Any]) -> Gap:
    """Rows that ask the same."""
    items = tuple(row.item for row in rows if row.item is not None)
    return Gap(tuple(" ".join(row.text.split())[:_EXCERPT] for row in rows), items)


def _monday(moment: datetime) -> date:
    """The first day of a week."""
    return moment.date() - timedelta(days=moment.weekday())
