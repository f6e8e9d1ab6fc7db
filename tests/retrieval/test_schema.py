"""What is written of a base: its vocabulary, its lexicon, its clauses, its references, its fields."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import ngrams, stems, words
from retrieval.fields import heading, terms
from retrieval.schema import FIELDS, KNOWN, document_numbers, store_rows, write_store
from retrieval.store import Store
from retrieval.types import Passage, Wording
from tests.retrieval.any_text import SOME

TITLE = "Résiliation anticipée du contrat de maintenance"


def passage(name: str, text: str = "Texte", **fields: object) -> Passage:
    """A passage of a document, all of it."""
    fields = {"kind": "question", "title": "Titre"} | fields
    return Passage(f"{name}#x", name, text=text, **fields)  # type: ignore[arg-type]


PASSAGES = (
    passage("doc:1/code.md", "Article 1152", kind="statute", reference="C. civ., art. 1152", source="codes"),
    passage("kb:contract/prix", "La redevance, la redevance, LA Redevance.", kind="clause"),
    passage("kb:law/c-civ-1152", "Le juge modère la peine.", kind="statute", reference="C. civ., art. 1152"),
    passage("kb:questions/a", "L'été, le prix de 20 euros.", meta={"clauses": ["prix", "prix", "objet"]}),
    passage("kb:questions/b", "Rien.", title=TITLE, meta={"clauses": None}),
    passage("kb:questions/c", "Rien.", meta={"clauses": "prix"}),
)  # fmt: skip
WORDINGS = (
    Wording("kb:questions/a", "Combien ?"),
    *(Wording("kb:questions/a", text) for text in ("bidule un", "Bidule deux bidule", "le bidule")),
    Wording("kb:questions/b", "machin machin machin"),
    Wording("kb:questions/b", "le machin"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the above."""
    path = tmp_path_factory.mktemp("schema") / "passages.sqlite"
    write_store(path, PASSAGES, WORDINGS, {"cass contrat": "résiliation"})
    return Store(path)


def test_the_vocabulary_counts_the_words_of_the_texts(store: Store) -> None:
    """A word counts as often as texts and headings have it, folded; numbers are no words."""
    expected = Counter(
        word for p in PASSAGES for word in words(f"{p.text}\n{heading(p)}") if word.isalpha()
    )
    found = store.vocabulary()
    assert {word: count for word, count in found.items() if count} == expected
    assert found["redevance"] == 3 and found["ete"] == 1 and "20" not in found


def test_a_word_of_several_wordings_is_known(store: Store) -> None:
    """A word that `KNOWN` wordings have is known, at 0: no text spells it; one of fewer is not."""
    assert KNOWN == 3
    assert store.vocabulary()["bidule"] == 0 and "machin" not in store.vocabulary()
    assert store.knows(["bidule", "machin", "redevance", "zorglub"]) == {"bidule", "redevance"}
    assert store.knows([]) == set()


def test_the_lexicon_is_looked_up_by_phrase(store: Store) -> None:
    """A whole phrase leads to its preferred term; others, and hostile ones, to nothing."""
    assert store.meanings(["cass", "cass contrat", "' OR 1=1 --"]) == {
        "cass contrat": "résiliation"
    }
    assert store.meanings([]) == {}


def test_a_clause_leads_to_itself_and_to_the_questions_on_it(store: Store) -> None:
    """Each link is kept once; a question without clauses, or with a text in their place, has none."""
    rows = store._select("SELECT clause, document FROM document_clauses ORDER BY clause, document")
    numbers = document_numbers(PASSAGES)
    assert rows == [
        ("objet", numbers["kb:questions/a"]),
        ("prix", numbers["kb:contract/prix"]),
        ("prix", numbers["kb:questions/a"]),
    ]


