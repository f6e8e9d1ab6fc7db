"""How far a name goes, once something says that one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.privacy.common_words import COMMON_WORDS
from assistant.privacy.view import Word
from assistant.privacy.vocabulary import (
    ACRONYMS,
    BUSINESS_WORDS,
    CIVILITIES,
    CLOSINGS,
    FIRM_WORDS,
    GIVEN_NAMES,
    GIVEN_WORDS,
    KEPT,
    LEGAL_FORMS,
    NEVER_FIRST,
    PARTICLES,
    ROLE_WORDS,
)

Range = tuple[int, int]  # of words: the first, the one after the last
MAX_WORDS = 6  # of a name
ACRONYM = 5  # letters in capitals that are rather an acronym than a name
_NEVER = NEVER_FIRST | LEGAL_FORMS
_ANY_GIVEN = GIVEN_NAMES | GIVEN_WORDS
_KNOWN = (
    COMMON_WORDS
    | NEVER_FIRST
    | ROLE_WORDS
    | BUSINESS_WORDS
    | CIVILITIES
    | CLOSINGS
    | FIRM_WORDS
    | LEGAL_FORMS
    | PARTICLES
    | ACRONYMS
    | KEPT
)
_GLUE = frozenset({" ", "-", "'"})
_FIRM_GLUE = _GLUE | {" & ", "&", "."}
_ARTICLES = frozenset("le la les l the".split())
_FAMILY = frozenset("fils filles freres associes cie co".split())
_DIGITS_FIRST = re.compile(r"\d{1,2}[A-Z][A-Za-z]{0,12}")  # "2A"; "4651Z" is an activity code
_OPENING = re.compile(r" ?[,:]? ?[\"«(]? ?")
_TITLE_GAP = re.compile(r"\.? ?")


def announces(words: Sequence[Word], i: int) -> bool:
    """Whether what stands before word i lets a name follow: a space, a comma, a quote; no new line."""
    return 0 < i < len(words) and bool(_OPENING.fullmatch(words[i].gap)) and words[i].gap != ""


def follows_title(words: Sequence[Word], i: int) -> bool:
    """Whether word i follows a title: "M. Dupont", "Mme Dupont", "M.Dupont"."""
    return i < len(words) and words[i].gap != "" and bool(_TITLE_GAP.fullmatch(words[i].gap))


def may_begin(word: Word) -> bool:
    """Whether a word may begin a name: no word of grammar, of the contract or of the law."""
    return word.low not in _NEVER and word.low not in KEPT


def is_given(word: Word) -> bool:
    """Whether a word is a given name: some need their capital to tell them from a word."""
    return word.low in GIVEN_NAMES or (word.low in GIVEN_WORDS and word.capital)


def person_end(words: Sequence[Word], i: int, *, titled: bool = False) -> int:
    """Where the name of a person written with capitals ends, exclusive; i when none begins there.

    After a title, a brand may be a surname and "de" may begin the name.
    """
    end = i
    at = i
    while at < len(words) and at - i < MAX_WORDS and (at == i or _glued(words, at)):
        word = words[at]
        if (titled or end > i) and _is_particle(words, at):
            at += 1
            continue
        brand = word.low in KEPT and not (titled and end == i)
        if brand or not _is_surname(word, first=end == i):
            break
        at += 1
        end = at
    return end if any(len(word.low) > 1 for word in words[i:end]) else i


def small_person_end(words: Sequence[Word], i: int) -> int:
    """Where a name written in small letters ends: one word, two with a given name or an article."""
    articled = i + 1 < len(words) and words[i].low in _ARTICLES and words[i + 1].gap in _GLUE
    first = i + 1 if articled else i
    if first >= len(words) or not is_small_name(words[first]):
        return i
    end = _through_hyphens(words, first + 1)
    following = words[end] if end < len(words) else None
    if following is None or following.gap != " " or not is_small_name(following):
        return end
    given = words[end - 1].low in _ANY_GIVEN or following.low in _ANY_GIVEN
    return _through_hyphens(words, end + 1) if given else end


def is_small_name(word: Word) -> bool:
    """Whether a word in small letters may be a name: it is no word that everybody uses."""
    return word.low.isalpha() and len(word.low) > 1 and not is_known_word(word)


def firm_end(words: Sequence[Word], i: int) -> int:
    """Where the name of a firm written with capitals ends, exclusive; i when none begins there."""
    if i >= len(words):
        return i
    articled = words[i].low in _ARTICLES and words[i].capital and i + 1 < len(words)
    follows = articled and words[i + 1].capital and words[i + 1].low not in FIRM_WORDS
    head = i + 1 if follows and words[i + 1].gap in _GLUE else i
    if not may_begin(words[head]) or not _in_firm(words[head], first=True):
        return i
    end = head + 1
    at = end
    while at < len(words) and at - i < MAX_WORDS and _firm_glued(words, at):
        if words[at].low in PARTICLES and at + 1 < len(words) and words[at + 1].capital:
            at += 1
            continue
        if not _in_firm(words[at], first=False):
            break
        at += 1
        end = at
    return end if any(len(word.low) > 1 for word in words[i:end]) else i


def small_firm_end(words: Sequence[Word], i: int) -> int:
    """Where a firm written in small letters ends: one word, and those of its trade."""
    if i >= len(words) or not is_small_name(words[i]):
        return i
    end = i + 1
    while end < len(words) and words[end].gap in _GLUE and words[end].low in BUSINESS_WORDS:
        end += 1
    return end


def firm_start(words: Sequence[Word], end: int) -> int:
    """Where the firm that ends before word `end` begins; `end` when there is none.

    Read backwards: "Exemple Réseaux" before "SAS".
    """
    start = end
    while start > 0 and end - start < MAX_WORDS:
        word = words[start - 1]
        tied = start == end or _firm_glued(words, start)
        small = start != end and word.low in PARTICLES and not word.capital
        if not tied or not (small or (_in_firm(word, first=False) and word.low not in CIVILITIES)):
            break
        start -= 1
    while start < end and not (may_begin(words[start]) and words[start].capital):
        start += 1
    return start


def is_known_word(word: Word) -> bool:
    """Whether a word is one that everybody uses, whatever its case: no name, but by chance."""
    return (
        len(word.low) == 1
        or word.low in _KNOWN
        or (word.low[-1] in "sx" and word.low[:-1] in _KNOWN)
    )


def is_acronym(word: Word) -> bool:
    """Whether a word is in capitals and short: likelier an acronym than a name."""
    return word.text.isupper() and len(word.text) <= ACRONYM


def is_product(words: Sequence[Word], i: int) -> bool:
    """Whether word i goes on the name of a known brand: "Exchange Online"."""
    return i > 0 and words[i - 1].low in KEPT and words[i - 1].capital and words[i].gap == " "


def _is_surname(word: Word, *, first: bool) -> bool:
    """Whether a word with a capital goes on a person's name."""
    if not word.capital or not word.low.isalpha() or word.low in _NEVER:
        return False
    if word.low in ROLE_WORDS or word.low in CIVILITIES:
        return False
    return first or not (word.text.isupper() and word.low in COMMON_WORDS)


