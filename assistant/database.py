"""SQLite files of ours: made for their owner alone, opened under pragmas, refusals told in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

WAL = "PRAGMA journal_mode=WAL"  # readers don't wait for a writer
SECURE_DELETE = "PRAGMA secure_delete=ON"  # what is deleted is overwritten: it leaves the file

_REASONS = (
    ("locked", "est occupée par une autre écriture"),
    ("lock timeout", "est occupée par une autre écriture"),
    ("full", "n'a plus de place"),
    ("No space", "n'a plus de place"),
    ("readonly", "ne peut pas être écrite"),
    ("unable to open", "ne peut pas être ouverte"),
    ("not a database", "n'est pas une base SQLite"),
    ("malformed", "est abîmée"),
    ("deadlock", "a refusé deux actions croisées"),
    ("QueuePool limit", "est trop demandée"),
)


def owned(path: Path) -> Path:
    """A file that its owner alone may read, made with its folder when it is missing.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path


def sqlite(
    path: Path, pragmas: Sequence[str], wait: float, *, kept: bool = False, **options: Any
) -> Engine:
    """An engine over a file.

    Args:
        pragmas: said to each connection first, in order.
        wait: seconds that a write waits for another one.
        kept: whether connections stay open between two uses; not where writes are rare.
        options: of `sqlite3.connect`.
    """
    pool: dict[str, Any] = {} if kept else {"poolclass": NullPool}
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": wait, **options}, **pool)

    def prepare(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(engine, "connect", prepare)
    return engine


def reason(error: Exception) -> str:
    """Why a database failed, for a person: the end of a sentence, never a value or an address."""
    cause = str(getattr(error, "orig", None) or error)
    return next((told for words, told in _REASONS if words in cause), "ne répond pas")
