"""Two questions in one message get two answers; one question gets one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answering.doubles import parts, second
from retrieval import Retriever
from tests.answering.double_questions import DOUBLES

SINGLE = (
    "Mon prestataire a perdu mes données, et que puis-je faire ?",
    "Le technicien vient en retard, il est aussi désagréable. Puis-je résilier ?",
    "Mon prestataire a perdu mes données et il refuse de payer. Que faire ?",
    "Peut-on combiner une location et une maintenance ?",
    "Que se passe-t-il en cas de perte et de vol du matériel ?",
    "Les annexes et le contrat sont-ils de même valeur ?",
)


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The search over the whole base."""
    return Retriever.open(kb_index)


def found(retriever: Retriever, message: str) -> list[str]:
    """The two subjects found in a message."""
    two = second(message, retriever.rank(message), retriever.rank, retriever.weights.threshold)
    return [candidate.document_id.rpartition("/")[2] for candidate in two or ()]


def test_joined_questions_are_cut() -> None:
    """A conjunction between two questions cuts; one inside a question does not."""
    assert len(parts("Peut-on résilier le contrat, et qui paie les données perdues ?")) == 2
    assert parts("Les annexes et le contrat sont-ils de même valeur ?") == []


def test_two_infinitives_share_their_opening() -> None:
    """« puis-je résilier … et récupérer … » is two questions with one opening."""
    cut = parts("Puis-je résilier le contrat et récupérer mes données ?")
    assert [part.startswith("puis-je") for part in cut] == [True, True]


@pytest.mark.parametrize(
    ("message", "cut"),
    [
        (
            "Nous avons perdu nos sauvegardes, et peut-on partir avant la fin ?",
            ["nous avons perdu nos sauvegardes", "peut-on partir avant la fin"],
        ),
        (
            "Le support ne répond jamais le samedi. Ils ont aussi augmenté l'abonnement.",
            ["le support ne repond jamais le samedi", "ils ont aussi augmente l abonnement"],
        ),
        (
            "1) Le contrat verbal est-il valable ? 2) Quel tribunal saisir ?",
            ["le contrat verbal est-il valable", "quel tribunal saisir"],
        ),
        ("Le technicien a cassé l'écran. Il ne vient plus depuis lundi.", []),
        ("Mon prestataire a perdu mes données et il refuse de payer. Que faire ?", []),
    ],
)
def test_what_is_told_is_cut_where_it_adds(message: str, cut: list[str]) -> None:
    """A subject told beside a question is one of the two; a story stays whole."""
    assert [part.rstrip(".? ") for part in parts(message)] == cut


@pytest.mark.parametrize("message", ["", "?", " et ", "et et et ?", "a" * 10_000])
def test_any_message_is_cut(message: str) -> None:
    """Nothing to cut is no failure."""
    assert len(parts(message)) in (0, 2)


def test_most_double_messages_are_answered_twice(retriever: Retriever) -> None:
    """Of 72 messages written for it, three quarters at least lead to both their subjects."""
    right = 0
    for message, one, other in DOUBLES:
        both = found(retriever, message)
        right += len(both) == 2 and both[0] in one.split("|") and both[1] in other.split("|")
    assert right >= 0.75 * len(DOUBLES)


@pytest.mark.parametrize("message", SINGLE)
def test_one_subject_is_answered_once(retriever: Retriever, message: str) -> None:
    """A story on one subject is not cut in two."""
    assert found(retriever, message) == []


def test_both_short_answers_come_first(retriever: Retriever) -> None:
    """Each subject has its heading and its sources, and no limit is left out."""
    answer = Assistant(retriever).answer(
        "Qui doit faire les sauvegardes ? Que contient une mise en demeure ?"
    )
    titles = [part.title for part in answer.parts]
    assert titles[1].startswith("1. ") and titles[2].startswith("2. ")
    assert all("[" in part.markdown for part in answer.parts[1:3])
    assert {"Limites (1)", "Limites (2)"} <= set(titles)
