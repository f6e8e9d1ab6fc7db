"""The desk's tables, as the last migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    desc,
)
from sqlalchemy.dialects.postgresql import JSONB

HEAD = "0003"  # the last migration
SCHEMA = "maintelex_desk"  # of a PostgreSQL database

METADATA = MetaData()
_JSON = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, kept in UTC: SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a moment without zone; SQLite gets it bare."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"moment without a time zone: {value}")
        known = value.astimezone(UTC)
        return known.replace(tzinfo=None) if dialect.name == "sqlite" else known

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)  # type: ignore[no-any-return]


VOTES = Table(  # as `assistant.desk.votes` made it before there was a desk
    "votes",
    METADATA,
    Column("answer_id", String, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(1_000), nullable=False),
    Column("document", String, nullable=False),
    Column("generation", String, nullable=False),
    Column("at", String, nullable=False),
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),  # in lower case
    Column("role", String(10), nullable=False),
    Column("subject", String(300), unique=True),  # of an identity provider
    Column("hash", String(200), nullable=False),  # argon2id; empty: no password opens it
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),  # wrong passwords since the last right one
    Column("locked_until", Moment),
    Column("created", Moment, nullable=False),
    sqlite_autoincrement=True,  # the audit names it: never given again
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token", String(64), primary_key=True),  # SHA-256 of the token
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment, nullable=False),
)

KEYS = Table(
    "keys",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),  # SHA-256 of the key
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", String(120), nullable=False),
    Column("created", Moment, nullable=False),
    Column("revoked", Moment),
    sqlite_autoincrement=True,  # the audit names it: never given again
)

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner_id", ForeignKey("accounts.id"), index=True),  # none: an anonymous customer's
    Column("visitor", String(64), index=True),  # SHA-256 of an anonymous customer's token
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False, index=True),
)

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # in its conversation, from 1
    Column("text", Text, nullable=False),
    Column("as_of", Date),
    Column("language", String(5), nullable=False),
    Column("asked", Moment, nullable=False),
    UniqueConstraint("conversation_id", "number"),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column(
        "question_id", ForeignKey("questions.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("status", String(20), nullable=False),
    Column("markdown", Text, nullable=False),
    Column("citations", _JSON, nullable=False),
    Column("removed", _JSON, nullable=False),  # by the guard
    Column("confidence", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("theme", String(80), nullable=False),
    Column("document", String(300), nullable=False),  # the question of the base that answered
    Column("provenance", _JSON, nullable=False),
    Column("route", String(20), nullable=False),
    Column("created", Moment, nullable=False),
)

ITEMS = Table(
    "items",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    Column(
        "question_id", ForeignKey("questions.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("state", String(12), nullable=False),
    Column("route", String(20), nullable=False),
    Column("urgency", Integer, nullable=False),  # 1 low, 2 normal, 3 high
    Column("reason", String(200), nullable=False),  # why it is in the queue
    Column("theme", String(80), nullable=False),
    Column("language", String(5), nullable=False),
    Column("holder_id", ForeignKey("accounts.id"), index=True),
    Column("revision", Integer),  # number of the text in force; none: the suggested answer
    Column("version", Integer, nullable=False),  # grows by one at each change
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Index("ix_items_queue", "state", "urgency", "created"),
    Index("ix_items_order", desc("urgency"), "created", "id", "state", "holder_id"),
    Index("ix_items_counts", "state", "theme", "urgency", "route", "created", "holder_id"),
    sqlite_autoincrement=True,  # the audit names it: never given again
)

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("markdown", Text, nullable=False),
    Column("citations", _JSON, nullable=False),
    Column("faults", _JSON, nullable=False),  # what the guard finds wrong in it
    Column("author_id", ForeignKey("accounts.id"), nullable=False),
    Column("created", Moment, nullable=False),
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("action", String(12), nullable=False),
    Column("actor_id", ForeignKey("accounts.id")),  # none: the customer
    Column("note", Text, nullable=False),
    Column("before", _JSON, nullable=False),  # state, holder and revision, for undoing
    Column("undone", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("review", Integer, nullable=False),  # number of the review that sent it
    Column("author", String(10), nullable=False),  # "lawyer" or "customer"
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

PUBLICATIONS = Table(
    "publications",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="SET NULL"), index=True),
    Column("document", String(300), nullable=False, index=True),  # "kb:questions/<id>"
    Column("kind", String(10), nullable=False),  # "new", "variant" or "revision"
    Column("question", Text, nullable=False),
    Column("wordings", _JSON, nullable=False),
    Column("markdown", Text, nullable=False),  # the answer, word for word
    Column("citations", _JSON, nullable=False),
    Column("files", _JSON, nullable=False),  # of the base: text by path
    Column("author_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("sources", _JSON),  # digest of each passage cited, by id; none: of before there were any
    Column("returned", Moment),  # when it went back to the queue
    Column("withdrawn", Moment),  # since when nobody is given it: a source has changed
    sqlite_autoincrement=True,  # the audit names it: never given again
)

IMPORTS = Table(
    "imports",
    METADATA,
    Column("source", String(500), primary_key=True),
    Column("last", String, nullable=False),  # moment of the last vote taken over
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without gap
    Column("entry", Text, nullable=False),  # canonical JSON
    Column("previous", String(64), nullable=False, unique=True),  # two entries cannot follow one
    Column("hash", String(64), nullable=False),
)
