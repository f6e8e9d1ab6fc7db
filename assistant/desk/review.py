"""The lawyers' actions on one item. Each is one transaction, with its history and its audit entry.

Every action names the version of the item that the lawyer saw: when somebody changed it meanwhile
nothing is done, and they are told. Everything can be undone until the item is released.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update

from assistant.desk.accounts import confirmed
from assistant.desk.edits import Edit, checked
from assistant.desk.errors import AccessError, ConflictError, EditError, MissingError
from assistant.desk.items import change, last_review, locked, next_review, reviewed_text
from assistant.desk.roles import Actor, require
from assistant.desk.store import Store, Work
from assistant.desk.tables import ACCOUNTS, ANSWERS, MESSAGES, REVIEWS, REVISIONS
from assistant.desk.texts import clean
from assistant.guard import Base

_STATES = {
    "waiting": "elle attend un juriste",
    "taken": "elle est prise",
    "asked": "une précision est demandée au client",
    "approved": "sa réponse est approuvée",
    "refused": "elle est refusée",
    "published": "sa réponse est partie",
    "closed": "elle est close",
}


@dataclass(frozen=True, slots=True)
class Reviews:
    """What lawyers do with items. Each action gives the item's new version.

    Every action raises `AccessError` when the actor is no lawyer, `MissingError` when there is no
    such item, and `ConflictError` when it was changed since `version` or is not in a state for it.

    Args:
        store: an open store.
        actor: who acts.
    """

    store: Store
    actor: Actor

    def take(self, item: int, version: int) -> int:
        """Take an item that nobody has."""
        with self.store.write() as work:
            row = self._seen(work, item, version, "waiting", held=False)
            return self._change(work, row, "take", state="taken", holder_id=self.actor.account_id)

    def put_back(self, item: int, version: int) -> int:
        """Put an item that the actor holds back into the queue."""
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken", "asked")
            return self._change(work, row, "put-back", state="waiting", holder_id=None)

    def hand_over(self, item: int, version: int, to: str, note: str = "") -> int:
        """Give an item to a colleague.

        Args:
            to: name of a lawyer's account.
            note: what the colleague should know.
        """
        said = clean(note, "Le mot au collègue", empty=True)
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken", "asked")
            colleague = _lawyer(work, to)
            return self._change(work, row, "hand-over", said, holder_id=colleague)

    def edit(
        self, item: int, version: int, markdown: str, sources: Sequence[str], base: Base
    ) -> tuple[int, Edit]:
        """Keep another text for an item, once the guard has read it.

        Args:
            markdown: marker [3] names the third source.
            sources: passage ids.
            base: where the passages are.

        Returns:
            The new version, and the text as it was kept with what the guard finds doubtful.

        Raises:
            EditError: the guard refuses it.
        """
        me = require(self.actor, "lawyer")  # nobody else may make the guard work
        with self.store.read() as connection:
            reviewed = reviewed_text(connection, item)
        edit = checked(markdown, sources, base, reviewed=reviewed)
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken")
            number = _keep_revision(work, item, edit, me)
            done = self._change(work, row, "edit", revision=number)
            digest = hashlib.sha256(edit.markdown.encode()).hexdigest()
            work.note(self.actor.name, "text", f"item:{item}", revision=number, sha256=digest)
        return done, edit

    def approve(self, item: int, version: int, *, despite: str = "") -> int:
        """Approve the text in force: the last edit, or the suggested answer.

        Args:
            despite: why sentences that the guard doubts are right; needed when there are some.

        Raises:
            EditError: the text has no source, or doubts that `despite` doesn't settle.
        """
        why = clean(despite, "La justification", empty=True)
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken")
            _check_text(work, row, why)
            return self._change(work, row, "approve", why, state="approved")

    def refuse(self, item: int, version: int, reason: str) -> int:
        """Refuse to answer. The customer reads the reason once it is released."""
        why = clean(reason, "Le motif")
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken")
            return self._change(work, row, "refuse", why, state="refused")

    def ask(self, item: int, version: int, question: str) -> int:
        """Ask the customer for a fact; the customer sees it at once."""
        asked = clean(question, "La question au client")
        with self.store.write() as work:
            row = self._seen(work, item, version, "taken")
            message = {"item_id": item, "review": next_review(work.connection, item)}
            said = {"author": "lawyer", "text": asked, "at": work.at}
            work.connection.execute(insert(MESSAGES), [message | said])
            return self._change(work, row, "ask", state="asked")

    def undo(self, item: int, version: int) -> int:
        """Take back the last action on an item, if it is the actor's and nothing was released."""
        with self.store.write() as work:
            me = confirmed(work.connection, self.actor, "lawyer")
            row = locked(work, item, version)
            last = last_review(work.connection, item)
            if last is None or last["action"] in ("receive", "return", "reply", "release"):
                raise ConflictError(
                    "Il n'y a rien à annuler : "
                    + ("le client a répondu." if last and last["action"] == "reply"
                       else f"{_STATES[row['state']]}."),
                    fix="Une réponse partie se corrige par une nouvelle version publiée.",
                )  # fmt: skip
            if last["actor_id"] != me and self.actor.role != "admin":
                raise AccessError(
                    "La dernière action est d'un autre juriste.", fix="Voyez avec lui."
                )
            same = (REVIEWS.c.item_id == item) & (REVIEWS.c.number == last["number"])
            work.connection.execute(update(REVIEWS).where(same).values(undone=True))
            sent = (MESSAGES.c.item_id == item) & (MESSAGES.c.review == last["number"])
            work.connection.execute(delete(MESSAGES).where(sent))
            return self._change(work, row, "undo", str(last["action"]), **last["before"])

    def release(self, item: int, version: int) -> int:
        """Send an approved answer or a refusal to the customer. It cannot be undone."""
        with self.store.write() as work:
            row = self._seen(work, item, version, "approved", "refused")
            state = "published" if row["state"] == "approved" else "closed"
            return self._change(work, row, "release", state=state)

    def _seen(
        self, work: Work, item: int, version: int, *states: str, held: bool = True
    ) -> RowMapping:
        """An item as the actor saw it, in one of some states and held by the actor."""
        me = confirmed(work.connection, self.actor, "lawyer")
        row = locked(work, item, version)
        if row["state"] not in states:
            raise ConflictError(
                f"Cette action n'est pas possible sur {row['reference']} :"
                f" {_STATES[row['state']]}.",
                fix="Rechargez la question.",
            )
        if held and row["holder_id"] != me and self.actor.role != "admin":
            raise AccessError(
                f"La question {row['reference']} est prise par un autre juriste.",
                fix="Demandez-lui de vous la passer.",
            )
        return row

    def _change(
        self, work: Work, row: RowMapping, action: str, note: str = "", **changes: Any
    ) -> int:
        """Change an item; its new version."""
        return change(work, self.actor, row, action, note, **changes)


