"""Arithmetic of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from retrieval.errors import UsageError

MAX_MONTHS = 1_200  # a hundred years


def add_months(day: date, months: int) -> date:
    """The same day of a month further on, or its last day when the month is too short.

    Raises:
        UsageError: the result would fall out of the calendar.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year or abs(months) > MAX_MONTHS:
        raise UsageError(f"Durée hors du calendrier : {months} mois.", fix="Vérifiez la durée.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """A day further on.

    Raises:
        UsageError: the result would fall out of the calendar.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise UsageError(
            f"Durée hors du calendrier : {days} jours.", fix="Vérifiez la durée."
        ) from error


def ordered(*days: tuple[str, date | None]) -> None:
    """Refuse days that don't follow each other.

    Args:
        days: (what it is, the day), in the order in which they must come; None is passed over.

    Raises:
        UsageError: one comes before the day that it must follow.
    """
    known = [(name, day) for name, day in days if day is not None]
    for (before, first), (after, second) in zip(known, known[1:], strict=False):
        if second < first:
            raise UsageError(
                f"{after} ({second}) vient avant {before} ({first}).",
                fix="Vérifiez ces deux dates.",
            )
