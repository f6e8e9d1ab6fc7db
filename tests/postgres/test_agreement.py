"""An index in PostgreSQL answers as one in a folder: same passages, same order, same worth."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import retrieval.lexical
import retrieval.remote
import retrieval.tables
from ingest.build import Plan
from ingest.database import build_database
from retrieval import Filters, Hit, Retriever
from retrieval.conditions import Condition, date_condition, filter_condition
from retrieval.folder import Folder
from retrieval.lexical import HeldPostings
from retrieval.postgres import Database, current_generation
from retrieval.remote import RemoteVectors
from retrieval.retriever import MAX_K
from retrieval.schema import FIELDS
from retrieval.tables import schema_of
from tests.postgres.conftest import Home
from tests.postgres.server import Server
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.small_base import TOPICS

QUESTIONS = [text for topic in TOPICS for text in (topic.question, topic.english, *topic.wordings)]
REFERENCES = ["art. 1152", "article 1231-5 du Code civil", "n° 09-11.841", "IDCC 1486"]
HOSTILE = [
    "'; DROP SCHEMA maintelex_index CASCADE; --", '" OR "1"="1', "%s %(x)s %%", "$1 $2 {} \\", "' ''",
    "\0", "prix\0 du contrat", "\ud800 prix", "🙂🙂🙂", "e\u0301".join(["a"] * 500), "prix " * 2_000,
    "NOT AND OR NEAR(prix)", "a:b & c | !d <-> e", "(" * 400, "-" * 400, "", " ", "a" * 10_000,
]  # fmt: skip
FILTERS = [
    Filters(kinds=frozenset({"statute"})),
    Filters(kinds=frozenset({"clause", "question"}), themes=frozenset({"donnees"})),
    Filters(sources=frozenset({"kb"}), audiences=frozenset({"client"})),
    Filters(documents=frozenset({"kb:contract/prix", "kb:law/c-civ-1103"})),
    Filters(clauses=frozenset({"sauvegardes"})),
    Filters(themes=frozenset({"aucun"})),
    Filters(themes=frozenset({"d'une\0'; --", "\ud800", "%s ?"})),
]
DAYS = [date(1990, 1, 1), date(2016, 9, 30), date(2016, 10, 1), date(2030, 1, 1)]


def told(hits: Sequence[Hit]) -> list[tuple[object, ...]]:
    """What a hit says, its worth to the fifth place."""
    return [(hit.rank, hit.passage, round(hit.score, 5)) for hit in hits]


@pytest.mark.parametrize("question", [*QUESTIONS[::3], *REFERENCES])
def test_a_search_finds_the_same(
    retriever: Retriever, folder_retriever: Retriever, question: str
) -> None:
    """The same passages come in the same order, with the same worth and every field the same."""
    assert told(retriever.search(question, 50)) == told(folder_retriever.search(question, 50))


@pytest.mark.parametrize("wanted", FILTERS, ids=range(len(FILTERS)))
def test_filters_let_the_same_through(
    retriever: Retriever, folder_retriever: Retriever, wanted: Filters
) -> None:
    """Each filter leaves the same passages, all of them when as many are asked for."""
    for question in (QUESTIONS[0], REFERENCES[0]):
        found = told(retriever.search(question, MAX_K, filters=wanted))
        assert found == told(folder_retriever.search(question, MAX_K, filters=wanted))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_date_leaves_the_same_law(
    retriever: Retriever, folder_retriever: Retriever, day: date
) -> None:
    """The law of a day is the same in both."""
    for question in ("le juge peut-il réduire la peine ?", REFERENCES[0]):
        found = told(retriever.search(question, MAX_K, as_of=day))
        assert found == told(folder_retriever.search(question, MAX_K, as_of=day))


@pytest.mark.parametrize("question", QUESTIONS[1::3])
def test_documents_rank_the_same(
    retriever: Retriever, folder_retriever: Retriever, question: str
) -> None:
    """The question that people mean, what each is worth and whether the base answers are the same."""
    ours, theirs = retriever.rank(question), folder_retriever.rank(question)
    assert ours.candidates[0].document_id == theirs.candidates[0].document_id
    scores = {one.document_id: one.score for one in theirs.candidates}
    assert {one.document_id: one.score for one in ours.candidates} == pytest.approx(
        scores, abs=1e-5
    )
    assert ours.scope.probability == pytest.approx(theirs.scope.probability, abs=1e-6)


@pytest.mark.parametrize("field", FIELDS)
def test_words_are_worth_the_same_to_the_bit(
    built: Home, small_kb_folder: Folder, field: str
) -> None:
    """BM25 is worked out once and kept: both stores give the same numbers, rounded nowhere."""
    database = Database.open(built.address)
    for words in (
        ["contrat", "prix", "client"],
        ["_con", "cont", "ntra"],
        ["l441-10", "absent"],
        [],
    ):
        assert database.lexical(field, words, 20) == small_kb_folder.lexical(field, words, 20)
    database.close()


@pytest.fixture(scope="module")
def small_kb_folder(folder_retriever: Retriever) -> Folder:
    """The backend of the folder."""
    backend = folder_retriever._backend
    assert isinstance(backend, Folder)
    return backend


def test_passages_and_documents_are_the_same(
    retriever: Retriever, folder_retriever: Retriever
) -> None:
    """Every document lists the same passages, whole, and every passage is found by its id."""
    assert retriever.documents() == folder_retriever.documents()
    for row in retriever.documents():
        passages = retriever.document(row.id)
        assert passages == folder_retriever.document(row.id) != []
        assert [retriever.passage(one.id) for one in passages] == passages


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_question_is_only_words(
    retriever: Retriever, folder_retriever: Retriever, question: str
) -> None:
    """SQL, quotes, NUL, half of a surrogate pair or emoji find what they find in a folder."""
    assert told(retriever.search(question, 8)) == told(folder_retriever.search(question, 8))
    assert retriever.passage(question) is None
    assert retriever.named(question) == folder_retriever.named(question)


@SOME
@given(ANY_TEXT)
def test_any_text_finds_the_same(
    retriever: Retriever, folder_retriever: Retriever, text: str
) -> None:
    """Whatever the text, both find the same."""
    assert told(retriever.search(text, 5)) == told(folder_retriever.search(text, 5))


def test_equal_passages_come_in_one_order(retriever: Retriever) -> None:
    """Ties are broken by number, however often and by however many threads it is asked."""
    expected = told(retriever.search("prix", MAX_K))
    with ThreadPoolExecutor(12) as pool:
        runs = pool.map(lambda _: told(retriever.search("prix", MAX_K)), range(36))
        assert all(run == expected for run in runs)


def test_filtered_neighbours_are_never_short(built: Home) -> None:
    """However few passages a filter leaves, all of them are neighbours when as many are asked for."""
    database = Database.open(built.address)
    vector = database.wording_vectors[0]
    for wanted in FILTERS:
        where = filter_condition(wanted)
        found = database.nearest(vector, 400, where)
        assert sorted(number for number, _ in found) == database.allowed(where)
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert len(database.nearest(vector, 400)) == database.manifest.passages
    assert database.nearest(vector, 400, Condition("1 = 0")) == []
    database.close()


def test_what_is_held_in_memory_is_what_was_made(built: Home, small_kb_folder: Folder) -> None:
    """Vectors of wordings and of questions to decline come back to the bit."""
    database = Database.open(built.address)
    assert np.array_equal(database.wording_vectors, small_kb_folder.wording_vectors)
    assert np.array_equal(database.declined_vectors, small_kb_folder.declined_vectors)
    assert np.array_equal(database.matcher.senses, small_kb_folder.matcher.senses)
    database.close()


_SMALL_TOO = "&options=-c%20enable_seqscan%3Doff"  # a planner reads a table this small as a whole


def test_a_graph_finds_the_same(
    server: Server, empty: str, small_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an HNSW graph the neighbours are those of an exact search, and filters never cut short."""
    monkeypatch.setattr(retrieval.tables, "EXACT_UP_TO", 5)
    monkeypatch.setattr(retrieval.remote, "EXACT_UP_TO", 5)
    report = build_database(Plan(small_kb / "kb", small_kb / "no"), server.address(empty))
    assert report.manifest.vectors == {"passages": "hnsw"}
    database = Database.open(server.address(empty) + _SMALL_TOO)
    conditions = [None, *map(filter_condition, FILTERS), date_condition(DAYS[0])]
    for width in (1_000, 12):  # wider than the base, and narrower: the rest is then compared
        monkeypatch.setattr(retrieval.remote, "GRAPH_WIDTH", width)
        for where in conditions:
            found = database.nearest(database.wording_vectors[5], 10, where)
            database._vectors._graph = False
            assert found == database.nearest(database.wording_vectors[5], 10, where)
            database._vectors._graph = True
    database.close()


