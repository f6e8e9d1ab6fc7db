"""Which words of a sentence turn what it states, the two halves of a negation taken together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.guard.lexicon import COMPARED, LITERARY, PARTICLES
from assistant.guard.words import turn_of

HARD_STOP = frozenset(";:.!?")
_LINKING = frozenset(
    "plutot autre autres alors afin parce pour des ainsi avant apres bien tant".split()
)
_NEGATED = 9  # tokens in which "ne" finds its second half


def kinds(tokens: Sequence[str]) -> dict[int, str]:
    """The kind of each token that turns something, by place. Two halves of a negation make one."""
    spent: set[int] = set()
    found: dict[int, str] = {}
    able = _able()
    for place, token in enumerate(tokens):
        if token in able and place not in spent and (kind := _kind(tokens, place, spent)):
            found[place] = kind
    return found


@lru_cache(maxsize=1)
def _able() -> frozenset[str]:
    """The words that may turn something: most words of a text are none."""
    return frozenset(("ne", "n", "pas", "non", *turn_of(), *COMPARED))


def _kind(tokens: Sequence[str], place: int, spent: set[int]) -> str:
    """What the token at a place turns; marks the second half of a negation as spent."""
    token = tokens[place]
    if token in ("ne", "n"):
        return _negation(tokens, place, spent)
    kind = turn_of().get(token, "") or COMPARED.get(token, "")
    if kind == "even" and _next(tokens, place) != "si" and "s" not in tokens[place + 1 : place + 2]:
        return ""  # "lui-même", "la même"
    if token == "non" and _next(tokens, place).startswith("ecrit"):
        return "void"
    if token == "pas" or (token == "non" and place):
        return "neg"
    if (
        token == "moins"
        and tokens[place - 1 : place] == ["a"]
        and "que" in tokens[place + 1 : place + 2]
    ):
        return "except"
    if kind == "may" and _next(tokens, place) in ("ne", "n"):
        spent.update(_second_half(tokens, place + 1))
        spent.add(place + 1)
        return "maynot"
    return kind


def _negation(tokens: Sequence[str], place: int, spent: set[int]) -> str:
    """What "ne" turns: a negation, a restriction ("ne … que") or nothing ("avant qu'il ne")."""
    following = _next(tokens, place)
    if following.isdigit():
        return ""  # "n° 78"
    second = _second_half(tokens, place)
    spent.update(second)
    verb = turn_of().get(following, "") == "may" or following in LITERARY
    window = tokens[place + 1 : place + _NEGATED]
    if not second and _restricts(window):
        return "only"
    if second or following in LITERARY:
        if verb:
            spent.update(_spent_verb(tokens, place, following))
        return "notmay" if verb else "neg"
    return ""


def _restricts(window: Sequence[str]) -> bool:
    """Whether "que" restricts after "ne", rather than compares or links ("plutôt que")."""
    return any(
        token in ("que", "qu") and window[place - 1] not in _LINKING
        for place, token in enumerate(window)
        if place
    )


def _spent_verb(tokens: Sequence[str], place: int, verb: str) -> list[int]:
    """The place of the verb that a negation takes with it, a pronoun between or not."""
    return [n for n in range(place + 1, min(place + 3, len(tokens))) if tokens[n] == verb][:1]


def _second_half(tokens: Sequence[str], place: int) -> list[int]:
    """The place of "pas", "jamais"… after "ne", none when there is none before a stop."""
    for offset, token in enumerate(tokens[place + 1 : place + _NEGATED], start=place + 1):
        if token in HARD_STOP or token in ("ne", "n"):
            return []
        if token in PARTICLES:
            return [offset]
    return []


def _next(tokens: Sequence[str], place: int) -> str:
    """The token after a place, a pronoun between ("ne le peut", "ne s'applique") left out."""
    for token in tokens[place + 1 : place + 3]:
        if token not in ("le", "la", "l", "les", "y", "en", "lui", "se", "s"):
            return token
    return ""
