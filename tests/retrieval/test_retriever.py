"""Search over the small index: what comes first, what is left out, and why."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from retrieval import Filters, Passage, Retriever, in_force
from retrieval.errors import UsageError
from retrieval.generation import current
from retrieval.retriever import MAX_K
from retrieval.types import KINDS
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.small_base import DECLINED, TOPICS

OLD, NEW = "kb:law/c-civ-ancien-1152", "kb:law/c-civ-1231-5"
PENALTY = "le juge peut-il réduire une peine excessive ou dérisoire ?"
QUESTIONS = [text for topic in TOPICS for text in topic.wordings[:2]] + [
    "art. 1152",
    "prix",
    PENALTY,
]


def ids(retriever: Retriever, question: str, k: int = 50, **options: object) -> list[str]:
    """Passage ids of the hits."""
    return [hit.passage.id for hit in retriever.search(question, k, **options)]  # type: ignore[arg-type]


def statute(since: date | None, until: date | None) -> Passage:
    """A statute with dates in force."""
    return Passage(
        "kb:law/x", "kb:law/x", "statute", "x", "x", in_force_since=since, in_force_until=until
    )


@pytest.mark.parametrize(
    ("topic", "wording"),
    [(topic.id, text) for topic in TOPICS for text in (topic.question, *topic.wordings)],
)
def test_any_wording_brings_the_questions_own_passages(
    retriever: Retriever, topic: str, wording: str
) -> None:
    """However people ask, SMS included, the first hit is a passage of the question they mean."""
    assert retriever.search(wording, 1)[0].passage.document_id == f"kb:questions/{topic}"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_a_question_in_english_finds_the_french_answer(retriever: Retriever, topic: object) -> None:
    """The English wording of a question leads to its French passages."""
    assert retriever.rank(topic.english).candidates[0].document_id == f"kb:questions/{topic.id}"  # type: ignore[attr-defined]


def test_scores_never_rise(retriever: Retriever) -> None:
    """Ranks count from 1 and scores never rise: higher is better, and the best comes first."""
    for question in QUESTIONS:
        hits = retriever.search(question, 50)
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_ties_are_broken_by_passage_id(retriever: Retriever) -> None:
    """Equal scores come in order of passage id, so that two runs are one."""
    for question in QUESTIONS:
        keys = [(-hit.score, hit.passage.id) for hit in retriever.search(question, 50)]
        assert keys == sorted(keys)


def test_no_passage_comes_twice(retriever: Retriever) -> None:
    """A passage found by five legs is one hit with five reasons."""
    for question in QUESTIONS:
        found = ids(retriever, question)
        assert len(set(found)) == len(found)


def test_fewer_hits_are_the_first_of_more(retriever: Retriever) -> None:
    """k cuts the list and changes nothing else."""
    for question in QUESTIONS:
        assert ids(retriever, question, 3) == ids(retriever, question, 50)[:3]


def test_equal_texts_do_not_collapse(retriever: Retriever) -> None:
    """Two questions whose sections have the same words keep a hit each: fusion is by id, not by text."""
    same = [
        i for i in ids(retriever, "gardez la preuve de l'envoi", 50) if i.endswith("#en-pratique")
    ]
    assert len(same) == len(TOPICS)


def test_opening_again_gives_the_same_hits(small: Path, retriever: Retriever) -> None:
    """Another process over the same index finds the same passages with the same scores."""
    again = Retriever.open(small / "index")
    for question in QUESTIONS:
        assert again.search(question, 20) == retriever.search(question, 20)


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1])
def test_k_out_of_range_is_a_usage_error(retriever: Retriever, k: int) -> None:
    """The message carries the range and the value received."""
    with pytest.raises(UsageError, match=f"entre 1 et {MAX_K} ; reçu : {k}"):
        retriever.search("prix", k)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "document"])
def test_a_filter_on_kind_lets_only_that_kind_through(retriever: Retriever, kind: str) -> None:
    """Asking for one kind gives hits of that kind, and only those."""
    hits = retriever.search("contrat client convention responsabilité clause", 50,
                            filters=Filters(kinds=frozenset({kind})))  # fmt: skip
    assert {hit.passage.kind for hit in hits} == {kind}


def test_a_filter_on_theme_lets_only_that_theme_through(retriever: Retriever) -> None:
    """Asking for a theme leaves out the other themes and what has none."""
    hits = retriever.search("contrat du client", 50, filters=Filters(themes=frozenset({"donnees"})))
    assert {hit.passage.document_id for hit in hits} == {
        "kb:questions/sauvegarde-donnees", "kb:questions/mots-de-passe",
    }  # fmt: skip


def test_a_filter_on_a_document_answers_from_it_alone(retriever: Retriever) -> None:
    """'Answer only from this document' holds, even where others match better."""
    only = Filters(documents=frozenset({"kb:contract/prix"}))
    assert set(ids(retriever, "mots de passe", filters=only)) <= {
        "kb:contract/prix#clause",
        "kb:contract/prix#note",
    }
    assert "kb:contract/prix#clause" in ids(retriever, "prix de la redevance", filters=only)


def test_filters_combine_with_and(retriever: Retriever) -> None:
    """A theme and a kind that exclude each other leave nothing, not everything."""
    both = Filters(kinds=frozenset({"statute"}), themes=frozenset({"prix"}))
    assert retriever.search("prix du contrat", 50, filters=both) == []


def test_hits_left_out_leave_no_gap_in_the_ranks(retriever: Retriever) -> None:
    """Ranks of filtered hits still count from 1."""
    hits = retriever.search("contrat", 50, filters=Filters(kinds=frozenset({"clause"})))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_superseded_law_is_left_out_today(retriever: Retriever) -> None:
    """A repealed article doesn't answer today's question, though its words match: it left the law in 2016."""
    found = ids(retriever, PENALTY)
    assert OLD not in found and NEW in found


def test_law_of_the_day_answers_an_old_contract(retriever: Retriever) -> None:
    """As of 2015 the old article answers, and the one that replaced it doesn't exist yet."""
    found = ids(retriever, PENALTY, as_of=date(2015, 1, 1))
    assert OLD in found and NEW not in found


