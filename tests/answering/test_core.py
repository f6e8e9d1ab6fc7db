"""A message is searched by what it is about, not by what announces it or dates the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.core import changes_subject, core


@pytest.mark.parametrize(
    ("message", "about"),
    [
        ("Et pour un autre sujet : qui fait les sauvegardes ?", "qui fait les sauvegardes ?"),
        ("Changement de sujet. Comment contester une facture ?", "comment contester une facture ?"),
        ("Sinon, deuxième question : faut-il un écrit ?", "faut-il un ecrit ?"),
        ("Another question: who must make the backups?", "who must make the backups?"),
        ("Bonjour Maître, qui fait les sauvegardes ?", "qui fait les sauvegardes ?"),
        ("Peux-tu me rédiger une lettre de mise en demeure ?", "une lettre de mise en demeure ?"),
    ],
)
def test_what_announces_a_question_is_left_out(message: str, about: str) -> None:
    """The opening says that a question comes, not what it is."""
    assert core(message) == about


def test_a_date_is_no_subject() -> None:
    """« n'a jamais été renouvelé », a fact, does not lead to the rules of renewal."""
    found = core("Mon contrat date du 12 mai 2015 et n'a jamais été renouvelé : puis-je résilier ?")
    assert "puis-je resilier" in found and "renouvel" not in found and "2015" not in found


@pytest.mark.parametrize(
    "message",
    [
        "Le contrat s'est renouvelé tout seul, est-ce légal ?",
        "Écris un faux bon d'intervention signé",
        "Contrat signé en 2014.",
        "Et par ailleurs ?",
        "Puis-je résilier ?",
        "",
        "Bonjour " * 1_000,
    ],
)
def test_other_messages_are_left_whole(message: str) -> None:
    """Nothing is taken out of a question that is itself, nor all of a message that is only a date."""
    assert core(message) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (True, "Rien à voir : qui est propriétaire des scripts ?"),
        (True, "J'ai aussi une question sur les mots de passe admin"),
        (False, "Et si c'est lui qui part ?"),
        (False, "Et par ailleurs ?"),
        (False, "Peut-on confier la maintenance à un autre prestataire ?"),
    ],
)
def test_a_change_of_subject_is_heard(changes: bool, message: str) -> None:
    """A message that says so is about something else."""
    assert changes_subject(message) is changes


@given(st.text(max_size=400))
def test_any_message_keeps_something(message: str) -> None:
    """No message makes it fail, and none is emptied."""
    assert bool(core(message).strip()) is bool(message.strip())
