"""Measures of rankings, question by question, and how sure their means are.

The measures are those of trec_eval, computed by ir_measures (MacAvaney et al., "Streamlining
evaluation with ir-measures", ECIR 2022): hit@k is its Success@k.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.packages import needed
from evaluation.questions import Question

Array = npt.NDArray[np.float64]
MEASURES = ("hit@1", "hit@3", "RR", "nDCG@10", "R@10")
RESAMPLES = 1_000
SEED = 20261124

_NAMES = {"hit@1": "Success@1", "hit@3": "Success@3"}  # as ir_measures calls them


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions with its 95 % interval; NaN over no question."""

    mean: float
    low: float
    high: float
    count: int  # questions


Scores = Mapping[str, Mapping[str, float]]  # measure -> question id -> value, 0 to 1


def score(questions: Sequence[Question], ranked: Mapping[str, Sequence[str]]) -> Scores:
    """Every measure of every question that some document answers.

    Args:
        questions: those to decline are passed over.
        ranked: document ids by question id, best first. A question absent from it scores 0.

    Raises:
        MissingPackageError: ir_measures is not installed.
    """
    ir = needed("ir_measures", "evaluation")
    judged = [question for question in questions if question.documents]
    relevant = [ir.Qrel(q.id, document, 1) for q in judged for document in q.documents]
    run = [
        ir.ScoredDoc(q.id, document, -float(place))  # no ties: trec_eval would break them its way
        for q in judged
        for place, document in enumerate(ranked.get(q.id, ()))
    ]
    names = {str(ir.parse_measure(_NAMES.get(name, name))): name for name in MEASURES}
    found: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    if not judged:
        return found
    for metric in ir.iter_calc([ir.parse_measure(name) for name in names], relevant, run):
        found[names[str(metric.measure)]][metric.query_id] = float(metric.value)
    return found


def figure(values: Sequence[float]) -> Figure:
    """The mean of some questions' values with its 95 % percentile-bootstrap interval.

    Questions are drawn again with replacement, `RESAMPLES` times, always the same way (Efron and
    Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13); their order changes nothing.
    """
    if not len(values):
        return Figure(float("nan"), float("nan"), float("nan"), 0)
    known = np.sort(np.asarray(values, dtype=np.float64))
    drawn = np.random.default_rng(SEED).integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.quantile(known[drawn].mean(axis=1), (0.025, 0.975))
    return Figure(float(known.mean()), float(low), float(high), len(known))


def figures(scores: Scores, wanted: Sequence[str]) -> dict[str, Figure]:
    """The figure of every measure over some questions.

    Args:
        scores: what `score` gave.
        wanted: question ids, all of them scored.
    """
    return {name: figure([scores[name][one] for one in wanted]) for name in MEASURES}
