"""Which index is served, and what is said when none can be."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrieval import Retriever
from retrieval.errors import AppError, IndexCorruptError, IndexMismatchError, IndexMissingError
from retrieval.generation import FORMAT, Manifest, current, read_manifest, write_manifest
from retrieval.matcher import ARRAYS


@pytest.fixture
def index(small: Path, tmp_path: Path) -> Path:
    """A copy of the small index that a test may break."""
    return Path(shutil.copytree(small / "index", tmp_path / "index"))


def change(index: Path, **fields: object) -> None:
    """Change fields of the manifest in use."""
    path = current(index) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_a_manifest_comes_back_as_written(tmp_path: Path, small: Path) -> None:
    """Writing then reading a manifest changes nothing."""
    manifest = read_manifest(current(small / "index"))
    write_manifest(tmp_path, replace(manifest, sources=["é"]))
    assert read_manifest(tmp_path) == replace(manifest, sources=["é"])


def test_the_manifest_counts_what_is_there(small: Path) -> None:
    """Counts, encoder and format say what the generation holds."""
    manifest = read_manifest(current(small / "index"))
    assert (manifest.format, manifest.documents, manifest.passages) == (FORMAT, 17, 44)
    assert manifest.kinds == {
        "agreement": 1,
        "clause": 6,
        "decision": 1,
        "question": 32,
        "statute": 4,
    }


def test_a_missing_index_says_how_to_build_one(tmp_path: Path) -> None:
    """Without an index, the message is the command that makes it."""
    with pytest.raises(IndexMissingError, match="Lancez « maintelex ingest »"):
        Retriever.open(tmp_path)


def test_another_format_is_refused(index: Path) -> None:
    """An index of another version is refused with both numbers and the remedy."""
    change(index, format=FORMAT + 1)
    with pytest.raises(
        IndexMismatchError, match=rf"format {FORMAT + 1}.*format {FORMAT}.*--rebuild"
    ):
        Retriever.open(index)


def test_another_encoder_is_refused(index: Path) -> None:
    """Changing the embedding model never silently breaks the index: it is refused by fingerprint."""
    change(index, encoder="other-model", encoder_fingerprint="0" * 16)
    with pytest.raises(IndexMismatchError, match="other-model.*--rebuild.*MAINTELEX_ENCODER"):
        Retriever.open(index)


@pytest.mark.parametrize(
    "name", ["20990101t000000-00000000", "", "../../etc", "a\nb", "..", "\udcff", "x" * 5_000]
)
def test_current_must_name_a_generation_that_is_there(index: Path, name: str) -> None:
    """A pointer to nothing, or out of the folder, is told with a remedy."""
    (index / "CURRENT").write_bytes(name.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        Retriever.open(index)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', '{"format": 1}', '{"format": 1, "more": 2}', "\xff"]
)
def test_a_broken_manifest_is_told(index: Path, text: str) -> None:
    """A manifest that is empty, cut, or lacks fields is an error with a remedy."""
    (current(index) / "manifest.json").write_bytes(text.encode("latin-1"))
    with pytest.raises((IndexCorruptError, IndexMismatchError), match="--rebuild"):
        Retriever.open(index)


@pytest.mark.parametrize(
    "name",
    ["passages.sqlite", "passages.faiss", "wordings.npy", "declined.npy", "manifest.json"]
    + [f"matcher-{name}.npy" for name in ARRAYS],
)
@pytest.mark.parametrize("kept", [None, 0, 0.5])
def test_every_file_of_a_generation_is_needed(index: Path, name: str, kept: float | None) -> None:
    """A file that is missing, empty or cut in the middle is told when the index is opened."""
    path = current(index) / name
    whole = path.read_bytes()
    path.unlink()
    if kept is not None:
        path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        list(Retriever.open(index)._store.all_passages())


def test_rows_and_manifest_must_agree(index: Path) -> None:
    """A passage taken out of the file behind the index's back is noticed: vectors would shift."""
    with sqlite3.connect(current(index) / "passages.sqlite") as connection:
        connection.execute("DELETE FROM passages WHERE number = 3")
    connection.close()
    with pytest.raises(IndexCorruptError, match="contient 43 passages.*annonce 44"):
        Retriever.open(index)


def test_the_matcher_must_fit_its_documents(index: Path) -> None:
    """A matcher with columns of another index is refused."""
    np.save(current(index) / "matcher-documents.npy", np.arange(3))
    with pytest.raises(IndexCorruptError, match="modèle des questions"):
        Retriever.open(index)


def test_every_refusal_is_one_that_doors_catch(tmp_path: Path) -> None:
    """Doors catch AppError alone: problem and remedy are both in the text that they show."""
    with pytest.raises(AppError) as caught:
        Retriever.open(tmp_path)
    assert caught.value.problem in str(caught.value) and caught.value.fix in str(caught.value)


def test_a_manifest_keeps_its_fields() -> None:
    """The fields that `maintelex info --json` prints are a contract."""
    assert list(Manifest.__dataclass_fields__) == [
        "generation", "format", "created", "encoder", "encoder_fingerprint", "encoder_spec", "dimension",
        "documents", "passages", "wordings", "declined", "kb_hash", "kinds", "sources", "vectors",
    ]  # fmt: skip
