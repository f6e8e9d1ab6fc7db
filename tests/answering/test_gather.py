"""What a model is given to write from: both subjects of a message that has two."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answering.gather import MAX_CHARACTERS, MAX_PASSAGES, gather
from retrieval import Retriever

TWO = "Qui doit faire les sauvegardes ? Que contient une mise en demeure ?"
SUBJECTS = ("kb:questions/sauvegarde-donnees", "kb:questions/mise-en-demeure-contenu")


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The search over the whole base."""
    return Retriever.open(kb_index)


def documents(retriever: Retriever, question: str) -> list[str]:
    """Documents of the passages gathered for a question, in order."""
    answer = Assistant(retriever).answer(question)
    found = gather(retriever.rank(question).candidates, answer, retriever)
    assert len(found) <= MAX_PASSAGES
    assert sum(len(passage.text) for passage in found[1:]) <= MAX_CHARACTERS
    return [passage.document_id for passage in found]


def test_both_subjects_are_given(retriever: Retriever) -> None:
    """The short answer of each subject is among the first passages."""
    found = documents(retriever, TWO)
    assert set(SUBJECTS) <= set(found[:8])


def test_the_first_candidate_comes_first(retriever: Retriever) -> None:
    """With one subject, its sections open the list."""
    found = documents(retriever, "Que doit contenir une mise en demeure ?")
    assert found[0] == "kb:questions/mise-en-demeure-contenu"
