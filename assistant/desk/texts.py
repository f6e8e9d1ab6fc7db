"""Texts from outside, bounded and made storable before they go any further."""

from __future__ import annotations

import re

from retrieval.connections import storable
from retrieval.errors import UsageError

MAX_QUESTION = 20_000  # characters
MAX_NOTE = 2_000  # characters of a reason, a message, a reply
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean(text: str, what: str, *, longest: int = MAX_NOTE, empty: bool = False) -> str:
    """A text without control characters nor signs that turn the reading order, trimmed.

    Args:
        what: the text's name in messages: "La question".
        longest: characters allowed.
        empty: whether nothing is a text.

    Raises:
        UsageError: it is too long, or empty.
    """
    if len(text) > longest:
        raise UsageError(
            f"{what} a {len(text)} caractères ; {longest} au plus.", fix="Raccourcissez le texte."
        )
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    known = str(storable(plain)).strip()
    if not known and not empty:
        raise UsageError(f"{what} est vide.", fix="Écrivez quelques mots.")
    return known
