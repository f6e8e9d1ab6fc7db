"""An article is one passage, cited as lawyers do; the code is its document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.code_passages import cite
from ingest.readers.files import read_document
from ingest.types import Limits
from tests.ingest.small_code import marked, passages_of, write_code
from tests.retrieval.any_text import SOME

# fmt: off
CITED = [
    ("Code civil",                    "1231-5",               "C. civ., art. 1231-5"),
    ("Code de la consommation",       "L221-18",              "C. consom., art. L. 221-18"),
    ("Code de la consommation",       "liminaire",            "C. consom., art. liminaire"),
    ("Code de la justice pénale des mineurs", "Préliminaire", "CJPM, art. préliminaire"),
    ("Code du domaine de l'Etat",     "R1",                   "Code du domaine de l'Etat, art. R. 1"),
    ("Code de l'urbanisme",           "R*123-1",              "C. urb., art. R.* 123-1"),
    ("Code des assurances",           "*R321-1",              "C. assur., art. R.* 321-1"),
    ("Code électoral",                "LO146",                "C. élect., art. LO 146"),
    ("Code électoral",                "R. 123-4",             "C. élect., art. R. 123-4"),
    ("Livre des procédures fiscales", "L80 B",                "LPF, art. L. 80 B"),
    ("Code général des impôts, annexe III", "39 quinquies A", "CGI, ann. III, art. 39 quinquies A"),
    ("Code du sport",                 "A322-93",              "C. sport, art. A. 322-93"),
    ("Code du sport",                 "Annexe II-2 (art. A331-5)", "C. sport, annexe II-2 (art. A331-5)"),
    ("Code de procédure civile",      "ANNEXE, art. 14",      "CPC, annexe, art. 14"),
    ("Code de l'organisation judiciaire", "CA de Paris",      "COJ, CA de Paris"),
    ("Code civil",                    "",                     "C. civ."),
]
# fmt: on


@pytest.mark.parametrize(("title", "label", "expected"), CITED)
def test_an_article_is_cited_as_lawyers_do(title: str, label: str, expected: str) -> None:
    """The short name of the code, then the number with its letter apart."""
    assert cite(title, label) == expected


def test_an_article_is_one_passage(tmp_path: Path) -> None:
    """The passage has the article's words, citation, headings and public address."""
    body = "## Partie législative\n\n" + marked([("L221-18", "Le délai.\n\nIl court.")])
    (passage,) = passages_of(tmp_path, body)
    document = read_document(write_code(tmp_path, body), Limits())
    assert (passage.id, passage.document_id) == (f"{document.id}#art-l221-18", document.id)
    assert (passage.kind, passage.title) == ("statute", "Code de la consommation")
    assert passage.text == "Le délai.\n\nIl court."
    assert passage.reference == "C. consom., art. L. 221-18"
    assert passage.heading_path == ("Partie législative",)
    assert passage.url == "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069565"


def test_no_date_is_made_up(tmp_path: Path) -> None:
    """The day of the file's last change is not that of the article's entry into force."""
    (passage,) = passages_of(tmp_path, marked([("1", "Un.")]), last_updated="2026-04-03")
    assert (passage.in_force_since, passage.in_force_until) == (None, None)


def test_a_repealed_code_marks_its_articles(tmp_path: Path) -> None:
    """Each passage of a repealed code has its last day in force."""
    changed = {"status": "repealed", "last_updated": "2016-07-01"}
    (passage,) = passages_of(tmp_path, marked([("1", "Un.")]), **changed)
    assert passage.in_force_until == date(2016, 7, 1)


def test_wordings_of_one_article_are_told_apart(tmp_path: Path) -> None:
    """An article that the base gives twice, as it is and as it will be, has two passages that say so."""
    first, other, second = passages_of(
        tmp_path, marked([("L1", "Dix mois."), ("L2", "Deux."), ("L1", "Douze mois.")])
    )
    assert [p.id.partition("#")[2] for p in (first, other, second)] == [
        "art-l1",
        "art-l2",
        "art-l1~2",
    ]
    assert first.reference == "C. consom., art. L. 1 (rédaction 1 sur 2)"
    assert second.reference == "C. consom., art. L. 1 (rédaction 2 sur 2)"
    assert other.reference == "C. consom., art. L. 2"


def test_text_under_no_article_is_cited_as_the_code(tmp_path: Path) -> None:
    """What stands before the first article is kept, under the code's name alone."""
    preamble, _ = passages_of(tmp_path, "Le peuple proclame.\n\n" + marked([("1", "Un.")]))
    assert (preamble.text, preamble.reference) == ("Le peuple proclame.", "C. consom.")
    assert preamble.id.endswith("#art")


@SOME
@given(st.integers(1, 90), st.sampled_from(["Le juge décide. ", "mot ", "x", "1° Un bien ;\n\n"]))
def test_a_long_article_is_cut_and_keeps_its_citation(
    tmp_path: Path, times: int, unit: str
) -> None:
    """No passage is too long, no letter is lost, and each piece bears the article's citation."""
    text = (unit * times * 60).strip()
    pieces = passages_of(tmp_path, marked([("L1", text)]))
    assert "".join("".join(p.text.split()) for p in pieces) == "".join(text.split())
    assert {p.reference for p in pieces} == {"C. consom., art. L. 1"}
    assert all(0 < len(p.text) <= 4_000 for p in pieces)
    names = [p.id.partition("#")[2] for p in pieces]
    several = [f"art-l1.{n}" for n in range(1, len(pieces) + 1)]
    assert names == (["art-l1"] if len(pieces) == 1 else several)


def test_a_monstrous_label_gives_a_short_id(tmp_path: Path) -> None:
    """An id stays short and plain whatever the label."""
    (passage,) = passages_of(tmp_path, marked([("Annexe " + "#é/ " * 200, "Un.")]))
    name = passage.id.partition("#")[2]
    assert name.startswith("art-annexe-e-e")
    assert len(name) <= 80
