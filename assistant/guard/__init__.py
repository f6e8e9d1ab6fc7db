"""The citation guard: no sentence of an answer leaves without a source that supports it."""

from __future__ import annotations

from assistant.guard.base import RetrieverBase
from assistant.guard.extractive import Checked, check
from assistant.guard.markup import MAX_ANSWER
from assistant.guard.mend import Mended, mend
from assistant.guard.sources import Sources
from assistant.guard.types import Base, Removal, Rule, Verified
from assistant.guard.verify import verify

__all__ = [
    "MAX_ANSWER",
    "Base",
    "Checked",
    "Mended",
    "Removal",
    "RetrieverBase",
    "Rule",
    "Sources",
    "Verified",
    "check",
    "mend",
    "verify",
]
