"""From a question to an answer whose every statement has a source."""

from __future__ import annotations

from assistant.answering.answers import Answers
from assistant.answering.assistant import Assistant, Conversation
from assistant.answering.types import Alternative, Answer, Citation, Part

__all__ = ["Alternative", "Answer", "Answers", "Assistant", "Citation", "Conversation", "Part"]
