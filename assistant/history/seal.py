"""The secret that opens a visitor's conversations, and what is derived from it.

The secret is in the visitor's browser alone. A hash of it finds the conversations, a key derived from
it opens them; neither gives the other away.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.history.types import HistoryError

MAX_BYTES = 4 * 1024 * 1024  # of a conversation, before it is compressed
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NONCE = 12  # bytes: NIST SP 800-38D, 8.2


def new_token() -> str:
    """A secret of 256 bits, in 43 characters that an address and a cookie can hold."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether a text has the form of a secret of `new_token`."""
    return bool(_TOKEN.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a secret of `new_token`."""

    token: str = field(repr=False)

    @property
    def owner(self) -> str:
        """What the store knows the holder by: 64 hexadecimal characters."""
        return hashlib.sha256(b"maintelex history owner\0" + self.token.encode()).hexdigest()

    def derived(self, purpose: str) -> str:
        """Another secret, for one purpose, that says nothing of this one: 64 hexadecimal characters."""
        return self._key(f"maintelex history {purpose}").hex()

    def seal(self, data: bytes, about: str) -> bytes:
        """Data that only the holder can open (AES-256-GCM).

        Args:
            data: at most `MAX_BYTES`.
            about: what it is, such as an id: it opens as nothing else.

        Raises:
            HistoryError: there is too much of it.
        """
        if len(data) > MAX_BYTES:
            raise HistoryError(
                "Cette conversation est trop longue pour être gardée.",
                fix="Enregistrez-la en Word ou en PDF, puis commencez-en une autre.",
            )
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher().encrypt(nonce, zlib.compress(data), about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """What `seal` was given.

        Raises:
            HistoryError: it was sealed by another secret, as something else, or was changed.
        """
        try:
            packed = self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
        except (InvalidTag, ValueError) as error:
            raise HistoryError("Cette conversation ne s'ouvre pas avec cette clé.") from error
        return zlib.decompress(packed)

    def _cipher(self) -> AESGCM:
        """The cipher of the holder's own key."""
        return AESGCM(self._key("maintelex history seal"))

    def _key(self, purpose: str) -> bytes:
        """32 bytes derived from the secret for one purpose (RFC 5869)."""
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(self.token.encode())