def test_the_base_comes_first_on_a_reference(store: Store) -> None:
    """An article that both the base and a code have is answered from the base first."""
    found = [p.document_id for p in store.passages(store.by_reference("art:1152@civ"))]
    assert found == ["kb:law/c-civ-1152", "doc:1/code.md"]
    assert store.by_reference("art:1152") == store.by_reference("art:1152@civ")
    assert store.by_reference("art:9") == store.by_reference("' OR 1=1 --") == []


@pytest.mark.parametrize(
    "typed", ["rezililation", "résilation", "maintenence", "contratt", "anticippée"]
)
def test_runs_of_letters_find_a_title_in_spite_of_a_typo(store: Store, typed: str) -> None:
    """A misspelt word shares enough runs of letters with the right one to find its title first."""
    assert store.lexical("title", stems(typed), 5) == []
    found = store.passages([number for number, _ in store.lexical("ngrams", ngrams(typed), 5)])
    assert found[0].document_id == "kb:questions/b"


def test_runs_of_letters_are_those_of_words() -> None:
    """Edges are marked, so that beginnings and ends count; short and stop words give nothing."""
    assert ngrams("L'été dans le prix") == ["_pri", "prix", "rix_"]
    assert ngrams("pb de contrat")[:3] == ["_pro", "prob", "robl"]
    assert ngrams("") == ngrams("le la 12 ?!") == []


def test_each_field_holds_its_own_words(tmp_path: Path) -> None:
    """Wordings, body, title and text are apart: a word is found where it is, only."""
    only = passage(
        "kb:questions/a", "corps", title="intitulé", heading_path=("rubrique",), reference="cite"
    )
    asked = [Wording("kb:questions/a", "principale"), Wording("kb:questions/a", "variante")]
    write_store(tmp_path / "s.sqlite", [only], asked)
    store = Store(tmp_path / "s.sqlite")
    where = {
        word: [field for field in FIELDS if store.lexical(field, stems(word), 5)]
        for word in ("principale", "variante", "corps", "intitulé", "rubrique", "cite")
    }
    assert where == {
        "principale": ["variants"], "variante": ["variants"], "corps": ["body", "text"],
        "intitulé": ["title"], "rubrique": ["title"], "cite": ["title"],
    }  # fmt: skip


def test_only_documents_that_are_asked_for_have_a_body(store: Store) -> None:
    """Fields of documents hold those that wordings lead to: the others are never ranked."""
    assert store.lexical("body", stems("redevance juge"), 5) == []
    assert [d.id for d in store.documents if d.asked] == ["kb:questions/a", "kb:questions/b"]


def test_documents_are_numbered_in_order_of_id() -> None:
    """Numbers follow ids, whatever the order of the passages, so that ties are broken by id."""
    assert document_numbers(reversed(PASSAGES)) == document_numbers(PASSAGES)
    assert list(document_numbers(PASSAGES).values()) == [1, 2, 3, 4, 5, 6]


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """A build from the same base gives the same file: nothing depends on time or on hashing."""
    for name in ("one", "two"):
        write_store(tmp_path / name, PASSAGES, WORDINGS, {"b": "c", "a": "b"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """A generation is written once: writing in its place is an error, and the file stays."""
    write_store(tmp_path / "s.sqlite", PASSAGES, WORDINGS)
    before = (tmp_path / "s.sqlite").read_bytes()
    with pytest.raises(sqlite3.Error):
        write_store(tmp_path / "s.sqlite", [], [])
    assert (tmp_path / "s.sqlite").read_bytes() == before


def test_both_stores_get_the_same_tables() -> None:
    """Every table is given once, rows of the lexical fields by the number of what they describe."""
    tables = [table for table, _ in store_rows(PASSAGES, WORDINGS, {})]
    assert len(tables) == len(set(tables)) and {f"fts_{field}" for field in FIELDS} < set(tables)


@SOME
@given(st.text(max_size=60))
def test_terms_are_words_parted_by_spaces(text: str) -> None:
    """A term as written holds no space and no hyphen, whatever the text: it comes back whole."""
    assert terms(text).split() == [stem.replace("-", "_") for stem in stems(text)]
