"""The audit: who did what, when, on what version. Each entry holds the hash of the one before.

An entry names accounts and items by number: no name, no question, no text of anybody's. The tables
refuse to change or delete one, and `verify` finds what was changed behind their back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from assistant.desk.errors import AuditError
from assistant.desk.tables import AUDIT

START = "0" * 64  # what the first entry holds as the hash of the one before
_LOCK = int.from_bytes(b"mtlx-aud", "big")
_FIELDS = {"action", "actor", "at", "details", "number", "previous", "subject"}


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry will say.

    Attributes:
        actor: "account:3", "customer" or "command".
        action: a verb: "approve", "sign-in".
        subject: what it was done to: "item:12".
        details: JSON values; the version of the subject, never a text of somebody's.
    """

    actor: str
    action: str
    subject: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the audit."""

    number: int  # from 1, without gap
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: noted elsewhere, it shows later that nothing was cut off the end."""

    number: int  # 0 for an empty audit
    hash: str


def canonical(value: Mapping[str, object]) -> str:
    """JSON that is the same for the same value: sorted keys, no space, no escape (cf. RFC 8785)."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def append(connection: Connection, notes: list[Note], at: datetime) -> None:
    """Add entries at the end of the chain; the last thing that a transaction does.

    On PostgreSQL a lock makes transactions follow one another from here to their end. SQLite has
    one writer anyway.
    """
    if not notes:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    head = head_of(connection)
    for note in notes:
        head = _add(connection, head, note, at)


def head_of(connection: Connection) -> Head:
    """The last entry of the audit."""
    last = connection.execute(
        select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    ).first()
    return Head(last.number, last.hash) if last else Head(0, START)


def entries(connection: Connection, *, after: int = 0, limit: int = 1_000) -> Iterator[Entry]:
    """Entries in order, from the one after a number."""
    rows = connection.execute(
        select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(limit)
    )
    for row in rows:
        yield _entry(row.entry, row.hash)


def verify(connection: Connection, noted: Head | None = None) -> Head:
    """The last entry, once every entry was held to the one before.

    Args:
        noted: an entry noted before, that must still be there: a cut end leaves a sound chain.

    Raises:
        AuditError: an entry was changed, removed, added or moved; its number is told.
    """
    head, met = Head(0, START), noted is None or noted == Head(0, START)
    for row in connection.execute(select(AUDIT).order_by(AUDIT.c.number)):
        head = _verified(row, head)
        met = met or head == noted
    if not met and noted is not None:
        raise AuditError(
            f"L'entrée {noted.number} du journal n'a plus l'empreinte notée ({noted.hash[:12]}…).",
            fix="Le journal a été coupé ou réécrit : comparez-le à une sauvegarde.",
        )
    return head


def _add(connection: Connection, head: Head, note: Note, at: datetime) -> Head:
    """Add one entry after the head; the new head."""
    number = head.number + 1
    entry = canonical(
        {
            "number": number,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": note.actor,
            "action": note.action,
            "subject": note.subject,
            "details": dict(note.details),
            "previous": head.hash,
        }
    )
    digest = _hash(entry)
    connection.execute(
        insert(AUDIT), [{"number": number, "entry": entry, "previous": head.hash, "hash": digest}]
    )
    return Head(number, digest)


def _hash(entry: str) -> str:
    """The hash of an entry, which holds the hash of the one before."""
    return hashlib.sha256(entry.encode()).hexdigest()


def _verified(row: Any, head: Head) -> Head:
    """The head after a row that follows the one before.

    Raises:
        AuditError: it does not.
    """
    sound = row.number == head.number + 1 and row.previous == head.hash
    if not sound or _hash(row.entry) != row.hash or not _says(row):
        raise AuditError(
            f"Le journal est rompu à l'entrée {row.number} : elle, ou celle d'avant, a été changée"
            " ou retirée.",
            fix="Comparez le journal à une sauvegarde ; la dernière entrée sûre est"
            f" la {head.number}.",
        )
    return Head(row.number, row.hash)


def _says(row: Any) -> bool:
    """Whether an entry says what its columns say."""
    try:
        said = json.loads(row.entry)
    except ValueError:
        return False
    return (
        isinstance(said, dict)
        and set(said) == _FIELDS
        and said["number"] == row.number
        and said["previous"] == row.previous
    )


def _entry(raw: str, digest: str) -> Entry:
    """An entry as stored."""
    said = json.loads(raw)
    return Entry(
        number=said["number"],
        at=datetime.fromisoformat(said["at"]),
        actor=said["actor"],
        action=said["action"],
        subject=said["subject"],
        details=said["details"],
        hash=digest,
    )
