"""Filters and dates as SQL: each row of a truth table is asked of SQLite, hostile values too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Filters, Passage, in_force
from retrieval.conditions import Condition, both, date_condition, filter_condition
from retrieval.schema import write_store
from retrieval.store import Store
from tests.retrieval.any_text import ANY_TEXT, SOME

FIELDS = tuple(field.name for field in fields(Filters))


def passage(document: str, kind: str, **given: object) -> Passage:
    """The one passage of a document."""
    return Passage(f"{document}#x", document, kind, "t", "t", **given)  # type: ignore[arg-type]


def statute(name: str, since: date | None = None, until: date | None = None) -> Passage:
    """A statute with dates in force."""
    given = {"in_force_since": since, "in_force_until": until}
    return passage(f"kb:law/{name}", "statute", **given)


PASSAGES = (
    passage("doc:1/acme.md", "document", source="contrats"),
    passage("kb:contract/prix", "clause"),
    statute("a-toujours"),
    statute("b-nouveau", date(2016, 10, 1)),
    statute("c-ancien", None, date(2016, 9, 30)),
    statute("d-bref", date(2017, 1, 1), date(2017, 12, 31)),
    passage("kb:law/decision", "decision", in_force_since=date(2010, 6, 29)),
    passage("kb:questions/client", "question", theme="prix",
            meta={"audience": "client", "clauses": ["prix"]}, in_force_since=date(2030, 1, 1)),
    passage("kb:questions/prestataire", "question", theme="prix", meta={"audience": "prestataire"}),
    passage("kb:questions/tous", "question", theme="donnees",
            meta={"audience": "tous", "clauses": ["prix", "sauvegardes"]}),
)  # fmt: skip
IDS = [p.document_id.split("/")[-1] for p in PASSAGES]
KB = set(IDS) - {"acme.md"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of `PASSAGES`, which are sorted by id."""
    assert [p.id for p in PASSAGES] == sorted(p.id for p in PASSAGES)
    path = tmp_path_factory.mktemp("conditions") / "passages.sqlite"
    write_store(path, PASSAGES, [])
    return Store(path)


def through(store: Store, condition: Condition) -> set[str]:
    """Names of the documents whose passages a condition lets through."""
    return {IDS[number - 1] for number in store.allowed(condition)}


def filtered(store: Store, **wanted: Iterable[str]) -> set[str]:
    """Names of the documents that filters let through."""
    given = {name: frozenset(values) for name, values in wanted.items()}
    return through(store, filter_condition(Filters(**given)))


# fmt: off
TABLE: list[tuple[dict[str, Iterable[str]], set[str]]] = [
    ({"kinds": ["clause"]},                       {"prix"}),
    ({"kinds": ["clause", "decision"]},           {"prix", "decision"}),
    ({"kinds": ["CLAUSE"]},                       set()),
    ({"themes": ["prix"]},                        {"client", "prestataire"}),
    ({"themes": ["prix", "donnees"]},             {"client", "prestataire", "tous"}),
    ({"sources": ["kb"]},                         KB),
    ({"sources": ["contrats"]},                   {"acme.md"}),
    ({"documents": ["kb:contract/prix"]},         {"prix"}),
    ({"documents": ["prix"]},                     set()),
    ({"clauses": ["prix"]},                       {"prix", "client", "tous"}),
    ({"clauses": ["sauvegardes"]},                {"tous"}),
    ({"audiences": ["client"]},                   set(IDS) - {"prestataire"}),
    ({"audiences": ["prestataire"]},              set(IDS) - {"client"}),
    ({"audiences": ["client", "prestataire"]},    set(IDS)),
    ({"audiences": ["tous"]},                     set(IDS) - {"client", "prestataire"}),
    ({"audiences": ["personne"]},                 set(IDS) - {"client", "prestataire"}),
    ({"kinds": ["question"], "themes": ["prix"]},       {"client", "prestataire"}),
    ({"kinds": ["statute"], "themes": ["prix"]},        set()),
    ({"clauses": ["prix"], "audiences": ["prestataire"]}, {"prix", "tous"}),
    ({"clauses": ["prix"], "kinds": ["question"], "themes": ["donnees"]}, {"tous"}),
    ({"sources": ["contrats"], "documents": ["kb:contract/prix"]}, set()),
]
# fmt: on


