"""A language model that is told no name: what identifies is hidden on the way, restored on the way back.

Hidden: the question, what was asked before, the facts, the user's own documents. The passages of the
base are public and go as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.types import Language, Turn
from assistant.answering.write import Budget, Draft, Side, Writer
from retrieval import Passage

if TYPE_CHECKING:
    from assistant.privacy import Pseudonyms


@dataclass(frozen=True, slots=True)
class Discreet:
    """A writer behind pseudonyms. Its methods are those of `Writer`, and may raise a `ModelError`.

    Args:
        writer: the model at work.
        pseudonyms: of the conversation, so that a person keeps one tag from turn to turn. Used by
            one thread at a time.
    """

    writer: Writer
    pseudonyms: Pseudonyms

    @property
    def label(self) -> str:
        """How the model is shown."""
        return self.writer.model.label

    def budget(self) -> Budget:
        """The budget of one answer; its time starts now."""
        return self.writer.budget()

    def read(
        self, question: str, hits: Sequence[Passage], *, budget: Budget | None = None
    ) -> list[int] | None:
        """Which of the first ten texts found answer a question, as `Writer.read`."""
        return self.writer.read(self._hidden(question), self._shown(hits), budget=budget)

    def complete(
        self, question: str, turns: Sequence[Turn], *, budget: Budget | None = None
    ) -> str | None:
        """A follow-up as a question that stands alone, names restored, as `Writer.complete`."""
        before = [replace(turn, question=self._hidden(turn.question)) for turn in turns]
        found = self.writer.complete(self._hidden(question), before, budget=budget)
        return self.restore(found) if found else None

    def stream(
        self,
        question: str,
        passages: Sequence[Passage],
        language: Language,
        side: Side | None = None,
        as_of: date | None = None,
        facts: Sequence[str] = (),
        *,
        on_text: Callable[[str], None],
        budget: Budget | None = None,
    ) -> Draft:
        """An answer written from passages, names restored, as `Writer.stream`.

        `on_text` gets the pieces as the model writes them, names hidden: a tag may be cut in two.
        """
        draft = self.writer.stream(
            self._hidden(question), self._shown(passages), language, side, as_of,
            [self._hidden(fact) for fact in facts], on_text=on_text, budget=budget,
        )  # fmt: skip
        return replace(draft, markdown=self.restore(draft.markdown))

    def restore(self, text: str) -> str:
        """A text of the model with the names that it was not told."""
        return self.pseudonyms.restore(text)

    def _hidden(self, text: str) -> str:
        """A text of the user with one tag for each person, firm or number."""
        return self.pseudonyms.hide(text, exact=False)

    def _shown(self, passages: Sequence[Passage]) -> list[Passage]:
        """The passages as the model may see them: the user's own documents are hidden too."""
        return [self._masked(p) if p.kind == "document" else p for p in passages]

    def _masked(self, passage: Passage) -> Passage:
        """A passage of the user's document without names."""
        return replace(
            passage,
            title=self._hidden(passage.title),
            text=self._hidden(passage.text),
            reference=self._hidden(passage.reference),
            heading_path=tuple(self._hidden(heading) for heading in passage.heading_path),
        )
