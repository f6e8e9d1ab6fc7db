"""Votes: whether an answer helped, and why not. No question is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import WAL, owned, reason, sqlite
from retrieval.errors import AppError, UsageError

MAX_REASON = 1_000  # characters
WAIT = 2.0  # seconds that a write waits for another one

_METADATA = MetaData()
_VOTES = Table(
    "votes",
    _METADATA,
    Column("answer_id", String, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(MAX_REASON), nullable=False),
    Column("document", String, nullable=False),
    Column("generation", String, nullable=False),
    Column("at", String, nullable=False),
)


class VoteStoreError(AppError):
    """The votes cannot be written or read."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a visitor thinks of one answer.

    Raises:
        UsageError: the reason is too long or the moment has no time zone.
    """

    answer_id: str
    helpful: bool
    reason: str  # at most `MAX_REASON` characters
    document: str  # the question of the base that answered: "kb:questions/preavis"
    generation: str  # of the index
    at: datetime  # with a time zone

    def __post_init__(self) -> None:
        """Refuse what cannot be stored faithfully."""
        if len(self.reason) > MAX_REASON:
            raise UsageError(
                f"A reason has {MAX_REASON} characters at most, not {len(self.reason)}."
            )
        if self.at.tzinfo is None:
            raise UsageError(f"The moment of a vote needs a time zone; it is {self.at}.")


class Votes:
    """The votes in a SQLite file, made at the first vote.

    Args:
        path: the file; its folder is made too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, vote: Vote) -> None:
        """Keep a vote; a second one on the same answer replaces the first.

        Raises:
            VoteStoreError: the file is locked, or the disk refuses.
        """
        row = _row(vote)
        try:
            owned(self._path)
            with sqlite(self._path, (WAL,), WAIT).begin() as connection:
                _METADATA.create_all(connection)
                connection.execute(delete(_VOTES).where(_VOTES.c.answer_id == vote.answer_id))
                connection.execute(insert(_VOTES), [row])
        except (OSError, SQLAlchemyError) as error:
            raise _refused(self._path, error) from error

    def all(self) -> list[Vote]:
        """Every vote, oldest first.

        Raises:
            VoteStoreError: the file cannot be read.
        """
        if not self._path.exists():
            return []
        try:
            with sqlite(self._path, (WAL,), WAIT).begin() as connection:
                return _read(connection)
        except (OSError, SQLAlchemyError) as error:
            raise _refused(self._path, error) from error


def _row(vote: Vote) -> dict[str, object]:
    """A vote as it is stored: the moment in UTC, ISO 8601."""
    return {
        "answer_id": vote.answer_id,
        "helpful": vote.helpful,
        "reason": vote.reason,
        "document": vote.document,
        "generation": vote.generation,
        "at": vote.at.astimezone(UTC).isoformat(),
    }


def _read(connection: Connection) -> list[Vote]:
    """The stored votes."""
    _METADATA.create_all(connection)
    rows = connection.execute(select(_VOTES).order_by(_VOTES.c.at, _VOTES.c.answer_id))
    return [
        Vote(
            r.answer_id, r.helpful, r.reason, r.document, r.generation, datetime.fromisoformat(r.at)
        )
        for r in rows
    ]


def _refused(path: Path, error: Exception) -> VoteStoreError:
    """What to tell when the file refuses."""
    return VoteStoreError(
        f"Votre avis n'a pas pu être enregistré : {path.name} {reason(error)}.",
        fix="La page continue de fonctionner ; réessayez plus tard.",
    )
