"""From a question to an answer whose every statement has a source."""

from __future__ import annotations

from assistant.answering.assistant import Assistant, Conversation
from assistant.answering.types import Alternative, Answer, Citation, Part

__all__ = ["Alternative", "Answer", "Assistant", "Citation", "Conversation", "Part"]
