"""Whether the sources of a sentence say what it says: its words against theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.guard.reading import Reading
from assistant.guard.sources import Fact, Pool
from assistant.guard.words import weight

COVERED = 0.6  # share of a sentence's words that its best facts must hold
LIKELY = 0.4  # share from which vectors may decide instead
CLAUSE_COVERED = 0.4  # share of the words of each clause
CLAUSE_WEIGHT = 3.0  # words under which a clause is not judged apart
FACTS = 3  # facts that a sentence may be put together from
CLOSE = 0.9  # share of the best score from which another fact may be the one meant
PAIR = 0.25  # what two words in a row add to a score: it tells two likely facts apart


@dataclass(frozen=True, slots=True)
class Support:
    """The facts that a sentence rests on, and how much of it they hold."""

    facts: tuple[Fact, ...]  # the best first
    rivals: tuple[Fact, ...]  # facts nearly as good as the first, it included
    share: float  # 0 to 1
    weakest: float  # share of the clause that is held least

    @property
    def holds(self) -> bool:
        """Whether enough of the sentence is held."""
        return self.share >= COVERED and self.weakest >= CLAUSE_COVERED


def support(reading: Reading, pool: Pool) -> Support:
    """What a sentence rests on among the facts of its sources."""
    scores = [(_score(reading, fact), place) for place, fact in enumerate(pool.facts)]
    if not scores:
        return Support((), (), 0.0, 0.0)
    best, first = max(scores, key=lambda pair: (pair[0], -pair[1]))
    chosen = _chosen(reading, pool, first)
    held = pool.header.keys.union(*(fact.whole.keys for fact in chosen))
    rivals = [pool.facts[n] for score, n in scores if score and score >= CLOSE * best]
    return Support(
        tuple(chosen), tuple(rivals), _share(reading.keys, held), _weakest(reading, held)
    )


def _score(reading: Reading, fact: Fact) -> float:
    """How much of a sentence a fact holds."""
    whole = fact.whole
    shared = reading.keys & whole.keys
    if len(shared) < 2:  # no two words in a row
        return weight(shared)
    return weight(shared) + PAIR * len(reading.pairs & whole.pairs)


def _chosen(reading: Reading, pool: Pool, first: int) -> list[Fact]:
    """The best fact, then those that hold most of what is left."""
    chosen = [pool.facts[first]]
    left = reading.keys - chosen[0].whole.keys
    while left and len(chosen) < FACTS:
        fact = max(pool.facts, key=lambda one: weight(left & one.whole.keys))
        if not left & fact.whole.keys:
            break
        chosen.append(fact)
        left = left - fact.whole.keys
    return chosen


def _share(keys: frozenset[str], held: frozenset[str]) -> float:
    """The share of some words that is held; all of none."""
    total = weight(keys)
    return weight(keys & held) / total if total else 1.0


def _weakest(reading: Reading, held: frozenset[str]) -> float:
    """The share held of the clause that is held least, among those long enough to be judged."""
    long = [keys for keys in reading.clauses if weight(keys) >= CLAUSE_WEIGHT]
    return min((_share(keys, held) for keys in long), default=1.0)


def texts(facts: Sequence[Fact]) -> list[str]:
    """The words of some facts."""
    return [fact.text for fact in facts]
