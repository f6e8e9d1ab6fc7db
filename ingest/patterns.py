"""Patterns of words that lawyers write to look for something in a contract.

A pattern is a line of words, read in one sentence, from left to right:

    reconduction tacite          the next word stands within `NEAR` words
    prestataire … revis* … prix  « … »: anywhere later in the sentence, within `FAR` words
    revis*|modifi*               a word that begins so; one or the other
    preavis # jour*|mois         « # » is a number, in digits or in words; the next word is its unit
    !indice|plafond*             the sentence holds no such word
    @prestataire|nous            a group of words, given apart, and one more

Accents, capitals and elisions don't count, and a hyphen parts words (« sous traitan* »). There are no
regular expressions in it: the work is bounded by the length of the sentence times that of the pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.analysis import fold, normalise

NEAR = 4  # words between which two words of a pattern are taken together
FAR = 30  # words that « … » may stand for
MAX_ITEMS = 12  # of a pattern
MAX_TOKENS = 400  # of a sentence; the rest is another sentence

_WORD = re.compile(r"[a-z]+\*?|\d{2,6}")
_TOKEN = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?|[a-z]+|[%€]")
_ELIDED = frozenset({"l", "d", "s", "j", "m", "c", "qu", "t"})
_WRITTEN = {"€": "euros", "%": "pourcent", "n": "ne"}
_ONES = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "cent": 100, "cents": 100, "vingts": 20,
}  # fmt: skip


class PatternError(ValueError):
    """A pattern that cannot be read: the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, folded, and the number that it says, if any."""

    word: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern."""

    words: tuple[str, ...]  # alternatives, « * » at the end of a beginning; empty for a number
    reach: int  # words after the previous item within which it stands
    whole: frozenset[str] = frozenset()  # the alternatives that are whole words
    starts: tuple[str, ...] = ()  # those that are beginnings, without « * »

    @property
    def is_number(self) -> bool:
        """Whether it stands for a number."""
        return not self.words

    def fits(self, token: Token) -> bool:
        """Whether a token may stand here."""
        if self.is_number:
            return token.value is not None
        return token.word in self.whole or token.word.startswith(self.starts)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, read."""

    text: str
    items: tuple[Item, ...]  # in order
    banned: tuple[Item, ...] = ()

    @property
    def has_number(self) -> bool:
        """Whether it catches a number."""
        return any(item.is_number for item in self.items)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found: the number it caught and its unit, when it has one."""

    value: float | None = None
    unit: str = ""


def parse_pattern(text: str, groups: Mapping[str, Sequence[str]] | None = None) -> Pattern:
    """A pattern as lawyers write it.

    Args:
        text: the pattern.
        groups: the words that `@name` stands for.

    Raises:
        PatternError: it is empty, too long, or holds something else than words.
    """
    known = groups or {}
    items: list[Item] = []
    banned: list[Item] = []
    reach = NEAR
    for part in fold(normalise(text)).replace("...", "…").split():
        if part == "…":
            reach = FAR
        elif part.startswith("!"):
            banned.append(_item(part[1:], 0, known))
        else:
            items.append(Item((), reach) if part == "#" else _item(part, reach, known))
            reach = NEAR
    if not items:
        raise PatternError("motif sans mot à chercher")
    if len(items) + len(banned) > MAX_ITEMS:
        raise PatternError(f"motif de plus de {MAX_ITEMS} mots")
    return Pattern(text, tuple(items), tuple(banned))


def _item(part: str, reach: int, groups: Mapping[str, Sequence[str]]) -> Item:
    """A place of a pattern, from the words between bars."""
    words = _alternatives(part, groups)
    whole = frozenset(word for word in words if not word.endswith("*"))
    return Item(words, reach, whole, tuple(word[:-1] for word in words if word.endswith("*")))


