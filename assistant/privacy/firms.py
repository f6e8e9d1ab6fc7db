"""Firms: by their legal form, the words before them, the trade that ends their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.privacy.names import (
    Range,
    announces,
    firm_end,
    firm_start,
    is_acronym,
    is_given,
    is_known_word,
    is_product,
    may_begin,
    small_firm_end,
)
from assistant.privacy.view import Word
from assistant.privacy.vocabulary import (
    BEFORE_ENTITY,
    BEFORE_KEPT,
    BUSINESS_WORDS,
    FIRM_ROLES,
    FIRM_WORDS,
    LEGAL_FORMS,
    PLACES,
    SMALL_LEGAL_FORMS,
)

_ANNOUNCING = FIRM_WORDS | FIRM_ROLES


def find_firms(words: Sequence[Word]) -> Iterator[Range]:
    """The names of firms, without their legal form, as ranges of words."""
    for i, word in enumerate(words):
        if _is_legal_form(word):
            yield from _after_form(words, i)
            yield from _before_form(words, i)
        if word.low in _ANNOUNCING:
            yield from _announced(words, i)
        if word.low in BEFORE_ENTITY:
            yield from _after_link(words, i)
        if word.low == "appelle" and i and words[i - 1].low == "s":
            yield from _called(words, i)
        if word.low in BUSINESS_WORDS and word.capital:
            yield from _with_trade(words, i)


def _is_legal_form(word: Word) -> bool:
    """Whether a word is a legal form: "SA" needs its capitals, "sarl" does not."""
    if word.low not in LEGAL_FORMS:
        return word.low in SMALL_LEGAL_FORMS
    short = len(word.low) < 3
    return word.low in SMALL_LEGAL_FORMS or (word.text.isupper() if short else word.capital)


def _after_form(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "SARL Dupont Informatique", "la sarl dupont"."""
    start = i + 1
    if not announces(words, start):
        return
    end = firm_end(words, start)
    if end == start and words[i].text in SMALL_LEGAL_FORMS:
        end = small_firm_end(words, start)
    if end > start and not (end == start + 1 and is_known_word(words[start])):
        yield start, end


def _before_form(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "Exemple Réseaux SAS", "Sample Systems, Ltd"."""
    if words[i].gap not in (" ", ", ", " (", ", une "):
        return
    start = firm_start(words, i)
    if start < i - 1 or (start < i and not is_known_word(words[start])):
        yield start, i


def _announced(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "la société « X »", "mon prestataire, X"; "la Société Cliente" is a party of the contract."""
    start = i + 1
    if not announces(words, start) or is_given(words[start]):
        return
    end = firm_end(words, start)
    if end > start and not (end == start + 1 and is_known_word(words[start])):
        yield start, end


def _after_link(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "chez X", "avec X", "par X", "contre X", "entre X et Y"."""
    start = i + 1
    found = _linked(words, start, free=words[i].low == "chez")
    if not found:
        return
    yield start, found
    if words[i].low in ("entre", "between") and found < len(words):
        other = found + 1
        if words[found].low in ("et", "and") and (end := _linked(words, other, free=False)):
            yield other, end


def _linked(words: Sequence[Word], start: int, *, free: bool) -> int:
    """The end of the firm that a link leads to; 0 when it is no firm."""
    if start >= len(words) or words[start].gap not in (" ", ' "', " « ", " «"):
        return 0
    end = firm_end(words, start)
    if end == start or is_given(words[start]) or words[start].low in PLACES:
        return 0
    found = words[start:end]
    if all(map(is_known_word, found)) or (len(found) == 1 and not free and is_acronym(found[0])):
        return 0
    return end


def _called(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "ma société s'appelle X"."""
    about = {word.low for word in words[max(0, i - 6) : i]}
    end = firm_end(words, i + 1)
    if about & (_ANNOUNCING | LEGAL_FORMS) and end > i + 1:
        yield i + 1, end


def _with_trade(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "Dupont Informatique": what stands before the trade is no word of everyday."""
    start = firm_start(words, i + 1)
    before = words[start:i]
    if not before or all(map(is_known_word, before)) or not may_begin(words[start]):
        return
    if is_product(words, start) or (start and words[start - 1].low in BEFORE_KEPT):
        return
    yield start, firm_end(words, start)
