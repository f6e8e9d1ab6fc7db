"""The lexical index: BM25 as published, and a file that says when it is broken."""

from __future__ import annotations

import math
import sqlite3
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import stems
from retrieval.conditions import filter_condition
from retrieval.errors import IndexCorruptError
from retrieval.schema import write_store
from retrieval.store import MAX_PHRASES, MAX_TERMS, REFERENCES, Store
from retrieval.types import Filters, Passage, Wording
from tests.retrieval.any_text import SOME

TEXTS = (
    "Le prestataire répond de la perte des données du client.",
    "La sauvegarde des données incombe au prestataire, la sauvegarde seule ne suffit pas.",
    "Le client paie la redevance.",
    "Une panne du serveur, une panne du réseau, une panne de trop.",
    "Clause résolutoire : le client met en demeure, puis le contrat prend fin sans autre formalité.",
)


def passage(number: int, text: str, **fields: object) -> Passage:
    """The one passage of a question of that number."""
    name = f"kb:questions/q{number:03d}"
    return Passage(f"{name}#limites", name, "question", f"Titre {number}", text, **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of `TEXTS`, in their order from 1."""
    path = tmp_path_factory.mktemp("store") / "passages.sqlite"
    write_store(path, [passage(n, text) for n, text in enumerate(TEXTS, start=1)], [])
    return Store(path)


def bm25(
    query: list[str], texts: tuple[str, ...], k1: float = 1.2, b: float = 0.75
) -> dict[int, float]:
    """Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).

    Its idf is never negative: log(1 + …), as in Lucene.
    """
    bags = [stems(text) for text in texts]
    average = sum(map(len, bags)) / len(bags)
    scores: dict[int, float] = {}
    for number, bag in enumerate(bags, start=1):
        counts = Counter(bag)
        for term in set(query) & set(bag):
            holding = sum(term in other for other in bags)
            weight = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
            length = k1 * (1 - b + b * len(bag) / average)
            gain = weight * counts[term] * (k1 + 1) / (counts[term] + length)
            scores[number] = scores.get(number, 0.0) + gain
    return scores


@pytest.mark.parametrize(
    "question",
    ["sauvegarde", "panne serveur", "données du client", "clause redevance panne", "client"],
)
def test_lexical_scores_are_plain_bm25(store: Store, question: str) -> None:
    """Scores are the published formula, k1 = 1.2 and b = 0.75, to single precision."""
    terms = stems(question)
    assert dict(store.lexical("text", terms, 10)) == pytest.approx(bm25(terms, TEXTS), rel=1e-6)


def test_the_best_row_comes_first(store: Store) -> None:
    """BM25 is 'higher is better': no inverted relevance, and no word counts against a passage."""
    scores = [score for _, score in store.lexical("text", stems("sauvegarde données client"), 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@pytest.mark.parametrize(
    "hostile",
    ['" OR 1=1; DROP TABLE passages; --', "NEAR(client panne, 2)", "*", "client*", '"', "terms:client",
     "client AND NOT panne", "^client", "{terms}: panne", "-client", "(((", "client\x00panne", "'; --"],
)  # fmt: skip
def test_search_syntax_in_a_question_is_text(store: Store, hostile: str) -> None:
    """Quotes, stars, NEAR and SQL typed by a user are words or nothing, never an instruction."""
    found = dict(store.lexical("text", stems(hostile), 10))
    assert found == pytest.approx(bm25(list(dict.fromkeys(stems(hostile))), TEXTS), rel=1e-6)
    assert len(list(store.all_passages())) == store.size == len(TEXTS)


@SOME
@given(st.lists(st.text(max_size=20), max_size=5))
def test_no_term_breaks_a_search(store: Store, terms: list[str]) -> None:
    """Even terms that no analysis made (quotes, operators, emoji) are searched as they are."""
    assert len(store.lexical("text", terms, 3)) <= 3


def test_terms_past_the_limit_are_left_out(store: Store) -> None:
    """A question of thousands of words costs no more than one of `MAX_TERMS`."""
    many = [f"mot{n}" for n in range(MAX_TERMS)]
    assert store.lexical("text", [*many, "pann"], 10) == []
    assert store.lexical("text", ["pann", *many], 10) != []


def test_a_condition_restricts_words_without_changing_scores(store: Store) -> None:
    """What a filter leaves out makes room for the next, and the others keep their scores."""
    whole = store.lexical("text", stems("client panne sauvegarde"), 10)
    where = filter_condition(Filters(documents=frozenset(f"kb:questions/q{n:03d}" for n in (1, 3))))
    assert store.lexical("text", stems("client panne sauvegarde"), 10, where) == [
        row for row in whole if row[0] in (1, 3)
    ]
    nothing = filter_condition(Filters(kinds=frozenset({"clause"})))
    assert store.lexical("text", stems("client"), 10, nothing) == []


def test_phrases_past_the_limit_are_left_out(tmp_path: Path) -> None:
    """A question of thousands of phrases looks up the first `MAX_PHRASES`, the longest."""
    write_store(tmp_path / "s.sqlite", [passage(1, "x")], [], {"vu": "oui"})
    store, many = Store(tmp_path / "s.sqlite"), [f"mot{n}" for n in range(MAX_PHRASES)]
    assert store.meanings(["vu", *many]) == {"vu": "oui"} and store.meanings([*many, "vu"]) == {}


def test_a_reference_names_so_many_passages_at_most(tmp_path: Path) -> None:
    """An article number that every code has brings its first passages, the base's own among them."""
    codes = [passage(n, "x", reference="C. com., art. 1", source="codes") for n in range(1, 99)]
    own = passage(500, "x", reference="C. com., art. 1")
    write_store(tmp_path / "s.sqlite", [*codes, own], [])
    found = Store(tmp_path / "s.sqlite").by_reference("art:1@com")
    assert found == [99, *range(1, REFERENCES)]


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "'; --"])
def test_text_that_no_store_holds_is_found_nowhere(store: Store, text: str) -> None:
    """Half surrogates, NUL and SQL are looked for like any text, in every way that takes one."""
    assert store.number(text) is None and store.by_reference(text) == []
    assert store.knows([text]) == set() and store.meanings([text]) == {}
    assert store.lexical("text", [text], 5) == []


