"""Both kinds of vector index: the graph finds what exact search finds, and a selection holds."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.encoders import Vectors
from retrieval.errors import IndexCorruptError
from retrieval.vectors import FLAT_UP_TO, VectorIndex, VectorKind, kind_for, write_vectors
from tests.retrieval.any_text import SOME

ROWS, DIMENSION, K = 3_000, 32, 10
KINDS: tuple[VectorKind, ...] = get_args(VectorKind)
every_kind = pytest.mark.parametrize("kind", KINDS)


def unit(rows: int, seed: int) -> Vectors:
    """Random vectors of length 1, always the same for a seed."""
    made = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


VECTORS, ASKED = unit(ROWS, 1), unit(40, 2)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[VectorKind, VectorIndex]:
    """`VECTORS`, in an index of each kind."""
    folder = tmp_path_factory.mktemp("kinds")
    for kind in KINDS:
        assert write_vectors(folder / kind, VECTORS, kind) == kind
    return {k: VectorIndex(folder / k, rows=ROWS, dimension=DIMENSION) for k in KINDS}


def exact(asked: Vectors, k: int, rows: Iterable[int] = range(ROWS)) -> list[int]:
    """The nearest of some rows by the definition, best first."""
    kept = np.array(list(rows), dtype=np.int64)
    likeness = VECTORS[kept] @ asked
    return [int(row) for row in kept[np.lexsort((kept, -likeness))][:k]]


def nearest(
    index: VectorIndex, asked: Vectors, k: int, rows: Iterable[int] | None = None
) -> list[int]:
    """Rows found, best first."""
    among = None if rows is None else index.selector(list(rows))
    return [row for row, _ in index.search(asked, k, among)]


def test_the_kind_follows_the_size() -> None:
    """Few vectors are all compared; past a size a graph is walked."""
    assert [kind_for(n) for n in (0, 1, FLAT_UP_TO, FLAT_UP_TO + 1)] == [
        "flat",
        "flat",
        "flat",
        "hnsw",
    ]


def test_a_small_index_is_flat_unless_asked(tmp_path: Path) -> None:
    """Without a kind the size decides, and the kind that was chosen is told."""
    assert write_vectors(tmp_path / "v", VECTORS[:9]) == "flat"


def test_exact_search_is_exact(indexes: dict[VectorKind, VectorIndex]) -> None:
    """A flat index gives the nearest by definition, in their order."""
    for asked in ASKED:
        assert nearest(indexes["flat"], asked, K) == exact(asked, K)


def test_the_graph_finds_nearly_all(indexes: dict[VectorKind, VectorIndex]) -> None:
    """Over random vectors, the worst case, the graph gives 95 of 100 of the nearest, at least."""
    found = [len({*nearest(indexes["hnsw"], a, K)} & {*exact(a, K)}) for a in ASKED]
    assert sum(found) >= 0.95 * K * len(ASKED)


@every_kind
def test_what_is_written_is_read(indexes: dict[VectorKind, VectorIndex], kind: VectorKind) -> None:
    """Every vector comes back in its row, to the bit, and is its own nearest."""
    assert indexes[kind].all().tobytes() == VECTORS.tobytes()
    assert [nearest(indexes[kind], VECTORS[row], 1) for row in (0, 7, ROWS - 1)] == [
        [0],
        [7],
        [ROWS - 1],
    ]


@every_kind
def test_scores_are_inner_products(
    indexes: dict[VectorKind, VectorIndex], kind: VectorKind
) -> None:
    """Scores are inner products, and never rise."""
    found = indexes[kind].search(ASKED[0], 50)
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert [s for _, s in found] == pytest.approx(
        [VECTORS[r] @ ASKED[0] for r, _ in found], abs=1e-6
    )


@every_kind
@pytest.mark.parametrize("size", [1, 2, 5, 30, 299, 300, 1_000, ROWS - 1])
def test_a_selection_is_searched_whole(
    indexes: dict[VectorKind, VectorIndex], kind: VectorKind, size: int
) -> None:
    """However few rows a filter lets through, they are found, and none of the others.

    A walk of the graph alone would miss many of a few rows: the filter would seem to match nothing.
    """
    rows = np.random.default_rng(size).choice(ROWS, size, replace=False).tolist()
    found = [nearest(indexes[kind], asked, K, rows) for asked in ASKED]
    assert all(set(one) <= set(rows) for one in found)
    wanted = [exact(asked, K, rows) for asked in ASKED]
    met = sum(len({*a} & {*b}) for a, b in zip(found, wanted, strict=True))
    assert met >= (1.0 if kind == "flat" or size < 300 else 0.95) * sum(map(len, wanted))


@every_kind
def test_an_empty_selection_finds_nothing(
    indexes: dict[VectorKind, VectorIndex], kind: VectorKind
) -> None:
    """No row allowed is no hit, not all of them."""
    assert nearest(indexes[kind], ASKED[0], K, []) == []


@every_kind
def test_all_rows_are_no_restriction(
    indexes: dict[VectorKind, VectorIndex], kind: VectorKind
) -> None:
    """A selection of everything is none at all, and costs nothing."""
    assert indexes[kind].selector(range(ROWS)) is None


@every_kind
def test_a_selection_outlives_its_making(
    indexes: dict[VectorKind, VectorIndex], kind: VectorKind
) -> None:
    """A selection kept for later searches holds its rows, whatever was let go of in between."""
    kept = [(rows, indexes[kind].selector(rows)) for rows in ([3], [1, 2], list(range(0, ROWS, 2)))]
    gc.collect()
    np.full(10 * ROWS, 255, dtype=np.uint8)  # where the bits of a freed selection may have stood
    for rows, among in kept:
        assert {row for row, _ in indexes[kind].search(ASKED[0], K, among)} <= set(rows)


@SOME
@given(st.sets(st.integers(0, ROWS - 1)), st.integers(0, 20))
def test_a_selection_never_gives_another_row(
    indexes: dict[VectorKind, VectorIndex], rows: set[int], k: int
) -> None:
    """Whatever is selected, hits are of it, each once, as many as there are up to k."""
    for index in indexes.values():
        found = nearest(index, ASKED[1], k, rows)
        assert len(found) == len(set(found)) == min(k, len(rows)) and set(found) <= rows


def test_the_same_vectors_give_the_same_graph(tmp_path: Path) -> None:
    """Building again gives the same file, so that two builds of one base answer alike."""
    for name in ("one", "two"):
        write_vectors(tmp_path / name, VECTORS[:500], "hnsw")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_threads_share_a_graph(indexes: dict[VectorKind, VectorIndex]) -> None:
    """Eight threads, with and without selections, find what one finds."""
    few = indexes["hnsw"].selector(range(0, ROWS, 40))
    alone = [(indexes["hnsw"].search(a, K), indexes["hnsw"].search(a, K, few)) for a in ASKED]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(
            lambda a: (indexes["hnsw"].search(a, K), indexes["hnsw"].search(a, K, few)), ASKED))  # fmt: skip
    assert found == alone


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_graph_is_refused(tmp_path: Path, share: float) -> None:
    """A graph cut anywhere is refused with a remedy, as flat vectors are."""
    write_vectors(tmp_path / "v", VECTORS[:200], "hnsw")
    whole = (tmp_path / "v").read_bytes()
    (tmp_path / "v").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        VectorIndex(tmp_path / "v", rows=200, dimension=DIMENSION)


@every_kind
def test_an_index_without_vectors_is_one(tmp_path: Path, kind: VectorKind) -> None:
    """A base without passages can be written, read and searched."""
    write_vectors(tmp_path / "v", VECTORS[:0], kind)
    index = VectorIndex(tmp_path / "v", rows=0, dimension=DIMENSION)
    assert index.search(ASKED[0], 3) == [] and index.all().shape == (0, DIMENSION)
