"""A generation in a folder: files of one build, whole, or none at all."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from retrieval import Filters, Passage, Retriever
from retrieval.conditions import Condition, filter_condition
from retrieval.errors import IndexCorruptError, IndexMismatchError
from retrieval.folder import Folder
from retrieval.generation import FORMAT, current
from retrieval.matcher import ARRAYS
from retrieval.types import Wording
from tests.retrieval.made_index import ASKED, DECLINED, QUESTION, answer, make_index, page

OTHER = "kb:questions/autre"
FILES = (
    "passages.sqlite",
    "passages.faiss",
    "wordings.npy",
    "declined.npy",
    "outline-basis.npy",
    "outline-rows.npy",
    "manifest.json",
) + tuple(f"matcher-{name}.npy" for name in ARRAYS)
PAGES = [page(number, f"mot{number} du guide") for number in range(20)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a generation; tests only read it."""
    return current(make_index(tmp_path_factory.mktemp("made"), [answer(), *PAGES]))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another generation: two pages less, and another document that people ask for."""
    asked = [*ASKED, Wording(OTHER, "Quel préavis ?"), Wording(OTHER, "partir sans préavis")]
    second = Passage(f"{OTHER}#reponse-courte", OTHER, "question", "Quel préavis ?", "Un mois.")
    passages = [answer(), second, *PAGES[2:]]
    folder = tmp_path_factory.mktemp("other")
    return current(make_index(folder, passages, wordings=asked, declined=DECLINED * 2))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the first, to break."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def refused(folder: Path) -> str:
    """What is said of a folder that is refused, whenever its files are read."""
    with pytest.raises(IndexCorruptError, match="--rebuild") as caught:
        list(Folder(folder).all_passages())
    return str(caught.value)


def test_a_generation_has_these_files_and_no_other(made: Path) -> None:
    """What a generation is made of is known: a file more would not be checked."""
    assert sorted(path.name for path in made.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kept", [None, 0, 1, 0.2, 0.5, 0.97])
def test_a_file_cut_or_missing_is_refused(folder: Path, name: str, kept: float | None) -> None:
    """Missing, empty or cut anywhere, a file is told with a remedy, in our words."""
    whole = (folder / name).read_bytes()
    (folder / name).unlink()
    if kept is not None:
        (folder / name).write_bytes(
            whole[: kept if isinstance(kept, int) else int(len(whole) * kept)]
        )
    assert "illisible" in refused(folder)


@pytest.mark.parametrize(
    "name", ["wordings.npy", "declined.npy", "passages.sqlite", "passages.faiss"]
)
def test_files_of_two_generations_are_refused(folder: Path, other: Path, name: str) -> None:
    """A file that another build made would answer with other passages: it is noticed by its size."""
    shutil.copy(other / name, folder / name)
    said = refused(folder)
    assert "annonce" in said


def test_a_manifest_of_another_generation_is_refused(folder: Path, other: Path) -> None:
    """The manifest says what the files must hold."""
    shutil.copy(other / "manifest.json", folder / "manifest.json")
    refused(folder)


def test_a_matcher_of_another_generation_is_refused(
    made: Path, other: Path, tmp_path: Path
) -> None:
    """A matcher that knows other documents, more or fewer, would send people to the wrong answer."""
    for place, (own, foreign) in enumerate(((made, other), (other, made))):
        folder = Path(shutil.copytree(own, tmp_path / str(place)))
        for name in ARRAYS:
            shutil.copy(foreign / f"matcher-{name}.npy", folder / f"matcher-{name}.npy")
        assert "autre index" in refused(folder)


def test_a_matcher_of_more_wordings_is_refused(folder: Path, tmp_path: Path) -> None:
    """A matcher of the same documents, but with wordings that are not there, is another build's."""
    more = [*ASKED, *(Wording(QUESTION, text) for text in ("imprimante bloquée",) * 2)]
    larger = current(make_index(tmp_path / "larger", [answer(), *PAGES], wordings=more))
    for name in ARRAYS:
        shutil.copy(larger / f"matcher-{name}.npy", folder / f"matcher-{name}.npy")
    assert "autre index" in refused(folder)


