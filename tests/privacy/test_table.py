"""Who is who: which names lead to one entity, and which never do."""

from __future__ import annotations

import doctest

import pytest

from assistant.privacy import Pseudonyms, pseudonyms


def tags(*texts: str) -> list[str]:
    """The texts of one conversation, hidden with one tag an entity."""
    conversation = Pseudonyms()
    return [conversation.hide(text, exact=False) for text in texts]


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ("M. Dupont", "Jean Dupont", "[PERSONNE_1]"),
        ("Jean Dupont", "M. Dupont", "M. [PERSONNE_1]"),
        ("Jean Dupont", "dupont jure", "[PERSONNE_1] jure"),
        ("Jean Dupont", "JEAN DUPONT", "[PERSONNE_1]"),
        ("Jean-Pierre Dupont", "jean pierre dupont", "[PERSONNE_1]"),
        ("J. Dupontel", "M. Dupontel", "M. [PERSONNE_1]"),
        ("chez Infotest", "Infotest Réseaux", "[SOCIETE_1]"),
        ("Infotest Réseaux", "chez infotest", "chez [SOCIETE_1]"),
        ("SARL Dupont Informatique", "Dupont Informatique SARL", "[SOCIETE_1] SARL"),
        ("vu avec l'équipe Infotest hier", "la société Infotest", "la société [NOM_1]"),
        ("Ets Untel & Fils", "untel fils", "[SOCIETE_1]"),
    ],
)
def test_one_entity(first: str, second: str, hidden: str) -> None:
    """A longer name, a shorter one, another case, a hyphen or a legal form lead to one entity."""
    assert tags(first, second)[1] == hidden


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ("Jean Dupont", "Sophie Dupont", "[PERSONNE_2]"),
        ("Jean Dupont", "Jean Durand", "[PERSONNE_2]"),
        ("Dupont Informatique", "M. Dupont", "M. [PERSONNE_1]"),
        ("Alphatest Réseaux", "Betatest Réseaux", "[SOCIETE_2]"),
        ("06 39 98 12 34", "06 39 98 12 35", "[TELEPHONE_2]"),
        ("SIREN 123 456 782", "SIRET 123 456 782 00010", "SIRET [SIRET_1]"),
    ],
)
def test_two_entities(first: str, second: str, hidden: str) -> None:
    """Other given names, other firms of a trade, a person and a firm, other numbers stay apart."""
    assert tags(first, second)[1] == hidden


def test_a_short_name_that_may_mean_two_is_left_to_none() -> None:
    """After Jean Dupont and Sophie Dupont, "Dupont" without a title is neither one nor the other."""
    assert "[PERSONNE_1]" not in tags("Jean Dupont et Sophie Dupont", "chez Dupont hier")[1]


def test_trades_name_nobody() -> None:
    """A firm's trade stays a word: "informatique" is not Dupont Informatique."""
    assert tags("Dupont Informatique", "mon contrat informatique")[1] == "mon contrat informatique"


def test_given_names_that_are_words_need_their_capital() -> None:
    """After Pierre Dupont, "pierre" in small letters is a stone."""
    assert tags("Pierre Dupont", "un mur de pierre, dit Pierre")[1].endswith(
        "pierre, dit [PERSONNE_1]"
    )


def test_numbers_go_up_by_kind() -> None:
    """Each kind counts its own entities from one, in order of appearance."""
    (hidden,) = tags("M. Dupont, M. Durand, 06 39 98 12 34, M. Dupont, jean@exemple.fr")
    assert (
        hidden == "M. [PERSONNE_1], M. [PERSONNE_2], [TELEPHONE_1], M. [PERSONNE_1], [COURRIEL_1]"
    )


def test_a_stored_table_goes_on_counting() -> None:
    """A table read from its store gives no number twice."""
    before = Pseudonyms()
    before.hide("M. Dupont et M. Durand")
    after = Pseudonyms.from_json(before.to_json())
    assert after.hide("M. Fictif et M. Durand") == "M. [PERSONNE_3] et M. [PERSONNE_2]"


def test_entities_tell_who_is_who() -> None:
    """The user's own screen can list each entity with its spellings, in order."""
    conversation = Pseudonyms()
    conversation.hide("M. Dupont, puis dupont, au 06 39 98 12 34")
    (person, phone) = conversation.entities
    assert (person.kind, person.number, person.forms) == ("PERSONNE", 1, ("Dupont", "dupont"))
    assert (phone.kind, phone.keys) == ("TELEPHONE", ("+33639981234",))


def test_the_example_runs() -> None:
    """The example of the documentation says what the code does."""
    assert doctest.testmod(pseudonyms).failed == 0
