"""Verdicts summed up: figures by group, what was declined, calibration, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.calibration import Calibration, calibrate
from evaluation.judge import Verdict
from evaluation.measures import Figure, Scores, figure, figures, score
from evaluation.questions import Question
from retrieval import Retriever

ALL, QUESTIONS, CLAUSES, AMONG = "ensemble", "questions", "clauses", "clauses entre elles"
ABSENT = "absent de l'index"  # theme of a document that the index does not hold
CONTRACT = "modèle de contrat"  # theme of the clauses

Group = Mapping[str, Mapping[str, Figure]]  # name of the group -> measure -> figure


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The documents that questions may lead to."""

    themes: Mapping[str, str]  # by document id
    passages: Mapping[str, tuple[str, ...]]  # passage ids by document id


@dataclass(frozen=True, slots=True)
class Judgement:
    """The figures of one set of weights."""

    documents: Group  # `ALL`, `QUESTIONS`, `CLAUSES`, and `AMONG` the clauses alone
    registers: Group
    themes: Group
    passages: Mapping[str, Figure]  # a passage is right when it is one of a right document
    declined: Figure  # share of the questions to decline that were
    kinds: Mapping[str, Figure]  # the same, by kind of question to decline
    lost: Figure  # share of the base's own questions declined
    scope: Calibration  # of the probability that the base answers
    top: Calibration  # of the first document's probability, over the base's own questions


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was dealt with wrongly."""

    id: str
    question: str
    expected: tuple[str, ...]  # none: it was to be declined
    got: tuple[str, ...]  # the first three documents
    scope: float
    declined: bool


def catalogue(retriever: Retriever) -> Catalogue:
    """What the index holds of the documents that questions lead to."""
    held = {name: retriever.document(name) for name in retriever.asked()}
    return Catalogue(
        {name: found[0].theme or CONTRACT for name, found in held.items() if found},
        {name: tuple(passage.id for passage in found) for name, found in held.items()},
    )


def document_groups(
    questions: Sequence[Question], ranked: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Figure]]:
    """Figures over all the questions, those of the base, and those on clauses.

    A clause and the question of the base on the same matter often both answer; how clauses rank
    among themselves is therefore told too.

    Args:
        questions: those that some document answers.
        ranked: document ids by question id, best first.
    """
    scores = score(questions, ranked)
    found = {ALL: figures(scores, [question.id for question in questions])}
    groups = _grouped(questions, scores, _sort_of)
    found |= {name: groups[name] for name in (QUESTIONS, CLAUSES) if name in groups}
    on_clauses = [question for question in questions if _sort_of(question) == CLAUSES]
    if on_clauses:
        among = {q.id: [d for d in ranked.get(q.id, ()) if _is_clause(d)] for q in on_clauses}
        found[AMONG] = figures(score(on_clauses, among), [question.id for question in on_clauses])
    return found


def summed_up(verdicts: Sequence[Verdict], held: Catalogue) -> Judgement:
    """The figures of some verdicts."""
    inside = [verdict for verdict in verdicts if verdict.question.documents]
    foreign = [verdict for verdict in verdicts if not verdict.question.documents]
    asked = [verdict.question for verdict in inside]
    ranked = {verdict.question.id: verdict.ranked for verdict in inside}
    scores = score(asked, ranked)
    return Judgement(
        documents=document_groups(asked, ranked),
        registers=_grouped(asked, scores, lambda question: question.register),
        themes=_grouped(asked, scores, lambda q: held.themes.get(q.documents[0], ABSENT)),
        passages=_passages(inside, held),
        declined=_declined(foreign),
        kinds={name: _declined(group) for name, group in _by_register(foreign).items()},
        lost=_declined(inside),
        scope=calibrate(
            [v.scope for v in verdicts], [bool(v.question.documents) for v in verdicts]
        ),
        top=calibrate([v.top for v in inside], [v.right for v in inside]),
    )


def misses(verdicts: Iterable[Verdict]) -> list[Miss]:
    """Questions whose first document is wrong, or that were declined or answered wrongly."""
    return [
        Miss(
            v.question.id, v.question.text, v.question.documents, v.ranked[:3], v.scope, v.declined
        )
        for v in verdicts
        if (v.declined or not v.right if v.question.documents else not v.declined)
    ]


def _grouped(
    questions: Sequence[Question], scores: Scores, name_of: Callable[[Question], str]
) -> dict[str, dict[str, Figure]]:
    """Figures by group, groups in order of name."""
    groups: dict[str, list[str]] = {}
    for question in questions:
        groups.setdefault(name_of(question), []).append(question.id)
    return {name: figures(scores, groups[name]) for name in sorted(groups)}


def _is_clause(document: str) -> bool:
    """Whether a document is of the model contract."""
    return document.startswith("kb:contract/")


def _sort_of(question: Question) -> str:
    """Whether a question of the base or a clause of the contract answers."""
    return CLAUSES if _is_clause(question.documents[0]) else QUESTIONS


def _by_register(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Verdicts by the register of their question, in order of name."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in sorted(verdicts, key=lambda verdict: verdict.question.register):
        groups.setdefault(verdict.question.register, []).append(verdict)
    return groups


def _declined(verdicts: Sequence[Verdict]) -> Figure:
    """The share of some questions that was declined."""
    return figure([float(verdict.declined) for verdict in verdicts])


def _passages(verdicts: Sequence[Verdict], held: Catalogue) -> Mapping[str, Figure]:
    """Figures of the passages: those of the right documents are right."""
    asked = [
        replace(v.question, documents=_passages_of(v.question, held) or v.question.documents)
        for v in verdicts
    ]
    scores = score(asked, {verdict.question.id: verdict.passages for verdict in verdicts})
    return figures(scores, [question.id for question in asked])


def _passages_of(question: Question, held: Catalogue) -> tuple[str, ...]:
    """The passages of a question's right documents."""
    return tuple(name for one in question.documents for name in held.passages.get(one, ()))
