"""The outline of wordings: what it keeps of a likeness, and when it says all of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.outline import ARRAYS, CLOSE, DIRECTIONS, Outline, save_outline
from tests.retrieval.any_text import SOME

SIZE = 96


def drawn(rows: int, seed: int = 0) -> np.ndarray:
    """Unit vectors that differ in some directions more than in others, as wordings do."""
    made = np.random.default_rng(seed).normal(size=(rows, SIZE)) / np.sqrt(1 + np.arange(SIZE))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    """More vectors than are compared in full."""
    return drawn(3 * CLOSE)


def test_the_nearest_have_their_exact_likeness(many: np.ndarray) -> None:
    """The hundred nearest of whole vectors are found, with their inner products."""
    question = drawn(1, seed=7)[0]
    exact, found = many @ question, Outline.of(many).likeness(many, question)
    first = np.argsort(-exact)[:100]
    assert np.argsort(-found)[:100].tolist() == first.tolist()
    assert found[first] == pytest.approx(exact[first], abs=1e-6)


def test_the_others_are_near_their_likeness(many: np.ndarray) -> None:
    """What is not compared in full differs by what the directions left out hold."""
    question = drawn(1, seed=8)[0]
    error = np.abs(Outline.of(many).likeness(many, question) - many @ question)
    assert 0 < error.mean() < 0.05


def test_few_vectors_are_all_compared_in_full() -> None:
    """Under the bound, the likeness is that of whole vectors."""
    few, question = drawn(CLOSE), drawn(1, seed=9)[0]
    found = Outline.of(few).likeness(few, question)
    assert found == pytest.approx(few @ question, abs=1e-6)


@SOME
@given(st.integers(0, 5), st.integers(0, 40))
def test_directions_are_orthonormal_whatever_the_vectors(seed: int, rows: int) -> None:
    """Few, equal or no vectors have an outline too."""
    outline = Outline.of(drawn(rows, seed))
    assert outline.basis @ outline.basis.T == pytest.approx(np.eye(DIRECTIONS), abs=1e-5)
    assert outline.rows.shape == (rows, DIRECTIONS)


def test_an_outline_of_other_vectors_does_not_fit(many: np.ndarray) -> None:
    """By the number of vectors, or by how long they are."""
    outline = Outline.of(many)
    assert outline.fits(many)
    assert not outline.fits(many[1:]) and not outline.fits(many[:, :80])


def test_a_short_vector_has_as_many_directions_as_numbers() -> None:
    """An encoder of few dimensions loses nothing."""
    short = drawn(2_000)[:, :8]
    outline = Outline.of(short)
    assert outline.basis.shape == (8, 8) and outline.fits(short)
    assert outline.likeness(short, short[3]) == pytest.approx(short @ short[3], abs=1e-5)


def test_a_saved_outline_is_what_was_saved(tmp_path: Path, many: np.ndarray) -> None:
    """Its arrays, by name."""
    outline = Outline.of(many[:50])
    save_outline(tmp_path, outline)
    held = [np.load(tmp_path / f"outline-{name}.npy") for name in ARRAYS]
    assert (held[0] == outline.basis).all() and (held[1] == outline.rows).all()
