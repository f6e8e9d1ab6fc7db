"""What changed in the law, what it touches in the base, and how fresh the base is."""

from __future__ import annotations

from assistant.watch.feed import rss
from assistant.watch.types import Bulletin, Freshness, Published, Touched, Update
from assistant.watch.watch import bulletin

__all__ = ["Bulletin", "Freshness", "Published", "Touched", "Update", "bulletin", "rss"]
