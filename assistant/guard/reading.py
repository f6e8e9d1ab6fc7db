"""A sentence as the rules see it: its words, what they turn, and who does what.

A word is compared by its `key`: the group of its synonyms, or the start of its stem, so that
"résilier", "résiliation" and "rompre" meet. Words without content have no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from assistant.guard.lexicon import (
    COMMON,
    COMPARED,
    LINKS,
    LITERARY,
    LONG_STARTS,
    PARTICLES,
    ROLES,
    SPELLED,
    SYNONYMS,
    TURNED_FR,
    TURNS,
    UNITS,
)  # fmt: skip
from retrieval.analysis import STOP_WORDS, fold, normalise, stem

START = 5  # letters of a stem that are compared
LONG = 7
REACH = 4  # content words that a turn reaches on its right
BEHIND = 2  # and on its left
NEAR = 3  # content words on either side of a role

_TOKEN = re.compile(r"[^\W_]+|[,;:.!?()«»\"]")
_HARD_STOP = frozenset(";:.!?")
_LINKING = frozenset(
    "plutot autre autres alors afin parce pour des ainsi avant apres bien tant".split()
)
_APART = {"notmay": ("neg", "may"), "maynot": ("may", "neg")}
_NEGATED = 9  # tokens in which "ne" finds its second half


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that turns a statement: negation, modality, restriction, exception."""

    kind: str
    word: str
    left: tuple[str, ...]  # keys before it, nearest first
    right: tuple[str, ...]  # keys after it, nearest first

    @property
    def near(self) -> frozenset[str]:
        """The keys that it bears on: a nullity on what is null, others on what follows."""
        if self.kind == "void":
            return frozenset(self.left) | frozenset(self.right)
        return frozenset(self.right) or frozenset(self.left)


@dataclass(frozen=True, slots=True)
class Actor:
    """A role that a sentence names, with the words about it as if the sentence were active."""

    role: str
    word: str
    left: frozenset[str]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Joint:
    """Two words with content that follow each other, and what stands between them."""

    ends: tuple[str, str]  # keys; "^" before the first, "$" after the last
    turns: tuple[str, ...]  # kinds of the turns between, in order
    roles: tuple[str, ...]  # roles between, in order
    figures: tuple[str, ...]  # numbers between, in order
    said: str  # the words between


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A sentence, read."""

    words: tuple[str, ...]  # folded, in order
    keys: frozenset[str]  # of the words with content
    clauses: tuple[frozenset[str], ...]  # keys between two punctuation marks
    pairs: frozenset[tuple[str, str]]  # keys that follow each other
    turns: tuple[Turn, ...]
    actors: tuple[Actor, ...]
    joints: tuple[Joint, ...]


def weight(keys: frozenset[str]) -> float:
    """What some keys count for: common words of the field, half."""
    return len(keys) - 0.5 * len(keys & _common())


@lru_cache(maxsize=16_384)
def read(text: str) -> Reading:
    """The reading of a sentence without its marks.

    Args:
        text: one sentence, its markers and Markdown marks left out.
    """
    tokens = _TOKEN.findall(fold(normalise(text)))
    keys = [_key(token) for token in tokens]
    content = [key for key in keys if key]
    kinds = _kinds(tokens)
    return Reading(
        words=tuple(token for token in tokens if token[0].isalnum()),
        keys=frozenset(content),
        clauses=tuple(_clauses(tokens, keys)),
        pairs=frozenset(pairwise(content)),
        turns=tuple(_turns(tokens, keys, kinds)),
        actors=tuple(_actors(tokens, keys)),
        joints=tuple(_joints(tokens, keys, kinds)),
    )


@lru_cache(maxsize=32_768)
def _key(token: str) -> str:
    """What a token is compared by; "" when it has no content."""
    if not token[0].isalnum() or len(token) < 2 or token in STOP_WORDS or token in LINKS:
        return ""
    if token in _role_of() or token in _turn_of() or token in COMPARED or token.isdigit():
        return ""
    return _synonyms().get(token) or _start(token)


def _start(token: str) -> str:
    """The start of a token's stem."""
    root = stem(token)
    return root[: LONG if root.startswith(LONG_STARTS) else START]


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    """The key of each word that has synonyms."""
    table: dict[str, str] = {}
    for line in SYNONYMS.strip().splitlines():
        first, *others = line.split()
        for word in (first, *others):
            table.setdefault(word, _start(first))
    return table


@lru_cache(maxsize=1)
def _role_of() -> dict[str, str]:
    """The role of each word that names one."""
    return {word: role for role, words in ROLES.items() for word in words.split()}