def test_a_graph_is_searched_by_pgvector(
    server: Server, empty: str, small_kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The query of a graph is one that pgvector answers with it; the exact one is not."""
    monkeypatch.setattr(retrieval.tables, "EXACT_UP_TO", 5)
    build_database(Plan(small_kb / "kb", small_kb / "no"), server.address(empty))
    database = Database.open(server.address(empty) + _SMALL_TOO)
    asked: list[tuple[str, Sequence[object]]] = []
    vectors = RemoteVectors(
        lambda query, values: asked.append((query, values)) or [], "public", 44, graph=True
    )
    vectors.search(database.wording_vectors[0], 5)
    plans = [
        "\n".join(row[0] for row in database._rows("EXPLAIN " + query, values))
        for query, values in asked
    ]
    assert ["vectors_embedding_idx" in plan for plan in plans] == [True, False]
    database.close()


def test_postings_are_remembered_within_bounds(
    built: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A term is asked for once, one that no passage has too; past the bound all is forgotten."""
    database = Database.open(built.address)
    asked: list[str] = []
    postings = HeldPostings(
        lambda field, terms: asked.append(field) or database._read_postings(field, terms)
    )
    for _ in range(3):
        assert [one.term for one in postings.of("text", ["prix", "absent", "contrat"])] == [
            "contrat", "prix",
        ]  # fmt: skip
    assert len(asked) == 1
    monkeypatch.setattr(retrieval.lexical, "REMEMBERED", 0)
    for term in ("client", "delai", "indic"):
        postings.of("text", [term])
    assert len(postings._held) == 1
    database.close()


def test_french_full_text_is_there_for_other_programs(server: Server, built: Home) -> None:
    """A query in SQL finds a word in any of its forms, over an index."""
    schema = f'"{schema_of(current_generation(built.address))}"'
    query = (
        f"SELECT id FROM {schema}.passages WHERE french @@ websearch_to_tsquery('french', '{{}}')"
    )
    found = server.ask(query.format('indemnités "clause pénale"'), built.database)
    assert "kb:questions/indemnite-resiliation#explication" in found
    assert server.ask(query.format("zorglub"), built.database) == []
    plan = server.ask("EXPLAIN " + query.format("indemnité"), built.database, "enable_seqscan=off")
    assert "passages_french_idx" in "".join(plan)
