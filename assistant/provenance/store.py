"""Answers kept in a SQLite file, for those who asked that theirs be. Questions are personal data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    MetaData,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import SECURE_DELETE, owned, reason, sqlite
from assistant.provenance.record import Record
from assistant.provenance.trace import Trace
from assistant.provenance.values import answer_from_json, answer_to_json
from retrieval.errors import AppError

FILE = "answers.sqlite"  # in the data folder
WAIT = 2.0  # seconds that a write waits for another one
LISTED = 1_000  # answers listed at most

_METADATA = MetaData()
_ANSWERS = Table(
    "answers",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False, index=True),  # ISO 8601, UTC
    Column("record", String, nullable=False),  # JSON
)


class AnswerStoreError(AppError):
    """Kept answers cannot be written or read, or one is not there."""


class AnswerStore:
    """The answers of a SQLite file, made when the first one is kept; its owner alone may read it.

    Args:
        path: the file; its folder is made too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, record: Record) -> None:
        """Keep an answer.

        Raises:
            AnswerStoreError: the file is locked, or the disk refuses.
        """
        row = {
            "id": record.id,
            "at": record.at.astimezone(UTC).isoformat(),
            "record": _text(record),
        }
        try:
            owned(self._path)
            with sqlite(self._path, (SECURE_DELETE,), WAIT).begin() as connection:
                _METADATA.create_all(connection)
                connection.execute(delete(_ANSWERS).where(_ANSWERS.c.id == record.id))
                connection.execute(insert(_ANSWERS), [row])
        except (OSError, SQLAlchemyError) as error:
            raise _refused(self._path, error) from error

    def get(self, identifier: str) -> Record:
        """The answer with this id.

        Raises:
            AnswerStoreError: it is not there, or cannot be read.
        """
        rows = self._select(select(_ANSWERS).where(_ANSWERS.c.id == identifier.strip().lower()))
        if not rows:
            raise AnswerStoreError(
                f"Aucune réponse gardée ne porte l'identifiant {identifier[:40]!r}.",
                fix="« maintelex answers list » donne celles qui sont gardées ;"
                ' « maintelex ask --keep "QUESTION" » en garde une.',
            )
        return _record(rows[0], self._path)

    def all(self) -> list[Record]:
        """The answers kept, latest first, at most `LISTED`.

        Raises:
            AnswerStoreError: the file cannot be read.
        """
        query = select(_ANSWERS).order_by(_ANSWERS.c.at.desc(), _ANSWERS.c.id).limit(LISTED)
        return [_record(row, self._path) for row in self._select(query)]

    def forget(self, identifier: str) -> bool:
        """Forget an answer; whether there was one.

        Raises:
            AnswerStoreError: the file cannot be written.
        """
        return self._delete(_ANSWERS.c.id == identifier.strip().lower()) > 0

    def purge(self, before: datetime) -> int:
        """Forget the answers kept before a moment, and give how many.

        Args:
            before: with a time zone.

        Raises:
            AnswerStoreError: the file cannot be written.
        """
        return self._delete(_ANSWERS.c.at < before.astimezone(UTC).isoformat())

    def _select(self, query: Any) -> Sequence[Row[Any]]:
        """The rows of a query; none as long as there is no file."""
        if not self._path.exists():
            return []
        try:
            with sqlite(self._path, (SECURE_DELETE,), WAIT).begin() as connection:
                _METADATA.create_all(connection)
                return connection.execute(query).all()
        except (OSError, SQLAlchemyError) as error:
            raise _refused(self._path, error) from error

    def _delete(self, condition: Any) -> int:
        """Delete rows for good: what SQLite deletes is written over."""
        if not self._path.exists():
            return 0
        try:
            with sqlite(self._path, (SECURE_DELETE,), WAIT).begin() as connection:
                _METADATA.create_all(connection)
                return connection.execute(delete(_ANSWERS).where(condition)).rowcount
        except (OSError, SQLAlchemyError) as error:
            raise _refused(self._path, error) from error


def _text(record: Record) -> str:
    """A record as JSON."""
    held = {
        "answer": answer_to_json(record.answer),
        "trace": asdict(record.trace),
        "before": list(record.before),
    }
    return json.dumps(held, ensure_ascii=False, default=str)


def _record(row: Row[Any], path: Path) -> Record:
    """A record from its row."""
    try:
        held = json.loads(row.record)
        answer, trace = answer_from_json(held["answer"]), Trace.from_json(held["trace"])
        at = datetime.fromisoformat(row.at)
        return Record(row.id, at, answer, trace, tuple(held["before"]))
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerStoreError(
            f"La réponse {row.id} de {path.name} ne se lit pas ({type(error).__name__}).",
            fix=f"Supprimez-la : « maintelex answers delete {row.id} ».",
        ) from error


def _refused(path: Path, error: Exception) -> AnswerStoreError:
    """What to tell when the file refuses; never the values that were to be written."""
    return AnswerStoreError(
        f"Les réponses gardées ne sont pas accessibles : {path.name} {reason(error)}.",
        fix="Vérifiez le dossier de MAINTELEX_DATA et la place sur le disque, puis réessayez.",
    )
