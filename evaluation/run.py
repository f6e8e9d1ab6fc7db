"""An evaluation from beginning to end: questions in, every figure out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.ablation import Ablated, ablate
from evaluation.baselines.compare import Comparison, compare
from evaluation.judge import Progress, crossed, judge, learnable, observed
from evaluation.judgement import ALL, Judgement, Miss, catalogue, misses, summed_up
from evaluation.measures import Figure
from evaluation.packages import needed
from evaluation.questions import Question
from evaluation.threads import one_thread
from retrieval import Retriever
from retrieval.generation import Manifest

FORMAT = 1  # of the JSON report


@dataclass(frozen=True, slots=True)
class Judged:
    """What was judged."""

    index: str  # the generation
    kb_hash: str
    encoder: str
    answered: int  # questions that the base must answer
    foreign: int  # questions that it must decline
    unknown: tuple[
        str, ...
    ]  # expected documents that the index does not hold: their questions miss


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All the figures of a run."""

    judged: Judged
    crossed: Judgement | None  # in cross-validation; None: too few questions to learn from
    shipped: Judgement  # with the shipped weights
    ablation: tuple[Ablated, ...]
    misses: tuple[Miss, ...]  # of `headline`
    comparison: Comparison | None = None

    @property
    def headline(self) -> Judgement:
        """The figures to quote: in cross-validation where there are enough questions."""
        return self.crossed or self.shipped

    @property
    def hit1(self) -> Figure:
        """The first figure to quote: hit@1 over all the questions that the base answers."""
        return self.headline.documents[ALL]["hit@1"]


def evaluate(
    retriever: Retriever,
    questions: Sequence[Question],
    on_progress: Progress = lambda stage, done, total: None,
    *,
    baselines: Path | None = None,
    also: Sequence[Question] = (),
) -> Evaluation:
    """Judge an index on questions.

    Args:
        retriever: over the index, with the weights to call shipped; used by nobody else meanwhile.
        questions: ids unique.
        baselines: folder of the knowledge base, to compare with other engines; None: don't.
        also: questions that the shipped weights were learnt on too, and that are not judged.

    Raises:
        MissingPackageError: ir_measures is not installed.
    """
    needed("ir_measures", "evaluation")  # said now rather than after a minute
    with one_thread():
        return _evaluate(retriever, questions, on_progress, baselines, also)


def _evaluate(
    retriever: Retriever,
    questions: Sequence[Question],
    on_progress: Progress,
    kb: Path | None,
    also: Sequence[Question],
) -> Evaluation:
    """The same, on one thread."""
    held = catalogue(retriever)
    shipped = judge(retriever, questions)
    on_progress("poids livrés", 1, 1)
    seen = observed(retriever, questions)
    known = seen if learnable(seen) else None
    more = observed(retriever, also) if also and known else None
    again = None if known is None else crossed(retriever, questions, known, on_progress, more)
    return Evaluation(
        _judged(retriever.manifest, questions, set(retriever.asked())),
        None if again is None else summed_up(again, held),
        summed_up(shipped, held),
        tuple(ablate(retriever, questions, known, on_progress, more)),
        tuple(misses(shipped if again is None else again)),
        None if kb is None else compare(retriever, kb, questions, on_progress),
    )


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON values; null where there was nothing to measure."""
    told = cleaned({"format": FORMAT, **asdict(evaluation)})
    assert isinstance(told, dict)
    return told


def _judged(manifest: Manifest, questions: Sequence[Question], asked: set[str]) -> Judged:
    """What was judged."""
    expected = [question.documents for question in questions if question.documents]
    unknown = {documents[0] for documents in expected if not asked.intersection(documents)}
    return Judged(
        manifest.generation, manifest.kb_hash, manifest.encoder,
        len(expected), len(questions) - len(expected), tuple(sorted(unknown)),
    )  # fmt: skip


def cleaned(value: Any) -> Any:
    """JSON values in which null stands where there was nothing to measure: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value
