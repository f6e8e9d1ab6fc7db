"""What is said, denied, allowed, imposed or excepted: the same in the answer as in its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from assistant.guard.claims import Claim, Fault
from assistant.guard.lexicon import COMPARED, CONTRARIES, CONTRASTS, OPPOSITES, TURNED_FR, VERDICTS
from assistant.guard.reading import Joint, Reading, Turn
from assistant.guard.roles import alike
from assistant.guard.sources import Fact
from assistant.guard.types import Rule

DROPPED = 0.7  # share of the words that a turn bears on, from which leaving it out is a fault
BARE = frozenset({"sauf", "hormis"})  # they may make an exception that is told no further
RULE = 0.6  # share of a rule's words, from which telling it without its exception is a fault

# What a turn of the answer may answer to in the source: "n'est pas valable", "est nul".
_MATCHES = {
    "neg": {"neg", "void", "notmay", "maynot", "except"},
    "void": {"neg", "void", "notmay", "maynot"},
    "notmay": {"neg", "void", "notmay"},
    "maynot": {"neg", "maynot"},
    "only": {"only", "neg", "except", "notmay"},
    "except": {"except", "only", "neg"},
}
_KEPT = {  # what a turn of the source may become in the answer
    "neg": {"neg", "void", "notmay", "maynot", "except", "only"},
    "void": {"void", "neg", "notmay", "maynot"},
    "notmay": {"notmay", "neg", "void"},
    "maynot": {"maynot", "neg"},
    "only": {"only", "neg", "except", "notmay"},
}
_MODAL = frozenset({"must", "may"})
_CONTRARY = (*CONTRARIES, *((other, one) for one, other in CONTRARIES))
_LOOSE = frozenset(COMPARED.values()) - {"neg"}  # told apart by their contraries alone
# A turn, its contrary, what excuses it.
_AGAINST = {"must": ("may", "must"), "may": ("must", "may")}


def polarity_fault(claim: Claim) -> Fault | None:
    """What a sentence adds to, or takes from, what its source says."""
    facts = list(dict.fromkeys([*claim.support.rivals, *claim.support.facts]))
    return (
        (None if claim.repeated else reworded_fault(claim, facts))
        or _added(claim, facts)
        or _overturned(claim.reading, facts)
        or _dropped(claim)
        or _exception_left_out(claim)
    )


def reworded_fault(claim: Claim, facts: Sequence[Fact]) -> Fault | None:
    """What is wrong with the words of a sentence; one repeated from a source has no such fault."""
    return (
        _verdict(claim, facts)
        or _opposite(claim.reading, facts)
        or _rejointed(claim.reading, facts)
    )


def _verdict(claim: Claim, facts: Sequence[Fact]) -> Fault | None:
    """A "Oui" where the source begins with "Non"."""
    said = claim.reading.words[0] if claim.reading.words else ""
    firsts = {fact.reading.words[0] for fact in facts if fact.reading.words}
    if VERDICTS.get(said) in firsts and said not in firsts:
        return Fault("negation", f"La source ne répond pas « {said} ».")
    return None


def _rejointed(reading: Reading, facts: Sequence[Fact]) -> Fault | None:
    """Two words that follow each other in the source too, with another turn or role between."""
    wanted = {joint.ends for joint in reading.joints}
    told: dict[tuple[str, str], list[Joint]] = {}
    for joint in chain.from_iterable(_joints(fact) for fact in facts):
        if joint.ends in wanted:
            told.setdefault(joint.ends, []).append(joint)
    own = _turned(reading)
    spare = {kind for fact in facts for kind in _turned(fact.whole)}
    for joint in reading.joints:
        others = told.get(joint.ends)
        if not others:
            continue
        if not any(_same_turns(joint, other, own, spare) for other in others):
            return _changed("negation", joint, others[0])
        if not any(_same_roles(joint.roles, other.roles) for other in others):
            return _changed("role", joint, others[0])
        if not any(_same_figures(joint.figures, other.figures) for other in others):
            return _changed("numbers", joint, others[0])
    return None


def _joints(fact: Fact) -> Iterable[Joint]:
    """The joints of a fact, with and without what introduces it."""
    if fact.whole is fact.reading:
        return fact.reading.joints
    return (*fact.reading.joints, *fact.whole.joints)


def _turned(reading: Reading) -> set[str]:
    """The kinds of turns of a sentence."""
    return {kind for joint in reading.joints for kind in joint.turns}


def _same_turns(said: Joint, meant: Joint, own: set[str], theirs: set[str]) -> bool:
    """Whether the same is denied, and no duty made a faculty.

    A modal may be left out or added; a restriction may stand elsewhere in the sentence.

    Args:
        own: kinds of turns of the whole sentence.
        theirs: those of its sources.
    """
    if said.turns == meant.turns:
        return "even" not in said.turns or "even" in theirs
    new, gone = set(said.turns) - set(meant.turns), set(meant.turns) - set(said.turns)
    if any(one in new and other in gone for one, other in _CONTRARY):
        return False
    if "even" in said.turns and "even" not in theirs:
        return False
    first = [
        kind for kind in said.turns if kind not in _LOOSE and (kind != "only" or kind not in theirs)
    ]
    second = [
        kind for kind in meant.turns if kind not in _LOOSE and (kind != "only" or kind not in own)
    ]
    if [kind for kind in first if kind not in _MODAL] != [
        kind for kind in second if kind not in _MODAL
    ]:
        return False
    both = bool(_MODAL & set(first)) and bool(_MODAL & set(second))
    return not both or first == second


def _same_roles(said: Sequence[str], meant: Sequence[str]) -> bool:
    """Whether the same persons are named, in the same order; one may be left out or told."""
    if len(said) != len(meant):
        return not said or not meant or bool(set(said) & set(meant))
    return all(alike(one, other) for one, other in zip(said, meant, strict=True))


def _same_figures(said: Sequence[str], meant: Sequence[str]) -> bool:
    """Whether the same is counted; "24" and "vingt-quatre" are not compared here."""
    return len(said) != len(meant) or list(said) == list(meant)


def _changed(rule: Rule, said: Joint, meant: Joint) -> Fault:
    """Words between two others that are not the source's."""
    return Fault(rule, f"La phrase dit « {said.said} » là où la source dit « {meant.said} ».")