def _alternatives(part: str, groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The words between bars, those of the groups in their place."""
    words: list[str] = []
    for word in part.split("|"):
        if word.startswith("@") and word[1:] not in groups:
            raise PatternError(f"groupe « {word} » inconnu")
        named = groups[word[1:]] if word.startswith("@") else [word]
        words += [_WRITTEN.get(fold(name), fold(name)) for name in named]
    for word in words:
        if not _WORD.fullmatch(word) or len(word.rstrip("*")) < 2 - (not word.endswith("*")):
            raise PatternError(f"« {part} » n'est pas un mot, un début de mot* ou des mots|séparés")
    return tuple(words)


def tokens(sentence: str) -> tuple[Token, ...]:
    """The words and numbers of a sentence, in order; elided articles dropped."""
    found = [
        word
        for word in _TOKEN.findall(fold(normalise(sentence)))
        if word not in _ELIDED
    ]  # fmt: skip
    return tuple(_numbered(found[:MAX_TOKENS]))


def _numbered(found: Sequence[str]) -> Iterator[Token]:
    """Tokens with their numbers; « quarante-cinq » is one."""
    place = 0
    while place < len(found):
        word = found[place]
        if word in _ONES:
            value, place = _spelled(found, place)
            yield Token(word, float(value))
            continue
        place += 1
        if word[0].isdigit():
            yield Token(word, float(word.replace(" ", "").replace(",", ".")))
        else:
            yield Token(_WRITTEN.get(word, word))


def _spelled(found: Sequence[str], place: int) -> tuple[int, int]:
    """The number that words spell from a place, and the place after it. Up to 999."""
    total, last = 0, 1_000
    while place < len(found):
        value = _ONES.get(found[place])
        if value is None and found[place] == "et" and _ONES.get("".join(found[place + 1 :][:1])):
            place += 1
            continue
        scales = value is not None and (value == 100 or (value == 20 and last == 4))
        if value is None or (value >= last and not scales):
            break
        total = max(total, 1) * value if scales else total + value
        last, place = value, place + 1
    return total, place


class Sentences:
    """Sentences among which patterns are looked for, each word's places known in advance."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._tokens = [tokens(text) for text in texts]
        self._where: dict[str, set[int]] = {}
        self._numbers: set[int] = set()
        for place, sentence in enumerate(self._tokens):
            for token in sentence:
                self._where.setdefault(token.word, set()).add(place)
                if token.value is not None:
                    self._numbers.add(place)
        self._vocabulary = sorted(self._where)

    def find(self, pattern: Pattern) -> Iterator[tuple[int, Match]]:
        """(number of the sentence, match) wherever a pattern is found, in order; the first of each
        sentence, and each of its numbers when the pattern catches one.
        """
        places = set.intersection(*(self._holding(item) for item in pattern.items))
        for item in pattern.banned:
            places -= self._holding(item)
        for place in sorted(places):
            found = _matches(pattern.items, self._tokens[place])
            for match in found:
                yield place, match
                if not pattern.has_number:
                    break

    def _holding(self, item: Item) -> set[int]:
        """The sentences that hold a word for an item."""
        if item.is_number:
            return self._numbers
        held: set[int] = set()
        for word in item.words:
            if not word.endswith("*"):
                held |= self._where.get(word, set())
                continue
            at = bisect_left(self._vocabulary, word[:-1])
            while at < len(self._vocabulary) and self._vocabulary[at].startswith(word[:-1]):
                held |= self._where[self._vocabulary[at]]
                at += 1
        return held


def _matches(items: tuple[Item, ...], sentence: tuple[Token, ...]) -> Iterator[Match]:
    """The matches in a sentence: one for each number that may be caught, else one.

    What items have been reached from each place is kept, so that the work stays within
    `len(items) * len(sentence) * FAR`.
    """
    reached: dict[int, Match] = {
        place: _caught(items, 0, sentence, place, Match())
        for place, token in enumerate(sentence)
        if items[0].fits(token)
    }
    for rank, item in enumerate(items[1:], start=1):
        further: dict[int, Match] = {}
        for place, match in reached.items():
            for after in range(place + 1, min(place + 1 + item.reach, len(sentence))):
                if item.fits(sentence[after]) and (
                    items[rank - 1].is_number or after not in further
                ):
                    # A unit goes with the nearest number before it, which comes last.
                    further[after] = _caught(items, rank, sentence, after, match)
        reached = further
    yield from dict.fromkeys(reached.values())


def _caught(
    items: tuple[Item, ...], rank: int, sentence: tuple[Token, ...], place: int, match: Match
) -> Match:
    """A match with what the token of an item adds: the number, or its unit."""
    if items[rank].is_number:
        return Match(sentence[place].value)
    if rank and items[rank - 1].is_number:
        return Match(match.value, sentence[place].word)
    return match
