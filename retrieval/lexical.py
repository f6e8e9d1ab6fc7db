"""Okapi BM25 over the terms of a field, each term's part of the score worked out when it is written.

A term's postings are the rows that hold it and what it adds to the score of each: a query is then
a few additions of arrays (as in Lù, "BM25S", arXiv:2407.03618). The formula is that of Robertson
and Zaragoza, "The Probabilistic Relevance Framework", 2009, with an idf that is never negative.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from retrieval.scored import Scored

K1, B = 1.2, 0.75
REMEMBERED = 32 * 1024 * 1024  # bytes of postings held in memory
Rows = npt.NDArray[np.uint32]
_Ints = npt.NDArray[np.int32]
Impacts = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The rows that hold a term, in order, and what it adds to the score of each."""

    term: str
    rows: Rows
    impacts: Impacts


ReadPostings = Callable[[str, Sequence[str]], Iterable[tuple[str, bytes, bytes]]]
_NONE = np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32)


class HeldPostings:
    """The postings of a generation. People use the same words: a term is read once.

    Safe to share between threads: a generation never changes, so that two that ask at once get the
    same.

    Args:
        read: (term, rows, impacts) of those of some terms that a field has.
    """

    def __init__(self, read: ReadPostings) -> None:
        self._read, self._held = read, dict[tuple[str, str], Postings]()
        self._bytes = 0

    def of(self, field: str, terms: Sequence[str]) -> list[Postings]:
        """The postings of some terms in a field, in order of term; none of a term without rows.

        Raises:
            ValueError: they are not what was written.
        """
        found = {term: self._held.get((field, term)) for term in terms}
        missing = [term for term, held in found.items() if held is None]
        read = self._fetch(field, missing) if missing else {}
        known = (found[term] or read[term] for term in sorted(found))
        return [one for one in known if len(one.rows)]

    def _fetch(self, field: str, terms: Sequence[str]) -> dict[str, Postings]:
        """Postings as they were written, an empty one for a term that no row has."""
        read = {term: Postings(term, *_NONE) for term in terms}
        for term, rows, impacts in self._read(field, terms):
            read[term] = Postings(
                term, np.frombuffer(rows, np.uint32), np.frombuffer(impacts, np.float32)
            )
        for term, one in read.items():
            self._remember(field, term, one)
        return read

    def _remember(self, field: str, term: str, one: Postings) -> None:
        """Hold postings in memory, within bounds."""
        if self._bytes > REMEMBERED:
            self._held.clear()
            self._bytes = 0
        self._held[field, term] = one
        self._bytes += 500 + one.rows.nbytes + one.impacts.nbytes


def postings(rows: Iterable[tuple[int, str]]) -> Iterator[Postings]:
    """The postings of a field, in order of term.

    Args:
        rows: (number, terms parted by spaces) of each row; numbers from 1, each once.
    """
    numbers, pairs, lengths, terms = _counted(rows)
    if not terms:
        return
    row, term, count = pairs
    norm = K1 * (1.0 - B + B * lengths / float(lengths.mean()))
    held = np.bincount(term, minlength=len(terms))
    idf = np.log(1.0 + (len(lengths) - held + 0.5) / (held + 0.5))
    impacts = _impacts(idf[term], count, norm[row])
    order = np.lexsort((numbers[row], term))
    all_rows, all_impacts = numbers[row[order]].astype(np.uint32), impacts[order]
    ends = np.cumsum(held)
    for name, place in sorted(terms.items()):
        part = slice(ends[place] - held[place], ends[place])
        yield Postings(name, all_rows[part], all_impacts[part])


def _impacts(idf: npt.NDArray[np.float64], count: _Ints, norm: npt.NDArray[np.float64]) -> Impacts:
    """What each pair adds to a score, worked out in place: a large field has ten million pairs."""
    idf *= count
    idf *= K1 + 1.0
    norm += count
    idf /= norm
    return idf.astype(np.float32)


def _counted(
    rows: Iterable[tuple[int, str]],
) -> tuple[_Ints, tuple[_Ints, _Ints, _Ints], npt.NDArray[np.float64], dict[str, int]]:
    """Numbers of the rows; row, term and count of each pair; lengths; places of terms."""
    terms: dict[str, int] = {}
    numbers, lengths, places, named, counts = (array("i") for _ in range(5))
    for place, (number, text) in enumerate(rows):
        held = Counter(text.split())
        numbers.append(number)
        lengths.append(held.total())
        places.extend(repeat(place, len(held)))
        named.extend(terms.setdefault(term, len(terms)) for term in held)
        counts.extend(held.values())
    pairs = np.asarray(places), np.asarray(named), np.asarray(counts)  # of the same memory
    return np.asarray(numbers), pairs, np.array(lengths, dtype=np.float64), terms


def best(
    found: Iterable[Postings], size: int, limit: int, allowed: npt.NDArray[np.bool_] | None = None
) -> Scored:
    """(number, BM25) of the best rows, best first; ties by number.

    Args:
        found: the postings of the query's terms, in a fixed order: floating sums depend on it.
        size: the largest number there is.
        allowed: (size + 1,) whether each number may be returned; all when None.
    """
    held = list(found)
    if not held:
        return Scored([], [])
    scores = _summed(held, size)
    rows = np.flatnonzero(scores)
    if allowed is not None:
        rows = rows[allowed[rows]]
    worth = scores[rows]
    if len(rows) > limit:
        kept = worth >= np.partition(worth, len(worth) - limit)[len(worth) - limit]
        rows, worth = rows[kept], worth[kept]
    order = np.argsort(-worth, kind="stable")[:limit]  # rows come in order: ties stay by number
    return Scored(rows[order], worth[order])


def _summed(found: Sequence[Postings], size: int) -> Impacts:
    """The score of each row, (size + 1,): what the terms add, one after the other."""
    scores = np.zeros(size + 1, dtype=np.float32)
    rows = np.concatenate([one.rows for one in found], dtype=np.intp)
    np.add.at(scores, rows, np.concatenate([one.impacts for one in found]))
    return scores
