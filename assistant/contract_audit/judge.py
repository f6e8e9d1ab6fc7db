"""The checks of the lawyers, put to a contract sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.contract_audit.align import Place
from assistant.contract_audit.types import Contract, Quote
from ingest.patterns import MAX_TOKENS, Pattern, Sentences
from ingest.readers.contract_checks import Check

MAX_QUOTES = 3  # of a risk
_LONG = 6 * MAX_TOKENS  # characters of a sentence; the rest is read as another
_END = re.compile(r"(?<=[.!?;])\s+(?=[«\"(\[]?\s?[A-ZÀ-Ý0-9a-z]\S*)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|n|p|s|M|MM|Mme|cf|ex|etc|réf|L|R|D|env|tél|min|max)\.)$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the contract, and where it stands."""

    text: str
    place: Place


class Judge:
    """Puts checks to one contract.

    Args:
        contract: the contract.
        clauses: the clause of the model that each paragraph speaks of.
    """

    def __init__(self, contract: Contract, clauses: Mapping[Place, str]) -> None:
        self._contract, self._clauses = contract, clauses
        self._said = [
            Said(text, Place(p, n))
            for p, part in enumerate(contract.parts)
            for n, line in enumerate(part.lines)
            for text in sentences(line.text)
        ]
        self._sentences = Sentences(said.text for said in self._said)
        self._headings = Sentences(part.heading for part in contract.parts)

    def fails(self, check: Check) -> tuple[Quote, ...] | None:
        """The sentences that make a risk, none when something is missing; None when all is well."""
        looks = check.looks_for
        if looks.only_if and not self._holds(looks.only_if):
            return None
        if looks.absent and self._holds(looks.absent):
            return None
        if not looks.present:
            return ()
        places = list(dict.fromkeys(self._matching(check)))
        return tuple(self._quote(place) for place in places[:MAX_QUOTES]) or None

    def signs(self, patterns: Iterable[Pattern]) -> tuple[Quote, ...]:
        """The first sentences that hold one of some patterns, in order of the patterns."""
        found = [next(self._sentences.find(pattern), None) for pattern in patterns]
        places = dict.fromkeys(match[0] for match in found if match)
        return tuple(self._quote(place) for place in places)[:MAX_QUOTES]

    def _matching(self, check: Check) -> Iterator[int]:
        """The sentences that match, in order, without those that are excused."""
        looks = check.looks_for
        excused = {
            self._said[number].place for pattern in looks.unless
            for number, _ in self._sentences.find(pattern)
        }  # fmt: skip
        found = {
            number
            for pattern in looks.present
            for number, match in self._sentences.find(pattern)
            if looks.value is None
            or match.value is None
            or looks.value.hold(match.value, match.unit)
        }
        for number in sorted(found):
            place = self._said[number].place
            if not any(near in excused for near in _around(place)) and self._concerns(check, place):
                yield number

    def _concerns(self, check: Check, place: Place) -> bool:
        """Whether a paragraph is one that a check reads."""
        return not check.looks_for.within_clauses or self._clauses.get(place) in check.clauses

    def _holds(self, patterns: Iterable[Pattern]) -> bool:
        """Whether the contract holds one of some patterns, in its headings or its sentences."""
        return any(
            next(where.find(pattern), None)
            for pattern in patterns
            for where in (self._headings, self._sentences)
        )

    def _quote(self, number: int) -> Quote:
        """A sentence as a quote."""
        said = self._said[number]
        part = self._contract.parts[said.place.part]
        return Quote(said.text, part.heading, part.lines[said.place.line].page)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, as they stand in it."""
    start = 0
    for end in [*(found.start() for found in _END.finditer(text)), len(text)]:
        if end != len(text) and _ABBREVIATION.search(text[max(start, end - 8) : end]):
            continue
        sentence = text[start:end].strip()
        yield from (sentence[at : at + _LONG] for at in range(0, len(sentence), _LONG))
        start = end


def _around(place: Place) -> tuple[Place, ...]:
    """A paragraph and its neighbours in the same part."""
    return tuple(Place(place.part, place.line + step) for step in (-1, 0, 1))
