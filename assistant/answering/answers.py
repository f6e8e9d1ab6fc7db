"""What a door needs of an assistant, with a language model or without."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.answering.assistant import Conversation
    from assistant.answering.types import Answer


class Answers(Protocol):
    """Answers questions."""

    def answer(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        as_of: date | None = None,
    ) -> Answer:
        """The answer to a question.

        Args:
            question: any text.
            conversation: what was said before; completes a follow-up.
            as_of: the contract's date; today's law when None.
        """
