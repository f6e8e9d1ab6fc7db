"""What each leg of the ranking brings: the figures without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluation.fit import Seen, learn_legs
from evaluation.judge import Progress, Verdict, dealt, judge
from evaluation.measures import Figure, figure, score
from evaluation.questions import Question
from retrieval import Retriever
from retrieval.legs import LEGS


@dataclass(frozen=True, slots=True)
class Ablated:
    """hit@1 without one leg."""

    leg: str
    weight: float  # the leg's shipped weight
    silenced: Figure  # the shipped weights, this one at 0
    relearnt: Figure | None  # the others learnt again, in cross-validation; None: too few questions


def ablate(
    retriever: Retriever,
    questions: Sequence[Question],
    seen: Seen | None,
    on_progress: Progress,
    also: Seen | None = None,
) -> list[Ablated]:
    """hit@1 without each leg of `LEGS`, over the questions that the base answers.

    Args:
        seen: what `observed` gave of these questions; None when weights cannot be learnt.
        also: as in `judge.crossed`.
    """
    shipped = retriever.weights
    rows = []
    for done, leg in enumerate(LEGS, start=1):
        inside = [question for question in questions if question.documents]
        without = replace(shipped, legs={**shipped.legs, leg: 0.0})
        silenced = _hit1(judge(retriever, inside, without, passages=False))
        again = None if seen is None else _relearnt(retriever, questions, seen, leg, also)
        rows.append(Ablated(leg, float(shipped.legs.get(leg, 0.0)), silenced, again))
        on_progress("ablation", done, len(LEGS))
    return rows


def _relearnt(
    retriever: Retriever, questions: Sequence[Question], seen: Seen, leg: str, also: Seen | None
) -> Figure:
    """hit@1 in cross-validation when a leg says nothing, neither in learning nor in ranking."""
    deaf, more = _deaf(seen, leg), also and _deaf(also, leg)
    verdicts: list[Verdict] = []
    for rest, fold in dealt(questions):
        learnt = deaf.only(rest) if more is None else deaf.only(rest).and_of(more)
        weights = replace(retriever.weights, legs={**learn_legs(learnt), leg: 0.0})
        inside = [question for question in fold if question.documents]
        verdicts += judge(retriever, inside, weights, passages=False)
    return _hit1(verdicts)


def _deaf(seen: Seen, leg: str) -> Seen:
    """What is seen when a leg says nothing."""
    mute = seen.legs.copy()
    mute[:, :, LEGS.index(leg)] = 0.0
    return replace(seen, legs=mute)


def _hit1(verdicts: Sequence[Verdict]) -> Figure:
    """hit@1 of some verdicts."""
    ranked = {verdict.question.id: verdict.ranked for verdict in verdicts}
    return figure(list(score([v.question for v in verdicts], ranked)["hit@1"].values()))
