"""Honest answers keep their sentences: reviewed text, light rewritings, careful paraphrases."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from assistant.guard import RetrieverBase, Verified, verify
from retrieval import Retriever
from tests.guard.honest import Written, composed, questions, written
from tests.guard.lightly import LIGHT
from tests.guard.paraphrases import FALSE, HONEST

KEPT = 0.98  # share of the sentences of honest answers that stay
CAREFUL = 0.93  # share of the freer paraphrases, each on its own
SOME = 60  # answers of a kind


def share(answers: Iterable[Written], base: RetrieverBase) -> float:
    """The share of the sentences of some answers that stay."""
    found = [verify(one.markdown, one.passages, base=base) for one in answers]
    return sum(one.kept for one in found) / sum(one.total for one in found)


def test_the_reviewed_text_stays(retriever: Retriever, base: RetrieverBase) -> None:
    """The sections of questions, as the extractive answer shows them."""
    answers = (composed(retriever, document) for document in questions(retriever)[::4])
    assert share(answers, base) >= KEPT


def test_what_a_careful_model_writes_stays(retriever: Retriever, base: RetrieverBase) -> None:
    """Sentences of the sections under markers."""
    rng = random.Random(1)
    answers = (written(retriever, document, rng) for document in questions(retriever))
    assert share(answers, base) >= KEPT


@pytest.mark.parametrize("manner", LIGHT)
def test_light_rewritings_stay(retriever: Retriever, base: RetrieverBase, manner: str) -> None:
    """Connectives, another order, other words that mean the same."""
    rng = random.Random(manner)
    documents = rng.sample(questions(retriever), SOME)
    answers = (LIGHT[manner](written(retriever, document, rng), rng) for document in documents)
    assert share(answers, base) >= KEPT


def said(retriever: Retriever, base: RetrieverBase, question: str, sentence: str) -> Verified:
    """One sentence held to the short answer of a question."""
    short = retriever.passage(f"kb:questions/{question}#reponse-courte")
    assert short is not None
    return verify(f"{sentence.rstrip('.')} [1].", [short], base=base)


def test_careful_paraphrases_stay(retriever: Retriever, base: RetrieverBase) -> None:
    """Sentences put otherwise, without a change of meaning."""
    lost = [one for one in HONEST if not said(retriever, base, *one).kept]
    assert len(lost) <= (1 - CAREFUL) * len(HONEST), lost


def test_false_paraphrases_go(retriever: Retriever, base: RetrieverBase) -> None:
    """Sentences as near to the text, that say something else: none stays."""
    assert not [why for *one, why in FALSE if said(retriever, base, *one).kept]
