"""What is said of how an answer came to be, and whether it is the same when made again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.guard import Removal
from assistant.provenance import Again, Record, explain, make_again, record_of
from assistant.provenance.explain import _percent
from retrieval import Retriever


@pytest.fixture(scope="module")
def told(record: Record) -> str:
    """The explanation of the answer."""
    return explain(record)


@pytest.mark.parametrize(
    "words",
    [
        "pk → pourquoi (texto)",
        "Probabilité que la base réponde : ",
        "au-dessus du seuil de ",
        "1. Que se passe-t-il si le client ne paie pas",
        " formulations",
        "Premier du classement (question de la base, ",
        "clause du modèle",
        "- [1] C. civ., art. 1219 (kb:law/c-civ-1219) : vérifié — « ",
        "- Modèle de langage : aucun",
        "- Temps : recherche ",
        " ms, vérification ",
    ],
)
def test_the_explanation_says_how(told: str, words: str) -> None:
    """Reading, probability, ranking with reasons, choice, clause, checks, model, time."""
    assert words in told


def test_it_names_what_the_answer_was_made_with(told: str, record: Record) -> None:
    """Generation, hash of the base, encoder, weights."""
    trace = record.trace
    assert all(
        one in told for one in (trace.generation, trace.kb_hash, trace.encoder, trace.weights)
    )


def test_a_declined_question_says_why(retriever: Retriever) -> None:
    """The probability stands under the threshold, and nothing was chosen."""
    answer = Assistant(retriever).answer("Quelle est la capitale de l'Australie ?")
    told = explain(record_of(answer, retriever))
    assert "au-dessous du seuil" in told and "Aucun document : la question a été déclinée" in told


def test_what_the_guard_removed_is_told(record: Record) -> None:
    """The sentence, the rule in French, and the detail."""
    answer = replace(
        record.answer,
        removed=(Removal("Le délai est de 10 jours.", "numbers", "10 absent"),),
        provenance={
            "model": "m-1",
            "prompts": {"reponse": 3},
            "read": [2, 1],
            "tokens_in": 5,
            "sentences": 8,
            "kept": 7,
        },
    )
    told = explain(replace(record, answer=answer))
    assert "« Le délai est de 10 jours. » : nombre, date ou montant absent de la source" in told
    assert "- Modèle de langage : m-1" in told and "reponse (version 3)" in told
    assert "par rang : 2, 1" in told
    assert "- Phrases du modèle vérifiées et gardées : 8 et 7" in told


def test_a_question_on_several_lines_stays_on_one(record: Record) -> None:
    """Neither a line break nor a terminal's escape passes."""
    answer = replace(record.answer, question="Bonjour\n## Faux titre\x1b[31m rouge")
    told = explain(replace(record, answer=answer))
    assert "\n## Faux" not in told and "\x1b" not in told


def test_made_again_it_is_identical(record: Record, retriever: Retriever) -> None:
    """From the same generation, the same answer, word for word."""
    again = make_again(record, retriever)
    assert again.identical and again.text_compared, again.differences
    assert "identique mot pour mot" in explain(record, again)


def test_a_turn_of_a_conversation_is_made_again_in_its_place(retriever: Retriever) -> None:
    """A follow-up is completed from the questions before it."""
    from assistant.answering import Conversation

    assistant, first = Assistant(retriever), "Le plafond de responsabilité est-il valable ?"
    before = Conversation().after(first, assistant.answer(first))
    answer = assistant.answer("Et si le contrat ne dit rien ?", conversation=before)
    again = make_again(record_of(answer, retriever, before=[first]), retriever)
    assert again.identical, again.differences


def test_what_differs_is_named(record: Record, retriever: Retriever) -> None:
    """Another text, another status and other weights are each told."""
    changed = replace(record, answer=replace(record.answer, parts=(), status="needs_review"),
                      trace=replace(record.trace, weights="0" * 12))  # fmt: skip
    again = make_again(changed, retriever)
    assert set(again.differences) == {"les poids", "le statut", "le texte"}
    assert "Non : ce qui diffère est les poids, le statut, le texte." in explain(changed, again)


def test_a_fact_understood_otherwise_is_named(record: Record, retriever: Retriever) -> None:
    """The facts said back and those asked for are part of the answer."""
    changed = replace(
        record, answer=replace(record.answer, facts=("contrat conclu en 1999",), quick_replies=())
    )
    found = make_again(changed, retriever).differences
    assert (
        set(found) <= {"les faits compris", "les faits demandés"} and "les faits compris" in found
    )


def test_the_text_of_a_model_is_not_made_again(record: Record, retriever: Retriever) -> None:
    """Of a model's answer the search alone is compared, and that is said."""
    answer = replace(record.answer, parts=(), mode="generative")
    again = make_again(replace(record, answer=answer), retriever)
    assert again == Again((), text_compared=False)
    assert "ne s'écrit pas deux fois" in explain(record, again)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.9999, "plus de 99,9 %"),
        (0.0001, "moins de 0,1 %"),
        (0.468, "46,8 %"),
    ],
)
def test_a_share_is_never_rounded_to_certainty(share: float, shown: str) -> None:
    """0 and 100 are said of what is so."""
    assert _percent(share) == shown
