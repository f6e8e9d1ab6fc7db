"""docs/filtres.md tells the truth: every row of its tables is run on the base that it describes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pytest

from ingest.build import Plan, build
from retrieval import KINDS, MAX_K, Filters, Retriever
from retrieval.langchain import read_filters
from tests.retrieval.small_base import TOPICS, question_file, write, write_base

PAGE = (Path(__file__).resolve().parents[2] / "docs/filtres.md").read_text(encoding="utf-8")
QUESTION = "Le juge peut-il réduire une pénalité ?"
QUESTIONS = (
    (replace(TOPICS[2], id="facture-impayee", theme="prix-et-paiement", clause="prix"), "prestataire"),
    (replace(TOPICS[3], id="panne-sans-intervention", theme="niveaux-de-service"), "client"),
    (replace(TOPICS[1], id="perte-de-donnees", theme="donnees-et-securite"), "tous"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An example of the page."""

    line: int
    question: str
    filters: str  # a mapping, in JSON; empty for none
    as_of: str  # empty for today
    document: str
    shown: str  # "oui" or "non"


def table(heading: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells without their backquotes) of the rows of the table under a column name."""
    lines = PAGE.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    for number, line in enumerate(lines[start + 2 :], start + 3):
        if not line.startswith("|"):
            return
        yield number, [cell.strip().strip("`") for cell in line.strip("|").split("|")]


ROWS = [Row(number, *cells[:5]) for number, cells in table("question")]
DOCUMENTS = [cells for _, cells in table("document")]


@pytest.fixture(scope="module")
def page_base(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """The base that the page describes, indexed with its folder and its file."""
    home = tmp_path_factory.mktemp("filtres")
    kb = write_base(home / "kb")
    for old in [*(kb / "questions").iterdir(), *(kb / "variants").iterdir()]:
        old.unlink()
    for topic, audience in QUESTIONS:
        text = question_file(topic).replace("audience: tous", f"audience: {audience}")
        write(kb / f"questions/{topic.id}.md", text)
    write(home / "contrats/acme.md", "# Contrat Acme\n\nLa pénalité est de cent euros.\n")
    write(home / "avenant.txt", "La pénalité passe à deux cents euros.\n")
    build(Plan(kb, home / "index", (home / "contrats", home / "avenant.txt")))
    return Retriever.open(home / "index")


def whole(retriever: Retriever, document: str) -> str:
    """The id of a document that the page writes with "…" for what changes with its bytes."""
    found = [row.id for row in retriever.documents() if row.id.endswith(document.split("…")[-1])]
    assert len(found) == 1, f"{document} : {found}"
    return found[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"line{row.line}")
def test_every_example_is_what_search_does(page_base: Retriever, row: Row) -> None:
    """Each row's document is among the hits if the page says "oui", and absent if it says "non"."""
    hits = page_base.search(
        row.question or QUESTION,
        MAX_K,
        filters=read_filters(json.loads(row.filters or "null")),
        as_of=date.fromisoformat(row.as_of) if row.as_of else None,
    )
    found = whole(page_base, row.document) in {hit.passage.document_id for hit in hits}
    assert {True: "oui", False: "non"}[found] == row.shown


@pytest.mark.parametrize("cells", DOCUMENTS, ids=lambda cells: cells[0])
def test_the_base_is_as_the_page_describes_it(page_base: Retriever, cells: list[str]) -> None:
    """Kind, theme, clauses, audience and dates of each document are those of the page's table."""
    identifier, kind, theme, clauses, audience, force = cells
    for passage in page_base.document(whole(page_base, identifier)):
        own = (passage.theme, passage.meta.get("clauses"), passage.meta.get("audience"))
        expected = (theme or None, clauses.split(", ") if clauses else None, audience or None)
        assert (passage.kind, *own) == (kind, *expected)
        if kind == "statute":
            days = re.findall(r"\d{4}-\d{2}-\d{2}", force)
            dates = (passage.in_force_since, passage.in_force_until)
            assert [day.isoformat() for day in dates if day] == days


def test_a_no_is_due_to_the_filter_or_the_date(page_base: Retriever) -> None:
    """Every document of the page is found by the plain question on some day: a "non" proves something."""
    found = {
        hit.passage.document_id
        for day in (date(2015, 1, 1), date(2020, 1, 1))
        for hit in page_base.search(QUESTION, MAX_K, as_of=day)
    }
    assert {whole(page_base, cells[0]) for cells in DOCUMENTS} <= found
    assert {row.document for row in ROWS} <= {cells[0] for cells in DOCUMENTS}


def test_the_page_has_every_filter() -> None:
    """Each field of `Filters` has its rule, once, and the kinds are those of the passages."""
    rules = [cells for _, cells in table("champ de `Filters`")]
    assert [cells[0] for cells in rules] == [field.name for field in fields(Filters)]
    assert tuple(re.findall(r"\w+", rules[0][1])) == KINDS


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_has_both_outcomes(name: str) -> None:
    """The examples show each filter, alone, letting a document through and leaving another out."""
    alone = {row.shown for row in ROWS if list(json.loads(row.filters or "{}")) == [name]}
    assert alone == {"oui", "non"}


def test_the_page_quotes_the_question_that_it_means() -> None:
    """The question of the rows without one is the one that the page announces."""
    assert f"« {QUESTION} »" in PAGE and len(ROWS) > 60
