"""Who acts at the desk, and what each may do. Every service asks here first."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from assistant.desk.errors import AccessError

Role = Literal["client", "lawyer", "admin"]
ROLES: tuple[Role, ...] = ("client", "lawyer", "admin")

_NAMES = {"client": "client", "lawyer": "juriste", "admin": "administrateur"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: somebody signed in, or an anonymous customer known by a token of theirs.

    Only `Accounts` makes one of an account, from a password, a session or a key.
    """

    role: Role
    account_id: int | None = None
    visitor: str = ""  # SHA-256 of the token of an anonymous customer

    @property
    def name(self) -> str:
        """The actor as the audit names it."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        return "customer" if self.visitor else "command"


PROGRAM = Actor("client")  # nobody: what the program does by itself


def new_token() -> str:
    """A secret of 256 bits, for a session, a key or an anonymous customer's browser."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """A token as it is stored: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def anonymous(token: str) -> Actor:
    """The anonymous customer whose browser keeps a token of `new_token`."""
    return Actor("client", visitor=hashed(token))


def require(actor: Actor, *roles: Role) -> int:
    """The account of an actor who has one of some roles. An admin has them all.

    Raises:
        AccessError: the actor has none of them, or is not signed in.
    """
    if actor.account_id is None:
        raise AccessError("Vous n'êtes pas connecté.", fix="Connectez-vous, puis recommencez.")
    if actor.role not in roles and actor.role != "admin":
        raise AccessError(
            f"Cette action est réservée aux {_told(roles)} ; votre compte est"
            f" {_NAMES[actor.role]}.",
            fix="Demandez à un administrateur.",
        )
    return actor.account_id


def _told(roles: tuple[Role, ...]) -> str:
    """Roles in words."""
    return " et ".join(f"{_NAMES[role]}s" for role in roles)
