"""Items of the queue: made, changed by one action at a time, and kept with their history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from assistant.desk.errors import ConflictError, MissingError
from assistant.desk.policy import Decision
from assistant.desk.references import new_reference
from assistant.desk.roles import Actor
from assistant.desk.store import Work
from assistant.desk.tables import ANSWERS, ITEMS, REVIEWS

_KEPT = ("state", "holder_id", "revision")  # what undoing puts back


def open_item(
    work: Work,
    actor: Actor,
    question: Mapping[str, Any],
    decision: Decision,
    action: str = "receive",
) -> str:
    """Put a question in the queue; its reference. One that is there already becomes more urgent.

    Args:
        question: its id, theme and language.
        action: under which name it comes in.
    """
    found = select(ITEMS).where(ITEMS.c.question_id == question["id"])
    row = work.connection.execute(found.with_for_update()).mappings().first()
    if row is not None:
        _raise_urgency(work, actor, row, decision)
        return str(row["reference"])
    item = _waiting(work, question, decision)
    made = work.connection.execute(insert(ITEMS).returning(ITEMS), item).mappings().one()
    _record(work, actor, made, action, decision.reason)
    work.note(actor.name, action, f"item:{made['id']}", version=1, route=decision.route)
    return str(made["reference"])


def _waiting(work: Work, question: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    """The row of a question that begins to wait."""
    return {
        "reference": new_reference(),
        "question_id": question["id"],
        "state": "waiting",
        "route": decision.route,
        "urgency": decision.urgency,
        "reason": decision.reason,
        "theme": question["theme"],
        "language": question["language"],
        "version": 1,
        "created": work.at,
        "updated": work.at,
    }


def locked(work: Work, number: int, version: int) -> RowMapping:
    """An item as the actor saw it; nobody else changes it before the transaction ends.

    Raises:
        MissingError: there is no such item.
        ConflictError: it was changed meanwhile.
    """
    found = select(ITEMS).where(ITEMS.c.id == number).with_for_update()
    row = work.connection.execute(found).mappings().first()
    if row is None:
        raise MissingError(f"La question {number} n'est plus dans la file.", fix="Rechargez-la.")
    if row["version"] != version:
        raise ConflictError(
            f"La question {row['reference']} a changé entre-temps (version {row['version']}, la"
            f" vôtre est la {version}).",
            fix="Rechargez-la : votre texte n'est pas enregistré, copiez-le d'abord.",
        )
    return row


def change(
    work: Work, actor: Actor, item: RowMapping, action: str, note: str = "", **changes: Any
) -> int:
    """Change an item that is locked, with its history and its audit entry; the new version."""
    version = int(item["version"]) + 1
    _record(work, actor, item, action, note)
    same = (ITEMS.c.id == item["id"]) & (ITEMS.c.version == item["version"])
    values = changes | {"version": version, "updated": work.at}
    if not work.connection.execute(update(ITEMS).where(same).values(**values)).rowcount:
        raise ConflictError("La question a changé entre-temps.", fix="Rechargez-la.")
    state = changes.get("state", item["state"])
    work.note(
        actor.name,
        action,
        f"item:{item['id']}",
        version=version,
        state=state,
        revision=changes.get("revision", item["revision"]),
    )
    return version


def last_review(connection: Connection, item: int) -> RowMapping | None:
    """The last action on an item that was not undone; undoing and haste are none."""
    found = (
        select(REVIEWS)
        .where(
            REVIEWS.c.item_id == item,
            REVIEWS.c.undone.is_(False),
            REVIEWS.c.action.not_in(("undo", "urgent")),
        )
        .order_by(REVIEWS.c.number.desc())
        .limit(1)
    )
    return connection.execute(found).mappings().first()


def next_review(connection: Connection, item: int) -> int:
    """The number of the next action on an item."""
    last = select(func.max(REVIEWS.c.number)).where(REVIEWS.c.item_id == item)
    return (connection.execute(last).scalar() or 0) + 1


def reviewed_text(connection: Connection, item: int) -> str:
    """The suggested answer of an item, if it is made of the base's sentences alone."""
    found = (
        select(ANSWERS.c.markdown, ANSWERS.c.provenance)
        .join(ITEMS, ITEMS.c.question_id == ANSWERS.c.question_id)
        .where(ITEMS.c.id == item)
    )
    row = connection.execute(found).first()
    return str(row.markdown) if row and row.provenance.get("mode") == "extractive" else ""


def _record(work: Work, actor: Actor, item: RowMapping, action: str, note: str) -> None:
    """Write an action into the history of an item, with what undoing it puts back."""
    row = {
        "item_id": item["id"],
        "number": next_review(work.connection, item["id"]),
        "action": action,
        "actor_id": actor.account_id,
        "note": note,
        "before": {key: item[key] for key in _KEPT},
        "undone": False,
        "at": work.at,
    }
    work.connection.execute(insert(REVIEWS), [row])


def _raise_urgency(work: Work, actor: Actor, item: RowMapping, decision: Decision) -> None:
    """Make an item more urgent, and bring one that was closed back before a lawyer."""
    again = item["state"] in ("published", "closed")
    changes: dict[str, Any] = {"state": "waiting", "holder_id": None} if again else {}
    if decision.urgency > item["urgency"]:
        changes |= {"urgency": decision.urgency, "reason": decision.reason}
    if changes:
        change(work, actor, item, "receive" if again else "urgent", decision.reason, **changes)
