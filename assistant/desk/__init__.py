"""What visitors and lawyers do with the answers: accounts, conversations, review, audit.

store = open_desk(settings.desk, settings.votes)
actor = Sessions(store).actor(token)              # or anonymous(token of the browser)
received = Intake(store, load_policy(settings.kb)).record(actor, answer, theme=…)
seen = Following(store).by_reference(actor, reference)
page = Queue(store, actor).page(Wanted(themes=("prix-et-paiement",)))
version = Reviews(store, actor).take(item, version)
"""

from __future__ import annotations

from assistant.desk.accounts import Account, Accounts
from assistant.desk.errors import (
    AccessError,
    AuditError,
    ConflictError,
    DeskError,
    EditError,
    MissingError,
    PolicyError,
    SignInError,
    StoreError,
)
from assistant.desk.figures import Figures
from assistant.desk.following import Following
from assistant.desk.intake import Intake, theme_of
from assistant.desk.kb_file import NewQuestion
from assistant.desk.opening import has_tables, open_desk
from assistant.desk.overlay import has_published, overlaid
from assistant.desk.passwords import new_password
from assistant.desk.personal import Person, Personal
from assistant.desk.policy import Case, Decision, Policy, load_policy
from assistant.desk.publication import Publication, Publications, Target
from assistant.desk.queue import Queue, Wanted
from assistant.desk.returning import Returned, return_stale
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous, new_token, require
from assistant.desk.sessions import Sessions
from assistant.desk.store import Store
from assistant.desk.types import Followed, Item, Page, Received, Row
from assistant.desk.validated import Validated
from assistant.desk.votes import Vote, Votes, VoteStoreError

__all__ = [
    "AccessError",
    "Account",
    "Accounts",
    "Actor",
    "AuditError",
    "Case",
    "ConflictError",
    "Decision",
    "DeskError",
    "EditError",
    "Figures",
    "Followed",
    "Following",
    "Intake",
    "Item",
    "MissingError",
    "NewQuestion",
    "Page",
    "Person",
    "Personal",
    "Policy",
    "PolicyError",
    "Publication",
    "Publications",
    "Queue",
    "Received",
    "Returned",
    "Reviews",
    "Row",
    "Sessions",
    "SignInError",
    "Store",
    "StoreError",
    "Target",
    "Validated",
    "Vote",
    "VoteStoreError",
    "Votes",
    "Wanted",
    "anonymous",
    "has_published",
    "has_tables",
    "load_policy",
    "new_password",
    "new_token",
    "open_desk",
    "overlaid",
    "require",
    "return_stale",
    "theme_of",
]
