"""The reference by which a customer comes back to a question that waits for a lawyer."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O or U, which are misread or misspell words
# (https://www.crockford.com/base32.html).
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12  # 60 bits: a thousand guesses a second find one of a million in 36 years
_PREFIX = "ML"


def new_reference() -> str:
    """A reference that nobody can guess: "ML-7K3Q-9XZP-D2FH"."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return "-".join((_PREFIX, signs[:4], signs[4:8], signs[8:]))


def read_reference(text: str) -> str | None:
    """A reference as it is stored, from what somebody typed; None when it cannot be one."""
    if len(text) > 60:
        return None
    signs = text.upper().translate(str.maketrans("", "", " -\u00a0\u202f‑–\t\n"))
    signs = signs.removeprefix(_PREFIX).translate(str.maketrans("ILO", "110"))
    if len(signs) != _LENGTH or any(sign not in _SIGNS for sign in signs):
        return None
    return "-".join((_PREFIX, signs[:4], signs[4:8], signs[8:]))
