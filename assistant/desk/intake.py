"""The customers' side: questions are recorded and routed, votes kept, a lawyer asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from assistant.desk.errors import AccessError, ConflictError
from assistant.desk.items import open_item
from assistant.desk.policy import Case, Decision, Policy
from assistant.desk.roles import Actor
from assistant.desk.store import Store, Work
from assistant.desk.tables import ANSWERS, CONVERSATIONS, QUESTIONS, VOTES
from assistant.desk.texts import MAX_QUESTION, clean
from assistant.desk.types import Received
from assistant.desk.votes import MAX_REASON

if TYPE_CHECKING:
    from assistant.answering import Answer
    from retrieval import Passage

MAX_TURNS = 200  # questions of one conversation

_ASKED = Decision("attendre", 2, "le client demande un juriste")
_NO_CONVERSATION = (
    "Cette conversation n'existe pas, ou n'est pas la vôtre.",
    "Ouvrez-en une autre.",
)


def theme_of(answer: Answer, find: Callable[[str], Passage | None]) -> str:
    """The theme of the first question of the base that an answer leans on; nothing without one.

    Args:
        find: gives a passage by id, as `Retriever.passage`.
    """
    for citation in answer.citations:
        if citation.kind == "question" and (passage := find(citation.passage_id)):
            return passage.theme or ""
    return ""


@dataclass(frozen=True, slots=True)
class Intake:
    """What customers do.

    Args:
        store: an open store.
        policy: decides what becomes of each answer.
    """

    store: Store
    policy: Policy

    def record(
        self,
        actor: Actor,
        answer: Answer,
        *,
        conversation: str = "",
        theme: str = "",
        customer_document: bool = False,
    ) -> Received:
        """Keep a question with its automatic answer, and do what the policy says.

        Args:
            conversation: the id of a conversation of the actor's; a new one when empty.
            theme: of the answer, by `theme_of`.
            customer_document: whether the answer leans on a document of the customer's.

        Raises:
            AccessError: the conversation is somebody else's, or the desk asks for an account.
            UsageError: the question is empty or too long.
        """
        if actor.account_id is None and not self.policy.clients_anonymes:
            raise AccessError("Un compte est nécessaire.", fix="Connectez-vous.")
        text = clean(answer.question, "La question", longest=MAX_QUESTION)
        case = Case(answer.status, answer.confidence, theme, customer_document, as_of=answer.as_of)
        decision = self.policy.decide(case)
        with self.store.write() as work:
            home = _conversation(work, actor, conversation)
            question = _question(work, home, text, answer)
            kept = _answer(work, question, answer, theme, decision)
            reference = None
            if decision.route != "publier":
                about = {"id": question, "theme": theme, "language": answer.language}
                reference = open_item(work, actor, about, decision)
        return Received(home, question, kept, decision.route, reference)

    def vote(self, actor: Actor, answer_id: str, *, helpful: bool, reason: str = "") -> str | None:
        """Keep whether an answer helped; a second vote replaces the first.

        Returns:
            The reference of the item when a lawyer looks at the answer because of it.

        Raises:
            AccessError: the answer is somebody else's, or there is none.
            UsageError: the reason is too long.
        """
        told = clean(reason, "La raison", longest=MAX_REASON, empty=True)
        with self.store.write() as work:
            row = _owned(work.connection, actor, ANSWERS.c.id == answer_id)
            _keep_vote(work, row, helpful, told)
            if helpful:
                return None
            case = Case(row["status"], row["confidence"], row["theme"], negative_vote=True)
            decision = self.policy.decide(case)
            if decision.route == "publier":
                return None
            return open_item(work, actor, _about(row), decision)

    def ask_lawyer(self, actor: Actor, question_id: str) -> str:
        """Put a question before a lawyer because its customer asks; its reference.

        Raises:
            AccessError: the question is somebody else's, or there is none.
        """
        with self.store.write() as work:
            row = _owned(work.connection, actor, QUESTIONS.c.id == question_id)
            return open_item(work, actor, _about(row), _ASKED)


def owns(actor: Actor, conversation: RowMapping) -> bool:
    """Whether a conversation is an actor's. Lawyers read it through its item, not here."""
    if actor.account_id is not None:
        return bool(conversation["owner_id"] == actor.account_id)
    return bool(actor.visitor) and conversation["visitor"] == actor.visitor


