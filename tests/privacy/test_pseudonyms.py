"""Names hidden behind tags and put back."""

from __future__ import annotations

import copy
import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import KINDS, Pseudonyms, PseudonymsError
from retrieval.errors import UsageError
from tests.privacy.scoring import Case, read_cases
from tests.retrieval.any_text import ANY_TEXT, SOME

CASES = read_cases()
# Bits of texts that hide, name and imitate tags: the worst that a property may be tried on.
BITS = st.sampled_from(
    [case.text for case in CASES if case.spans]
    + [f"[{'=' * marks}{kind}_{n}]" for kind in KINDS for n in ("1", "2.2") for marks in (0, 1, 2)]
    + ["[", "]", "=", "[=", "PERSONNE_1]", "M. ", "Dupont", "dupont", "DUPONT", " ", "\n", ", "]
    + ["[PERSONNE_0]", "[PERSONNE_01]", "[PERSONNE_1.0]", "[personne_1]", "[PERSONNE_1", "\u200b"]
)
MIXED = st.lists(BITS | ANY_TEXT, max_size=6).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_a_sentence_comes_back(case: Case) -> None:
    """What was hidden is restored, and what was found is nowhere in what is sent."""
    pseudonyms = Pseudonyms()
    hidden = pseudonyms.hide(case.text)
    assert pseudonyms.restore(hidden) == case.text
    for entity in pseudonyms.entities:
        assert all(len(form) < 4 or form not in hidden for form in entity.forms)


@given(MIXED)
@SOME
def test_any_text_comes_back(text: str) -> None:
    """restore(hide(text)) is the text, whatever it holds: names, tags, broken tags, controls."""
    pseudonyms = Pseudonyms()
    assert pseudonyms.restore(pseudonyms.hide(text)) == text


@given(st.lists(MIXED, max_size=5))
@SOME
def test_a_whole_conversation_comes_back(texts: list[str]) -> None:
    """Every message of a conversation is restored, whatever was hidden after it."""
    pseudonyms = Pseudonyms()
    hidden = [pseudonyms.hide(text) for text in texts]
    assert [pseudonyms.restore(one) for one in hidden] == texts


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=4))
@SOME
def test_hiding_again_changes_nothing(cases: list[Case]) -> None:
    """A message hidden twice, or restored and hidden again, has the same tags."""
    pseudonyms = Pseudonyms()
    for case in cases:
        pseudonyms.hide(case.text)
    for case in cases:
        hidden = pseudonyms.hide(case.text)
        assert pseudonyms.hide(pseudonyms.restore(hidden)) == hidden


@given(st.lists(MIXED, max_size=4), MIXED)
@SOME
def test_the_stored_table_is_the_table(texts: list[str], after: str) -> None:
    """A table put in a store and read again hides and restores the same."""
    pseudonyms = Pseudonyms()
    hidden = [pseudonyms.hide(text) for text in texts]
    stored = pseudonyms.to_json()
    again = Pseudonyms.from_json(stored)
    assert again.to_json() == stored
    assert [again.restore(one) for one in hidden] == texts
    assert again.hide(after) == pseudonyms.hide(after)


def test_one_entity_one_number_through_follow_ups() -> None:
    """Case, accents, spaces, title and short name lead to one number; each spelling to its tag."""
    pseudonyms = Pseudonyms()
    hidden = [
        pseudonyms.hide(text)
        for text in (
            "Je suis Chloé Lévesque, de la société Dupont Informatique.",
            "mme levesque et DUPONT INFORMATIQUE",
            "Chloé a rappelé ; dupont-informatique aussi.",
            "Chloé Lévesque",
        )
    ]
    assert hidden == [
        "Je suis [PERSONNE_1], de la société [SOCIETE_1].",
        "mme [PERSONNE_1.2] et [SOCIETE_1.2]",
        "[PERSONNE_1.3] a rappelé ; [SOCIETE_1.3] aussi.",
        "[PERSONNE_1]",
    ]


