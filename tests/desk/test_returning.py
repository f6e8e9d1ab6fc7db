"""Published answers come back to the queue: a source has changed, or they have grown old."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.desk.audit import entries, verify
from assistant.desk.figures import Figures
from assistant.desk.publication import Publications, Target
from assistant.desk.queue import Queue
from assistant.desk.returning import Returned, return_stale
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.validated import Validated
from retrieval import Passage, open_encoder
from tests.desk.people import Desk
from tests.desk.test_publication import ASKED, CLAUSE, LAW, NEW, TEXT, kb, publications, publish

__all__ = ["kb", "publications"]  # fixtures

YEAR = 365
NOW = datetime.now(UTC) + timedelta(hours=1)  # after whatever a test publishes
Find = Callable[[str], Passage | None]


def rewritten(desk: Desk, identifier: str = LAW, **changes: object) -> Find:
    """The base as the next index has it: one of its passages says something else, or is gone."""

    def find(name: str) -> Passage | None:
        passage = desk.retriever.passage(name)
        if name != identifier or passage is None:
            return passage
        return replace(passage, **changes) if changes else None  # type: ignore[arg-type]

    return find


def send_back(
    desk: Desk, find: Find | None = None, after: int = 0, **options: bool
) -> list[Returned]:
    """Send back what must be, some days from now."""
    now = NOW + timedelta(days=after)
    return return_stale(desk.store, find or desk.retriever.passage, YEAR, now, **options)


@pytest.fixture
def published(desk: Desk, lawyer: Actor, publications: Publications) -> Publications:
    """One new question is published."""
    publish(desk, lawyer, publications, Target("new", new=NEW))
    return publications


def test_what_is_still_true_and_young_stays_out_of_the_queue(
    desk: Desk, published: Publications
) -> None:
    """Nothing changed, a day before its time."""
    assert send_back(desk, after=YEAR - 1) == []


@pytest.mark.parametrize(
    "changes", [{"text": "autre chose"}, {"in_force_until": date(2026, 1, 1)}, {}]
)
def test_a_changed_source_brings_it_back(
    desk: Desk, lawyer: Actor, published: Publications, changes: dict[str, object]
) -> None:
    """Other words, a last day in force, or gone: urgent, with the reason, and given to nobody."""
    (sent,) = send_back(desk, rewritten(desk, **changes))
    assert sent.why == "source" and "source changée ou disparue" in sent.reason
    (row,) = Queue(desk.store, lawyer).page().rows
    assert (row.urgency, row.reason, row.excerpt) == (3, sent.reason, ASKED)
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    assert "publication" not in validated.over(desk.answer(ASKED)).provenance


def test_an_old_answer_comes_back_and_is_given_meanwhile(
    desk: Desk, lawyer: Actor, published: Publications
) -> None:
    """Its text is likely right: it waits, without haste, and is still given."""
    (sent,) = send_back(desk, after=YEAR)
    assert sent.why == "age" and Queue(desk.store, lawyer).page().rows[0].urgency == 1
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    assert validated.over(desk.answer(ASKED)).text == TEXT


def test_it_comes_back_once(desk: Desk, published: Publications) -> None:
    """Asked again, the same day or by another process, nothing more is sent; a year later it is."""
    find = rewritten(desk, text="autre chose")
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: send_back(desk, find), range(4)))
    assert sorted(len(some) for some in sent) == [0, 0, 0, 1]
    assert send_back(desk, find, after=2 * YEAR) == []


def test_an_old_one_whose_source_changes_too_becomes_urgent(
    desk: Desk, lawyer: Actor, published: Publications
) -> None:
    """One item, not two."""
    (old,) = send_back(desk, after=YEAR)
    (changed,) = send_back(desk, rewritten(desk, text="autre chose"), after=YEAR)
    assert changed.reference == old.reference
    (row,) = Queue(desk.store, lawyer).page().rows
    assert row.urgency == 3 and "source" in row.reason


def test_its_customer_is_not_asked_again(desk: Desk, published: Publications) -> None:
    """The answer that they were sent stays theirs."""
    before = desk.following.conversations(anonymous("token"))
    send_back(desk, rewritten(desk))
    assert desk.following.conversations(anonymous("token")) == before


def test_the_audit_says_that_it_came_back(desk: Desk, published: Publications) -> None:
    """By the program, on which publication, and whether it is withdrawn."""
    send_back(desk, rewritten(desk))
    with desk.store.read() as connection:
        verify(connection)
        found = [(e.actor, e.action, e.subject, e.details) for e in entries(connection)][-2:]
    assert [(actor, action) for actor, action, *_ in found] == [("command", "return")] * 2
    assert found[1][2] == "publication:1" and found[1][3]["withdrawn"] is True


def test_a_lawyer_writes_it_anew_and_it_is_given_again(
    desk: Desk, lawyer: Actor, published: Publications
) -> None:
    """A question that only the desk has is revised as any other of the base."""
    send_back(desk, rewritten(desk))
    queue, reviews = Queue(desk.store, lawyer), Reviews(desk.store, lawyer)
    (row,) = queue.page().rows
    text = TEXT.replace("dérisoire", "trop faible")
    version, _ = reviews.edit(
        row.id, reviews.take(row.id, row.version), text, [LAW, CLAUSE], desk.base
    )
    version = reviews.approve(row.id, version, despite="Relu.")
    target = Target("revision", NEW.id)
    published.publish(lawyer, row.id, version, target, desk.base)
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    assert validated.over(desk.answer(ASKED)).text == text
    assert send_back(desk) == []


def test_what_is_withdrawn_leaves_the_exported_base(
    desk: Desk, published: Publications, tmp_path: Path
) -> None:
    """The next index does not have it either."""
    folder = tmp_path / "out"
    assert len(published.export(folder)) == 1
    send_back(desk, rewritten(desk))
    assert published.export(folder, anew=True) == [] and not list(folder.rglob("*.md"))


def test_a_dry_run_only_tells(desk: Desk, lawyer: Actor, published: Publications) -> None:
    """Nothing is in the queue afterwards."""
    (told,) = send_back(desk, rewritten(desk), dry_run=True)
    assert told.reference == "" and Queue(desk.store, lawyer).page().total == 0


def test_it_is_no_customer_s_question_in_the_figures(
    desk: Desk, lawyer: Actor, published: Publications
) -> None:
    """Nobody asked it."""
    figures = Figures(desk.store, lawyer)
    before = figures.asked(NOW - timedelta(days=1))
    send_back(desk, rewritten(desk))
    assert figures.asked(NOW - timedelta(days=1)) == before
