"""Days and sums as they are written in French."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


def french_date(day: date) -> str:
    """A day: « 1er octobre 2016 »."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def french_number(value: Decimal) -> str:
    """A number with two decimals at most: « 1 250,50 », « 40 »."""
    whole, _, cents = f"{abs(value):.2f}".partition(".")
    groups = f"{int(whole):,}".replace(",", "\u202f")
    return ("-" if value < 0 else "") + groups + (f",{cents}" if cents != "00" else "")
