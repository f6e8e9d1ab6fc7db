"""Questions in English lead where their French twins do, over the real base."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.core import core
from assistant.answering.english import french_terms, in_both_languages
from assistant.answering.sure import NEAR
from retrieval import Ranking, Retriever

# A question, and the question or clause of the base that answers it.
ASKED = (
    ("What happens if the provider loses our data?", "perte-de-donnees-responsabilite"),
    ("Our provider lost all our data, who pays?", "perte-de-donnees-responsabilite"),
    ("What should we do if the technician deleted our files?", "perte-de-donnees-responsabilite"),
    ("What happens if the client does not pay?", "non-paiement-client-suspension"),
    ("What happens if the provider goes bankrupt?", "procedure-collective-partie"),
    ("What happens if the provider raises its price?", "augmentation-unilaterale-prix"),
    ("What happens if the provider is hacked?", "cyberattaque-rancongiciel"),
    ("What happens if the provider does not make backups?", "sauvegarde-donnees"),
    ("What happens to our data at the end of the contract?", "reversibilite-restitution"),
    ("The contract renews automatically, can we refuse?", "tacite-reconduction"),
    ("The provider wants to transfer the contract to another company",
     "cession-contrat-rachat-prestataire"),
    ("How do we cancel the maintenance contract?", "resiliation"),
    ("Can we withhold payment if the service is bad?", "non-paiement-client-suspension"),
    ("Can we sue for lost profits?", "dommages-indirects-perte-exploitation"),
)  # fmt: skip


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The search over the whole base."""
    return Retriever.open(kb_index)


def first(ranking: Ranking) -> str:
    """The name of the document ranked first."""
    return ranking.candidates[0].document_id.rpartition("/")[2]


def test_english_questions_find_their_subject(retriever: Retriever) -> None:
    """Lost data, a client who does not pay, a provider that is sold: each leads to its own subject."""
    rank = in_both_languages(retriever.rank)
    found = {question: first(rank(core(question))) for question, _ in ASKED}
    assert {q: found[q] for q, subject in ASKED if found[q] != subject} == {}


def test_a_frame_says_nothing() -> None:
    """« What happens if » opens any question: it is not what is searched."""
    assert core("What happens if the server burns?") == "the server burns?"
    assert core("What happens if") == "What happens if"


def test_terms_are_read_in_french(retriever: Retriever) -> None:
    """The lexicon's terms are those searched, the parties' names left out."""
    terms = french_terms(retriever.rank("the provider lost our data after the notice period"))
    assert "perte de données" in terms and "préavis" in terms
    assert "prestataire" not in terms


@pytest.mark.parametrize("word", ["not", "notice", "valid"])
def test_no_false_friend(retriever: Retriever, word: str) -> None:
    """English words that look like French ones are not read as those."""
    false = {"facture", "documentation technique", "recette"}
    assert not false & set(french_terms(retriever.rank(f"can we {word} the contract")))


def test_a_sure_question_and_a_french_one_stay_as_they_are(retriever: Retriever) -> None:
    """One near a question of the base, or in French, is ranked once."""
    asked: list[str] = []

    def rank(query: str) -> Ranking:
        asked.append(query)
        return retriever.rank(query)

    sure, french = "What if the provider goes bankrupt?", "comment partir sans rien payer du tout"
    assert in_both_languages(rank)(sure).candidates[0].probability >= NEAR
    in_both_languages(rank)(french)
    assert asked == [sure, french]


def test_the_question_as_written_says_whether_the_base_answers(retriever: Retriever) -> None:
    """Terms of art never bring a foreign question into the field."""
    question = "What is the best notice for a cake recipe with a price?"
    both = in_both_languages(retriever.rank)(question)
    assert both.scope == retriever.rank(question).scope
