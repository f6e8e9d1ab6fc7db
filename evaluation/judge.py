"""Asking a retriever every question of a set, with the weights shipped or with others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.fit import FOLDS, Labelled, Seen, folds, learn_legs, learn_scope, see
from evaluation.questions import Question
from retrieval import Retriever
from retrieval.fusion import Weights

DEPTH = 50  # passages asked for
ENOUGH = 2 * FOLDS  # questions of either sort without which no weights can be learnt

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a retriever said of one question."""

    question: Question
    ranked: tuple[str, ...]  # ids of all the documents, best first
    passages: tuple[str, ...]  # ids of the first `DEPTH` passages, best first
    top: float  # probability of the first document among all, 0 to 1
    scope: float  # probability that the base answers, 0 to 1
    declined: bool

    @property
    def right(self) -> bool:
        """Whether the first document is one that answers."""
        return bool(self.ranked) and self.ranked[0] in self.question.documents


def judge(
    retriever: Retriever,
    questions: Sequence[Question],
    weights: Weights | None = None,
    *,
    passages: bool = True,
) -> list[Verdict]:
    """A verdict a question, in the same order.

    Args:
        retriever: used by nobody else meanwhile.
        weights: those to judge with; the retriever's own when None.
        passages: search the passages too, which takes longer.
    """
    own = retriever.weights
    retriever.weights = weights or own
    try:
        return [_verdict(retriever, question, passages) for question in questions]
    finally:
        retriever.weights = own


def _verdict(retriever: Retriever, question: Question, passages: bool) -> Verdict:
    """What the retriever says of a question."""
    ranking = retriever.rank(question.text)
    hits = retriever.search(question.text, DEPTH) if passages and question.documents else []
    return Verdict(
        question,
        tuple(candidate.document_id for candidate in ranking.candidates),
        tuple(hit.passage.id for hit in hits),
        ranking.candidates[0].probability if ranking.candidates else 0.0,
        ranking.scope.probability,
        ranking.scope.probability < retriever.weights.threshold,
    )


def observed(retriever: Retriever, questions: Sequence[Question]) -> Seen:
    """What learning sees of the questions, in the same order."""
    return see(retriever, [Labelled(q.text, next(iter(q.documents), None)) for q in questions])


def learnable(seen: Seen) -> bool:
    """Whether there are enough questions of either sort to learn weights without a fold."""
    topics = int((seen.topics & (seen.right >= 0)).sum())
    return min(topics, int((~seen.answered).sum())) >= ENOUGH


def dealt(questions: Sequence[Question]) -> Iterator[tuple[list[int], list[Question]]]:
    """The `FOLDS` folds: places of the questions to learn on, and the questions to judge."""
    for fold in folds(len(questions)):
        out = set(fold.tolist())
        rest = [place for place in range(len(questions)) if place not in out]
        yield rest, [questions[place] for place in sorted(out)]


def crossed(
    retriever: Retriever,
    questions: Sequence[Question],
    seen: Seen,
    on_progress: Progress,
    also: Seen | None = None,
) -> list[Verdict]:
    """Verdicts with weights that were learnt without the question they judge.

    The questions of a fold are judged with the legs and the abstention learnt on all the other
    folds, whose threshold is set by another cross-validation inside them.

    Args:
        seen: what `observed` gave of these questions; `learnable`.
        also: what it gave of others, learnt on with every fold and never judged.

    Returns:
        In the order of the questions.
    """
    found: dict[str, Verdict] = {}
    for done, (rest, fold) in enumerate(dealt(questions), start=1):
        learnt = seen.only(rest) if also is None else seen.only(rest).and_of(also)
        for verdict in judge(retriever, fold, _weights(learnt)):
            found[verdict.question.id] = verdict
        on_progress("validation croisée", done, FOLDS)
    return [found[question.id] for question in questions]


def _weights(seen: Seen) -> Weights:
    """Weights learnt on some questions."""
    scope = learn_scope(seen)
    return Weights(learn_legs(seen), 1.0, scope.weights, scope.threshold)
