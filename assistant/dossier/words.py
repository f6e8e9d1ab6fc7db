"""Texts of a dossier made fit to be printed: dates in words, nothing that a file cannot hold."""

from __future__ import annotations

from datetime import date, datetime

from assistant.contract.pages import MONTHS
from assistant.contract.typography import NBSP

_KEPT = "\n\u00a0\u202f\u2060"  # no-break spaces, and what keeps an address from being a link


def day_of(day: date) -> str:
    """A date in words: « 1er octobre 2016 »."""
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def moment_of(moment: datetime) -> str:
    """A moment in words, with its time zone."""
    return f"{day_of(moment)} à {moment:%H:%M} ({moment:%Z})"


def safe_text(text: str) -> str:
    """A text without control characters, which neither XML nor a terminal should be given."""
    return "".join(c for c in text if c in _KEPT or c.isprintable())


def safe_line(text: str) -> str:
    """A text on one line."""
    return safe_text(" ".join(text.split()))
