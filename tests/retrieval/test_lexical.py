"""The lexical kernel against the plain formula, on any rows and any query."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexical import K1, B, Postings, best, postings
from tests.retrieval.any_text import SOME

ROWS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8).map(" ".join), max_size=9)
QUERY = st.sets(st.sampled_from("abcdefgz"), max_size=4)


def numbered(texts: list[str]) -> list[tuple[int, str]]:
    """Rows numbered from 1."""
    return list(enumerate(texts, start=1))


def scored(query: set[str], rows: list[tuple[int, str]]) -> dict[int, float]:
    """Okapi BM25 by its formula, term by term and row by row."""
    bags = {number: text.split() for number, text in rows}
    average = sum(map(len, bags.values())) / max(len(bags), 1)
    found: dict[int, float] = {}
    for term in query:
        holding = [number for number, bag in bags.items() if term in bag]
        idf = math.log(1 + (len(bags) - len(holding) + 0.5) / (len(holding) + 0.5))
        for number in holding:
            count, length = Counter(bags[number])[term], len(bags[number])
            part = idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / average))
            found[number] = found.get(number, 0.0) + part
    return found


def searched(
    query: set[str], rows: list[tuple[int, str]], limit: int = 99, allowed: object = None
) -> list[tuple[int, float]]:
    """What the kernel finds."""
    held = [one for one in postings(rows) if one.term in query]
    return best(held, max((n for n, _ in rows), default=0), limit, allowed)  # type: ignore[arg-type]


@SOME
@given(ROWS, QUERY)
def test_scores_are_the_formula(texts: list[str], query: set[str]) -> None:
    """Every row that holds a term is found, and none else, with the score of the plain formula."""
    rows = numbered(texts)
    assert dict(searched(query, rows)) == pytest.approx(scored(query, rows), rel=1e-5)


@SOME
@given(ROWS, QUERY, st.integers(1, 9))
def test_the_best_come_first_and_ties_by_number(
    texts: list[str], query: set[str], limit: int
) -> None:
    """Asked for fewer, the first of the whole list are given: no tie is broken by chance."""
    whole = searched(query, numbered(texts))
    assert whole == sorted(whole, key=lambda row: (-row[1], row[0]))
    assert searched(query, numbered(texts), limit) == whole[:limit]


@SOME
@given(ROWS, QUERY, st.sets(st.integers(1, 9)))
def test_only_what_is_allowed_is_found(texts: list[str], query: set[str], kept: set[int]) -> None:
    """Rows that are left out change no score of the others, and leave their place to the next."""
    allowed = np.array([number in kept for number in range(len(texts) + 1)])
    whole = searched(query, numbered(texts))
    assert searched(query, numbered(texts), 99, allowed) == [row for row in whole if row[0] in kept]


@SOME
@given(ROWS)
def test_postings_hold_every_term_of_every_row(texts: list[str]) -> None:
    """A term is there once, in order, with each row that holds it, in order, and is never worth 0."""
    held = list(postings(numbered(texts)))
    assert [one.term for one in held] == sorted({term for text in texts for term in text.split()})
    for one in held:
        assert one.rows.tolist() == [n for n, text in numbered(texts) if one.term in text.split()]
        assert (one.impacts > 0).all()


def test_rows_may_have_any_numbers() -> None:
    """Numbers need not follow each other: a field of documents skips those that nobody asks for."""
    rows = [(7, "a b"), (2, "a"), (40, "c")]
    assert [number for number, _ in searched({"a", "c"}, rows)] == [40, 2, 7]


def test_a_term_that_every_row_has_counts_in_favour() -> None:
    """Of two rows, the one with more of the query's words is never the lower one."""
    found = dict(searched({"a", "b"}, numbered(["a b", "a c"])))
    assert found[1] > found[2] > 0


def test_equal_rows_have_equal_scores() -> None:
    """Scores are summed in one order: two rows with the same words tie to the last bit."""
    texts = ["a b c d e f g", "x", "a b c d e f g"]
    first, second = searched(set("abcdefg"), numbered(texts))
    assert first == (1, second[1])


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_rows_without_terms_hold_nothing(texts: list[str]) -> None:
    """An empty field, or one of empty texts, has no postings and divides by no zero."""
    assert list(postings(numbered(texts))) == []
    assert best([], len(texts), 5) == []


def test_a_row_past_the_size_is_refused() -> None:
    """Postings of another field are no answer: a row that cannot be is an error, not a guess."""
    with pytest.raises(IndexError):
        best([Postings("a", np.array([9], np.uint32), np.ones(1, np.float32))], 3, 5)
