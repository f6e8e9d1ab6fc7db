"""An index made of passages and wordings that a test writes down, without a knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ingest.build import generation_name
from ingest.content import Content, embed, manifest_of, matcher_of
from retrieval import Passage, open_encoder
from retrieval.generation import write_manifest
from retrieval.matcher import save_matcher
from retrieval.outline import Outline, save_outline
from retrieval.schema import write_store
from retrieval.types import Wording
from retrieval.vectors import VectorKind, write_vectors

QUESTION = "kb:questions/sauvegarde-donnees"
ASKED = (
    Wording(QUESTION, "Qui répond de la perte des données sans sauvegarde ?"),
    Wording(QUESTION, "Nos fichiers ont disparu et rien n'était sauvegardé"),
    Wording(QUESTION, "Who is liable for data lost without a backup?"),
)
DECLINED = ("Quelle est la capitale de l'Australie ?", "Comment tailler mes rosiers ?")


def answer(text: str = "Celui que le contrat charge des sauvegardes.") -> Passage:
    """The passage of the one question that `ASKED` leads to."""
    title = "Qui répond de la perte des données sans sauvegarde ?"
    return Passage(f"{QUESTION}#reponse-courte", QUESTION, "question", title, text)


def page(number: int, text: str, **fields: object) -> Passage:
    """A page of a document of the user's, numbered so that ids sort as numbers do."""
    name = f"doc:0123456789ab/guide-{number:05d}.md"
    fields = {"kind": "document", "title": "Guide", "source": "docs"} | fields
    return Passage(f"{name}#p1.1", name, text=text, **fields)  # type: ignore[arg-type]


def make_index(
    folder: Path,
    passages: Iterable[Passage],
    *,
    wordings: Iterable[Wording] = ASKED,
    declined: Iterable[str] = DECLINED,
    lexicon: Mapping[str, str] | None = None,
    kind: VectorKind | None = None,
) -> Path:
    """Write an index of one generation, and give its folder back."""
    ordered = tuple(sorted(passages, key=lambda passage: passage.id))
    content = Content(ordered, tuple(wordings), tuple(declined), lexicon or {}, "0" * 64)
    encoder, name = open_encoder(), generation_name()
    made = folder / "generations" / name
    made.mkdir(parents=True)
    embedded = embed(content, encoder, {}, lambda stage, done, total: None)
    write_store(made / "passages.sqlite", content.passages, content.wordings, content.lexicon)
    kinds = {"passages": write_vectors(made / "passages.faiss", embedded.passages, kind)}
    np.save(made / "wordings.npy", embedded.wordings)
    np.save(made / "declined.npy", embedded.declined)
    save_outline(made, Outline.of(embedded.wordings))
    save_matcher(made, matcher_of(content))
    write_manifest(made, manifest_of(name, content, encoder, "", kinds))
    (folder / "CURRENT").write_text(name + "\n", encoding="utf-8")
    return folder
