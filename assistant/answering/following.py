"""A question of a conversation, ranked: with what was said before, where it leans on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import sure
from assistant.answering.core import changes_subject, core
from assistant.answering.facts import only_facts
from assistant.answering.types import Turn
from assistant.answering.understand import complete, is_follow_up, with_context
from retrieval import Candidate, Ranking
from retrieval.analysis import STOP_WORDS, words

BRIEF = 5  # words of its own up to which a question may lean on the one before without a sign of it
BARE = 3  # the same, of one that hardly says anything
VAGUE, SURE = 0.60, 0.80  # shares of the candidates' probability under which they then do
SPEAKS = 0.80  # scope from which a question that leans is also heard alone

Rank = Callable[[str], Ranking]


@dataclass(frozen=True, slots=True)
class Followed:
    """What was searched, and the ranking found."""

    query: str
    ranking: Ranking


def follow(question: str, turns: Sequence[Turn], rank: Rank, threshold: float) -> Followed:
    """The ranking for a question of a conversation.

    A follow-up is ranked with the question that it leans on, and alone: each counts for a half. So a
    new question that opens like a follow-up ("et la clause d'exclusivité ?") keeps its own subject,
    and one that says too little ("combien ?") takes the one before.

    Args:
        turns: the conversation before, oldest first.
        rank: ranks a query.
        threshold: the scope under which a question is foreign.
    """
    asked = [turn for turn in turns if not only_facts(turn.question)]
    if only_facts(question):
        again = core(complete(question, turns))
        return Followed(again, rank(again))
    query = core(question)
    alone = rank(query)
    if not asked or changes_subject(question):
        return Followed(query, alone)
    if not (is_follow_up(question) or _is_vague(query, alone, threshold)):
        return Followed(query, alone)
    query = with_context(query, asked)
    both = rank(query)
    heard = alone.scope.probability >= SPEAKS and alone.candidates
    return Followed(query, mixed(alone, both) if heard else both)


def _is_vague(query: str, alone: Ranking, threshold: float) -> bool:
    """Whether a question says too little to be answered alone; a foreign one says enough."""
    chance = alone.scope.probability
    own = len([word for word in words(query) if word not in STOP_WORDS])
    if chance < threshold:
        return chance >= sure.UNCERTAIN or own <= 1
    share = alone.candidates[0].probability
    return (own <= BRIEF and share < VAGUE) or (own <= BARE and share < SURE)


def mixed(alone: Ranking, both: Ranking) -> Ranking:
    """Two rankings of the same documents as one: the mean of their probabilities, the second's scope."""
    shares = {c.document_id: c.probability for c in alone.candidates}

    def half(candidate: Candidate) -> Candidate:
        share = (candidate.probability + shares[candidate.document_id]) / 2
        return replace(candidate, probability=share)

    candidates = sorted(map(half, both.candidates), key=lambda c: (-c.probability, c.document_id))
    return replace(both, candidates=tuple(candidates))
