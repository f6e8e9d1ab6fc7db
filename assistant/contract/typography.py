"""French typography: the spaces at which a line must not break."""

from __future__ import annotations

import re

NBSP = "\u00a0"
_BEFORE = re.compile(r" (?=[:;?!»%€])")
_AFTER = re.compile(r"(?<=[«☐]) |(?<=\bn°) |(?<=\bart\.) |(?<=\b[LRD]\.) (?=\d)")
_REFERENCE = re.compile(r"(?<=\b[Aa]rticle) (?=\d)|(?<=\b[Aa]rticles) (?=\d)|(?<=\bAnnexe) (?=\d)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


def french(text: str) -> str:
    """A text whose spaces before « : ; ? ! », inside quotes and in references do not break."""
    text = text.replace("'", "’")
    for pattern in (_BEFORE, _AFTER, _REFERENCE, _THOUSANDS):
        text = pattern.sub(NBSP, text)
    return text
