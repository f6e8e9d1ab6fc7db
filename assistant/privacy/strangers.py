"""Capitalised words that the field does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.privacy.names import (
    ACRONYM,
    MAX_WORDS,
    Range,
    firm_end,
    is_known_word,
    is_product,
    may_begin,
)
from assistant.privacy.view import Word
from assistant.privacy.vocabulary import BEFORE_KEPT, COURTS, GIVEN_NAMES, NEVER_FIRST, PLACES

_INSIDE = re.compile(r" |'|, | \(|/")  # gaps after which a sentence goes on
_OF_TOWN = frozenset("de d a à ca tj tae tgi tcom cph".split())
_ROMAN = re.compile(r"[IVXLC]+e?")
_PARTICIPLE = re.compile(r"(?:[eiu]|it|is)$")
_VERBS = frozenset(
    """
    ont est sont n ne nous refuse refusent veut veulent doit doivent reclame menace pretend avait
    etait vient exige propose impose
    """.split()
)


def find_strangers(words: Sequence[Word]) -> Iterator[Range]:
    """The names of nobody knows whom, as ranges of words: a firm, a person, a village.

    Inside a sentence the capital tells; at its start, the verb that follows: "Solutest a racheté".
    """
    for i, word in enumerate(words):
        if not _is_stranger(words, i):
            continue
        inside = i > 0 and words[i - 1].text.isalpha() and bool(_INSIDE.fullmatch(word.gap))
        if inside and not _is_public(words, i):
            yield _with_before(words, i), firm_end(words, i)
        elif not inside and word.gap not in ("-", "'") and _acts(words, i + 1):
            yield i, i + 1


def _is_stranger(words: Sequence[Word], i: int) -> bool:
    """Whether a word has a capital of its own and is unknown: no acronym, no shouting."""
    word = words[i]
    if not word.text[0].isupper() or not word.text.isalpha() or len(word.text) < 3:
        return False
    around = (*words[i - 1 : i], *words[i + 1 : i + 2])
    shouted = word.text.isupper() and (
        len(word.text) <= ACRONYM or not any(near.text.islower() for near in around)
    )
    if shouted or _ROMAN.fullmatch(word.text):
        return False
    return not is_known_word(word) and word.low not in PLACES and word.low not in GIVEN_NAMES


def _is_public(words: Sequence[Word], i: int) -> bool:
    """Whether a stranger is a text, a product or the town of a court: "TJ de Bourg-en-Bresse"."""
    if words[i - 1].low in BEFORE_KEPT or is_product(words, i):
        return True
    before = {word.low for word in words[max(0, i - 6) : i]}
    town = words[i - 1].low in _OF_TOWN and bool(before & COURTS)
    return town or (i + 2 < len(words) and words[i + 1].gap == "-" and words[i + 1].text.islower())


def _with_before(words: Sequence[Word], i: int) -> int:
    """Where the name that holds word i begins: "Atelier Fictif"."""
    start = i
    least = max(1, i - MAX_WORDS)
    while start > least and words[start].gap == " " and _INSIDE.fullmatch(words[start - 1].gap):
        word = words[start - 1]
        if not word.capital or not may_begin(word) or word.text.isupper():
            break
        start -= 1
    return start


def _acts(words: Sequence[Word], i: int) -> bool:
    """Whether word i is what a firm or a person does: "refuse", "a racheté"."""
    if i >= len(words) or words[i].gap != " ":
        return False
    low = words[i].low
    if low == "a" and i + 1 < len(words):
        following = words[i + 1].low
        return bool(_PARTICIPLE.search(following)) and following not in NEVER_FIRST
    return low in _VERBS