def _added(claim: Claim, facts: Sequence[Fact]) -> Fault | None:
    """The first turn of a sentence that no source has about the same words."""
    for turn in claim.reading.turns:
        told = [other for fact in facts for other in fact.whole.turns if _about(turn, other)]
        kinds = {other.kind for other in told}
        if turn.kind in _MATCHES and not kinds & _MATCHES[turn.kind]:
            return _fault("ajoutée", turn)
        if turn.kind in _AGAINST:
            contrary, excuse = _AGAINST[turn.kind]
            if contrary in kinds and excuse not in kinds:
                return _fault("substituée", turn)
    return None


def _about(one: Turn, other: Turn) -> bool:
    """Whether two turns bear on the same words."""
    return (
        bool(one.near & (other.near | frozenset(other.left)))
        or bool(frozenset(one.left) & frozenset(other.left))
        or not one.near
        or (one.word == other.word == "sans" and not other.right)  # "sans lui": whatever it names
    )


def _overturned(reading: Reading, facts: Sequence[Fact]) -> Fault | None:
    """What wins over something that wins over it in the source."""
    told = [turn for fact in facts for turn in fact.whole.turns if turn.kind == "over"]
    for turn in reading.turns:
        if turn.kind == "over" and told and all(_crossed(turn, other) for other in told):
            return _fault("inversée", turn)
    return None


