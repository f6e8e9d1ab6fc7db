"""Passwords: hashed with argon2id, never kept."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12  # characters: length counts more than the kinds of signs (NIST SP 800-63B, 5.1.1.2)
LONGEST = 200  # characters; more would only cost time

_SIGNS = "23456789abcdefghjkmnpqrstvwxyz"  # none that is taken for another


def new_password() -> str:
    """A password of 98 bits that can be read aloud: "k7wd3-9xqpm-2hf6t-vr4jc"."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def hash_of(password: str, name: str) -> str:
    """The argon2id hash of a new password.

    Args:
        name: of its account, which the password may not repeat.

    Raises:
        UsageError: it is too short, too long, of too few signs, or the account's name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"Un mot de passe a de {SHORTEST} à {LONGEST} caractères ; celui-ci en a"
            f" {len(password)}.",
            fix="Quelques mots sans rapport entre eux conviennent.",
        )
    repeated = name.strip().lower() in password.lower() and len(name.strip()) * 2 > len(password)
    if len(set(password.lower())) < 5 or repeated:
        raise UsageError(
            "Ce mot de passe se devine : il répète le nom du compte, ou quelques signes.",
            fix="Quelques mots sans rapport entre eux conviennent.",
        )
    return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def is_right(digest: str, password: str) -> bool:
    """Whether a password is that of a hash; takes as long when there is no hash to compare."""
    from argon2.exceptions import InvalidHashError, VerificationError

    given = password[: LONGEST + 1].encode("utf-8", "surrogatepass")
    try:
        return _hasher().verify(digest or _nobody(), given) and bool(digest)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """The hasher, with the parameters that argon2-cffi advises (RFC 9106, low memory)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _hasher().hash(secrets.token_bytes(16))
