"""What the encoder learns from: wordings, questions to decline, and articles of law if given."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.lessons import SHORTEST, lessons
from tests.ingest.small_code import write_code
from tests.retrieval.small_base import TOPICS, write_base

LONG = "Le prestataire répond de la bonne exécution de ses obligations envers le client. " * 2


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base."""
    return write_base(tmp_path_factory.mktemp("home"))


def test_wordings_are_labelled_by_their_document(kb: Path) -> None:
    """Each wording comes with the document that people ask for with it."""
    found = lessons(kb)
    labels = dict(zip(found.texts, found.labels, strict=True))
    assert labels[TOPICS[0].wordings[0]] == f"kb:questions/{TOPICS[0].id}"


def test_questions_to_decline_are_labelled_by_kind(kb: Path) -> None:
    """What is foreign is learnt too, kind by kind, never as a document."""
    declined = {label for label in lessons(kb).labels if label.startswith("declined:")}
    assert declined and not any("kb:" in label for label in declined)


def test_without_a_corpus_there_are_no_pairs(kb: Path) -> None:
    """Open legal text is learnt from only where it is given."""
    assert lessons(kb).pairs == ()


def test_articles_give_their_headings_and_beginning(kb: Path, tmp_path: Path) -> None:
    """An article long enough gives one pair; a short one says nothing of its own."""
    body = (
        f"## Titre Ier : Des services\n\n##### Article 1\n\n{LONG}\n\n##### Article 2\n\nAbrogé.\n"
    )
    write_code(tmp_path, body)
    assert len("Abrogé.") < SHORTEST
    [(headings, text)] = lessons(kb, tmp_path).pairs
    assert "Des services" in headings and LONG.startswith(text[:40])
