"""Vectors on disk: what is saved comes back, and half a file is refused."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.encoders import Vectors
from retrieval.errors import IndexCorruptError
from retrieval.vectors import VectorIndex, write_vectors
from tests.retrieval.any_text import SOME

SHAPES = st.tuples(st.integers(0, 12), st.integers(1, 8))
VECTORS = SHAPES.flatmap(lambda s: arrays(np.float32, s, elements=st.floats(-1, 1, width=32)))


def unit(rows: int, dimension: int = 8) -> Vectors:
    """Vectors of length 1, always the same."""
    made = np.random.default_rng(7).normal(size=(rows, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@SOME
@given(VECTORS)
def test_save_then_load_changes_nothing(tmp_path: Path, vectors: Vectors) -> None:
    """Every bit of every vector comes back in its row, none included."""
    write_vectors(tmp_path / "v.faiss", vectors)
    index = VectorIndex(tmp_path / "v.faiss", rows=vectors.shape[0], dimension=vectors.shape[1])
    assert index.all().tobytes() == vectors.tobytes()


def test_scores_are_inner_products_best_first(tmp_path: Path) -> None:
    """A score is the inner product, the cosine of unit vectors: likeness, never a distance."""
    vectors = unit(20)
    write_vectors(tmp_path / "v.faiss", vectors)
    found = VectorIndex(tmp_path / "v.faiss", rows=20, dimension=8).search(vectors[3], 20)
    assert found[0] == (3, pytest.approx(1.0, abs=1e-6))
    assert dict(found) == pytest.approx(dict(enumerate(vectors @ vectors[3])), abs=1e-6)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@pytest.mark.parametrize(("rows", "k", "expected"), [(5, 9, 5), (5, 2, 2), (5, 0, 0), (0, 3, 0)])
def test_no_more_hits_than_vectors(tmp_path: Path, rows: int, k: int, expected: int) -> None:
    """Asking for more than there is gives what there is: no row -1, which FAISS uses for none."""
    write_vectors(tmp_path / "v.faiss", unit(rows).reshape(rows, 8))
    found = VectorIndex(tmp_path / "v.faiss", rows=rows, dimension=8).search(unit(1)[0], k)
    assert len(found) == expected and all(row >= 0 for row, _ in found)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    """A file cut anywhere is IndexCorruptError with a remedy, not an answer from half the vectors."""
    path = tmp_path / "v.faiss"
    write_vectors(path, unit(50))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        VectorIndex(path, rows=50, dimension=8)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """Vectors that aren't there are told with a remedy."""
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        VectorIndex(tmp_path / "none.faiss", rows=1, dimension=8)


@pytest.mark.parametrize(("rows", "dimension"), [(4, 8), (6, 8), (5, 7)])
def test_another_size_than_promised_is_refused(tmp_path: Path, rows: int, dimension: int) -> None:
    """Vectors that don't match the manifest are refused: no orphan vector answers for a deleted file."""
    write_vectors(tmp_path / "v.faiss", unit(5))
    with pytest.raises(IndexCorruptError, match="manifeste en annonce"):
        VectorIndex(tmp_path / "v.faiss", rows=rows, dimension=dimension)


def test_flat_vectors_are_read_at_the_first_search(tmp_path: Path) -> None:
    """Opening costs no memory, and what was opened is still found when the file is gone."""
    vectors = unit(50)
    write_vectors(tmp_path / "v.faiss", vectors)
    index = VectorIndex(tmp_path / "v.faiss", rows=50, dimension=8)
    assert index._read_index is None
    (tmp_path / "v.faiss").unlink()
    assert index.search(vectors[7], 1)[0][0] == 7 and index._read_index is not None


def test_damage_that_only_reading_shows_is_told_when_searched(tmp_path: Path) -> None:
    """A file of the right length whose inside is not FAISS's is refused at each search."""
    path = tmp_path / "v.faiss"
    write_vectors(path, unit(50))
    whole = bytearray(path.read_bytes())
    whole[37:45] = b"\xff" * 8  # how many numbers follow
    path.write_bytes(whole)
    index = VectorIndex(path, rows=50, dimension=8)
    for _ in range(2):
        with pytest.raises(IndexCorruptError, match="--rebuild"):
            index.search(unit(1)[0], 3)


def test_threads_that_search_first_read_once(tmp_path: Path) -> None:
    """Eight first searches at once find what one finds: the file is read once, not eight times."""
    vectors = unit(3_000, 64)
    write_vectors(tmp_path / "v.faiss", vectors)
    alone = VectorIndex(tmp_path / "v.faiss", rows=3_000, dimension=64).search(vectors[0], 9)
    for _ in range(5):
        shared = VectorIndex(tmp_path / "v.faiss", rows=3_000, dimension=64)
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _, i=shared: i.search(vectors[0], 9), range(8)))
        assert found == [alone] * 8


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from retrieval.vectors import write_vectors
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_vectors(Path(sys.argv[1]), np.zeros((int(sys.argv[2]), 8), dtype=np.float32))
except OSError:
    sys.exit(7)
"""


@pytest.mark.parametrize("rows", [32, 1000])
def test_a_full_disk_is_an_error(tmp_path: Path, rows: int) -> None:
    """When the last bytes don't fit, writing fails: FAISS's own writer would only print it."""
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(tmp_path / "v.faiss"), str(rows)], check=False
    )
    assert done.returncode == 7


def test_another_thread_searches_as_the_one_that_opened_it(tmp_path: Path) -> None:
    """Scores are the same to the last bit from any thread: OpenMP would sum in another order there."""
    vectors = unit(20_000, 64)
    write_vectors(tmp_path / "many.faiss", vectors)
    index = VectorIndex(tmp_path / "many.faiss", rows=20_000, dimension=64)
    here = [index.search(vector, 50) for vector in vectors[:8]]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda vector: index.search(vector, 50), vectors[:8])) == here
