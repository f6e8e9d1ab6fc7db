"""What an index is made of: gathered from the base and its documents, and embedded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from ingest.content import (
    EMBEDDED,
    Content,
    embed,
    embedded_text,
    gather,
    manifest_of,
    passage_fields,
    text_hash,
)
from ingest.readers.kb import read_kb
from ingest.types import Limits
from retrieval.encoders import BagEncoder, Vectors
from retrieval.fields import fields_of, heading
from retrieval.generation import FORMAT
from retrieval.types import Passage
from tests.retrieval.small_base import DECLINED, write, write_base

GUIDE = "# Guide\n\nLe zorglub se règle le mardi.\n"


class Counted(BagEncoder):
    """The default encoder, which notes what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors, as ever."""
        self.given += texts
        return super().encode(texts)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base with a lexicon, and two folders that share a file."""
    home = tmp_path_factory.mktemp("content")
    write(write_base(home / "kb") / "lexicon.yaml",
          yaml.safe_dump({"groups": [{"preferred": "restauration", "synonyms": ["remise"]}]}))  # fmt: skip
    for folder in ("a", "b"):
        write(home / folder / "guide.md", GUIDE)
    write(home / "b/autre.md", "# Autre\n\nTexte.\n")
    (home / "b/abime.pdf").write_bytes(b"%PDF-1.7 rien de plus")
    return home


@pytest.fixture(scope="module")
def content(home: Path) -> Content:
    """All of it, gathered."""
    return gathered(home, home / "a", home / "b")


def gathered(home: Path, *sources: Path) -> Content:
    """The content of the base and of some sources."""
    return gather(
        read_kb(home / "kb"), home / "kb", sources, Limits(), lambda stage, done, total: None
    )


def embedded(
    content: Content, known: dict[str, Vectors] | None = None
) -> tuple[list[str], tuple[int, int], Vectors]:
    """(texts given to the encoder, (made, reused), all vectors)."""
    encoder = Counted()
    found = embed(content, encoder, known or {}, lambda stage, done, total: None)
    vectors = np.concatenate([found.passages, found.wordings, found.declined])
    return encoder.given, (found.made, found.reused), vectors


def test_passages_are_sorted_and_each_once(content: Content) -> None:
    """Ids are unique and in order: numbers, and so ties, follow from them."""
    ids = [passage.id for passage in content.passages]
    assert ids == sorted(set(ids)) and len(ids) == 46


def test_a_copy_in_another_folder_is_named_and_left_out(content: Content) -> None:
    """The same file in two folders is one document, of the first; the copy is told with what to do."""
    guides = [p for p in content.passages if p.id.endswith("guide.md#p0.1")]
    assert [p.source for p in guides] == ["a"]
    said = {Path(failure.path).name: failure.problem for failure in content.failures}
    assert "copie identique" in said["guide.md"] and set(said) == {"guide.md", "abime.pdf"}
    assert all(failure.fix for failure in content.failures)


def test_documents_know_their_source(content: Content) -> None:
    """The folder that a passage comes from is what `sources` filters on; the base's own is "kb"."""
    assert {p.source for p in content.passages} == {"kb", "a", "b"}
    assert {p.source for p in content.passages if p.id.startswith("kb:")} == {"kb"}


def test_all_that_is_asked_and_declined_is_gathered(content: Content) -> None:
    """Wordings, questions to decline and the lexicon come with the passages."""
    assert len(content.wordings) == 67 and sorted(content.declined) == sorted(DECLINED)
    assert list(content.lexicon.values()) == ["restauration"]
    assert len(content.texts()) == 46 + 67 + len(DECLINED)


def test_gathering_twice_gives_the_same(home: Path, content: Content) -> None:
    """Nothing depends on time, or on the order in which a disk lists its files."""
    assert gathered(home, home / "a", home / "b") == content


def test_every_text_is_embedded_in_its_place(content: Content) -> None:
    """Row i is text i's own vector: a shift would send every question to the wrong answer."""
    given, counts, vectors = embedded(content)
    assert (given, counts) == (content.texts(), (len(given), 0))
    assert vectors == pytest.approx(BagEncoder().encode(content.texts()), abs=1e-6)


def test_known_vectors_are_taken_as_they_are(content: Content) -> None:
    """What is known by its text is not made again, wherever it stands now; the rest is."""
    texts, _, vectors = embedded(content)
    known = {text_hash(text): vector for text, vector in zip(texts[10:], vectors[10:], strict=True)}
    given, counts, again = embedded(content, known)
    assert given == texts[:10] and counts == (10, len(texts) - 10)
    assert again[10:].tobytes() == vectors[10:].tobytes()
    assert again == pytest.approx(vectors, abs=1e-6)  # ten texts and a hundred are summed otherwise
    shorter = replace(content, passages=content.passages[5:], wordings=content.wordings[::-1])
    _, (made, _), moved = embedded(shorter, known)
    assert made == 5 and moved == pytest.approx(BagEncoder().encode(shorter.texts()), abs=1e-6)


def test_nothing_to_embed_is_no_vector() -> None:
    """A content without texts has vectors of the right width and no row."""
    given, counts, vectors = embedded(Content((), (), (), {}, ""))
    assert given == [] and counts == (0, 0) and vectors.shape == (0, BagEncoder().dimension)


def test_a_vector_is_made_of_what_comes_first() -> None:
    """Headings and the first words tell what a passage is about: the rest changes no vector."""
    short = Passage("a#1", "a", "document", "Titre", "m" * EMBEDDED, heading_path=("Rubrique",))
    long = replace(short, text=short.text + " et la suite")
    assert embedded_text(long) == embedded_text(short) == f"Titre Rubrique\n{'m' * EMBEDDED}"


def test_terms_are_made_passage_by_passage(content: Content) -> None:
    """Terms of all passages, however the work is shared out, are those of each in turn."""
    whole = passage_fields(content)
    assert whole == fields_of([(heading(p), p.text) for p in content.passages])
    assert len(whole.title) == len(whole.text) == len(whole.ngrams) == len(content.passages)


def test_the_manifest_counts_what_was_gathered(home: Path, content: Content) -> None:
    """Counts, kinds and sources are those of the content, whatever the encoder."""
    manifest = manifest_of("g", content, BagEncoder(), "", {"passages": "flat"})
    counts = (manifest.passages, manifest.wordings, manifest.declined, manifest.documents)
    assert counts == (46, 67, len(DECLINED), 19) and manifest.format == FORMAT
    assert manifest.kinds["document"] == 2 and sum(manifest.kinds.values()) == 46
    assert manifest.sources == [str(home / "a"), str(home / "b")]
    assert len(manifest.kb_hash) == 64
