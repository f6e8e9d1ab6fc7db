"""What the calculators hand out: a result, and how it was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Working:
    """How a result was reached, for a reader to redo it by hand."""

    steps: tuple[str, ...]  # in order, in French, with [@id] citations
    cautions: tuple[str, ...]  # what the calculation does not know
    authorities: tuple[str, ...]  # ids in kb/law, in the order of the steps


@dataclass(frozen=True, slots=True)
class Notices:
    """The dates of a contract with a term."""

    period_starts: date  # of the period in progress
    period_ends: date  # its last day
    notify_by: date  # last day to send the notice
    remind_from: date | None  # first day of the legal reminder, where the law imposes it
    remind_by: date | None  # its last day
    next_ends: date | None  # last day of the period that a renewal would open
    missed: bool  # whether the last day to send is past
    working: Working


@dataclass(frozen=True, slots=True)
class Penalties:
    """What a late payment costs, in euros."""

    days: int  # of delay
    rate: Decimal  # per cent a year
    interest: Decimal
    indemnity: Decimal  # for recovery costs
    total: Decimal  # interest and indemnity, without the sum due
    working: Working


@dataclass(frozen=True, slots=True)
class Prescription:
    """When an action is out of time."""

    act_before: date | None  # None: the time runs no more (an action is before a court)
    out_of_time: bool  # on the day asked about
    working: Working
