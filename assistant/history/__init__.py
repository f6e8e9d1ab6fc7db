"""A visitor's own conversations, kept sealed: only the visitor's browser holds what opens them."""

from __future__ import annotations

from assistant.history.seal import Holder, new_token
from assistant.history.store import History
from assistant.history.types import Exchange, HistoryError, Kept, Listed

__all__ = ["Exchange", "History", "HistoryError", "Holder", "Kept", "Listed", "new_token"]
