"""What visitors and lawyers do with the answers."""

from __future__ import annotations

from assistant.desk.votes import Vote, Votes, VoteStoreError

__all__ = ["Vote", "VoteStoreError", "Votes"]
