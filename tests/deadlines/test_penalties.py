"""Late-payment penalties and the 40-euro indemnity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.deadlines import Claim, penalties
from assistant.deadlines.penalties import default_due
from assistant.deadlines.writing import french_date, french_number
from retrieval.errors import UsageError

CLAIM = Claim(Decimal(1000), date(2026, 1, 31), date(2026, 3, 2), rate=Decimal(12))
AMOUNTS = st.decimals("0.01", 10**7, places=2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_formula() -> None:
    """1,000 × 12 % × 30 / 365 is 9.86, and 40 euros are added."""
    found = penalties(CLAIM)
    assert (found.days, found.interest, found.indemnity, found.total) == (
        30, Decimal("9.86"), Decimal(40), Decimal("49.86"),
    )  # fmt: skip


def test_without_agreement_the_rate_is_the_ecb_s_plus_ten() -> None:
    """The law's own rate."""
    found = penalties(replace(CLAIM, rate=None, ecb_rate=Decimal("2.15")))
    assert found.rate == Decimal("12.15")


def test_a_rate_below_the_floor_is_raised() -> None:
    """Never under three times the legal rate, and the working says so."""
    found = penalties(replace(CLAIM, rate=Decimal(5), legal_rate=Decimal(3)))
    assert found.rate == Decimal(9)
    assert "ce minimum est retenu" in found.working.steps[0]


@pytest.mark.parametrize("paid", [date(2026, 1, 31), date(2026, 1, 1)])
def test_in_time_costs_nothing(paid: date) -> None:
    """On the last day or before, nothing is due."""
    found = penalties(replace(CLAIM, paid=paid))
    assert (found.days, found.total) == (0, 0)


def test_a_leap_day_counts() -> None:
    """From 28 February to 1 March 2028 there are two days."""
    assert penalties(replace(CLAIM, due=date(2028, 2, 28), paid=date(2028, 3, 1))).days == 2


def test_thirty_days_without_agreement() -> None:
    """From the reception."""
    assert default_due(date(2026, 1, 31)) == date(2026, 3, 2)


def test_a_time_to_pay_over_the_limit_is_told() -> None:
    """Sixty-one days after the invoice."""
    steps = penalties(replace(CLAIM, invoiced=date(2025, 12, 1))).working.steps
    assert "61 jours" in steps[-1] and "ne dépasse pas soixante jours" in steps[-1]


@given(AMOUNTS, DAYS, DAYS, st.decimals(0, 30, places=2))
def test_more_days_never_cost_less(amount: Decimal, one: date, other: date, rate: Decimal) -> None:
    """Penalties grow with the delay and are never negative."""
    first, last = sorted((one, other))
    due = date(2019, 12, 31)
    early = penalties(Claim(amount, due, first, rate=rate))
    late = penalties(Claim(amount, due, last, rate=rate))
    assert 0 <= early.interest <= late.interest
    assert late.total == late.interest + 40


@given(AMOUNTS, st.integers(1, 3_000))
def test_the_interest_is_within_half_a_cent_of_the_formula(amount: Decimal, days: int) -> None:
    """Rounded once, at the end."""
    paid = date.fromordinal(CLAIM.due.toordinal() + days)
    found = penalties(replace(CLAIM, amount=amount, paid=paid))
    assert abs(found.interest - amount * 12 * days / 36500) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": Decimal(0)}, "Montant incorrect"),
        ({"amount": Decimal(-5)}, "Montant incorrect"),
        ({"rate": None}, "Donnez le taux"),
        ({"ecb_rate": Decimal(2)}, "Donnez le taux"),
        ({"rate": Decimal(400)}, "Taux incorrect"),
        ({"invoiced": date(2027, 1, 1)}, "vient avant"),
    ],
)
def test_a_wrong_value_is_told(changes: dict[str, object], said: str) -> None:
    """Each refusal says what was received."""
    with pytest.raises(UsageError, match=said):
        penalties(replace(CLAIM, **changes))  # type: ignore[arg-type]


def test_numbers_and_days_are_written_in_french() -> None:
    """Thin spaces between thousands, a comma before cents, « 1er »."""
    assert french_number(Decimal("1250.5")) == "1\u202f250,50"
    assert french_number(Decimal(-40)) == "-40"
    assert french_date(date(2016, 10, 1)) == "1er octobre 2016"
