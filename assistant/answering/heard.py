"""What is heard of an answer while a model writes it: whole sentences, verified."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.guard import Base, Sources, Verified, verify
from retrieval import Passage

MAX_CHECKS = 40  # of one answer: each reads it anew from its start

# The end of a sentence, its markers included, once the next one has begun; or the end of a line.
_ENDS = re.compile(r"[.!?…][»”\")*\s]*(?:\[\d+\]\s*)*\s(?=[A-ZÀ-ÖØ-Þ«*-])|\n")


@dataclass(slots=True)
class Gate:
    """Lets out what the guard keeps of a text that grows, a sentence at a time.

    What was let out is always how the verified text begins: when a sentence changes the fate of one
    that came before, nothing more is let out, and the whole answer will replace it. Nothing is let
    out either while what is kept does not stand as an answer.

    Args:
        passages: as for `verify`.
        base: as for `verify`.
        on_text: called with each new part of the verified text; nothing is checked on the way when
            None.
        restore: puts back the names that the model was not told.
    """

    passages: Sequence[Passage]
    base: Base
    on_text: Callable[[str], None] | None
    restore: Callable[[str], str] = str
    written: str = ""
    told: str = ""  # what was let out
    checked: int = 0  # characters of `written`
    checks: int = 0
    _sources: Sources | None = field(default=None, repr=False)

    def hear(self, piece: str) -> None:
        """A piece of what the model writes."""
        self.written += piece
        *_, end = 0, *(match.end() for match in _ENDS.finditer(self.written, self.checked))
        if self.on_text and end > self.checked and self.checks < MAX_CHECKS:
            self.checked = end
            self.checks += 1
            self._tell(self._verified(self.restore(self.written[:end])))

    def end(self, text: str) -> Verified:
        """The model has written all: what may be shown of it.

        Args:
            text: the whole of it, names put back.
        """
        verified = self._verified(text)
        self._tell(verified)
        return verified

    def _verified(self, text: str) -> Verified:
        """What the guard keeps of a text; the passages are read once."""
        if self._sources is None:
            self._sources = Sources(self.passages, self.base)
        return verify(text, self.passages, base=self.base, sources=self._sources)

    def _tell(self, verified: Verified) -> None:
        """Let out what a verified text adds to what was let out."""
        kept = verified.markdown
        grows = len(kept) > len(self.told) and kept.startswith(self.told)
        if self.on_text and verified.answered and grows:
            self.on_text(kept[len(self.told) :])
            self.told = kept
