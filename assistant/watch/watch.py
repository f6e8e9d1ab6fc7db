"""The bulletin of the watch, drawn from the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.watch.types import Bulletin, Freshness, Published, Touched, Update
from ingest.check_dates import REVIEW_MONTHS, day, months_between
from ingest.readers.kb import Authority, Entry, KnowledgeBase
from ingest.readers.law_tables import Change, FormerArticle, read_concordance, read_watch

PUBLISHED = "publiee"


def bulletin(base: KnowledgeBase, on: date, *, latest: int = 20) -> Bulletin:
    """What changed, what it touches, how fresh the base is, and what was published lately.

    Args:
        base: the knowledge base, read. What is wrong in its tables is left out, and added to its
            findings.
        on: the day to judge by.
        latest: how many pages published lately to give, from 0.
    """
    former = read_concordance(base)
    updates = [_update(base, change, former, on) for change in read_watch(base)]
    return Bulletin(
        on,
        tuple(sorted(updates, key=lambda update: _order(update.change))),
        (
            _freshness("question", (_page("question", e) for e in base.questions.values()), on),
            _freshness("clause", (_page("clause", e) for e in base.clauses.values()), on),
            _freshness("authority", map(_authority, base.authorities.values()), on),
        ),
        _published(base, on)[:latest],
    )


def _update(
    base: KnowledgeBase, change: Change, former: Iterable[FormerArticle], on: date
) -> Update:
    """A change with what it touches."""
    questions = tuple(_page("question", base.questions[name]) for name in change.questions)
    clauses = tuple(_page("clause", base.clauses[name]) for name in change.clauses)
    since = change.in_force_since
    return Update(
        change,
        tuple(_authority(base.authorities[name]) for name in change.authorities),
        questions,
        clauses,
        tuple(old for old in former if set(old.new) & set(change.authorities)),
        tuple(
            page for page in (*questions, *clauses)
            if since and page.reviewed_on and page.reviewed_on < since <= on
        ),
    )  # fmt: skip


def _order(change: Change) -> tuple[int, int, str]:
    """What is to come first, then the latest changes, then those that the base does not date."""
    rank = {"pending": 0, "upcoming": 0, "in_force": 1, "undated": 2}[change.status]
    since = change.in_force_since.toordinal() if change.in_force_since else 0
    return rank, since if rank == 0 else -since, change.id


def _page(kind: str, entry: Entry) -> Touched:
    """The page of an entry."""
    title = entry.head.get("question") or entry.head.get("title") or entry.id
    return Touched(entry.id, kind, str(title), day(entry.head.get("reviewed_on")))


def _authority(authority: Authority) -> Touched:
    """The text of an authority."""
    data = authority.data
    return Touched(
        authority.id,
        authority.kind,
        authority.citation,
        day(data.get("reviewed_on")),
        data.get("url"),
    )


def _freshness(kind: str, pages: Iterable[Touched], on: date) -> Freshness:
    """How long ago some pages were reviewed; a page without a date is overdue."""
    every = sorted(pages, key=lambda page: (page.reviewed_on or date.min, page.id))
    dates = [page.reviewed_on for page in every if page.reviewed_on]
    overdue = tuple(
        page for page in every
        if page.reviewed_on is None or months_between(page.reviewed_on, on) >= REVIEW_MONTHS
    )  # fmt: skip
    return Freshness(kind, len(every), min(dates, default=None), overdue)


def _published(base: KnowledgeBase, on: date) -> tuple[Published, ...]:
    """The published pages, the latest review first."""
    pages = [
        _page(kind, entry)
        for kind, entries in (("question", base.questions), ("clause", base.clauses))
        for entry in entries.values()
        if entry.head.get("status") == PUBLISHED
    ]
    found = [
        Published(page, page.reviewed_on)
        for page in pages
        if page.reviewed_on and page.reviewed_on <= on
    ]
    return tuple(sorted(found, key=lambda item: (-item.on.toordinal(), item.page.title)))
