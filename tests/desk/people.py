"""A desk with accounts, over the small base: what most tests of the desk start from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering import Answer, Assistant
from assistant.desk.accounts import Accounts
from assistant.desk.following import Following
from assistant.desk.intake import Intake
from assistant.desk.policy import Policy
from assistant.desk.queue import Queue
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, Role, anonymous
from assistant.desk.sessions import Sessions
from assistant.desk.store import Store
from assistant.desk.types import Item, Received
from assistant.guard import RetrieverBase
from retrieval import Retriever

PASSWORD = "cheval juste agrafe"
QUESTION = "Le juge peut-il réduire la pénalité prévue au contrat ?"
WAIT_ALL = Policy.model_validate(
    {"sinon": "attendre", "clients_anonymes": "oui", "conservation_jours": 365}
)


@dataclass(slots=True)
class Desk:
    """A store and everything over it."""

    store: Store
    retriever: Retriever
    policy: Policy = WAIT_ALL

    def account(self, name: str, role: Role) -> Actor:
        """Somebody with an account who has signed in."""
        Accounts(self.store).add(name, role, PASSWORD)
        return Sessions(self.store).actor(Sessions(self.store).sign_in(name, PASSWORD))

    @property
    def intake(self) -> Intake:
        """The customers' side."""
        return Intake(self.store, self.policy)

    @property
    def following(self) -> Following:
        """What customers come back for."""
        return Following(self.store)

    @property
    def base(self) -> RetrieverBase:
        """The base that the guard asks."""
        return RetrieverBase(self.retriever)

    def answer(self, question: str = QUESTION, **changes: object) -> Answer:
        """The automatic answer to a question, with some fields replaced."""
        found = Assistant(self.retriever).answer(question)
        return replace(found, **changes)  # type: ignore[arg-type]

    def receive(self, actor: Actor | None = None, **changes: object) -> Received:
        """Record a question; an anonymous customer's unless an actor is given."""
        return self.intake.record(actor or anonymous("token"), self.answer(**changes))  # type: ignore[arg-type]

    def item(self, lawyer: Actor, received: Received) -> Item:
        """The item of a recorded question."""
        from assistant.desk.queue import Wanted

        found = Queue(self.store, lawyer).page(
            Wanted(states=(), reference=received.reference or "?")
        )
        return Queue(self.store, lawyer).item(found.rows[0].id)

    def taken(self, lawyer: Actor) -> tuple[int, int]:
        """A new item that a lawyer holds: its number and version."""
        row = self.item(lawyer, self.receive()).row
        return row.id, Reviews(self.store, lawyer).take(row.id, row.version)
