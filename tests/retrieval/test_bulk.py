"""Many texts read at once: each gives what it gives alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval.bulk
from retrieval.analysis import MAX_QUESTION_CHARACTERS, feature_array, spelled_out
from retrieval.bulk import Bags, Said
from tests.retrieval.any_text import ANY_TEXT, SOME

TEXTS = [
    "Qui paie la panne ? Qui paie ?",
    "",
    "jpeu resil mon contra c koi la pénalité",
    "L'article L. 441-10 du code",
    "!!",
    "panne",
]
MANY_TEXTS = st.lists(ANY_TEXT | st.sampled_from(TEXTS), max_size=8)


def lists(bags: Bags) -> list[list[int]]:
    """The numbers of each text."""
    return [part.tolist() for part in np.split(bags.flat, bags.ends[1:-1])] if len(bags) else []


@SOME
@given(MANY_TEXTS)
def test_words_are_those_of_each_text(texts: list[str]) -> None:
    """Each text's words come in its own order, text messages written out; no word is kept twice."""
    said = Said.by(texts)
    assert [[said.words[n] for n in one] for one in lists(said.bags)] == [
        spelled_out(text) for text in texts
    ]
    assert len(said.words) == len(set(said.words))


@SOME
@given(MANY_TEXTS, st.sampled_from([1, 7, 32_768, 65_536, 2**32 - 1]))
def test_features_are_those_of_each_text(texts: list[str], buckets: int) -> None:
    """Whatever the texts beside it and the size of the table, a text keeps its features."""
    found = Said.by(texts).features(buckets)
    assert lists(found) == [feature_array(text, buckets).tolist() for text in texts]


def test_runs_of_texts_are_joined_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are worked on some at a time: where one run ends changes nothing."""
    whole = lists(Said.by(TEXTS).features(65_536))
    for size in (1, 2, 5):
        monkeypatch.setattr(retrieval.bulk, "_RUN", size)
        assert lists(Said.by(TEXTS).features(65_536)) == whole


def test_a_long_text_is_cut_as_a_question_is() -> None:
    """What stands past the longest question changes neither words nor features."""
    long = "panne " * (MAX_QUESTION_CHARACTERS // 6 + 1)
    said, cut = Said.by([long + "serveur"]), Said.by([long[:MAX_QUESTION_CHARACTERS]])
    assert list(said.words) == list(cut.words)
    assert lists(said.features(97)) == [feature_array(long, 97).tolist()]


def test_no_text_gives_no_bag() -> None:
    """An empty list has no row, and can still be asked for its features."""
    assert lists(Said.by([]).features(65_536)) == [] and len(Said.by([]).bags) == 0


def test_what_numbers_stand_for_comes_once_and_in_order() -> None:
    """Several numbers may stand for one value; -1 is left out, and a text may keep nothing."""
    bags = Bags(np.array([0, 1, 2, 1, 3, 3]), np.array([0, 4, 4, 6]))
    assert lists(bags.sets(np.array([9, 5, 9, -1]))) == [[5, 9], [], []]
    assert bags.rows().tolist() == [0, 0, 0, 0, 2, 2]
    assert lists(bags.part(1, 3)) == [[], [3, 3]]
