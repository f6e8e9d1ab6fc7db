"""Numbers, dates, amounts and legal references of a text, written one way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.guard.lexicon import FREE_NUMBERS, MULTIPLES, SPELLED
from ingest.quantities import Known, Quantity, quantities
from retrieval.analysis import fold, normalise
from retrieval.codes import named_codes
from retrieval.references import named_references, reference_keys, stored_keys

MAX_TEXT = 20_000  # characters of one passage that are read

_DIGIT = re.compile(r"\d")
# No number of a text, and too long to be one; "art. 1152, 1226, 1227" is a list.
_ENDLESS = re.compile(r"\d(?:[\s.,]?\d){18,}")
_CASSATION = re.compile(r"\b[Cc]ass\.")  # else read as "C. ass.", the code of insurance
_WORD = re.compile(
    r"(?<![\w-])(?<!\b[lcds]es )(?<!leurs )(?<!aux )("
    + "|".join(SPELLED)
    + r")(?:\s(\w+)|(?![\w-]))"
)
_ONE_DAY = re.compile(
    r"\b(?:dans|sous|de|d'|pendant|apres|avant|delai|moins|que|passe)\s?(?:un|une) (jour)\b"
)


_IN_THE = re.compile(
    r"\b(?:dans|sous|par)\s(?:le |la |l'|chaque )?(mois|an|annee|semaine|trimestre|jour)\b"
)
_WORTH = {"mois": ("1", "mois"), "an": ("12", "mois"), "annee": ("12", "mois"),
          "semaine": ("7", "jour"), "trimestre": ("3", "mois"), "jour": ("1", "jour")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text counts and names."""

    quantities: tuple[Quantity, ...]
    articles: frozenset[str]  # keys of references, whatever their code
    coded: tuple[frozenset[str], ...]  # of each article beside its code, the keys that it may have
    codes: frozenset[str]  # codes of law named
    multiples: frozenset[str]  # "moitié", "double"


def endless(text: str) -> bool:
    """Whether a text holds a run of digits that is no number."""
    return bool(_ENDLESS.search(text))


def _read(text: str) -> str:
    """The part of a text that is read, without what only looks like a number or a code."""
    return _CASSATION.sub(" ", _ENDLESS.sub(" ", text[:MAX_TEXT]))


@lru_cache(maxsize=256)  # what a sentence counts is read, then what it states
def _folded(text: str) -> str:
    """A text in lower case, without accents."""
    return fold(normalise(text))


@lru_cache(maxsize=16_384)
def figures(text: str) -> Figures:
    """The figures of a text, cut at `MAX_TEXT` characters."""
    kept = _read(text)
    folded = _folded(kept)
    measured = quantities(kept)
    numbered = bool(_DIGIT.search(kept))  # no reference goes without a digit
    return Figures(
        quantities=(*measured, *_spelled(folded, measured)),
        articles=frozenset(reference_keys(kept)) if numbered else frozenset(),
        coded=tuple(_coded(kept)) if numbered else (),
        codes=frozenset(
            key for code in named_codes(folded.replace("°", "o")) for key in code.keys[:1]
        ),
        multiples=frozenset(re.findall(r"\w+", folded)) & MULTIPLES,
    )


def _coded(text: str) -> Iterator[frozenset[str]]:
    """The keys of each article whose code stands beside it."""
    for found in named_references(text):
        if all("@" in key for key in found.keys):
            yield frozenset(found.keys)


def _spelled(folded: str, measured: Sequence[Quantity]) -> list[Quantity]:
    """Numbers in words that measure nothing ("trois exemplaires"), and "sous un jour"."""
    spent = {word for quantity in measured for word in quantity.text.split()}
    found = [
        Quantity("number", SPELLED[word[1]], word[0], bare=SPELLED[word[1]])
        for word in _WORD.finditer(folded)
        if word[2] not in FREE_NUMBERS and word[1] not in spent
    ]
    return found + [
        Quantity("number", "1", day[0], "jour", "1") for day in _ONE_DAY.finditer(folded)
    ]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source states, taken together."""

    known: Known
    articles: frozenset[str]
    coded: frozenset[str]
    codes: frozenset[str]
    multiples: frozenset[str]


@lru_cache(maxsize=4_096)
def stated(text: str) -> Stated:
    """What a source states: its numbers, and the references under every key."""
    found = figures(text)
    kept = _read(text)
    more = frozenset(q.bare or q.value for q in found.quantities)
    numbers = frozenset((q.value, q.unit) for q in found.quantities if q.unit)
    numbers |= frozenset(_WORTH[unit] for unit in _IN_THE.findall(_folded(kept)))
    known = Known(numbers, more, frozenset())
    if found.quantities:  # most sentences count nothing
        known = Known.of([kept]) | known
    keys = frozenset(stored_keys(kept)) if _DIGIT.search(kept) else frozenset()
    coded = frozenset(key for key in keys.union(*found.coded) if "@" in key)
    return Stated(
        known, found.articles | keys, coded, found.codes | _codes_of(coded), found.multiples
    )


def _codes_of(coded: frozenset[str]) -> frozenset[str]:
    """The codes in the keys of articles."""
    return frozenset(key.partition("@")[2] for key in coded)
