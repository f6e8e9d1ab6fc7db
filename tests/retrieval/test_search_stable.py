"""What must not change: the order of equals, an index opened again, what a hit says of its reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from retrieval import MAX_K, Filters, Retriever
from retrieval.analysis import stem
from retrieval.folder import Folder
from retrieval.generation import current
from retrieval.retriever import POOL
from retrieval.schema import write_store
from retrieval.types import Wording
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.made_index import answer, make_index, page
from tests.retrieval.small_base import TOPICS

QUESTIONS = [text for topic in TOPICS for text in topic.wordings[:3]] + [
    "art. 1152",
    "jveu partir",
    "prix",
]
SAME = "La panne du serveur dure depuis lundi."
LEXICON = {"bazar": "réversibilité", "gar": "technicien"}


@pytest.fixture(scope="module")
def reopened(small: Path) -> Retriever:
    """The small index, opened a second time."""
    return Retriever.open(small / "index")


@pytest.fixture(scope="module")
def equals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of more pages than a pool holds, all with one text, and of two that differ."""
    pages = [page(n, SAME) for n in range(POOL + 50)]
    others = [
        page(9_000, "Le technicien signe."),
        page(9_001, "Clause de réversibilité du contrat."),
    ]
    return make_index(
        tmp_path_factory.mktemp("equals"), [answer(), *pages, *others], lexicon=LEXICON
    )


@SOME
@given(ANY_TEXT)
def test_an_index_opened_again_answers_the_same(
    retriever: Retriever, reopened: Retriever, text: str
) -> None:
    """Save then load changes nothing: hits, scores and reasons of any question are equal."""
    assert reopened.search(text, 20) == retriever.search(text, 20)
    assert reopened.rank(text) == retriever.rank(text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_asking_again_gives_the_same(
    retriever: Retriever, reopened: Retriever, question: str
) -> None:
    """Nothing that was asked before changes an answer: no cache leaks from one question to another."""
    first = retriever.search(question, 20)
    for other in QUESTIONS[:4]:
        retriever.search(other, 3, filters=Filters(kinds=frozenset({"clause"})))
    assert retriever.search(question, 20) == first == reopened.search(question, 20)
    assert retriever.signals(question).scope == reopened.signals(question).scope


def test_what_is_read_back_is_written_as_it_was(small: Path, tmp_path: Path) -> None:
    """Passages and wordings read from an index and written again give the same file, to the byte."""
    folder = current(small / "index")
    backend = Folder(folder)
    names = {document.number: document.id for document in backend.documents}
    wordings = [
        Wording(names[number], text)
        for number, text in zip(backend.document_of_wordings(), backend.all_wordings(), strict=True)
    ]
    write_store(tmp_path / "again.sqlite", list(backend.all_passages()), wordings)
    assert (tmp_path / "again.sqlite").read_bytes() == (folder / "passages.sqlite").read_bytes()


def test_equal_texts_come_in_order_of_id(equals: Path) -> None:
    """More equal passages than a pool holds: the first by id come first, with one score, every time."""
    runs = [Retriever.open(equals).search("panne du serveur", MAX_K) for _ in range(2)]
    assert runs[0] == runs[1]
    assert [hit.passage.id for hit in runs[0]] == [page(n, SAME).id for n in range(MAX_K)]
    assert len({hit.score for hit in runs[0]}) == 1


@pytest.mark.parametrize("k", [1, 7, 50])
def test_equal_texts_are_cut_at_the_same_place(equals: Path, k: int) -> None:
    """Which of the equals are shown is not left to chance: fewer are the first of more."""
    retriever = Retriever.open(equals)
    whole = retriever.search("panne du serveur", MAX_K)
    assert retriever.search("panne du serveur", k) == whole[:k]


def test_a_filter_keeps_the_order_of_equals(equals: Path) -> None:
    """Among those that a filter lets through, equals come by id too."""
    names = [page(n, SAME).document_id for n in (440, 3, 77)]
    hits = Retriever.open(equals).search(SAME, 9, filters=Filters(documents=frozenset(names)))
    assert [hit.passage.document_id for hit in hits] == sorted(names)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("jveu la réversibilité", ["jveu → je veux (texto)"]),
     ("panne du servuer", ["servuer → serveur (faute)"]),
     ("kontra", ["kontra → contrat (son)"]),
     ("panne lserveur", ["lserveur → l serveur (mots joints)"]),
     ("le gars et son bazar", [f"{stem('gars')} → technicien (lexique)", "bazar → réversibilité (lexique)"]),
     ("panne du serveur", [])],
)  # fmt: skip
def test_every_reading_is_told_in_every_hit(
    equals: Path, question: str, expected: list[str]
) -> None:
    """A hit never hides that a word was read as another: each reading is among its reasons."""
    retriever = Retriever.open(equals)
    hits = retriever.search(question, 5)
    assert hits
    for hit in hits:
        assert [r.detail for r in hit.reasons if r.leg == "reading"] == expected
    for reasons in retriever.rank(question).reasons.values():
        assert [r.detail for r in reasons if r.leg == "reading"] == expected
