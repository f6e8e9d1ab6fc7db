"""Who does what: a role of the answer holds the place that it holds in the source.

"Le client paie le prestataire" and "le prestataire est payé par le client" say the same; "le
prestataire paie le client" is told from both by the words on either side of each role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.guard.claims import Claim, Fault
from assistant.guard.lexicon import SAME_PERSON
from assistant.guard.reading import Actor, read
from assistant.guard.sources import Fact


def role_fault(claim: Claim) -> Fault | None:
    """The first role of a sentence that stands where its source has another."""
    return (None if claim.repeated else swapped_fault(claim)) or _heading_fault(claim)


def swapped_fault(claim: Claim) -> Fault | None:
    """The first role that another holds in the source; a sentence repeated from it has none."""
    facts = list(dict.fromkeys([*claim.support.rivals, *claim.support.facts]))
    told = [actor for fact in facts for actor in _actors(fact)]
    for actor in claim.whole.actors:
        same = max(
            (_fit(actor, other) for other in told if alike(actor.role, other.role)), default=0.0
        )
        best = max(
            (other for other in told if not alike(actor.role, other.role)),
            key=lambda other: _fit(actor, other),
            default=None,
        )
        if best and _fit(actor, best) > same:
            return _fault(actor.word, best.word)
    return None


def _actors(fact: Fact) -> Iterator[Actor]:
    """The roles of a fact, with and without what introduces it."""
    yield from fact.whole.actors
    if fact.whole is not fact.reading:
        yield from fact.reading.actors


def _fit(one: Actor, other: Actor) -> float:
    """How many words stand on the same side of both."""
    return len(one.left & other.left) + len(one.right & other.right)


def alike(one: str, other: str) -> bool:
    """Whether two roles may be the same person."""
    return one == other or (one, other) in SAME_PERSON or (other, one) in SAME_PERSON


def _heading_fault(claim: Claim) -> Fault | None:
    """A sentence under « Si vous êtes le client » that its source says to the other party."""
    own = read(claim.heading).actors
    theirs = [actors for fact in claim.support.rivals if (actors := read(fact.heading).actors)]
    if not own or not theirs or any(_meet(own, actors) for actors in theirs):
        return None
    return _fault(own[0].word, theirs[0][0].word)


def _meet(own: Iterable[Actor], theirs: Iterable[Actor]) -> bool:
    """Whether two groups of roles have one in common."""
    others = list(theirs)
    return any(alike(one.role, other.role) for one in own for other in others)


def _fault(said: str, meant: str) -> Fault:
    """A role in the place of another."""
    return Fault("role", f"La phrase dit « {said} » là où la source dit « {meant} ».")