def _conversation(work: Work, actor: Actor, identifier: str) -> str:
    """The conversation that a question belongs to, made when none is named."""
    if not identifier:
        row = {"id": uuid4().hex, "owner_id": actor.account_id, "visitor": actor.visitor or None}
        times = {"created": work.at, "updated": work.at}
        work.connection.execute(insert(CONVERSATIONS), [row | times])
        return str(row["id"])
    found = select(CONVERSATIONS).where(CONVERSATIONS.c.id == identifier).with_for_update()
    known = work.connection.execute(found).mappings().first()
    if known is None or not owns(actor, known):
        raise AccessError(_NO_CONVERSATION[0], fix=_NO_CONVERSATION[1])
    same = CONVERSATIONS.c.id == identifier
    work.connection.execute(update(CONVERSATIONS).where(same).values(updated=work.at))
    return identifier


def _question(work: Work, conversation: str, text: str, answer: Answer) -> str:
    """Keep a question as the next of its conversation; its id."""
    asked = select(func.count()).where(QUESTIONS.c.conversation_id == conversation)
    number = work.connection.execute(asked).scalar_one() + 1
    if number > MAX_TURNS:
        raise ConflictError(
            f"Cette conversation a déjà {MAX_TURNS} questions.", fix="Ouvrez-en une autre."
        )
    row = {
        "id": uuid4().hex,
        "conversation_id": conversation,
        "number": number,
        "text": text,
        "as_of": answer.as_of,
        "language": answer.language,
        "asked": work.at,
    }
    work.connection.execute(insert(QUESTIONS), [row])
    return str(row["id"])


def _answer(work: Work, question: str, answer: Answer, theme: str, decision: Decision) -> str:
    """Keep an automatic answer with what it takes to make it again; its id."""
    documents = [c.passage_id.partition("#")[0] for c in answer.citations if c.kind == "question"]
    row = {
        "id": uuid4().hex,
        "question_id": question,
        "status": answer.status,
        "markdown": answer.text,
        "citations": [asdict(citation) for citation in answer.citations],
        "removed": [asdict(removal) for removal in answer.removed],
        "confidence": answer.confidence,
        "reason": answer.reason,
        "theme": theme[:80],
        "document": documents[0] if documents else "",
        "provenance": {**answer.provenance, "index": answer.index, "mode": answer.mode},
        "route": decision.route,
        "created": work.at,
    }
    work.connection.execute(insert(ANSWERS), [row])
    return str(row["id"])


def _owned(connection: Connection, actor: Actor, condition: Any) -> RowMapping:
    """An answer with its question and conversation, when they are the actor's.

    Raises:
        AccessError: they are not, or there is none: both are told the same.
    """
    found = (
        select(
            ANSWERS,
            QUESTIONS.c.language,
            CONVERSATIONS.c.owner_id,
            CONVERSATIONS.c.visitor,
        )
        .join(QUESTIONS, ANSWERS.c.question_id == QUESTIONS.c.id)
        .join(CONVERSATIONS, QUESTIONS.c.conversation_id == CONVERSATIONS.c.id)
        .where(condition)
    )
    row = connection.execute(found).mappings().first()
    if row is None or not owns(actor, row):
        raise AccessError(_NO_CONVERSATION[0], fix=_NO_CONVERSATION[1])
    return row


def _about(row: RowMapping) -> dict[str, Any]:
    """What an item takes over from its question."""
    return {"id": row["question_id"], "theme": row["theme"], "language": row["language"]}


def _keep_vote(work: Work, answer: RowMapping, helpful: bool, reason: str) -> None:
    """Keep a vote in place of an earlier one."""
    values = {
        "helpful": helpful,
        "reason": reason,
        "document": answer["document"],
        "generation": str(answer["provenance"].get("index", "")),
        "at": work.at.isoformat(),
    }
    mine = VOTES.c.answer_id == answer["id"]
    if not work.connection.execute(update(VOTES).where(mine).values(**values)).rowcount:
        work.connection.execute(insert(VOTES), [{"answer_id": answer["id"], **values}])