@pytest.mark.parametrize("question", ["Que disait l'article 1152 du code civil ?", "art 1152"])
def test_superseded_law_is_shown_to_who_names_it(retriever: Retriever, question: str) -> None:
    """Naming a repealed article brings it first, with its date of end, whatever the day."""
    hit = retriever.search(question, 1)[0]
    assert hit.passage.id == OLD and hit.passage.in_force_until == date(2016, 9, 30)
    assert "reference" in {reason.leg for reason in hit.reasons}


@pytest.mark.parametrize(
    ("question", "expected"),
    [("L442-1 c.com", "kb:law/c-com-l442-1"), ("n° 09-11.841", "kb:law/cass-com-2010-06-29-09-11841"),
     ("IDCC 1486", "kb:law/idcc-1486"), ("article 1231-5 du code civil", NEW), ("1231-5", NEW)],
)  # fmt: skip
def test_a_named_reference_comes_first(retriever: Retriever, question: str, expected: str) -> None:
    """A reference in the question brings its authority first."""
    assert ids(retriever, question, 1) == [expected]
    assert [p.id for p in retriever.named(question)] == [expected]


@pytest.mark.parametrize(
    ("since", "until", "day", "expected"),
    [(None, None, date(1804, 3, 21), True), (date(2016, 10, 1), None, date(2016, 9, 30), False),
     (date(2016, 10, 1), None, date(2016, 10, 1), True), (None, date(2016, 9, 30), date(2016, 9, 30), True),
     (None, date(2016, 9, 30), date(2016, 10, 1), False), (None, date(2016, 9, 30), None, False)],
)  # fmt: skip
def test_the_first_and_last_day_in_force_count(
    since: date | None, until: date | None, day: date | None, expected: bool
) -> None:
    """A statute applies from its first day to its last, both included."""
    assert in_force(statute(since, until), day) is expected


@pytest.mark.parametrize("question", ["", "   ", "?", "le la les", "\x00", "\ud800", "🙂🙂", "字"])
def test_a_question_without_a_word_finds_nothing(retriever: Retriever, question: str) -> None:
    """Nothing to search for gives no hit, rather than passages by chance."""
    assert retriever.search(question) == []


@SOME
@given(ANY_TEXT)
def test_no_question_breaks_a_search(retriever: Retriever, question: str) -> None:
    """Any text gives a list of hits and a scope between 0 and 1."""
    retriever.search(question, 5)
    ranking = retriever.rank(question)
    assert 0.0 <= ranking.scope.probability <= 1.0
    assert sum(c.probability for c in ranking.candidates) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "hostile",
    [
        '" OR 1=1; DROP TABLE passages',
        "NEAR(prix panne)",
        "prix*",
        "^prix",
        "text:prix",
        "' UNION SELECT 1",
    ],
)
def test_hostile_syntax_is_searched_as_words(retriever: Retriever, hostile: str) -> None:
    """What means something to a database is words here, and the index is as it was."""
    retriever.search(hostile)
    assert len(retriever.documents()) == 17


def test_a_huge_question_is_answered(retriever: Retriever) -> None:
    """A megabyte of question is cut, not searched whole."""
    assert ids(retriever, "sauvegarde des données " * 50_000, 1)[0].startswith(
        "kb:questions/sauvegarde"
    )


def test_questions_to_decline_are_less_likely_than_any_wording(retriever: Retriever) -> None:
    """The probability that the base answers parts its own wordings from foreign questions."""
    foreign = [retriever.rank(question).scope.probability for question in DECLINED]
    own = [retriever.rank(topic.question).scope.probability for topic in TOPICS]
    assert max(foreign) < min(own)


def test_every_hit_says_why(retriever: Retriever) -> None:
    """Each hit names the legs that found it, the strongest evidence among them above zero."""
    for hit in retriever.search("augmentation du prix en cours de contrat", 5):
        assert hit.reasons and max(reason.value for reason in hit.reasons) > 0


def test_a_document_gives_its_passages_in_order(retriever: Retriever) -> None:
    """A document is its passages, sorted by id; an unknown one has none."""
    found = [p.id.split("#")[1] for p in retriever.document("kb:questions/mots-de-passe")]
    assert found == ["en-pratique", "explication", "limites", "reponse-courte"]
    assert retriever.document("kb:questions/none") == [] and retriever.passage("none") is None


def test_threads_find_what_one_finds(small: Path, retriever: Retriever) -> None:
    """Eight threads on one retriever find, score and rank as one alone does: nothing is shared that moves."""
    alone = [(retriever.search(q, 10), retriever.rank(q).candidates) for q in QUESTIONS]
    shared = Retriever.open(small / "index")

    def ask(turn: int) -> list[object]:
        order = QUESTIONS[turn:] + QUESTIONS[:turn]
        found = {q: (shared.search(q, 10), shared.rank(q).candidates) for q in order}
        return [found[q] for q in QUESTIONS]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(found == alone for found in threads.map(ask, range(8)))
    finally:
        sys.setswitchinterval(interval)


def test_searching_changes_no_file(small: Path, retriever: Retriever) -> None:
    """A search leaves the index as it was, to the byte: readers need no right to write."""
    folder = current(small / "index")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    retriever.search("prix")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
