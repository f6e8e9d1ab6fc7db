"""Passages as legs bring them: what each is worth, in which order, and why."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.found import NAMED, TOP, Found
from retrieval.types import Reason
from tests.retrieval.any_text import SOME

WHY = (Reason("matcher", 1.5),)
LEGS = st.dictionaries(
    st.sampled_from(["text", "title", "dense"]),
    st.dictionaries(st.integers(1, 9), st.floats(0, 50, width=32), max_size=9),
)


def found(legs: dict[str, dict[int, float]], weight: float = 1.0) -> Found:
    """What legs bring, added in their order."""
    made = Found()
    for leg, rows in legs.items():
        made.add(leg, list(rows.items()), weight)
    return made


def test_a_passage_that_a_leg_alone_found_is_worth_the_most() -> None:
    """A word that one passage alone has tells it from all others: it is not an average of one."""
    assert found({"text": {7: 4.2}}).best(5) == [(7, TOP)]


def test_equal_passages_are_worth_the_same() -> None:
    """Passages with the same words tie, in order of number."""
    assert found({"text": {9: 3.0, 2: 3.0}}).best(5) == [(2, TOP), (9, TOP)]


def test_a_weaker_match_is_worth_its_share_of_the_best() -> None:
    """Half the score is half the worth, whatever the leg's own unit."""
    for unit in (0.01, 1.0, 500.0):
        best = found({"text": {1: 8 * unit, 2: 4 * unit, 3: unit}}).best(5)
        assert best == [
            (1, pytest.approx(TOP)),
            (2, pytest.approx(TOP / 2)),
            (3, pytest.approx(TOP / 8)),
        ]


@pytest.mark.parametrize("rows", [{1: 0.0, 2: 0.0}, {1: -0.4, 2: -0.1}, {1: -1.0}])
def test_what_is_unlike_never_counts_against_a_passage(rows: dict[int, float]) -> None:
    """Scores of 0 or below are worth nothing, and divide by no zero."""
    assert found({"dense": rows}).best(5) == [(number, 0.0) for number in rows]


@SOME
@given(LEGS, st.randoms())
def test_the_order_of_the_legs_changes_no_rank(
    legs: dict[str, dict[int, float]], draw: Random
) -> None:
    """Legs added in another order give the same passages, worth the same."""
    shuffled = list(legs.items())
    draw.shuffle(shuffled)
    one, other = dict(found(legs).best(99)), dict(found(dict(shuffled)).best(99))
    assert other == pytest.approx(one, abs=1e-9)


@SOME
@given(LEGS)
def test_every_passage_that_a_leg_brings_is_there_once(legs: dict[str, dict[int, float]]) -> None:
    """Nothing is lost, nothing comes twice, the best come first and ties by number."""
    best = found(legs).best(99)
    assert sorted(number for number, _ in best) == sorted(
        {n for rows in legs.values() for n in rows}
    )
    assert best == sorted(best, key=lambda row: (-row[1], row[0]))
    assert all(worth >= 0 for _, worth in best)


@SOME
@given(LEGS, st.integers(1, 9))
def test_fewer_are_the_first_of_more(legs: dict[str, dict[int, float]], k: int) -> None:
    """k cuts the list and changes nothing else."""
    assert found(legs).best(k) == found(legs).best(99)[:k]


def test_a_heavier_leg_counts_for_more() -> None:
    """A leg's weight multiplies what it says."""
    assert found({"text": {1: 4.0}}, 0.5).best(1) == [(1, 0.5 * TOP)]
    assert found({"text": {1: 4.0}}, 0.0).best(1) == [(1, 0.0)]


def test_a_document_lifts_the_passages_that_are_allowed() -> None:
    """What its wordings are worth is added to a document's passages, those let through only."""
    made = found({"text": {1: 4.0}})
    made.lift({1: 2.0, 2: 2.0, 3: 2.0}, [1, 2], lambda number: WHY)
    assert made.best(5) == [(1, 2.0 + TOP), (2, 2.0)]
    assert made.why([2]) == [WHY]


def test_a_named_passage_comes_before_any_likeness() -> None:
    """What the question names comes first, found otherwise or not, and says by which key."""
    made = found({"text": {1: 4.0, 2: 90.0}})
    made.put_first([(5, "art:1152")])
    assert [number for number, _ in made.best(9)] == [5, 2, 1]
    assert made.why([5]) == [(Reason("reference", NAMED, "art:1152"),)]


def test_named_passages_come_in_the_order_of_the_question() -> None:
    """The first named is the first shown, whatever their numbers."""
    made = found({})
    made.put_first([(7, "a"), (3, "b"), (5, "c")])
    assert [number for number, _ in made.best(9)] == [7, 3, 5]


def test_a_passage_says_all_that_found_it() -> None:
    """Each leg is named with what it is worth, then the document's reasons, then the reference."""
    made = found({"text": {1: 4.0}, "dense": {1: 0.5, 2: 0.2}})
    made.lift({1: 0.0}, [1], lambda number: WHY)
    made.put_first([(1, "idcc:1486")])
    assert [reason.leg for reason in made.why([1])[0]] == ["text", "dense", "matcher", "reference"]
    assert [[r.leg for r in why] for why in made.why([2, 3])] == [["dense"], []]


def test_nothing_found_is_nothing() -> None:
    """Without a leg, or with legs that found nothing, there is no hit."""
    assert found({}).best(5) == found({"text": {}}).best(5) == []
