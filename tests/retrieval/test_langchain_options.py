"""`k`, `filters` and `as_of` mean the same however the LangChain retriever is asked; the rest is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from langchain_core.documents import Document
from pydantic import ValidationError

from retrieval import Filters, Retriever, UsageError
from retrieval.langchain import MainteLexRetriever, to_document
from retrieval.retriever import MAX_K
from tests.retrieval.ways import LAW_OF_2015, NEW, OLD, PENALTY, PER_CALL, STATUTES, WAYS, Way

every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
every_call = pytest.mark.parametrize("way", PER_CALL, ids=lambda way: way.__name__)


@pytest.fixture(scope="module")
def chained(retriever: Retriever) -> MainteLexRetriever:
    """The LangChain retriever over the small index."""
    return MainteLexRetriever(retriever=retriever)


def ids(documents: list[Document]) -> list[str | None]:
    """Ids of documents."""
    return [document.id for document in documents]


@every_way
def test_documents_are_the_hits_in_order(chained: MainteLexRetriever, way: Way) -> None:
    """Every way of asking gives the retriever's own hits, whatever the options."""
    for options in ({"k": 3}, LAW_OF_2015, {"k": 7, "filters": STATUTES}):
        hits = chained.retriever.search(PENALTY, **options)  # type: ignore[arg-type]
        assert way(chained, PENALTY, **options) == [to_document(hit) for hit in hits]
        assert hits


@every_way
def test_k_counts(chained: MainteLexRetriever, way: Way) -> None:
    """k is obeyed, and 8 when nobody says."""
    assert [len(way(chained, "contrat", k=k)) for k in (1, 2, 20)] == [1, 2, 20]
    assert len(way(chained, "contrat")) == 8


@every_way
def test_filters_count(chained: MainteLexRetriever, way: Way) -> None:
    """A `Filters` and a plain mapping of its fields mean the same."""
    plain = {"kinds": ["clause"], "themes": []}
    documents = way(chained, "contrat", filters=plain)
    assert {document.metadata["kind"] for document in documents} == {"clause"}
    assert documents == way(chained, "contrat", filters=Filters(kinds=frozenset({"clause"})))


@every_way
@pytest.mark.parametrize("day", [date(2015, 1, 1), "2015-01-01"], ids=["date", "text"])
def test_as_of_counts(chained: MainteLexRetriever, way: Way, day: date | str) -> None:
    """The law of another day is found, given as a date or as text."""
    then, today = way(chained, PENALTY, k=50, as_of=day), way(chained, PENALTY, k=50)
    assert OLD in ids(then) and NEW not in ids(then)
    assert NEW in ids(today) and OLD not in ids(today)


@every_call
def test_a_call_replaces_what_the_constructor_said(retriever: Retriever, way: Way) -> None:
    """Fields of a call win for that call alone; None keeps the constructor's."""
    own = MainteLexRetriever(retriever=retriever, **LAW_OF_2015)  # type: ignore[arg-type]
    assert ids(own.invoke(PENALTY)) == [OLD]
    assert OLD not in ids(way(own, PENALTY, as_of=date.today()))
    assert "question" in {d.metadata["kind"] for d in way(own, PENALTY, filters=Filters())}
    assert len(way(own, PENALTY, filters={}, k=2)) == 2
    assert ids(way(own, PENALTY, k=None, filters=None, as_of=None)) == [OLD]


@every_call
@pytest.mark.parametrize("name", ["kk", "K", "filter", "asof", "search_kwargs", "verbose"])
def test_a_misspelt_field_of_a_call_is_refused(
    chained: MainteLexRetriever, way: Way, name: str
) -> None:
    """A call's unknown field is an error that names it and those known, not an option unheeded."""
    with pytest.raises(UsageError, match=f"inconnue : {name}.*k, filters, as_of"):
        way(chained, "prix", **{name: 3})


@pytest.mark.parametrize("name", ["kk", "search_kwargs", "index"])
def test_an_unknown_field_of_the_constructor_is_refused(retriever: Retriever, name: str) -> None:
    """The constructor refuses what it doesn't know."""
    with pytest.raises(ValidationError, match=name):
        MainteLexRetriever(retriever=retriever, **{name: 3})


@every_way
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"k": 0}, f"entre 1 et {MAX_K} ; reçu : 0"),
        ({"k": MAX_K + 1}, f"reçu : {MAX_K + 1}"),
        ({"k": "3"}, "reçu : '3'"),
        ({"k": True}, "reçu : True"),
        ({"k": 2.5}, "reçu : 2.5"),
        ({"filters": {"kind": ["clause"]}}, "inconnu : kind. Connus : kinds, themes, sources"),
        ({"filters": {3: ["clause"]}}, "inconnu : 3"),
        ({"filters": {"kinds": ["clauses"]}}, "Genre inconnu : clauses. Connus : question, clause"),
        ({"filters": Filters(kinds=frozenset({"loi"}))}, "Genre inconnu : loi"),
        ({"filters": {"themes": "prix"}}, "liste de textes ; reçu : 'prix'"),
        ({"filters": {"themes": [1]}}, "liste de textes"),
        ({"filters": {"themes": None}}, "reçu : None"),
        ({"filters": "clause"}, "reçu : 'clause'"),
        ({"as_of": "hier"}, "un jour ; reçu : 'hier'. Écrivez AAAA-MM-JJ"),
        ({"as_of": datetime(2015, 1, 1, 12)}, "un jour ; reçu"),
        ({"as_of": 2015}, "reçu : 2015"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_the_same_everywhere(
    chained: MainteLexRetriever, way: Way, options: dict[str, Any], problem: str
) -> None:
    """A value out of range or of another type is a usage error that carries it."""
    with pytest.raises(UsageError) as raised:
        way(chained, "prix", **options)
    assert problem in str(raised.value)
