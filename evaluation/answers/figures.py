"""What came of many questions, summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.answers.ask import Outcome
from evaluation.answers.plain import Sort
from evaluation.answers.right import REQUIREMENTS
from evaluation.judgement import ABSENT, ALL, CONTRACT
from evaluation.measures import Figure, figure
from retrieval import Retriever

SORTS: tuple[Sort, ...] = ("reference", "number", "link", "quote", "marker")
LISTED = 50  # things shown that the base does not hold, told at most


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the questions of a group that the base must answer."""

    right: Figure  # every requirement met
    first: Figure  # the expected document comes first
    among: Figure  # it is told
    declined: Figure  # wrongly
    notice: Figure  # a lawyer is to confirm
    two: Figure  # two questions of the base are told, or more


@dataclass(frozen=True, slots=True)
class Guard:
    """What the guard did."""

    cited: int  # sources shown, each looked up in the base
    removed: Mapping[str, int]  # what it took out of answers, by rule
    sentences: int  # of the answers shown, read again one by one
    kept: int  # of those
    doubted: Mapping[str, int]  # what that reading would take out, by rule
    median_ms: float  # of that reading, a text that it never saw
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Shown:
    """What answers show that the base does not hold, found without the guard."""

    counts: Mapping[Sort, int]
    items: tuple[tuple[str, Sort, str], ...]  # id of the question, sort, what is shown

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one answer."""

    median: float
    p95: float
    guard_median: float
    guard_p95: float
    guard_share: float  # of the time of all the answers, 0 to 1


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A language model's part."""

    written: int  # answers that are the model's
    because: Mapping[str, int]  # the others, by reason
    tokens_in: int
    tokens_out: int
    cost: float  # in the currency of the prices set


@dataclass(frozen=True, slots=True)
class Missed:
    """A question whose answer is not right."""

    id: str
    question: str
    failed: tuple[str, ...]  # requirements
    expected: tuple[str, ...]
    told: tuple[str, ...]  # the first three documents told


@dataclass(frozen=True, slots=True)
class Summary:
    """Every figure of some outcomes."""

    sets: Mapping[str, Shares]  # with `ALL`
    registers: Mapping[str, Shares]
    themes: Mapping[str, Shares]
    requirements: Mapping[str, Figure]
    declined: Mapping[str, Figure]  # rightly, by kind, with `ALL`
    guard: Guard
    shown: Shown
    times: Times
    model: ModelUse | None
    missed: tuple[Missed, ...]

    @property
    def right(self) -> float:
        """The share of the answers that are right, NaN where none was to be given."""
        return self.sets[ALL].right.mean if ALL in self.sets else float("nan")


def summed_up(outcomes: Sequence[Outcome], themes: Mapping[str, str]) -> Summary:
    """The figures of some outcomes.

    Args:
        themes: of the documents, by id.
    """
    inside = [one for one in outcomes if not one.expected.foreign]
    foreign = [one for one in outcomes if one.expected.foreign]

    def theme(one: Outcome) -> str:
        return themes.get(one.expected.documents[0], ABSENT)

    return Summary(
        sets=_with_all(inside, lambda one: one.expected.set),
        registers=_groups(inside, lambda one: one.expected.register),
        themes=_groups(inside, theme),
        requirements={n: _share(one.checks[n] for one in inside) for n in REQUIREMENTS},
        declined=_declined(foreign),
        guard=_guard(outcomes),
        shown=_shown(outcomes),
        times=_times(outcomes),
        model=_model(outcomes),
        missed=tuple(map(_missed, (one for one in outcomes if not one.right))),
    )


def themes_of(retriever: Retriever) -> dict[str, str]:
    """The theme of each document that questions lead to."""
    held = {name: retriever.document(name) for name in retriever.asked()}
    return {name: found[0].theme or CONTRACT for name, found in held.items() if found}


def _share(values: Iterable[bool]) -> Figure:
    """The share of some values that are true."""
    return figure([float(value) for value in values])