def _lawyer(work: Work, name: str) -> int:
    """The account of a lawyer who can take items over."""
    found = select(ACCOUNTS.c.id).where(
        ACCOUNTS.c.name == name.strip().lower(),
        ACCOUNTS.c.role.in_(("lawyer", "admin")),
        ACCOUNTS.c.disabled.is_(False),
    )
    account = work.connection.execute(found).scalar()
    if account is None:
        raise MissingError(
            f"Aucun juriste « {name} ».", fix="Choisissez un compte de juriste ouvert."
        )
    return int(account)


def _keep_revision(work: Work, item: int, edit: Edit, author: int) -> int:
    """Keep a text as the next of an item; its number."""
    last = select(func.max(REVISIONS.c.number)).where(REVISIONS.c.item_id == item)
    number = (work.connection.execute(last).scalar() or 0) + 1
    row = {
        "item_id": item,
        "number": number,
        "markdown": edit.markdown,
        "citations": list(edit.citations),
        "faults": [asdict(fault) for fault in edit.faults],
        "author_id": author,
        "created": work.at,
    }
    work.connection.execute(insert(REVISIONS), [row])
    return number


def _check_text(work: Work, item: RowMapping, why: str) -> None:
    """Refuse to approve a text without source, or with doubts that nobody settles."""
    if item["revision"] is None:
        found = select(ANSWERS.c.citations, ANSWERS.c.status).where(
            ANSWERS.c.question_id == item["question_id"]
        )
        answer = work.connection.execute(found).one()
        if answer.status == "declined" or not answer.citations:
            raise EditError(
                "La réponse proposée ne cite aucune source.", fix="Écrivez la vôtre, ou refusez."
            )
        return
    mine = (REVISIONS.c.item_id == item["id"]) & (REVISIONS.c.number == item["revision"])
    faults = work.connection.execute(select(REVISIONS.c.faults).where(mine)).scalar_one()
    if faults and not why:
        raise EditError(
            f"{len(faults)} phrase(s) ne se retrouvent pas dans leurs sources :"
            f" « {faults[0]['sentence'][:160]} ».",
            fix="Corrigez-les, ou dites en une phrase pourquoi elles sont exactes.",
        )
