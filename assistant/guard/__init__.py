"""The citation guard: no sentence of an answer leaves without a source that supports it."""

from __future__ import annotations

from assistant.guard.base import RetrieverBase
from assistant.guard.markup import MAX_ANSWER
from assistant.guard.types import Base, Removal, Rule, Verified
from assistant.guard.verify import verify

__all__ = ["MAX_ANSWER", "Base", "Removal", "RetrieverBase", "Rule", "Verified", "verify"]
