"""Vectors of words: found by their spelling, counted once, refused when they don't fit."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given

from retrieval.words import WORDS, WordTable, known_words
from tests.retrieval.any_text import ANY_TEXT, SOME

KNOWN = sorted(("facture", "technicien", "panne"), key=lambda word: crc32(word.encode()))


@pytest.fixture
def table() -> WordTable:
    """Three words; the first two share a vector."""
    return WordTable(
        np.array([crc32(word.encode()) for word in KNOWN], dtype=np.uint32),
        np.array([0, 0, 1], dtype=np.uint16),
        np.array([[127, 0], [0, -127]], dtype=np.int8),
        np.array([1 / 127, 1 / 127], dtype=np.float16),
    )


def test_known_words_are_found_whatever_their_accents_and_case(table: WordTable) -> None:
    """A word is looked up folded, as every other leg reads it."""
    assert [KNOWN[at] for at in table.places("FACTURE")] == ["facture"]


def test_a_word_counts_once(table: WordTable) -> None:
    """A story that repeats a word is not about it more."""
    assert len(table.places("panne, panne, encore une panne")) == 1


def test_stop_words_and_unknown_words_have_no_place(table: WordTable) -> None:
    """Only words that tell something are looked up."""
    assert table.places("le de xyzzy 1234").tolist() == []


def test_the_spellings_of_text_messages_are_written_out() -> None:
    """ "pb" has the vector of "problème"."""
    assert known_words().places("pb").tolist() == known_words().places("problème").tolist() != []


def test_vectors_are_summed_by_weight(table: WordTable) -> None:
    """Weight times vector, two words that share one adding up."""
    weights = np.array([1, 2, 3], dtype=np.float32)
    assert table.summed(np.arange(3), weights) == pytest.approx([3, -3], rel=1e-2)


def test_no_word_sums_to_nothing(table: WordTable) -> None:
    """A text without a known word has a zero vector of the right width."""
    assert table.summed(table.places("?"), np.zeros(0, np.float32)).tolist() == [0, 0]


def test_a_table_without_words_finds_none() -> None:
    """An empty table is no error."""
    none = WordTable(*(np.zeros(shape, kind) for shape, kind in
                       ((0, np.uint32), (0, np.uint16), ((0, 4), np.int8), (0, np.float16))))  # fmt: skip
    assert none.places("facture").tolist() == [] and none.shape == (0, 4)


@SOME
@given(ANY_TEXT)
def test_any_text_has_places_in_the_table(text: str) -> None:
    """Places are within bounds and each is there once, whatever is asked."""
    places = known_words().places(text)
    assert len(set(places.tolist())) == len(places)
    assert ((places >= 0) & (places < known_words().shape[0])).all()


@pytest.mark.parametrize(
    ("near", "far"), [(("arnaque", "escroquerie"), ("arnaque", "imprimante")),
                      (("loyer", "bailleur"), ("loyer", "clavier"))],
)  # fmt: skip
def test_alike_words_have_alike_vectors(near: tuple[str, str], far: tuple[str, str]) -> None:
    """What the table is for: a word that no wording uses is near those that mean the same."""

    def likeness(pair: tuple[str, str]) -> float:
        one, other = (
            known_words().summed(known_words().places(w), np.ones(1, np.float32)) for w in pair
        )
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    assert likeness(near) > likeness(far) + 0.2


def test_a_table_whose_rows_lead_nowhere_is_refused(tmp_path: Path, table: WordTable) -> None:
    """A word whose vector isn't there is told at opening rather than at a question."""
    lost = {**table.arrays(), "rows": np.array([0, 0, 9], dtype=np.uint16)}
    np.savez(tmp_path / WORDS.name, **lost)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="do not fit"):
        WordTable.load(tmp_path / WORDS.name)


def test_a_table_is_read_as_it_was_written(tmp_path: Path, table: WordTable) -> None:
    """Saved then loaded, nothing changes."""
    np.savez(tmp_path / WORDS.name, **table.arrays())  # type: ignore[arg-type]
    again = WordTable.load(tmp_path / WORDS.name)
    assert all(
        np.array_equal(again.arrays()[name], array) for name, array in table.arrays().items()
    )
