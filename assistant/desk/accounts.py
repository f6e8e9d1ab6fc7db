"""Accounts: who may sign in, with what role. Administered from the command line or by an admin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from assistant.desk.errors import AccessError, ConflictError, MissingError
from assistant.desk.passwords import hash_of
from assistant.desk.roles import ROLES, Actor, Role, require
from assistant.desk.store import Store
from assistant.desk.tables import ACCOUNTS, KEYS, SESSIONS
from retrieval.errors import UsageError

_NAME = re.compile(r"[a-z0-9][a-z0-9._+@-]{1,119}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account, without its password."""

    id: int
    name: str
    role: Role
    disabled: bool
    locked_until: datetime | None
    created: datetime


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a store.

    Args:
        store: an open store.
        by: the admin who acts; None for the command line, whose user holds the database anyway.
    """

    store: Store
    by: Actor | None = None

    def add(self, name: str, role: Role, password: str) -> Account:
        """Make an account.

        Args:
            name: 2 to 120 letters without accent, digits and . _ + @ -; capitals don't count.
            password: see `passwords.hash_of`.

        Raises:
            UsageError: the name, the role or the password is refused.
            ConflictError: the name is taken.
            AccessError: the actor is no admin.
        """
        by = self._author()
        known, digest = checked_name(name), hash_of(password, name)
        _check_role(role)
        with self.store.write() as work:
            if named(work.connection, known):
                raise ConflictError(
                    f"Le compte « {known} » existe déjà.", fix="Choisissez un autre nom."
                )
            row = new_row(known, role, digest, work.at)
            made = work.connection.execute(insert(ACCOUNTS).returning(ACCOUNTS), row)
            account = _account(made.mappings().one())
            work.note(by, "account-add", f"account:{account.id}", role=role)
        return account

    def reset(self, name: str, password: str) -> Account:
        """Give an account another password, open it again, and end its sessions.

        Raises:
            UsageError: the password is refused.
            MissingError: there is no such account.
            AccessError: the actor is no admin.
        """
        changes = {"hash": hash_of(password, name), "failures": 0, "locked_until": None}
        return self._change(name, "account-reset", {**changes, "disabled": False})

    def disable(self, name: str) -> Account:
        """Close an account, end its sessions and revoke its keys; what it did stays.

        Raises:
            MissingError: there is no such account.
            ConflictError: it is the last admin.
            AccessError: the actor is no admin.
        """
        return self._change(name, "account-disable", {"disabled": True})

    def set_role(self, name: str, role: Role) -> Account:
        """Give an account another role, and end its sessions.

        Raises:
            UsageError: there is no such role.
            MissingError: there is no such account.
            ConflictError: it is the last admin.
            AccessError: the actor is no admin.
        """
        _check_role(role)
        return self._change(name, "account-role", {"role": role})

    def name(self, actor: Actor) -> str:
        """The name of an actor's account; nothing for an anonymous customer."""
        found = select(ACCOUNTS.c.name).where(ACCOUNTS.c.id == actor.account_id)
        with self.store.read() as connection:
            return str(connection.execute(found).scalar() or "")

    def all(self) -> list[Account]:
        """Every account, by name.

        Raises:
            AccessError: the actor is no admin.
        """
        self._author()
        with self.store.read() as connection:
            rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.name)).mappings()
            return [_account(row) for row in rows]

    def _author(self) -> str:
        """Who acts, as the audit names it."""
        if self.by is None:
            return "command"
        require(self.by, "admin")
        return self.by.name

    def _change(self, name: str, action: str, changes: dict[str, Any]) -> Account:
        """Change an account, end its sessions, and note it."""
        by = self._author()
        with self.store.write() as work:
            row = named(work.connection, name)
            if row is None:
                raise MissingError(
                    f"Aucun compte « {name} ».", fix="« maintelex users list » les montre."
                )
            _keep_an_admin(work.connection, row, changes)
            work.connection.execute(delete(SESSIONS).where(SESSIONS.c.account_id == row["id"]))
            if changes.get("disabled"):
                keys = update(KEYS).where(KEYS.c.account_id == row["id"], KEYS.c.revoked.is_(None))
                work.connection.execute(keys.values(revoked=work.at))
            change = update(ACCOUNTS).where(ACCOUNTS.c.id == row["id"]).values(**changes)
            made = work.connection.execute(change.returning(ACCOUNTS)).mappings().one()
            role = {"role": changes["role"]} if "role" in changes else {}
            work.note(by, action, f"account:{row['id']}", **role)
        return _account(made)


def confirmed(connection: Connection, actor: Actor, *roles: Role) -> int:
    """The account of an actor who has one of some roles, as the store knows it now.

    Raises:
        AccessError: the actor has none, or the account was closed or its role changed meanwhile.
    """
    account = require(actor, *roles)
    found = select(ACCOUNTS.c.role).where(ACCOUNTS.c.id == account, ACCOUNTS.c.disabled.is_(False))
    if connection.execute(found).scalar() != actor.role:
        raise AccessError("Votre compte n'a plus ce rôle.", fix="Connectez-vous de nouveau.")
    return account


def named(connection: Connection, name: str) -> RowMapping | None:
    """The row of an account, locked until the end of a transaction that writes."""
    found = select(ACCOUNTS).where(ACCOUNTS.c.name == name.strip().lower()[:200])
    writes = connection.get_execution_options().get("desk_write", False)
    return connection.execute(found.with_for_update() if writes else found).mappings().first()


def new_row(
    name: str, role: Role, digest: str, at: datetime, subject: str | None = None
) -> dict[str, Any]:
    """The row of a new account."""
    return {
        "name": name,
        "role": role,
        "subject": subject,
        "hash": digest,
        "disabled": False,
        "failures": 0,
        "locked_until": None,
        "created": at,
    }


def checked_name(name: str) -> str:
    """A name as it is stored.

    Raises:
        UsageError: it has other signs than those allowed, or too many.
    """
    known = name.strip().lower()
    if not _NAME.fullmatch(known):
        raise UsageError(
            f"Nom de compte refusé : {name[:120]!r}.",
            fix="De 2 à 120 lettres sans accent, chiffres, et . _ + @ -.",
        )
    return known


def _check_role(role: str) -> None:
    """Refuse a role that is none."""
    if role not in ROLES:
        raise UsageError(f"Rôle inconnu : {role!r}.", fix="Rôles : " + ", ".join(ROLES) + ".")


def _keep_an_admin(connection: Connection, row: RowMapping, changes: Mapping[str, Any]) -> None:
    """Refuse to close the last account that can open others."""
    leaves = changes.get("disabled", False) or changes.get("role", "admin") != "admin"
    if row["role"] != "admin" or row["disabled"] or not leaves:
        return
    open_admins = select(func.count()).where(
        ACCOUNTS.c.role == "admin", ACCOUNTS.c.disabled.is_(False)
    )
    if connection.execute(open_admins).scalar_one() == 1:
        raise ConflictError(
            f"« {row['name']} » est le dernier administrateur.",
            fix="Ouvrez d'abord un autre compte d'administrateur.",
        )


def _account(row: RowMapping) -> Account:
    """An account from its row."""
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        disabled=row["disabled"],
        locked_until=row["locked_until"],
        created=row["created"],
    )
