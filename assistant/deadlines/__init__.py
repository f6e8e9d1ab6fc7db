"""Dates and sums that the law or the contract fixes, each with its rule and its working."""

from __future__ import annotations

from assistant.deadlines.months import add_months
from assistant.deadlines.notice import Notice, Term, notice
from assistant.deadlines.penalties import Claim, penalties
from assistant.deadlines.prescription import RULES, Action, Event, prescription
from assistant.deadlines.types import Notices, Penalties, Prescription, Working

__all__ = [
    "Action", "Claim", "Event", "Notice", "Notices", "Penalties", "Prescription", "RULES", "Term",
    "Working", "add_months", "notice", "penalties", "prescription",
]  # fmt: skip