def _shares(outcomes: Sequence[Outcome]) -> Shares:
    """The shares of a group."""
    return Shares(
        right=_share(one.right for one in outcomes),
        first=_share(one.first for one in outcomes),
        among=_share(one.among for one in outcomes),
        declined=_share(one.status == "declined" for one in outcomes),
        notice=_share(one.status == "needs_review" for one in outcomes),
        two=_share(one.two for one in outcomes),
    )


def _groups(outcomes: Sequence[Outcome], name_of: Callable[[Outcome], str]) -> dict[str, Shares]:
    """The shares by group, in order of name."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(name_of(one), []).append(one)
    return {name: _shares(groups[name]) for name in sorted(groups)}


def _with_all(outcomes: Sequence[Outcome], name_of: Callable[[Outcome], str]) -> dict[str, Shares]:
    """The shares by group, those of all first; none of none."""
    if not outcomes:
        return {}
    return {ALL: _shares(outcomes), **_groups(outcomes, name_of)}


def _declined(foreign: Sequence[Outcome]) -> dict[str, Figure]:
    """The share of the foreign questions that was declined, in all and by kind."""
    if not foreign:
        return {}
    kinds = sorted({one.expected.register for one in foreign})
    found = {k: _share(o.right for o in foreign if o.expected.register == k) for k in kinds}
    return {ALL: _share(one.right for one in foreign), **found}


def _guard(outcomes: Sequence[Outcome]) -> Guard:
    """The guard's work."""
    read = [one.held.ms for one in outcomes if one.held.sentences]
    return Guard(
        cited=sum(one.cited for one in outcomes),
        removed=_counted(rule for one in outcomes for rule in one.removed),
        sentences=sum(one.held.sentences for one in outcomes),
        kept=sum(one.held.kept for one in outcomes),
        doubted=_counted(rule for one in outcomes for rule in one.held.rules),
        median_ms=_quantile(read, 0.5),
        p95_ms=_quantile(read, 0.95),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes, the most frequent first."""
    return dict(Counter(names).most_common())


def _shown(outcomes: Sequence[Outcome]) -> Shown:
    """What is shown and not in the base."""
    items = [(one.expected.id, f.sort, f.text) for one in outcomes for f in one.foreign]
    counts = Counter(sort for _, sort, _ in items)
    return Shown({sort: counts[sort] for sort in SORTS}, tuple(items[:LISTED]))


def _times(outcomes: Sequence[Outcome]) -> Times:
    """Time per answer, and the guard's part of it; questions declined take part too."""
    whole, guard = [one.ms for one in outcomes], [one.guard_ms for one in outcomes]
    answered = [one.guard_ms for one in outcomes if one.status != "declined"]
    return Times(
        _quantile(whole, 0.5), _quantile(whole, 0.95), _quantile(answered, 0.5),
        _quantile(answered, 0.95), sum(guard) / sum(whole) if sum(whole) else 0.0,
    )  # fmt: skip


def _quantile(values: Sequence[float], share: float) -> float:
    """A quantile, NaN of nothing."""
    return float(np.quantile(values, share)) if values else float("nan")


def _model(outcomes: Sequence[Outcome]) -> ModelUse | None:
    """The model's part; None where none was asked."""
    if not any(one.generative or one.why for one in outcomes):
        return None
    return ModelUse(
        written=sum(one.generative for one in outcomes),
        because=_counted(one.why for one in outcomes if one.why),
        tokens_in=sum(one.tokens[0] for one in outcomes),
        tokens_out=sum(one.tokens[1] for one in outcomes),
        cost=sum(one.cost for one in outcomes),
    )


def _missed(one: Outcome) -> Missed:
    """A question whose answer is not right."""
    failed = tuple(name for name, met in one.checks.items() if not met)
    return Missed(one.expected.id, one.expected.text, failed, one.expected.documents, one.told[:3])