def test_one_tag_an_entity_for_a_model() -> None:
    """Without exact spellings, an entity has one tag, restored as it was first written."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("Je suis Chloé Lévesque.")
    hidden = pseudonyms.hide("mme levesque, CHLOÉ LÉVESQUE et Chloé", exact=False)
    assert hidden == "mme [PERSONNE_1], [PERSONNE_1] et [PERSONNE_1]"
    assert pseudonyms.restore("Bonjour [PERSONNE_1]") == "Bonjour Chloé Lévesque"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("tél. 06 39 98 12 34", "tél. +33639981234"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN FR7630006000011234567890189"),
        ("SIREN 123 456 782", "siren 123456782"),
        ("jean@exemple.fr", "JEAN (at) exemple.fr"),
        ("contrat n° MNT-2024-0456", "mon contrat mnt 2024 0456 est fini"),
        ("au 12 rue des Lilas, 75011 Paris", "au 12, RUE DES LILAS 75011 PARIS"),
        ("https://www.exemple-dupont.fr/", "exemple-dupont.fr"),
    ],
)
def test_one_number_however_written(first: str, second: str) -> None:
    """A number keeps its tag's number whatever its spaces, its case and its form."""
    pseudonyms = Pseudonyms()
    for text in (first, second):
        assert re.search(r"_1(\.2)?\]", pseudonyms.hide(text))
    assert len(pseudonyms.entities) == 1


def test_a_name_is_known_before_it_is_introduced() -> None:
    """A name that only the end of a message explains is hidden in its beginning too."""
    hidden = Pseudonyms().hide("infotest refuse. La société Infotest a fermé.")
    assert "nfotest" not in hidden


def test_two_people_of_one_surname_stay_two() -> None:
    """A surname that two people bear is given to neither: no tag is chosen by chance."""
    pseudonyms = Pseudonyms()
    hidden = pseudonyms.hide("Jean Dupont et Sophie Dupont ; M. Dupont a signé.")
    assert hidden == "[PERSONNE_1] et [PERSONNE_2] ; M. [PERSONNE_3] a signé."


def test_a_common_word_is_not_the_name() -> None:
    """Mr Petit's name hides "Petit", not "petit" nor the "Petit" that opens a sentence."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Petit")
    hidden = pseudonyms.hide("Petit rappel : le petit contrat de Petit")
    assert hidden == "Petit rappel : le petit contrat de [PERSONNE_1]"


def test_a_short_reference_does_not_hide_years() -> None:
    """A contract's number hides that number later, and no year that resembles it."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("contrat n° 20245")
    assert pseudonyms.hide("En 2024, le 20245 était en cours.").startswith(
        "En 2024, le [REFERENCE_1]"
    )


def test_tags_of_others_stay() -> None:
    """A tag that is not in the table is nobody's: user, model or other conversation, it stays."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Dupont")
    foreign = "[PERSONNE_2] [SOCIETE_1] [PERSONNE_1.9] [personne_1] PERSONNE_1 [PERSONNE_01]"
    assert pseudonyms.restore(foreign) == foreign


def test_a_user_cannot_read_names_by_writing_tags() -> None:
    """A user who writes a tag reads that tag again, even when it stands for somebody."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Dupont")
    hidden = pseudonyms.hide("Qui est [PERSONNE_1] ? Et [=PERSONNE_1] ?")
    assert hidden == "Qui est [=PERSONNE_1] ? Et [==PERSONNE_1] ?"
    assert pseudonyms.restore(hidden) == "Qui est [PERSONNE_1] ? Et [=PERSONNE_1] ?"


def test_what_is_restored_is_not_read_again() -> None:
    """A name that looks like a tag is put back once: nothing is restored inside it."""
    pseudonyms = Pseudonyms()
    tag = pseudonyms.remember("SOCIETE", "[PERSONNE_1]")
    pseudonyms.hide("M. Dupont")
    assert pseudonyms.restore(tag) == "[PERSONNE_1]"


