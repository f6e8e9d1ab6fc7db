"""Filters and dates reach into every leg: what they let through is found however much lies above it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from retrieval import MAX_K, Filters, Hit, Passage, Retriever
from retrieval.retriever import POOL
from tests.retrieval.made_index import ASKED, answer, make_index, page

ABOVE = 550  # passages that match better than the one that is wanted
QUESTION = "panne du serveur, panne du réseau"
BETTER = "Panne du serveur et panne du réseau : la panne du serveur, la panne du réseau."
WORSE = "Parmi cent autres sujets que ce long texte aborde, un serveur, une panne ou un réseau sont cités."
DAY = date(2010, 1, 1)


def wanted(name: str, **fields: object) -> Passage:
    """The one passage that the filters let through."""
    fields = {"kind": "document", "title": "Panne", "source": "rare"} | fields
    return Passage(f"{name}#x", name, text=WORSE, **fields)  # type: ignore[arg-type]


PAGES = [page(n, BETTER, title="Panne du serveur et du réseau") for n in range(ABOVE)]
LAW = [
    page(n, BETTER, kind="statute", title="Panne du serveur", in_force_since=date(2016, 10, 1),
         reference=f"C. civ., art. {n + 1000}") for n in range(ABOVE, 2 * ABOVE)
]  # fmt: skip
CLAUSE = wanted("kb:contract/panne", kind="clause", source="kb")
THEMED = wanted("kb:questions/panne", kind="question", theme="pannes", source="kb",
                meta={"clauses": ["panne"], "audience": "client"})  # fmt: skip
RARE = wanted("doc:ffffffffffff/rare.md")
OLD = wanted("kb:law/ancien", kind="statute", source="kb", title="Panne", in_force_until=date(2016, 9, 30),
             reference="C. civ., art. 1152 ancien")  # fmt: skip


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """An index where hundreds of passages match better than the wanted ones."""
    everything = [answer(), *PAGES, *LAW, CLAUSE, THEMED, RARE, OLD]
    return Retriever.open(make_index(tmp_path_factory.mktemp("crowded"), everything))


def search(
    retriever: Retriever, k: int = MAX_K, as_of: date | None = None, **named: Iterable[str]
) -> list[Hit]:
    """Hits of `QUESTION` under filters."""
    given = {name: frozenset(values) for name, values in named.items()}
    return retriever.search(QUESTION, k, filters=Filters(**given), as_of=as_of)


def ids(hits: list[Hit]) -> list[str]:
    """Passage ids of hits."""
    return [hit.passage.id for hit in hits]


def test_what_is_wanted_lies_beyond_the_pools(crowded: Retriever) -> None:
    """Without a filter none of the wanted passages is among the first hundreds: the tests below prove something."""
    assert ABOVE > POOL > MAX_K
    assert not {p.id for p in (CLAUSE, THEMED, RARE, OLD)} & set(ids(search(crowded)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [({"sources": ["rare"]}, [RARE]), ({"kinds": ["clause"]}, [CLAUSE]), ({"themes": ["pannes"]}, [THEMED]),
     ({"documents": [RARE.document_id]}, [RARE]), ({"clauses": ["panne"]}, [CLAUSE, THEMED]),
     ({"sources": ["rare"], "kinds": ["document"]}, [RARE]), ({"documents": ["kb:law/ancien"]}, []),
     ({"documents": [p.document_id for p in (CLAUSE, RARE, THEMED)]}, [CLAUSE, RARE, THEMED]),
     ({"audiences": ["client"], "kinds": ["question"], "themes": ["pannes"]}, [THEMED]),
     ({"audiences": ["prestataire"], "themes": ["pannes"]}, [])],
    ids=str,
)  # fmt: skip
def test_a_filter_finds_what_lies_beyond_the_pools(
    crowded: Retriever, filters: dict[str, list[str]], expected: list[Passage]
) -> None:
    """A filter is not a sieve over the first hits: all that it lets through, and nothing else, is found."""
    assert sorted(ids(search(crowded, **filters))) == sorted(p.id for p in expected)


@pytest.mark.parametrize("name", ["sources", "documents"])
def test_every_leg_obeys_the_filter(crowded: Retriever, name: str) -> None:
    """Words, headings, runs of letters and vectors each bring the one passage that is allowed."""
    value = {"sources": "rare", "documents": RARE.document_id}[name]
    (hit,) = search(crowded, **{name: [value]})
    assert {"text", "title", "ngrams", "dense"} <= {reason.leg for reason in hit.reasons}
    assert hit.score > 0 and hit.rank == 1


def test_law_of_another_day_is_found_beneath_todays(crowded: Retriever) -> None:
    """The article in force in 2010 is found though 550 articles of today match better."""
    hits = search(crowded, as_of=DAY, kinds=["statute"])
    assert ids(hits) == [OLD.id]


def test_the_date_alone_lets_other_kinds_through(crowded: Retriever) -> None:
    """As of 2010 today's articles leave the list, and hits that aren't law fill it."""
    assert "statute" not in {hit.passage.kind for hit in search(crowded, as_of=DAY)}
    assert len(search(crowded, as_of=DAY)) == MAX_K
    assert {hit.passage.kind for hit in search(crowded, kinds=["statute"])} == {"statute"}


def test_a_named_article_passes_the_date(crowded: Retriever) -> None:
    """Who names a repealed article sees it first, today and on any day."""
    for day in (None, DAY, date(2030, 1, 1)):
        hit = crowded.search("article 1152 du code civil : panne", 5, as_of=day)[0]
        assert hit.passage.id == OLD.id and "reference" in {r.leg for r in hit.reasons}


@pytest.mark.parametrize(
    "filters",
    [{"kinds": ["decision"]}, {"kinds": ["document"]}, {"sources": ["docs"]}, {"themes": ["pannes"]},
     {"documents": [RARE.document_id]}, {"clauses": ["panne"]}],
    ids=str,
)  # fmt: skip
def test_a_named_article_never_passes_the_filters(
    crowded: Retriever, filters: dict[str, list[str]]
) -> None:
    """'Answer only from this document' holds even against an article that the question names."""
    only = Filters(**{name: frozenset(values) for name, values in filters.items()})
    assert OLD.id not in ids(
        crowded.search("article 1152 du code civil : panne", MAX_K, filters=only)
    )


def test_a_named_article_passes_the_filters_that_let_it(crowded: Retriever) -> None:
    """Filters that it meets leave it first."""
    only = Filters(kinds=frozenset({"statute"}), sources=frozenset({"kb"}))
    assert ids(crowded.search("article 1152 du code civil", 5, filters=only)) == [OLD.id]


def test_what_is_filtered_out_changes_no_rank_among_the_others(crowded: Retriever) -> None:
    """Hits of a filter are ranked from 1 and their scores never rise."""
    hits = search(crowded, sources=["docs"], kinds=["document"])
    assert [hit.rank for hit in hits] == list(range(1, MAX_K + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_lifted_passages_obey_the_filter(crowded: Retriever) -> None:
    """A document that wordings lead to is left out like any other, and found when it is let through."""
    own = answer().id
    assert ids(crowded.search(ASKED[1].text, 1)) == [own]
    for left_out in ({"kinds": ["document"]}, {"sources": ["rare"]}, {"themes": ["x"]}):
        only = Filters(**{name: frozenset(values) for name, values in left_out.items()})
        assert own not in ids(crowded.search(ASKED[1].text, MAX_K, filters=only))


@pytest.mark.parametrize("kind", ["flat", "hnsw"])
def test_both_kinds_of_vectors_reach_beyond_the_pool(tmp_path: Path, kind: str) -> None:
    """A filter finds its one passage by the vectors alone, whatever index holds them."""
    pages = [page(n, f"Serveur numéro {n} du parc.") for n in range(ABOVE)]
    far = page(ABOVE, "Recette de cuisine aux champignons.", source="rare")
    retriever = Retriever.open(make_index(tmp_path / kind, [answer(), *pages, far], kind=kind))  # type: ignore[arg-type]
    only = Filters(sources=frozenset({"rare"}))
    (hit,) = retriever.search("serveur", 5, filters=only)
    assert hit.passage == far and "dense" in {reason.leg for reason in hit.reasons}
