"""Training the encoder: the same from the same seed, another from other wordings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.train import Lessons, Recipe, train_encoder
from retrieval.encoders import BagEncoder, open_encoder
from retrieval.types import Wording
from tests.retrieval.small_base import TOPICS

TINY = Recipe(buckets=1024, dimension=16, epochs=6, batch=16)
SHORT = replace(TINY, epochs=1)
WORDINGS = [
    Wording(topic.id, text) for topic in TOPICS for text in (topic.question, *topic.wordings)
]
LESSONS = Lessons(
    [wording.text for wording in WORDINGS], [wording.document_id for wording in WORDINGS]
)
FILES = ("config.json", "modules.json", "rows.npy", "scales.npy")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an encoder trained on the small base's wordings."""
    folder = tmp_path_factory.mktemp("encoder")
    train_encoder(LESSONS, folder, TINY)
    return folder


def test_a_trained_encoder_loads(trained: Path) -> None:
    """A trained folder opens as an encoder, by the same setting as any other."""
    encoder = open_encoder(str(trained))
    assert (encoder.name, encoder.dimension) == ("maintelex-bag-16", 16)
    assert encoder.encode(["qui paie ?"]).shape == (1, 16)


def test_wordings_of_one_document_point_the_same_way(trained: Path) -> None:
    """What was learnt: a wording is nearer to its own document's wordings than to the others'."""
    vectors = BagEncoder(trained).encode([wording.text for wording in WORDINGS])
    likeness = vectors @ vectors.T
    same = np.array([[a.document_id == b.document_id for b in WORDINGS] for a in WORDINGS])
    off = ~np.eye(len(WORDINGS), dtype=bool)
    assert likeness[same & off].mean() > likeness[~same].mean() + 0.2


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    """Anyone can make the encoder again, to the byte."""
    one, two = tmp_path / "one", tmp_path / "two"
    train_encoder(LESSONS, one, SHORT)
    train_encoder(LESSONS, two, SHORT)
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in FILES)


def test_another_seed_gives_another_encoder(tmp_path: Path) -> None:
    """The seed is what decides, nothing hidden."""
    train_encoder(LESSONS, tmp_path / "zero", SHORT)
    train_encoder(LESSONS, tmp_path / "one", replace(SHORT, seed=1))
    rows = [(tmp_path / name / "rows.npy").read_bytes() for name in ("zero", "one")]
    assert rows[0] != rows[1]


def test_the_fingerprint_changes_with_the_weights(tmp_path: Path) -> None:
    """Same recipe, other wordings: the index built before is refused, not silently mixed with the new."""
    train_encoder(LESSONS, tmp_path / "one", SHORT)
    fewer = Lessons(LESSONS.texts[:-1], LESSONS.labels[:-1])
    train_encoder(fewer, tmp_path / "two", SHORT)
    assert BagEncoder(tmp_path / "one").fingerprint != BagEncoder(tmp_path / "two").fingerprint


def test_every_epoch_is_told(tmp_path: Path) -> None:
    """Progress counts from 1 and the loss falls."""
    told: list[tuple[int, float]] = []
    recipe = replace(TINY, epochs=4)
    train_encoder(LESSONS, tmp_path, recipe, on_epoch=lambda n, loss: told.append((n, loss)))
    assert [n for n, _ in told] == [1, 2, 3, 4]
    assert told[-1][1] < told[0][1]


def test_nothing_but_the_model_is_left(trained: Path) -> None:
    """No half-written file stays beside the model."""
    assert sorted(path.name for path in trained.iterdir()) == sorted(FILES)


def test_articles_change_what_is_learnt(tmp_path: Path) -> None:
    """Pairs of headings and text bend the same encoder another way, and the same pairs the same way."""
    pairs = [
        (f"Chapitre {n} : Des baux", f"Le bailleur délivre la chose numéro {n}.") for n in range(9)
    ]
    told = replace(SHORT, pairs=4)
    train_encoder(LESSONS, tmp_path / "without", told)
    for name in ("with", "again"):
        train_encoder(replace(LESSONS, pairs=pairs), tmp_path / name, told)
    rows = {
        name: (tmp_path / name / "rows.npy").read_bytes() for name in ("without", "with", "again")
    }
    assert rows["with"] == rows["again"] != rows["without"]
