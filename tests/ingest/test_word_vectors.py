"""The table of word vectors: French words in lower case, folded, their vectors less the mean."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from ingest.word_vectors import make_word_table, word_table
from retrieval.errors import UsageError

DRAW = np.random.default_rng(0)
VECTORS = DRAW.normal(size=(40, 12)).astype(np.float32)


def keys_of(*words: str) -> list[int]:
    """The keys that words have in a table."""
    return sorted(crc32(word.encode()) for word in words)


@pytest.mark.parametrize("left_out", ["Paris", "a", "12", "l'arrêt", "слово", "x" * 21, "tva2"])
def test_what_is_no_french_word_in_lower_case_is_left_out(left_out: str) -> None:
    """Names, letters, figures, elisions, other scripts and runs of letters have no vector."""
    table = word_table(["facture", left_out], np.array([0, 1]), VECTORS)
    assert table.keys.tolist() == keys_of("facture")


def test_words_are_folded_and_the_first_of_two_is_kept() -> None:
    """ "côté" and "cote" share a key: the order of the source decides."""
    table = word_table(["côté", "cote", "panne"], np.array([3, 5, 7]), VECTORS)
    assert table.keys.tolist() == keys_of("cote", "panne")
    assert len(table.vectors) == 2


def test_words_that_share_a_vector_share_a_row() -> None:
    """A vector is kept once."""
    table = word_table(["panne", "pannes", "facture"], np.array([7, 7, 1]), VECTORS)
    assert len(table.keys) == 3 and len(table.vectors) == 2


def test_likenesses_are_those_of_the_vectors_less_their_mean() -> None:
    """Eight bits lose next to nothing."""
    words = [f"mot{'abcdefghijklmnopqrstuvwxyz'[n % 26]}{'ab'[n // 26]}" for n in range(40)]
    table = word_table(words, np.arange(40), VECTORS)
    unit = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    order = [words.index(w) for w in sorted(words, key=lambda w: crc32(w.encode()))]
    kept = (table.vectors * table.scales.astype(np.float32)[:, None])[table.rows]
    assert kept @ kept.T == pytest.approx(centred[order] @ centred[order].T, abs=0.03)


def test_a_missing_package_is_told_with_the_command_that_installs_it(tmp_path: Path) -> None:
    """Making the table needs spaCy; nothing else does, and nothing is written without it."""
    if find_spec("spacy"):
        pytest.skip("spaCy is installed here")
    with pytest.raises(UsageError, match="pip install"):
        make_word_table(tmp_path / "words.npz")
    assert not (tmp_path / "words.npz").exists()
