"""The default encoder as sentence-transformers loads it: the same vectors as with numpy alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoders import BagEncoder, open_encoder
from retrieval.encoders.bag import DEFAULT_MODEL, MANY

TEXTS = ["Puis-je résilier avant la fin ?", "koman je sor du contra", "", "Who pays for lost data?"]


@pytest.fixture(scope="module")
def model() -> object:
    """The default encoder's folder, loaded by sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(DEFAULT_MODEL), device="cpu", trust_remote_code=True)


def test_it_loads_as_a_sentence_transformers_model(model) -> None:  # type: ignore[no-untyped-def]
    """Its vectors are those of the encoder that the retriever uses, an empty text included."""
    vectors = model.encode(TEXTS, convert_to_numpy=True)
    assert np.allclose(vectors, BagEncoder().encode(TEXTS), atol=1e-4)


def test_a_saved_copy_gives_the_same_vectors(model, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Saved by sentence-transformers, it opens again, with either library."""
    model.save(str(tmp_path / "copy"))
    again = open_encoder(str(tmp_path / "copy"))
    assert np.allclose(again.encode(TEXTS), BagEncoder().encode(TEXTS), atol=1e-6)


def test_many_texts_get_the_vectors_that_each_gets_alone() -> None:
    """The sparse product of a build and the sums of a query agree."""
    texts = [f"{TEXTS[n % 4]} dossier {n}" for n in range(MANY)]
    encoder = BagEncoder()
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.allclose(encoder.encode(texts), alone, atol=1e-5)


def test_the_default_model_fits_in_the_repository() -> None:
    """Twelve megabytes at most, card and all."""
    assert sum(path.stat().st_size for path in DEFAULT_MODEL.iterdir()) <= 12_000_000


def test_queries_run_without_torch(tmp_path: Path) -> None:
    """A copy of the folder without sentence-transformers' own file still opens: numpy is enough."""
    for name in ("config.json", "rows.npy", "scales.npy"):
        shutil.copyfile(DEFAULT_MODEL / name, tmp_path / name)
    assert open_encoder(str(tmp_path)).encode(["bonjour"]).shape == (1, 256)