@lru_cache(maxsize=1)
def _turn_of() -> dict[str, str]:
    """The kind of each word that turns a statement."""
    return {word: kind for kind, words in TURNS.items() for word in words.split()}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The keys of the words that nearly every passage holds."""
    return frozenset(_synonyms().get(word) or _start(word) for word in COMMON)


def _clauses(tokens: Sequence[str], keys: Sequence[str]) -> Iterator[frozenset[str]]:
    """The keys between two punctuation marks."""
    held: set[str] = set()
    for token, key in zip(tokens, keys, strict=True):
        if key:
            held.add(key)
        elif not token[0].isalnum():
            yield frozenset(held)
            held = set()
    yield frozenset(held)


def _kinds(tokens: Sequence[str]) -> dict[int, str]:
    """The kind of each token that turns something, by place. Two halves of a negation make one."""
    spent: set[int] = set()
    kinds: dict[int, str] = {}
    for place in range(len(tokens)):
        kind = "" if place in spent else _kind(tokens, place, spent)
        if kind:
            kinds[place] = kind
    return kinds


def _turns(tokens: Sequence[str], keys: Sequence[str], kinds: Mapping[int, str]) -> Iterator[Turn]:
    """The turns of a sentence, in order."""
    for place, kind in kinds.items():
        if kind in TURNED_FR:
            after = _after(tokens, keys, place, REACH, commas=0)
            before = _before(tokens, keys, place, BEHIND)
            yield Turn(kind, tokens[place], before, after)


def _joints(
    tokens: Sequence[str], keys: Sequence[str], kinds: Mapping[int, str]
) -> Iterator[Joint]:
    """What stands between each two words with content."""
    last, first = "^", 0
    for place in range(len(tokens) + 1):
        key = keys[place] if place < len(tokens) else "$"
        if not key:
            continue
        between = range(first, place)
        turns = chain.from_iterable(
            _APART.get(kinds[n], (kinds[n],)) for n in between if n in kinds
        )
        roles = (_role_of()[tokens[n]] for n in between if tokens[n] in _role_of())
        counted = (figure for n in between if (figure := _figure(tokens, n)))
        said = " ".join(tokens[first:place])
        yield Joint((last, key), tuple(turns), tuple(roles), tuple(counted), said)
        last, first = key, place + 1


def _figure(tokens: Sequence[str], place: int) -> str:
    """The number of a token in digits, "" for none; "un" is one before a unit only."""
    token = tokens[place]
    if token in ("un", "une"):
        return "1" if tokens[place + 1 : place + 2] and tokens[place + 1] in UNITS else ""
    return token.lstrip("0") if token.isdigit() else SPELLED.get(token, "")


def _kind(tokens: Sequence[str], place: int, spent: set[int]) -> str:
    """What the token at a place turns; marks the second half of a negation as spent."""
    token = tokens[place]
    if token in ("ne", "n"):
        return _negation(tokens, place, spent)
    kind = _turn_of().get(token, "") or COMPARED.get(token, "")
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
    verb = _turn_of().get(following, "") == "may" or following in LITERARY
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
        if token in _HARD_STOP or token in ("ne", "n"):
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


def _after(
    tokens: Sequence[str], keys: Sequence[str], place: int, size: int, commas: int = 1
) -> tuple[str, ...]:
    """The next keys of the same clause, nearest first; one comma more than `commas` ends it."""
    found: list[str] = []
    for token, key in zip(tokens[place + 1 :], keys[place + 1 :], strict=True):
        commas -= token == ","
        if len(found) == size or token in _HARD_STOP or commas < 0:
            break
        if key:
            found.append(key)
    return tuple(found)


def _before(tokens: Sequence[str], keys: Sequence[str], place: int, size: int) -> tuple[str, ...]:
    """The keys before, of the same clause, nearest first."""
    found: list[str] = []
    for offset in range(place - 1, -1, -1):
        if len(found) == size or tokens[offset] in _HARD_STOP:
            break
        if keys[offset]:
            found.append(keys[offset])
    return tuple(found)


def _actors(tokens: Sequence[str], keys: Sequence[str]) -> Iterator[Actor]:
    """The roles of a sentence, in order; "payé par le client" is read as "le client paie"."""
    places = [place for place, token in enumerate(tokens) if token in _role_of()]
    bounds = [-1, *places, len(tokens)]
    for rank, place in enumerate(places):
        left = _before(tokens, keys, place, NEAR)[: _inside(keys, bounds[rank], place)]
        right = _after(tokens, keys, place, NEAR)[: _inside(keys, place, bounds[rank + 2])]
        if "par" in tokens[max(place - 2, 0) : place]:
            left, right = (), (*left, *right[:1])
        elif rank + 1 < len(places) and _passive(tokens, place, places[rank + 1]):
            left, right = (*left, *right), ()
        yield Actor(_role_of()[tokens[place]], tokens[place], frozenset(left), frozenset(right))


def _inside(keys: Sequence[str], start: int, end: int) -> int:
    """How many keys stand between two places."""
    return sum(bool(key) for key in keys[start + 1 : end])


def _passive(tokens: Sequence[str], place: int, following: int) -> bool:
    """Whether the role at a place undergoes what the following one does."""
    between = tokens[place + 1 : following]
    return "par" in between[-2:] and not _HARD_STOP & set(between)