def test_equal_scores_come_in_order_of_row(tmp_path: Path) -> None:
    """Ten passages with one text are ten hits, in order of id: equal texts don't collapse."""
    write_store(tmp_path / "s.sqlite", [passage(n, "même texte") for n in range(1, 11)], [])
    assert [n for n, _ in Store(tmp_path / "s.sqlite").lexical("text", ["text"], 10)] == list(
        range(1, 11)
    )


def test_an_article_number_is_found_whole(tmp_path: Path) -> None:
    """ "L. 441-10" finds the passage that says it, not the one that says 441 or 10 or L. 441-6."""
    texts = ["article L. 441-10", "441 euros et 10 jours", "article L. 441-6"]
    write_store(tmp_path / "s.sqlite", [passage(n, t) for n, t in enumerate(texts, 1)], [])
    assert [n for n, _ in Store(tmp_path / "s.sqlite").lexical("text", stems("l441-10"), 10)] == [1]


def test_a_passage_comes_back_as_it_went_in(tmp_path: Path) -> None:
    """Writing then reading changes no field of a passage."""
    full = passage(
        1, "Texte « exact »\nsur deux lignes", heading_path=("A", "B"), reference="C. civ., art. 1152",
        url="https://example.fr/é?a=1", page=3, theme="prix", in_force_since=date(2016, 10, 1),
        in_force_until=date(2020, 1, 1), reviewed_on=date(2026, 11, 24), reviewed_by="MainteLex",
        meta={"markdown": "**x**", "options": ["a"], "n": 1},
    )  # fmt: skip
    write_store(tmp_path / "s.sqlite", [full], [])
    assert Store(tmp_path / "s.sqlite").passages([1]) == [full]


@SOME
@given(st.text(max_size=120))
def test_any_text_that_utf8_can_hold_is_stored(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """A passage of emoji, control characters or nothing comes back as it was."""
    path = tmp_path_factory.mktemp("any") / "s.sqlite"
    write_store(path, [passage(1, text)], [])
    store = Store(path)
    assert store.passages([1])[0].text == text
    store.close()


def test_passages_come_in_the_order_asked(store: Store) -> None:
    """Row numbers give passages in their own order; unknown ones give nothing."""
    assert [p.title for p in store.passages([3, 99, 1])] == ["Titre 3", "Titre 1"]


def test_a_wording_leads_to_its_document(tmp_path: Path) -> None:
    """By the words of its question as by those of another wording."""
    wordings = [
        Wording("kb:questions/q001", "Qui paie ?"),
        Wording("kb:questions/q001", "ki raque"),
    ]
    write_store(tmp_path / "s.sqlite", [passage(1, "x"), passage(2, "y")], wordings)
    store = Store(tmp_path / "s.sqlite")
    assert [d.asked for d in store.documents] == [True, False]
    assert [n for n, _ in store.lexical("variants", stems("paie"), 5)] == [1]
    assert [n for n, _ in store.lexical("variants", stems("raque"), 5)] == [1]


@pytest.mark.parametrize("name", ["a b", "été", "50%41", "a#b", "a?mode=rw", "a'b"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Percent signs, question marks and spaces in the path of an index lead to that index."""
    (tmp_path / name).mkdir()
    write_store(tmp_path / name / "s.sqlite", [passage(1, "x")], [])
    assert Store(tmp_path / name / "s.sqlite").number("kb:questions/q001#limites") == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A store that isn't there is an error with a remedy, and isn't created."""
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        Store(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("kept", [0, 10, 100, 5_000, 30_000, 60_000])
def test_a_truncated_file_is_told(tmp_path: Path, kept: int) -> None:
    """Wherever a file is cut, reading ends in IndexCorruptError, never in SQLite's own words."""
    path = tmp_path / "s.sqlite"
    write_store(path, [passage(n, TEXTS[n % 5] * 20) for n in range(100)], [])
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        list(Store(path).all_passages())


def test_a_store_is_read_only(tmp_path: Path) -> None:
    """Searching never writes: the file is the same to the byte, and refuses a change."""
    path = tmp_path / "s.sqlite"
    write_store(path, [passage(1, "x")], [])
    before = path.read_bytes()
    store = Store(path)
    store.lexical("text", ["x"], 5)
    with pytest.raises(sqlite3.Error):
        store._connection.execute("DELETE FROM passages")
    assert path.read_bytes() == before


def test_threads_read_their_own_rows(tmp_path: Path) -> None:
    """Eight threads on one store each get the rows they asked for."""
    passages = [passage(n, f"mot{n}", reference=f"C. civ., art. {1000 + n}") for n in range(1, 201)]
    write_store(tmp_path / "s.sqlite", passages, [])
    store = Store(tmp_path / "s.sqlite")

    def ask(seed: int) -> bool:
        numbers = [(seed * 31 + step) % 200 + 1 for step in range(300)]
        return all(
            store.passages([n])[0] == passages[n - 1]
            and store.by_reference(f"art:{1000 + n}") == [n]
            for n in numbers
        )

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(8)))
    finally:
        sys.setswitchinterval(interval)