@pytest.mark.parametrize("written", [FORMAT - 1, FORMAT + 1, None, "2", [FORMAT]])
def test_a_foreign_format_is_a_mismatch(folder: Path, written: object) -> None:
    """A manifest of another version is told as such, before any other file is opened."""
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(raw | {"format": written}), encoding="utf-8")
    (folder / "passages.sqlite").unlink()
    with pytest.raises(IndexMismatchError, match=f"format {FORMAT}.*--rebuild"):
        Folder(folder)


def saved(save: Callable[..., None], *values: object, **options: object) -> bytes:
    """What NumPy writes."""
    out = io.BytesIO()
    save(out, *values, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", ["wordings.npy", "declined.npy"])
@pytest.mark.parametrize(
    "content",
    [saved(np.save, np.array([{}], dtype=object), allow_pickle=True), saved(np.save, np.float32(1)),
     saved(np.save, np.zeros((3, 4, 5), np.float32)), b"\x80\x04N.", b"PK\x05\x06" + bytes(18), b"texte"],
    ids=["pickle", "scalar", "cube", "raw pickle", "zip", "text"],
)  # fmt: skip
def test_vectors_of_another_nature_are_refused(folder: Path, name: str, content: bytes) -> None:
    """Neither pickle nor archive nor array of another shape is taken for vectors, or run."""
    (folder / name).write_bytes(content)
    refused(folder)


def test_a_base_without_questions_to_decline_opens(tmp_path: Path) -> None:
    """No vector to decline is a file of none, not a missing file."""
    folder = Folder(current(make_index(tmp_path, [answer()], declined=())))
    assert folder.declined_vectors.shape == (0, folder.manifest.dimension)


def test_a_folder_says_what_it_holds(made: Path) -> None:
    """Counts and shapes are those of what was written, vectors of unit length."""
    folder = Folder(made)
    assert folder.size == folder.manifest.passages == 21
    assert folder.passage_vectors().shape == (21, folder.manifest.dimension)
    assert np.linalg.norm(folder.wording_vectors, axis=1) == pytest.approx(
        np.ones(len(ASKED)), abs=1e-5
    )
    assert folder.wording_documents.tolist() == [21] * len(ASKED)
    assert folder.manifest.vectors == {"passages": "flat"}


def test_nearest_passages_are_numbered_as_they_are_stored(made: Path) -> None:
    """A vector's own passage comes first, by the number that `passages` takes."""
    folder = Folder(made)
    for number in (1, 8, 21):
        found = folder.nearest(folder.passage_vectors()[number - 1], 3)
        assert found[0][0] == number and found[0][1] == pytest.approx(1.0, abs=1e-5)


def test_nearest_passages_are_among_those_allowed(made: Path) -> None:
    """A condition restricts the vectors as it does the words; one that nothing meets gives nothing."""
    folder = Folder(made)
    vector = folder.passage_vectors()[0]
    only = filter_condition(Filters(kinds=frozenset({"question"})))
    assert [number for number, _ in folder.nearest(vector, 9, only)] == [21]
    assert folder.nearest(vector, 9, filter_condition(Filters(kinds=frozenset({"none"})))) == []
    assert len(folder.nearest(vector, 99, Condition())) == len(folder.nearest(vector, 99)) == 21


def test_many_conditions_in_turn_are_each_obeyed(made: Path) -> None:
    """Conditions are remembered, within bounds, and never taken one for another."""
    folder = Folder(made)
    vector = folder.passage_vectors()[0]
    for _ in range(2):
        for number, one in enumerate(PAGES, start=1):
            where = filter_condition(Filters(documents=frozenset({one.document_id})))
            assert [n for n, _ in folder.nearest(vector, 5, where)] == [number]
            assert [n for n, _ in folder.lexical("text", ["guid"], 5, where)] == [number]


def test_another_encoder_leaves_nothing_open(folder: Path, tmp_path: Path) -> None:
    """An index refused for its encoder is let go of: no file stays open behind the message."""
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    copy = tmp_path / "index/generations" / raw["generation"]
    shutil.copytree(folder, copy)
    (copy / "manifest.json").write_text(json.dumps(raw | {"encoder_fingerprint": "0" * 16}))
    (tmp_path / "index/CURRENT").write_text(raw["generation"])
    with pytest.raises(IndexMismatchError, match="encodeur"):
        Retriever.open(tmp_path / "index")
    opened = {os.path.realpath(link) for link in Path("/proc/self/fd").iterdir()}
    assert str(copy / "passages.sqlite") not in opened