def _is_particle(words: Sequence[Word], i: int) -> bool:
    """Whether word i is a "de" that a capital follows."""
    low = words[i].low
    follows = i + 1 < len(words) and (words[i + 1].capital or words[i + 1].low in PARTICLES)
    return low in PARTICLES and follows and words[i + 1].gap in _GLUE


def _glued(words: Sequence[Word], i: int) -> bool:
    """Whether word i goes on the name before it; an initial may end with a dot."""
    initial = words[i].gap in (". ", ".") and len(words[i - 1].low) == 1
    return words[i].gap in _GLUE or initial


def _firm_glued(words: Sequence[Word], i: int) -> bool:
    """Whether word i goes on the firm's name before it; "et" only before "Fils"."""
    if words[i].low == "et":
        return i + 1 < len(words) and words[i + 1].low in _FAMILY
    return words[i].gap in _FIRM_GLUE


def _in_firm(word: Word, *, first: bool) -> bool:
    """Whether a word belongs to a firm's name."""
    if word.low in KEPT or word.low in LEGAL_FORMS:
        return False
    if word.low == "et":
        return not first
    if not word.capital:
        return bool(_DIGITS_FIRST.fullmatch(word.text))
    shouted = len(word.text) > 1 and word.text.isupper() and word.low in COMMON_WORDS
    return first or not shouted or word.low in BUSINESS_WORDS


def _through_hyphens(words: Sequence[Word], end: int) -> int:
    """The end of a name that goes on after a hyphen: "jean-pierre"."""
    while end < len(words) and words[end].gap in ("-", "'"):
        end += 1
    return end
