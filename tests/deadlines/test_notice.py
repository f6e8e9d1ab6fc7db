"""Terms, notices and reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.deadlines import Notice, Term, add_months, notice
from retrieval.errors import UsageError

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(1, 120)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_months_end_where_they_should(day: date, months: int, expected: date) -> None:
    """The last day of a shorter month stands for the days that it lacks."""
    assert add_months(day, months) == expected


@given(DAYS, st.integers(0, 600), st.integers(0, 600))
def test_months_add_up(day: date, some: int, more: int) -> None:
    """Later months come later, and the day of the month is never passed."""
    assert add_months(day, some) <= add_months(day, some + more)
    assert add_months(day, some).day <= day.day
    assert (add_months(day, some).month - day.month - some) % 12 == 0


def test_a_month_out_of_the_calendar_is_told() -> None:
    """Not a traceback."""
    with pytest.raises(UsageError, match="calendrier"):
        add_months(date(9999, 12, 1), 12)


def test_a_calendar_year_with_three_months_of_notice() -> None:
    """A year that ends on 31 December is refused by 30 September."""
    found = notice(Term(date(2026, 1, 1), 12, 12), Notice(3, "mois"), date(2026, 5, 1))
    assert (found.period_ends, found.notify_by) == (date(2026, 12, 31), date(2026, 9, 30))
    assert found.next_ends == date(2027, 12, 31)
    assert not found.missed and found.remind_by is None


def test_days_are_counted_from_the_last_day() -> None:
    """Sixty days before 31 December is 1 November."""
    found = notice(Term(date(2026, 1, 1), 12), Notice(60, "jours"), date(2026, 5, 1))
    assert found.notify_by == date(2026, 11, 1)
    assert found.next_ends is None


def test_renewals_follow_the_first_day() -> None:
    """A contract that began on a 31st keeps it: short months do not drag the term along."""
    found = notice(Term(date(2024, 8, 31), 6, 6), Notice(1, "mois"), date(2025, 9, 1))
    assert (found.period_starts, found.period_ends) == (date(2025, 8, 31), date(2026, 2, 27))


def test_a_missed_date_is_told() -> None:
    """The day after the last day, it is too late, and the working says so."""
    found = notice(Term(date(2026, 1, 1), 12, 12), Notice(3, "mois"), date(2026, 10, 1))
    assert found.missed
    assert "est passée" in found.working.steps[-1]


@pytest.mark.parametrize("client", ["consommateur", "non-professionnel"])
def test_the_legal_reminder(client: str) -> None:
    """Between three months and one month before the end of the time to refuse."""
    found = notice(Term(date(2026, 1, 1), 12, 12), Notice(1, "mois"), date(2026, 5, 1), client)
    assert (found.remind_from, found.remind_by) == (date(2026, 8, 30), date(2026, 10, 30))
    assert "c-conso-l215-1" in found.working.authorities


@given(DAYS, MONTHS, MONTHS, st.integers(0, 24), st.integers(0, 4_000))
def test_the_day_is_always_in_the_period(
    start: date, months: int, renewal: int, delay: int, later: int
) -> None:
    """The period holds the day, periods follow each other, and the notice comes before the end."""
    on = start + timedelta(days=later)
    found = notice(Term(start, months, renewal), Notice(delay, "mois"), on)
    assert start <= found.period_starts <= on <= found.period_ends
    assert found.notify_by <= found.period_ends < (found.next_ends or date.max)
    after = notice(
        Term(start, months, renewal), Notice(delay, "mois"), found.period_ends + timedelta(1)
    )
    assert after.period_starts == found.period_ends + timedelta(1)
    assert after.period_ends == found.next_ends


@pytest.mark.parametrize(
    ("term", "delay", "on", "client", "said"),
    [
        (Term(date(2026, 1, 1), 12), Notice(1, "mois"), date(2025, 1, 1), "professionnel", "vient avant"),
        (Term(date(2026, 1, 1), 12), Notice(1, "mois"), date(2027, 1, 1), "professionnel", "pris fin"),
        (Term(date(2026, 1, 1), 0), Notice(1, "mois"), date(2026, 1, 1), "professionnel", "Durée incorrecte"),
        (Term(date(2026, 1, 1), 1), Notice(-1, "mois"), date(2026, 1, 1), "professionnel", "Préavis incorrect"),
        (Term(date(2026, 1, 1), 1), Notice(1, "mois"), date(2026, 1, 1), "ami", "Client inconnu"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told(term: Term, delay: Notice, on: date, client: str, said: str) -> None:
    """Each refusal says what was received."""
    with pytest.raises(UsageError, match=said):
        notice(term, delay, on, client)
