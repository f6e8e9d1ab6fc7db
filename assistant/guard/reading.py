"""A sentence as the rules see it: its words, what they turn, and who does what.

A word is compared by its `key`: the group of its synonyms, or the start of its stem, so that
"résilier", "résiliation" and "rompre" meet. Words without content have no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.guard.lexicon import SPELLED, TURNED_FR, UNITS
from assistant.guard.turning import HARD_STOP, kinds
from assistant.guard.words import key_of, role_of
from retrieval.analysis import fold, normalise

REACH = 4  # content words that a turn reaches on its right
EXCEPTED = 12  # that an exception reaches: it goes on to the end of its clause
BEHIND = 2  # and on its left
NEAR = 3  # content words on either side of a role

_TOKEN = re.compile(r"[^\W_]+|[,;:.!?()«»\"]")
# Characters that say the same read one by one or together: a text of them is read word by word.
_USUAL = re.compile(r"[\x20-\x5f\x61-\x7e\n\tÀ-ÖØ-öø-ÿœŒ«»’€°–—\u00a0\u202f]*")
_APART = {"notmay": ("neg", "may"), "maynot": ("may", "neg")}


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


class Reading:
    """A sentence, read. What few rules ask for is read when it is first asked for.

    Args:
        tokens: words, folded, and punctuation marks, in order.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._keys = [key_of(token) for token in tokens]
        self.keys = frozenset(filter(None, self._keys))  # of the words with content

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, folded, in order."""
        return tuple(token for token in self._tokens if token[0].isalnum())

    @cached_property
    def clauses(self) -> tuple[frozenset[str], ...]:
        """The keys between two punctuation marks."""
        return tuple(_clauses(self._tokens, self._keys))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The keys that follow each other."""
        return frozenset(pairwise(filter(None, self._keys)))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """What turns it, in order."""
        return tuple(_turns(self._tokens, self._keys, self._kinds))

    @cached_property
    def actors(self) -> tuple[Actor, ...]:
        """The roles that it names, in order."""
        return tuple(_actors(self._tokens, self._keys))

    @cached_property
    def joints(self) -> tuple[Joint, ...]:
        """What stands between each two words with content."""
        return tuple(_joints(self._tokens, self._keys, self._kinds))

    @cached_property
    def _kinds(self) -> Mapping[int, str]:
        """The kind of each token that turns something, by place."""
        return kinds(self._tokens)


@lru_cache(maxsize=16_384)
def read(text: str) -> Reading:
    """The reading of a sentence without its marks.

    Args:
        text: one sentence, its markers and Markdown marks left out.
    """
    return Reading(tokens(text))


def tokens(text: str) -> list[str]:
    """The words of a text, folded, and its punctuation marks, in order."""
    if _USUAL.fullmatch(text):  # nearly always, and each word is folded once for all
        return [_folded(word) for word in _TOKEN.findall(text)]
    return _TOKEN.findall(fold(normalise(text)))


@lru_cache(maxsize=32_768)
def _folded(word: str) -> str:
    """A word as words are compared, without accents and in lower case."""
    return fold(normalise(word))


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


def _turns(tokens: Sequence[str], keys: Sequence[str], kinds: Mapping[int, str]) -> Iterator[Turn]:
    """The turns of a sentence, in order."""
    for place, kind in kinds.items():
        if kind in TURNED_FR:
            reach = EXCEPTED if kind == "except" else REACH
            after = _after(tokens, keys, place, reach, commas=0)
            before = _before(tokens, keys, place, BEHIND)
            yield Turn(kind, tokens[place], before, after)


def _joints(
    tokens: Sequence[str], keys: Sequence[str], kinds: Mapping[int, str]
) -> Iterator[Joint]:
    """What stands between each two words with content."""
    last, first, roles = "^", 0, role_of()
    for place, key in enumerate((*keys, "$")):
        if not key:
            continue
        turned: list[str] = []
        named: list[str] = []
        counted: list[str] = []
        for n in range(first, place):
            if n in kinds:
                turned += _APART.get(kinds[n], (kinds[n],))
            if tokens[n] in roles:
                named.append(roles[tokens[n]])
            if figure := _figure(tokens, n):
                counted.append(figure)
        said = " ".join(tokens[first:place])
        yield Joint((last, key), tuple(turned), tuple(named), tuple(counted), said)
        last, first = key, place + 1


def _figure(tokens: Sequence[str], place: int) -> str:
    """The number of a token in digits, "" for none; "un" is one before a unit only."""
    token = tokens[place]
    if token in ("un", "une"):
        return "1" if tokens[place + 1 : place + 2] and tokens[place + 1] in UNITS else ""
    return token.lstrip("0") if token.isdigit() else SPELLED.get(token, "")


def _after(
    tokens: Sequence[str], keys: Sequence[str], place: int, size: int, commas: int = 1
) -> tuple[str, ...]:
    """The next keys of the same clause, nearest first; one comma more than `commas` ends it."""
    found: list[str] = []
    for token, key in zip(tokens[place + 1 :], keys[place + 1 :], strict=True):
        commas -= token == ","
        if len(found) == size or token in HARD_STOP or commas < 0:
            break
        if key:
            found.append(key)
    return tuple(found)


def _before(tokens: Sequence[str], keys: Sequence[str], place: int, size: int) -> tuple[str, ...]:
    """The keys before, of the same clause, nearest first."""
    found: list[str] = []
    for offset in range(place - 1, -1, -1):
        if len(found) == size or tokens[offset] in HARD_STOP:
            break
        if keys[offset]:
            found.append(keys[offset])
    return tuple(found)


def _actors(tokens: Sequence[str], keys: Sequence[str]) -> Iterator[Actor]:
    """The roles of a sentence, in order; "payé par le client" is read as "le client paie"."""
    places = [place for place, token in enumerate(tokens) if token in role_of()]
    bounds = [-1, *places, len(tokens)]
    for rank, place in enumerate(places):
        left = _before(tokens, keys, place, NEAR)[: _inside(keys, bounds[rank], place)]
        right = _after(tokens, keys, place, NEAR)[: _inside(keys, place, bounds[rank + 2])]
        if "par" in tokens[max(place - 2, 0) : place]:
            left, right = (), (*left, *right[:1])
        elif rank + 1 < len(places) and _passive(tokens, place, places[rank + 1]):
            left, right = (*left, *right), ()
        yield Actor(role_of()[tokens[place]], tokens[place], frozenset(left), frozenset(right))


def _inside(keys: Sequence[str], start: int, end: int) -> int:
    """How many keys stand between two places."""
    return sum(bool(key) for key in keys[start + 1 : end])


def _passive(tokens: Sequence[str], place: int, following: int) -> bool:
    """Whether the role at a place undergoes what the following one does."""
    between = tokens[place + 1 : following]
    return "par" in between[-2:] and not HARD_STOP & set(between)