@pytest.mark.parametrize(("wanted", "expected"), TABLE, ids=[f"row{n}" for n in range(len(TABLE))])
def test_filters_let_through_what_they_say(
    store: Store, wanted: dict[str, Iterable[str]], expected: set[str]
) -> None:
    """Values of a field combine with OR, fields with AND; an audience lets what is for all through."""
    assert filtered(store, **wanted) == expected


def test_no_filter_is_no_condition(store: Store) -> None:
    """Empty fields let everything through, and cost nothing: there is no SQL at all."""
    assert filter_condition(Filters()) == Condition() and not Condition()
    assert through(store, Condition()) == set(IDS)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    "value",
    ["'; DROP TABLE passages; --", "prix' OR '1'='1", '" OR 1=1', "%", "?", "p.kind", "", "a\0b",
     "\ud800", "🙂", "NULL", "kb:contract/prix'"],
)  # fmt: skip
def test_hostile_values_are_values(store: Store, name: str, value: str) -> None:
    """SQL, NUL and half surrogates are compared like any text: they match nothing and break nothing."""
    for_all = set(IDS) - {"client", "prestataire"} if name == "audiences" else set()
    assert filtered(store, **{name: [value]}) == for_all
    assert filtered(store, **{name: [value, "kb"]}) == (KB if name == "sources" else for_all)
    assert len(list(store.all_passages())) == len(PASSAGES)


@SOME
@given(st.sampled_from([name for name in FIELDS if name != "audiences"]), ANY_TEXT)
def test_a_value_that_nothing_has_lets_nothing_through(store: Store, name: str, text: str) -> None:
    """A filter that matches nothing gives nothing: it never turns into no filter."""
    assert filtered(store, **{name: ["§" + text]}) == set()


@SOME
@given(st.dictionaries(st.sampled_from(FIELDS), st.sets(ANY_TEXT, max_size=4)))
def test_no_value_stands_in_the_sql(wanted: dict[str, set[str]]) -> None:
    """Values are bound, never written into the query, one mark for each."""
    condition = filter_condition(Filters(**{n: frozenset(v) for n, v in wanted.items()}))
    assert condition.sql.count("?") == len(condition.values) == sum(map(len, wanted.values()))
    assert not any(ord(c) > 126 or ord(c) < 32 for c in condition.sql)


def test_equal_filters_are_one_condition() -> None:
    """The order in which values are given changes nothing: what was found for one serves the other."""
    one, other = (Filters(themes=frozenset(names)) for names in (["b", "a"], ["a", "b"]))
    assert filter_condition(one) == filter_condition(other)
    assert filter_condition(one).values == ("a", "b")


def test_thousands_of_values_are_one_condition(store: Store) -> None:
    """A user's whole folder, thousands of documents, can be a filter."""
    many = [f"doc:{n}/x.md" for n in range(5_000)]
    assert filtered(store, documents=[*many, "kb:contract/prix"]) == {"prix"}


DATED = {"b-nouveau", "c-ancien", "d-bref"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [("0999-01-01", {"c-ancien"}), ("2016-09-30", {"c-ancien"}), ("2016-10-01", {"b-nouveau"}),
     ("2016-12-31", {"b-nouveau"}), ("2017-01-01", {"b-nouveau", "d-bref"}),
     ("2017-12-31", {"b-nouveau", "d-bref"}), ("2018-01-01", {"b-nouveau"}), ("9999-12-31", {"b-nouveau"})],
)  # fmt: skip
def test_a_date_leaves_out_law_not_in_force(store: Store, day: str, expected: set[str]) -> None:
    """The first and last day count; whatever isn't a statute passes, dated or not."""
    found = through(store, date_condition(date.fromisoformat(day)))
    assert found == (set(IDS) - DATED) | expected


@SOME
@given(st.dates())
def test_the_condition_is_the_rule_in_words(store: Store, day: date) -> None:
    """On any day SQL lets through exactly what `in_force` says is in force."""
    expected = {name for name, p in zip(IDS, PASSAGES, strict=True) if in_force(p, day)}
    assert through(store, date_condition(day)) == expected


def test_filters_and_date_hold_together(store: Store) -> None:
    """Conditions combine with AND, their values in the order of their marks."""
    statutes = filter_condition(Filters(kinds=frozenset({"statute"})))
    condition = both(statutes, Condition(), date_condition(date(2015, 1, 1)))
    assert through(store, condition) == {"a-toujours", "c-ancien"}
    assert condition.values == ("statute", "2015-01-01", "2015-01-01")


def test_nothing_and_nothing_is_nothing() -> None:
    """Combining empty conditions gives the empty one."""
    assert both() == both(Condition(), Condition()) == Condition()
