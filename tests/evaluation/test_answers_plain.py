"""The plain reader finds what the base does not hold, on its own."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import Answer, Assistant, Part
from evaluation.answers import plain
from evaluation.answers.plain import Foreign, Reader, numbers, references
from evaluation.answers.told import Told
from retrieval import Retriever
from tests.retrieval.small_base import TOPICS

QUESTION = TOPICS[0].question


@pytest.fixture(scope="module")
def opened(judged_home: Path) -> Retriever:
    """The small base, read only."""
    return Retriever.open(judged_home / "index")


@pytest.fixture(scope="module")
def reader(opened: Retriever) -> Reader:
    """A reader of the small base."""
    return Reader(opened)


@pytest.fixture(scope="module")
def answer(opened: Retriever) -> Answer:
    """An answer of the small base."""
    return Assistant(opened).answer(QUESTION)


def saying(answer: Answer, words: str) -> Answer:
    """The answer with one sentence more."""
    return replace(answer, parts=(*answer.parts, Part("", words)))


def test_an_honest_answer_shows_nothing_else(reader: Reader, answer: Answer) -> None:
    """What the assistant composes stands in the base."""
    assert reader.foreign(answer) == []


@pytest.mark.parametrize(
    ("words", "sort", "shown"),
    [
        ("Voir l'article 1999-4 du Code civil.", "reference", "art. 1999-4"),
        ("Voir les articles 1103 et 1888.", "reference", "art. 1888"),
        ("C. com., art. L. 999-3.", "reference", "art. L. 999-3"),
        ("Cass. com., 29 juin 2010, n° 17-22.333.", "reference", "17-22.333"),
        ("La convention IDCC 9999.", "reference", "IDCC 9999"),
        ("La loi n° 2031-412.", "reference", "n° 2031-412"),
        ("Le client paie 12 345 euros.", "number", "12 345 euros"),
        ("Le 12 mars 2031.", "number", "12 mars 2031"),
        ("Sous 93 jours.", "number", "93 jours"),
        ("Voir https://piege.exemple/x.", "link", "https://piege.exemple/x"),
        ("[ici](javascript:alert(1))", "link", "javascript:alert(1"),
        ("Écrivez à moi@cabinet.fr", "link", "moi@cabinet.fr"),
        ("« Le client garde tout en propriété »", "quote", "Le client garde tout en propriété"),
        ("Le juge décide [99].", "marker", "[99]"),
    ],
)
def test_what_is_made_up_is_found(
    reader: Reader, answer: Answer, words: str, sort: str, shown: str
) -> None:
    """Each kind, as it is shown."""
    assert Foreign(sort, shown) in reader.foreign(saying(answer, words))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    ["C. civ., art. 1231-5", "art. L. 442-1", "le 1er octobre 2016", "« l'indemnité prévue »", "« pénale »"],
)  # fmt: skip
def test_what_the_base_says_is_its_own(reader: Reader, answer: Answer, words: str) -> None:
    """References, the date of the reform; two words in quotation marks are no quotation."""
    assert reader.foreign(saying(answer, words)) == []


def test_what_the_user_wrote_may_be_said_back(reader: Reader, answer: Answer) -> None:
    """A fact told in a turn before is no invention; another one is."""
    told = saying(answer, "Vous dites payer 777 euros.")
    assert reader.foreign(told, ["Je paie 777 euros par mois."]) == []
    assert [f.text for f in reader.foreign(told, ["Je paie 778 euros par mois."])] == ["777 euros"]


def test_a_source_that_is_not_as_stored_is_found(reader: Reader, answer: Answer) -> None:
    """Another reference, another address, another quotation, a passage that is not there."""
    first, *others = answer.citations
    spoilt = (
        replace(first, reference="C. civ., art. 1231-6"),
        replace(first, url="https://piege.exemple"),
        replace(first, quote="Le juge ne peut rien"),
        replace(first, passage_id="kb:law/rien"),
    )
    for one in spoilt:
        assert reader.foreign(replace(answer, citations=(one, *others)))


def test_references_are_read_one_way() -> None:
    """Spaces, dots and the degree sign are no part of a reference."""
    assert {key for key, _ in references("art. L. 441-10 ; L.441-10 ; article L 441-10")} == {
        "l441-10"
    }


def test_numbers_keep_their_unit() -> None:
    """ "40 euros" and "40 jours" are two things."""
    assert [key for key, _ in numbers("40 euros, 40 jours, 1 500 €, 3,5 %, 2 ans")] == [
        "40 euro", "40 jour", "1500 euro", "3,5 %", "2 an",
    ]  # fmt: skip


def test_the_reader_shares_nothing_with_the_guard() -> None:
    """Neither the guard nor the reader of references that it uses is imported."""
    tree = ast.parse(Path(plain.__file__).read_text(encoding="utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(name.startswith(("assistant.guard", "retrieval.", "ingest")) for name in names)


def test_the_documents_told_are_in_order(opened: Retriever) -> None:
    """The question asked first, then the clause that goes with it; nothing of a declined question."""
    told, assistant = Told(opened), Assistant(opened)
    for topic in TOPICS[:4]:
        first, *others = told.documents(assistant.answer(topic.question))
        assert first == f"kb:questions/{topic.id}"
        assert f"kb:contract/{topic.clause}" in others
    assert told.documents(assistant.answer("Quel vaccin pour mon chat ?")) == ()


def test_a_model_s_answer_is_known_by_its_markers(opened: Retriever, answer: Answer) -> None:
    """Where no short answer stands word for word, the passages cited tell the documents."""
    cited = [c for c in answer.citations if c.passage_id.startswith("kb:contract/")][:1]
    written = replace(answer, parts=(Part("", f"En bref, cela se paie [{cited[0].n}]."),))
    assert Told(opened).documents(written) == (cited[0].passage_id.partition("#")[0],)
