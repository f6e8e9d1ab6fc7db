"""Which collective agreement a company's activities point to, and what would change the answer.

The finder orders and explains; it never decides. The rules it tells are those of `kb/law`.
"""

from __future__ import annotations

from assistant.conventions.find import TOLERANCE, find_agreements
from assistant.conventions.reasons import percent
from assistant.conventions.types import BASES, Candidate, Facts, Finding, Reason, Status

__all__ = [
    "BASES",
    "TOLERANCE",
    "Candidate",
    "Facts",
    "Finding",
    "Reason",
    "Status",
    "find_agreements",
    "percent",
]
