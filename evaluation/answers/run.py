"""An evaluation of answers from beginning to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answering import Answers
from evaluation.answers.ask import Asking, Progress
from evaluation.answers.figures import Summary, summed_up, themes_of
from evaluation.answers.sets import Expected
from evaluation.run import cleaned
from evaluation.threads import one_thread
from retrieval import Retriever

FORMAT = 1  # of the JSON report


@dataclass(frozen=True, slots=True)
class AnswersEvaluation:
    """The figures of a run, and what was judged."""

    index: str  # the generation
    kb_hash: str
    encoder: str
    model: str  # as it is shown; "" without one
    answered: int  # questions that the base must answer
    foreign: int  # questions that it must decline
    summary: Summary


def evaluate_answers(
    assistant: Answers,
    retriever: Retriever,
    questions: Sequence[Expected],
    on_progress: Progress = lambda stage, done, total: None,
    *,
    model: str = "",
) -> AnswersEvaluation:
    """Ask an assistant the questions of some sets, and judge what it answers.

    Args:
        assistant: with a language model or without.
        retriever: the one that it answers from.
        questions: ids unique; the turns of a conversation follow each other.
        model: how the language model is shown, "" without one.
    """
    with one_thread():
        outcomes = Asking(assistant, retriever).ask(questions, on_progress)
    foreign = sum(one.foreign for one in questions)
    made = retriever.manifest
    return AnswersEvaluation(
        made.generation, made.kb_hash, made.encoder, model, len(questions) - foreign, foreign,
        summed_up(outcomes, themes_of(retriever)),
    )  # fmt: skip


def as_json(found: AnswersEvaluation) -> dict[str, Any]:
    """An evaluation as JSON values; null where there was nothing to measure."""
    told = cleaned({"format": FORMAT, **asdict(found)})
    assert isinstance(told, dict)
    return told