def test_a_remembered_firm_is_hidden_at_once() -> None:
    """The user's own firm, told beforehand, is hidden without any word that announces it."""
    pseudonyms = Pseudonyms()
    assert pseudonyms.remember("SOCIETE", "Boulangerie Fictive") == "[SOCIETE_1]"
    hidden = pseudonyms.hide("la boulangerie fictive est fermée, BOULANGERIE FICTIVE")
    assert hidden == "la [SOCIETE_1.2] est fermée, [SOCIETE_1.3]"


def test_a_remembered_number_is_the_one_found() -> None:
    """A number told beforehand has the tag of the same number found in a text."""
    pseudonyms = Pseudonyms()
    pseudonyms.remember("TELEPHONE", "06 39 98 12 34")
    assert pseudonyms.hide("au +33 6 39 98 12 34") == "au [TELEPHONE_1.2]"


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_nothing_to_remember(text: str) -> None:
    """A text without letter or digit is refused, and the message says what can be told."""
    with pytest.raises(UsageError) as caught:
        Pseudonyms().remember("PERSONNE", text)
    assert "PERSONNE" in caught.value.problem and "SOCIETE" in caught.value.fix


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"version": 2, "entities": []}',
        '{"version": 1, "entities": null}',
        '{"version": 1, "entities": [1]}',
        "[" * 100_000,
    ],
)
def test_no_table(stored: str) -> None:
    """A text that is no table is refused with a remedy, without a word of what it holds."""
    with pytest.raises(PseudonymsError) as caught:
        Pseudonyms.from_json(stored)
    assert "illisible" in caught.value.problem and caught.value.fix


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "ROI"),
        ("kind", None),
        ("number", 0),
        ("number", True),
        ("number", 10**9),
        ("number", "1"),
        ("forms", []),
        ("forms", [""]),
        ("forms", ["a", "a"]),
        ("forms", [1]),
        ("keys", []),
        ("keys", [None]),
    ],
)
def test_a_tampered_table(field: str, value: object) -> None:
    """A table whose entity breaks a rule is refused, and its names are not in the message."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Dupontel")
    content = json.loads(pseudonyms.to_json())
    content["entities"][0][field] = value
    with pytest.raises(PseudonymsError) as caught:
        Pseudonyms.from_json(json.dumps(content))
    assert "upontel" not in str(caught.value)


def test_two_entities_with_one_tag() -> None:
    """A table in which one tag has two owners is refused: it would restore the wrong name."""
    pseudonyms = Pseudonyms()
    pseudonyms.hide("M. Dupont")
    content = json.loads(pseudonyms.to_json())
    content["entities"].append(copy.deepcopy(content["entities"][0]))
    with pytest.raises(PseudonymsError):
        Pseudonyms.from_json(json.dumps(content))


def test_a_table_too_long() -> None:
    """A stored table beyond all reason is refused before it is read."""
    with pytest.raises(PseudonymsError, match="trop longue"):
        Pseudonyms.from_json(" " * 5_000_001)


def test_nothing_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """An object that ends in a log says how many it knows, and nothing is logged by itself."""
    with caplog.at_level(logging.DEBUG):
        pseudonyms = Pseudonyms()
        pseudonyms.restore(pseudonyms.hide("M. Dupontel, 06 39 98 12 34"))
        logging.getLogger("test").info("état : %s %r", pseudonyms, pseudonyms)
    assert "upontel" not in caplog.text
    assert "2 entities" in caplog.text


def test_two_conversations_do_not_mix() -> None:
    """Each conversation numbers its own people and restores none of another's."""
    one, other = Pseudonyms(), Pseudonyms()
    assert one.hide("M. Dupont") == other.hide("M. Durand") == "M. [PERSONNE_1]"
    assert one.restore("[PERSONNE_1]") == "Dupont"
    assert other.restore("[PERSONNE_1]") == "Durand"
