"""The guard on composed answers: quotes, markers and references, without reading sentences anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.citation import Citation
from assistant.guard import RetrieverBase, check
from retrieval import Retriever
from tests.guard.conftest import PENALTY, Shelf
from tests.guard.honest import questions

CITED = Citation(1, PENALTY.id, "statute", PENALTY.title, PENALTY.reference, PENALTY.url,
                 "la pénalité ainsi convenue")  # fmt: skip
TEXT = "Le juge peut modérer la pénalité (C. civ., art. 1231-5) [1]."


def test_a_sound_answer_passes(shelf: Shelf) -> None:
    """Quotes that stand are told as checked, and nothing is found."""
    checked = check(TEXT, [CITED], base=shelf)
    assert checked.sound and [c.check for c in checked.citations] == ["verifie"]


@pytest.mark.parametrize("quote", ["la pénalité convenue", "", "Texte d'une ancienne version."])
def test_a_quote_that_no_longer_stands_is_left_out(shelf: Shelf, quote: str) -> None:
    """The citation goes, and the lawyer is told which."""
    checked = check(TEXT, [replace(CITED, quote=quote)], base=shelf)
    assert checked.citations == () and [f.rule for f in checked.faults] == ["quote"]
    assert "C. civ., art. 1231-5" in checked.faults[0].detail


def test_a_quote_may_differ_by_its_marks(shelf: Shelf) -> None:
    """Apostrophes and spaces are not words."""
    assert check(TEXT, [replace(CITED, quote="même d’office,  modérer")], base=shelf).sound


def test_a_passage_that_the_base_lost_is_a_fault() -> None:
    """A stale index shows here."""
    checked = check(TEXT, [CITED], base=Shelf([]))
    assert [f.rule for f in checked.faults] == ["quote", "reference"]


def test_a_marker_that_leads_nowhere_is_a_fault(shelf: Shelf) -> None:
    """Each once, in order."""
    checked = check(f"{TEXT} Voir [3], [2] et [3].", [CITED], base=shelf)
    assert [f.sentence for f in checked.faults] == ["[2]", "[3]"]


@pytest.mark.parametrize(
    "named",
    ["l'article 1999-4 du Code civil", "Cass. com., n° 17-22.333", "IDCC 9999", "C. com., art. L. 999-3"],
)  # fmt: skip
def test_a_reference_that_the_base_lacks_is_a_fault(shelf: Shelf, named: str) -> None:
    """Told once, with the line that holds it."""
    checked = check(f"{TEXT}\n\nSelon {named}.\n\nEt {named}.", [CITED], base=shelf)
    assert [f.rule for f in checked.faults] == ["reference"]
    assert checked.faults[0].sentence == f"Selon {named}."


def test_a_reference_that_is_not_cited_may_be_known(shelf: Shelf) -> None:
    """The base is asked for what the citations don't hold."""
    assert check(f"{TEXT} Voir l'article 1103.", [CITED], base=shelf).sound


def test_numbers_of_laws_and_contracts_are_not_articles(shelf: Shelf) -> None:
    """ "Loi n° 78-17", "règlement (UE) 2016/679 (RGPD)" and "article 7" of a contract are no keys."""
    text = (
        "Règlement (UE) 2016/679 (RGPD) et loi n° 78-17 du 6 janvier 1978 ; article 7 du contrat."
    )
    assert check(text, [], base=shelf).sound


def test_every_answer_of_the_base_is_sound(retriever: Retriever, base: RetrieverBase) -> None:
    """What the assistant composes holds nothing that the guard would refuse."""
    assistant = Assistant(retriever)
    titles = {d.id: d.title for d in retriever.documents()}
    faults = []
    for document in questions(retriever)[::3]:
        answer = assistant.answer(titles[document])
        faults += check(answer.text, answer.citations, base=base).faults
    assert not faults
