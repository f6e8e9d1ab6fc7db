"""Everything in a text that tells who it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.privacy.addresses import find_addresses
from assistant.privacy.contacts import find_contacts
from assistant.privacy.firms import find_firms
from assistant.privacy.names import Range
from assistant.privacy.numbers import find_numbers
from assistant.privacy.persons import find_persons
from assistant.privacy.references import find_references
from assistant.privacy.strangers import find_strangers
from assistant.privacy.types import NAMES, Found, Kind
from assistant.privacy.view import View, Word

# Where two overlap, the kind that comes first here wins: an IBAN may hold a telephone number.
_SHAPED: tuple[Kind, ...] = (
    "COURRIEL",
    "SITE",
    "IBAN",
    "TVA",
    "NIR",
    "CARTE",
    "SIRET",
    "ADRESSE",
    "REFERENCE",
    "TELEPHONE",
    "SIREN",
    "IP",
    "PLAQUE",
)
Recogniser = Callable[[Sequence[Word]], Iterator[Range]]


def find(text: str, known: Iterable[Found] = ()) -> list[Found]:
    """What a text tells of people and firms, in order; none overlaps another.

    Args:
        text: any text. Time grows with its length alone.
        known: names that the caller found by itself, already met in the conversation.
    """
    view = View.of(text)
    words = view.words()
    shaped = [*find_contacts(view), *find_numbers(view)]
    shaped += [*find_addresses(view), *find_references(view)]
    spoken = [*_names("SOCIETE", find_firms, words), *_names("PERSONNE", find_persons, words)]
    spoken += _names("NOM", find_strangers, words)
    return without_overlaps(
        sorted([*(_in_text(one, view) for one in [*shaped, *spoken]), *known], key=_rank), len(text)
    )


def _rank(found: Found) -> tuple[int, int, int]:
    """What is taken first: the surest kind, then the first in the text; of names, the longest."""
    length = found.end - found.start
    if found.kind in NAMES:
        return len(_SHAPED), -length, found.start
    return _SHAPED.index(found.kind), found.start, -length


def without_overlaps(found: Iterable[Found], length: int) -> list[Found]:
    """The finds of a text of this length, in order; of two that overlap, the first given stays."""
    taken = bytearray(length)
    kept = []
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _names(kind: Kind, recognise: Recogniser, words: Sequence[Word]) -> Iterator[Found]:
    """The names that a recogniser finds among the words."""
    for first, end in recognise(words):
        key = " ".join(word.low for word in words[first:end])
        yield Found(kind, words[first].start, words[end - 1].end, key)


def _in_text(found: Found, view: View) -> Found:
    """A find of a view, placed in the text."""
    start, end = view.span(found.start, found.end)
    return replace(found, start=start, end=end)
