"""How sure an answer is: whether the base answers at all, and whether a lawyer should look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answering import wording
from assistant.answering.facts import REFORM
from assistant.answering.types import Language, Status
from retrieval import Candidate, Ranking

DOUBTFUL = 0.40  # scope from which a question very near one of the base is answered with a notice
NEAR = 0.80  # share of the candidates' probability that makes it very near
INSIDE = 0.90  # scope from which a question is well within the base
CERTAIN = (
    0.45  # share of the candidates' probability under which the documents shown may not answer
)
UNCERTAIN = 0.05  # scope under which a question is foreign, whatever was said before
OFFERED = 0.10  # scope from which a declined question is offered the nearest ones of the base


def answers(ranking: Ranking, threshold: float) -> bool:
    """Whether the base answers a question.

    One that seems foreign and is very near one of the base is answered all the same, with a notice.
    On the development sets this halves the base's own questions declined (1.3 % to 0.7 %, and 6 % to
    5 % of those by other hands) and lets through half a point of the foreign ones.

    Args:
        threshold: the scope under which a question is foreign.
    """
    if not ranking.candidates:
        return False
    chance, first = ranking.scope.probability, ranking.candidates[0].probability
    return chance >= threshold or (chance >= DOUBTFUL and first >= NEAR)


def certainty(shown: Sequence[Candidate | None]) -> float:
    """How surely one of the documents shown answers, 0 to 1."""
    return min(1.0, sum(candidate.probability for candidate in shown if candidate))


def status_of(
    ranking: Ranking,
    certain: float,
    names: tuple[str, str],
    as_of: date | None,
    language: Language,
    threshold: float,
) -> tuple[Status, str]:
    """The status of an answer, and why. The limits were measured: docs/decisions/0019.

    Args:
        certain: the `certainty` of the documents shown.
        names: the question that answers, and the second of a message that asks two; else "".
        threshold: the scope under which a question is foreign.
    """
    reasons, (title, second) = wording.REASONS[language], names
    if on_the_edge(ranking, threshold):
        return "needs_review", reasons["edge"]
    if as_of is not None and as_of < REFORM:
        return "needs_review", reasons["old"]
    if certain < CERTAIN:
        return "needs_review", reasons["nearest"].format(title=title)
    clause = ranking.candidates[0].document_id.startswith("kb:contract/")
    name = "two" if second else "clause" if clause else "known"
    return "answered", reasons[name].format(title=title, second=second)


def on_the_edge(ranking: Ranking, threshold: float) -> bool:
    """Whether a question may be foreign: under the threshold, or near it and close to no document."""
    chance, first = ranking.scope.probability, ranking.candidates[0].probability
    return chance < threshold or (chance < INSIDE and first < NEAR)


def percent(share: float, language: Language) -> str:
    """A share as it is written: « 17 % », "17%"."""
    return f"{100 * share:.0f}{chr(0xA0) if language == 'fr' else ''}%"
