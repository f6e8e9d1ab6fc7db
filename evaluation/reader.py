"""What a reader of the first documents found is worth: the right one lifted, or a wrong one.

A reader is shown the ten first documents of a question and names those that answer it; they then
come first. The perfect reader gives the ceiling, the noisy one what is left when it errs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.gather import lifted, openings
from assistant.answering.write import READ, Writer
from evaluation.measures import SEED, Figure, figure
from evaluation.questions import Question
from retrieval import Candidate, Retriever

# From a question and its first documents to the numbers of those that answer, from 1, best first;
# none when it answers nothing that can be used.
Read = Callable[[str, Sequence[Candidate]], list[int] | None]


@dataclass(frozen=True, slots=True)
class Worth:
    """Shares of the questions that some document answers."""

    in_first: Figure  # the right document is among those that the reader is shown
    before: Figure  # hit@1 without reader
    after: Figure  # hit@1 with it
    silent: Figure  # the reader named nothing


def measure(retriever: Retriever, questions: Sequence[Question], read: Read) -> Worth:
    """What a reader makes of hit@1.

    Args:
        questions: those to decline are passed over.
    """
    shown, before, after, silent = [], [], [], []
    for question in questions:
        if not question.documents:
            continue
        candidates = retriever.rank(question.text).candidates
        first = candidates[:READ]
        numbers = read(question.text, first)
        ordered = lifted(candidates, numbers or [])
        shown.append(any(c.document_id in question.documents for c in first))
        before.append(candidates[0].document_id in question.documents)
        after.append(ordered[0].document_id in question.documents)
        silent.append(not numbers)
    return Worth(figure(shown), figure(before), figure(after), figure(silent))


def perfect(questions: Sequence[Question]) -> Read:
    """A reader that always names the right document, and nothing where it is not shown."""
    right = {question.text: question.documents for question in questions}

    def read(question: str, candidates: Sequence[Candidate]) -> list[int] | None:
        wanted = right[question]
        return [n for n, c in enumerate(candidates, start=1) if c.document_id in wanted][:1]

    return read


def noisy(questions: Sequence[Question], error: float, seed: int = SEED) -> Read:
    """A perfect reader that now and then names a document drawn from those shown.

    Args:
        error: share of the questions on which it draws, 0 to 1.
        seed: of the draws; the same one gives the same draws over the same questions.
    """
    draw, sure = random.Random(seed), perfect(questions)

    def read(question: str, candidates: Sequence[Candidate]) -> list[int] | None:
        errs, drawn = draw.random() < error, draw.randint(1, max(1, len(candidates)))
        return [drawn] if errs and candidates else sure(question, candidates)

    return read


def by_model(writer: Writer, retriever: Retriever) -> Read:
    """A language model as a reader. Its failures, `ModelError`, go through."""
    return lambda question, candidates: writer.read(question, openings(candidates, retriever))