def _crossed(one: Turn, other: Turn) -> bool:
    """Whether the two sides of a turn are those of another, exchanged."""
    straight = _common(one.left, other.left) + _common(one.right, other.right)
    return _common(one.left, other.right) + _common(one.right, other.left) > straight


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many keys two windows share."""
    return len(frozenset(one) & frozenset(other))


def _dropped(claim: Claim) -> Fault | None:
    """The first turn that every likely source has, and that the sentence leaves out."""
    lost = [_lost(claim.reading, claim.whole, fact) for fact in claim.support.rivals]
    return _fault("omise", lost[0]) if lost and lost[0] and all(lost) else None


def _lost(reading: Reading, whole: Reading, fact: Fact) -> Turn | None:
    """The first turn of a fact that a sentence says the words of, and not the turn."""
    for turn in fact.reading.turns:
        if turn.kind not in _KEPT or not turn.near:
            continue
        share = len(turn.near & reading.keys) / len(turn.near)
        kept = any(other.kind in _KEPT[turn.kind] and _about(other, turn) for other in whole.turns)
        if share >= DROPPED and not kept:
            return turn
    return None


def _exception_left_out(claim: Claim) -> Fault | None:
    """An exception that every likely source makes, and that neither the sentence nor the next tells."""
    if any(turn.kind == "except" for turn in claim.whole.turns):
        return None
    said = claim.reading.keys | _told_next(claim.following)
    if not any(turn.kind == "except" for f in claim.support.rivals for turn in f.reading.turns):
        return None
    nearest = [_untold(claim.reading, said, fact) for fact in _nearest(claim)]
    lost = [turn for turn in nearest if turn]
    if len(lost) < len(nearest):
        lost = _cut_short(claim, said)
    return _fault("omise", lost[0]) if lost else None


def _cut_short(claim: Claim, said: frozenset[str]) -> list[Turn]:
    """The exceptions of the likely sources that a sentence repeats word for word but for them.

    None when a source has the sentence without exception.
    """
    keys = claim.reading.keys
    if any(fact.reading.words == claim.reading.words for fact in claim.support.rivals):
        return []
    untold = ((_untold(claim.reading, said, fact), fact) for fact in claim.support.rivals)
    return [
        turn
        for turn, fact in untold
        if turn and not (fact.reading.keys ^ keys) - frozenset(turn.right)
    ]


def _told_next(following: Reading | None) -> frozenset[str]:
    """The keys of the next sentence, where it makes an exception: "Toutefois, …"."""
    if following is None:
        return frozenset()
    excepts = any(turn.kind == "except" for turn in following.turns)
    return following.keys if excepts or CONTRASTS & set(following.words) else frozenset()


def _nearest(claim: Claim) -> list[Fact]:
    """The likely sources that share most words in a row with a sentence."""
    own = {joint.ends for joint in claim.reading.joints}
    shared = [sum(j.ends in own for j in fact.reading.joints) for fact in claim.support.rivals]
    return [
        f for f, count in zip(claim.support.rivals, shared, strict=True) if count == max(shared)
    ]


def _untold(reading: Reading, said: frozenset[str], fact: Fact) -> Turn | None:
    """The first exception of a fact whose rule a sentence tells without it."""
    for turn in fact.reading.turns:
        rule = fact.reading.keys - frozenset(turn.right)
        exception = frozenset(turn.right) - rule
        told = len(rule & reading.keys) >= RULE * len(rule)
        bare = turn.word in BARE and not turn.right  # "sauf exceptions"
        silent = bare or (bool(exception) and len(exception & said) * 2 <= len(exception))
        if turn.kind == "except" and rule and told and silent:
            return turn
    return None


def _opposite(reading: Reading, facts: Iterable[Fact]) -> Fault | None:
    """A word of which the sources have only the opposite."""
    told = [frozenset(f.whole.words) | {f"#{t.kind}" for t in f.whole.turns} for f in facts]
    for word in reading.words:
        for same, other in _sides().get(word, ()):
            if any(words & other for words in told) and not any(words & same for words in told):
                return Fault("negation", f"La phrase dit « {word} », la source dit le contraire.")
    return None


@lru_cache(maxsize=1)
def _sides() -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """For each word that has an opposite: the words of its side and those of the other."""
    table: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for pair in OPPOSITES:
        left, right = (frozenset(side.split()) for side in pair)
        for same, other in ((left, right), (right, left)):
            for word in same:
                table.setdefault(word, []).append((same, other))
    return table


def _fault(what: str, turn: Turn) -> Fault:
    """A turn that was added, put in the place of another, or left out."""
    return Fault("negation", f"{TURNED_FR[turn.kind].capitalize()} {what} : « {turn.word} ».")
