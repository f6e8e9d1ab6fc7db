"""Encoders: unit vectors, a fingerprint that follows the weights, and no torch where none is needed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from ingest.build import Plan, build
from retrieval import Retriever
from retrieval.encoders import BagEncoder, open_encoder
from retrieval.encoders.bag import DEFAULT_MODEL
from retrieval.errors import EncoderError, IndexMismatchError
from tests.retrieval.any_text import ANY_TEXT, SOME

WORDS = "[UNK] le contrat client prix sauvegarde données panne qui paie la perte des".split()


@pytest.fixture(scope="module")
def bag() -> BagEncoder:
    """The default encoder."""
    return BagEncoder()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of thirteen words, made here."""
    return save_model(tmp_path_factory.mktemp("model"), seed=1)


def save_model(folder: Path, seed: int) -> Path:
    """Save a static embedding with random weights; gives its folder."""
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer, models, pre_tokenizers

    try:
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    except ImportError:  # before sentence-transformers 5.4
        from sentence_transformers.models import StaticEmbedding
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(seed).normal(size=(len(WORDS), 8)).astype(np.float32)
    made = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu"
    )
    made.save(str(folder), create_model_card=False)
    return folder


@SOME
@given(ANY_TEXT)
def test_a_vector_has_unit_length_or_none(bag: BagEncoder, text: str) -> None:
    """Any text gives a vector of length 1, or of length 0 when it has no word."""
    vector = bag.encode([text])[0]
    assert vector.dtype == np.float32 and vector.shape == (bag.dimension,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-4) or not vector.any()


def test_texts_are_encoded_apart(bag: BagEncoder) -> None:
    """A text's vector doesn't depend on the texts beside it: an index can keep it."""
    together = bag.encode(["qui paie ?", "la sauvegarde", "qui paie ?"])
    assert (
        together.tobytes()
        == np.vstack(
            [bag.encode([t]) for t in ("qui paie ?", "la sauvegarde", "qui paie ?")]
        ).tobytes()
    )


def test_no_text_gives_no_vector(bag: BagEncoder) -> None:
    """An empty list gives an empty array of the right width."""
    assert bag.encode([]).shape == (0, bag.dimension)


def test_like_questions_have_like_vectors(bag: BagEncoder) -> None:
    """A paraphrase is nearer than another subject, spelling aside."""
    asked, same, other = bag.encode(
        ["résilier le contrat", "resiliation du contra", "mot de passe perdu"]
    )
    assert asked @ same > asked @ other


def test_the_default_encoder_needs_no_setting() -> None:
    """An empty setting opens the encoder that comes with the package."""
    assert open_encoder().fingerprint == BagEncoder(DEFAULT_MODEL).fingerprint


def test_searching_imports_neither_torch_nor_sentence_transformers(small: Path) -> None:
    """A search with the default encoder loads no heavy package: ten seconds of start are saved."""
    code = (
        "import sys; from retrieval import Retriever;"
        f"Retriever.open({str(small / 'index')!r}).search('qui paie la perte de données ?');"
        "print([m for m in ('torch', 'sentence_transformers', 'sklearn', 'langchain_core') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["config.json", "rows.npy", "scales.npy"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]"])
def test_an_encoder_that_lacks_a_file_is_told(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    """A missing, empty or wrong file of the encoder is an error with a remedy."""
    folder = Path(shutil.copytree(DEFAULT_MODEL, tmp_path / "model"))
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(EncoderError, match="maintelex train-encoder"):
        BagEncoder(folder)


def test_rows_that_do_not_fit_the_card_are_refused(tmp_path: Path) -> None:
    """Arrays of another shape than the card says are refused."""
    folder = Path(shutil.copytree(DEFAULT_MODEL, tmp_path / "model"))
    card = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(card | {"buckets": card["buckets"] * 2}))
    with pytest.raises(EncoderError, match="sa fiche annonce"):
        BagEncoder(folder)


@pytest.mark.parametrize("spec", ["/nowhere/model", "./nowhere"])
def test_a_wrong_path_is_told_with_a_remedy(spec: str) -> None:
    """A model that isn't there names itself and says what to set instead."""
    with pytest.raises(EncoderError, match=f"{spec}.*Donnez le chemin.*MAINTELEX_ENCODER"):
        open_encoder(spec)


def test_a_local_model_gives_unit_vectors(model: Path) -> None:
    """Any sentence-transformers model on disk encodes as the default does: float32, length 1."""
    encoder = open_encoder(str(model))
    vectors = encoder.encode(["qui paie", "le client paie le prix"])
    assert (encoder.dimension, vectors.dtype, vectors.shape) == (8, np.float32, (2, 8))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert encoder.encode([]).shape == (0, 8)


def test_a_model_trained_anew_has_another_fingerprint(model: Path, tmp_path: Path) -> None:
    """Same path, same shape, other weights: the fingerprint differs, so the old index is refused."""
    before = open_encoder(str(model)).fingerprint
    other = open_encoder(str(save_model(tmp_path / "other", seed=2)))
    assert open_encoder(str(model)).fingerprint == before != other.fingerprint


def test_an_index_of_one_encoder_is_refused_to_another(
    model: Path, small: Path, tmp_path: Path
) -> None:
    """An index built with a model opens with that model and is refused to the default one."""
    build(Plan(small / "kb", tmp_path / "index", encoder=str(model)))
    assert Retriever.open(tmp_path / "index", encoder=str(model)).search("qui paie la perte ?", 3)
    with pytest.raises(IndexMismatchError, match="MAINTELEX_ENCODER"):
        Retriever.open(tmp_path / "index")
