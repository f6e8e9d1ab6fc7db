"""Published answers go back to the queue: a text they cite has changed, or they have grown old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import RowMapping, insert, select, update

from assistant.desk.items import change, open_item
from assistant.desk.policy import Decision
from assistant.desk.publication import Publication, publication_of, published
from assistant.desk.roles import PROGRAM
from assistant.desk.sources import Find, changed
from assistant.desk.store import Store, Work
from assistant.desk.tables import ANSWERS, CONVERSATIONS, ITEMS, PUBLICATIONS, QUESTIONS
from assistant.desk.types import OPEN

VALIDATED = "validated"  # status of the answer of such an item: no customer asked
_REASON = 200  # characters that the queue keeps


@dataclass(frozen=True, slots=True)
class Returned:
    """A publication that went back to the queue."""

    publication: int
    document: str  # "kb:questions/<id>"
    reference: str  # of the item
    why: Literal["source", "age"]
    reason: str  # in French, for lawyers


def in_force(publications: Iterable[Publication]) -> list[Publication]:
    """The publications that are given: the last answer to each question, oldest first.

    Args:
        publications: oldest first, as `Publications.all` gives them.
    """
    given = [one for one in publications if one.withdrawn is None]
    answers = {one.document: one for one in given if one.kind != "variant"}
    variants = {one.document: one for one in given if one.document not in answers}
    return sorted([*answers.values(), *variants.values()], key=lambda one: one.id)


def due(publication: Publication, find: Find, days: int, now: datetime) -> Decision | None:
    """Why a publication must be read again, if it must.

    Args:
        find: a passage of the index in use, by id.
        days: after how many a published answer has grown old.
    """
    if gone := changed(publication, find):
        return Decision("attendre", 3, _named(gone)[:_REASON])
    since = publication.returned or publication.at
    if since + timedelta(days=days) <= now:
        return Decision("publier et relire", 1, f"à relire : publiée le {publication.at:%d/%m/%Y}")
    return None


def _named(gone: Sequence[Mapping[str, Any]]) -> str:
    """Which sources have changed, the first two by name."""
    names = list(dict.fromkeys(str(one["reference"] or one["title"]) for one in gone))
    more = f" et {len(names) - 2} autre{'s' * (len(names) > 3)}" if len(names) > 2 else ""
    return f"à relire : source changée ou disparue ({', '.join(names[:2])}{more})"


def return_stale(
    store: Store, find: Find, days: int, now: datetime, *, dry_run: bool = False
) -> list[Returned]:
    """Send the published answers that must be read again back to the queue.

    One whose source has changed is given to nobody from then on; one that has grown old still is.
    Two processes may do it at once: each is sent back by one of them.

    Args:
        find: a passage of the index in use, by id.
        days: after how many a published answer has grown old.
        now: with a time zone.
        dry_run: tell only; the references are empty.
    """
    found = [(one, due(one, find, days, now)) for one in in_force(published(store))]
    stale = [(one, why) for one, why in found if why is not None]
    if dry_run:
        return [_told(one, why, "") for one, why in stale]
    sent = [(one, why, _send(store, one, why, _theme(one, find))) for one, why in stale]
    return [_told(one, why, reference) for one, why, reference in sent if reference]


def _send(store: Store, publication: Publication, why: Decision, theme: str) -> str:
    """Send one back; its reference, nothing when another process was first."""
    same = PUBLICATIONS.c.id == publication.id
    with store.write() as work:
        row = work.connection.execute(select(PUBLICATIONS).where(same).with_for_update()).mappings()
        now = publication_of(row.one())
        if (now.returned, now.withdrawn) != (publication.returned, publication.withdrawn):
            return ""
        reference = _again(work, now, why) or _item(work, now, why, theme)
        values: dict[str, Any] = {"returned": work.at}
        if why.urgency == 3:
            values["withdrawn"] = work.at
        work.connection.execute(update(PUBLICATIONS).where(_older(now)).values(**values))
        work.note("command", "return", f"publication:{now.id}", document=now.document,
                  withdrawn="withdrawn" in values)  # fmt: skip
    return reference


def _theme(publication: Publication, find: Find) -> str:
    """The theme of the first question of the base that a publication cites; nothing without one."""
    cited = (find(str(one["passage_id"])) for one in publication.citations)
    themes = (passage.theme for passage in cited if passage and passage.kind == "question")
    return next((theme for theme in themes if theme), "")[:80]


def _older(publication: Publication) -> Any:
    """A publication with those that it replaced: none of them comes back in its place."""
    before = (PUBLICATIONS.c.document == publication.document) & (
        PUBLICATIONS.c.id <= publication.id
    )
    kind = PUBLICATIONS.c.kind
    return before & (kind == "variant" if publication.kind == "variant" else kind != "variant")


def _again(work: Work, publication: Publication, why: Decision) -> str:
    """The reference of an item that waits for it already, made as urgent; nothing without one."""
    found = (
        select(ITEMS)
        .join(ANSWERS, ANSWERS.c.question_id == ITEMS.c.question_id)
        .where(ANSWERS.c.status == VALIDATED, ANSWERS.c.document == publication.document)
        .where(ITEMS.c.state.in_(OPEN))
    )
    row: RowMapping | None = work.connection.execute(found).mappings().first()
    if row is None:
        return ""
    change(work, PROGRAM, row, "urgent", why.reason, urgency=why.urgency, reason=why.reason)
    return str(row["reference"])


def _item(work: Work, publication: Publication, why: Decision, theme: str) -> str:
    """A new item for it, its customer not being asked again; its reference."""
    home, question = uuid4().hex, uuid4().hex
    times = {"created": work.at, "updated": work.at}
    work.connection.execute(insert(CONVERSATIONS), [{"id": home, **times}])
    asked = {"id": question, "conversation_id": home, "number": 1, "text": publication.question,
             "language": "fr", "asked": work.at}  # fmt: skip
    work.connection.execute(insert(QUESTIONS), [asked])
    work.connection.execute(insert(ANSWERS), [_answer(work, question, publication, why, theme)])
    about = {"id": question, "theme": theme, "language": "fr"}
    return open_item(work, PROGRAM, about, why, "return")


def _answer(
    work: Work, question: str, publication: Publication, why: Decision, theme: str
) -> dict[str, Any]:  # fmt: skip
    """The published text, as the suggested answer of an item."""
    return {
        "id": uuid4().hex,
        "question_id": question,
        "status": VALIDATED,
        "markdown": publication.markdown,
        "citations": list(publication.citations),
        "removed": [],
        "confidence": 1.0,
        "reason": f"publiée le {publication.at:%d/%m/%Y}",
        "theme": theme,
        "document": publication.document,
        "provenance": {"mode": "published", "publication": publication.id},
        "route": why.route,
        "created": work.at,
    }


def _told(publication: Publication, why: Decision, reference: str) -> Returned:
    """What is told of one."""
    kind: Literal["source", "age"] = "source" if why.urgency == 3 else "age"
    return Returned(publication.id, publication.document, reference, kind, why.reason)
