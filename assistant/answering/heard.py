"""What is heard of an answer while a model writes it: whole sentences, verified."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.guard import Base, verify
from retrieval import Passage

MAX_CHECKS = 40  # of one answer: each reads it anew from its start

# The end of a sentence, its markers included, once the next one has begun; or the end of a line.
_ENDS = re.compile(r"[.!?…][»”\")*\s]*(?:\[\d+\]\s*)*\s(?=[A-ZÀ-ÖØ-Þ«*-])|\n")


@dataclass(slots=True)
class Gate:
    """Lets out what the guard keeps of a text that grows, a sentence at a time.

    What was let out is always how the verified text begins: when a sentence changes the fate of one
    that came before, nothing more is let out, and the whole answer will replace it.

    Args:
        passages: as for `verify`.
        base: as for `verify`.
        on_text: called with each new part of the verified text; nothing is checked when None.
    """

    passages: Sequence[Passage]
    base: Base
    on_text: Callable[[str], None] | None
    written: str = ""
    told: str = ""  # what was let out
    checked: int = 0  # characters of `written`
    checks: int = 0

    def hear(self, piece: str) -> None:
        """A piece of what the model writes."""
        self.written += piece
        *_, end = 0, *(match.end() for match in _ENDS.finditer(self.written, self.checked))
        if self.on_text and end > self.checked and self.checks < MAX_CHECKS:
            self.checked = end
            self.checks += 1
            self._tell(self.written[:end], self.on_text)

    def end(self) -> None:
        """The model has written all."""
        if self.on_text:
            self._tell(self.written, self.on_text)

    def _tell(self, text: str, on_text: Callable[[str], None]) -> None:
        """Let out what a text adds, once verified, to what was let out."""
        kept = verify(text, self.passages, base=self.base).markdown
        if len(kept) > len(self.told) and kept.startswith(self.told):
            on_text(kept[len(self.told) :])
            self.told = kept
