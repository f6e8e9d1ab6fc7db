"""A folder of codes is indexed beside the kb, found by reference, and leaves when it is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.build import Plan, build
from retrieval import Retriever
from retrieval.generation import current, read_manifest
from tests.ingest.small_code import marked, plain, write_code
from tests.ingest.small_home import again, copy_home, make_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base with two codes that number their articles alike, one in each shape."""
    folder = make_home(tmp_path_factory.mktemp("home"))
    law = marked(
        [("1231-5", "Le juge peut modérer la pénalité."), ("L3", "Le délai est de dix jours.")]
    )
    other = plain(
        [
            ("1231-5", "La redevance domaniale est payée d'avance."),
            ("R1", "L'incorporation au domaine est autorisée."),
        ]
    )
    write_code(folder / "docs", law, name="conso.md")
    write_code(
        folder / "docs",
        other,
        name="domaine.md",
        title="Code du domaine de l'Etat",
        identifier="LEGITEXT000006070208",
    )
    again(folder, sources=(folder / "docs",))
    return folder


def named(home: Path, question: str) -> list[str]:
    """Citations of the passages whose reference a question names, in order."""
    return [passage.reference for passage in Retriever.open(home / "index").named(question)]


def test_each_article_is_a_statute_of_the_index(home: Path) -> None:
    """The manifest counts the articles as statutes, beside those of the kb."""
    with_codes = read_manifest(current(home / "index"))
    (home / "apart").mkdir()
    alone = build(Plan(home / "kb", home / "apart")).manifest
    assert with_codes.kinds["statute"] - alone.kinds["statute"] == 4
    assert with_codes.documents - alone.documents == 2


def test_an_article_is_found_by_its_words(home: Path) -> None:
    """A search reaches the article, with its citation and its address."""
    hits = Retriever.open(home / "index").search("redevance domaniale payée d'avance", 8)
    (passage,) = (hit.passage for hit in hits if "domaniale" in hit.passage.text)
    assert passage.reference == "Code du domaine de l'Etat, art. 1231-5"
    assert str(passage.url).startswith("https://www.legifrance.gouv.fr/")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("que dit l'article 1231-5 du code de la consommation ?", ["C. consom., art. 1231-5"]),
        ("art R1 code du domaine de l'Etat", ["Code du domaine de l'Etat, art. R. 1"]),
        ("article 1231-5 du code civil", ["C. civ., art. 1231-5"]),
        ("article 1231-5 du code de la route", []),
    ],
)
def test_a_reference_with_its_code_names_that_code_alone(
    home: Path, question: str, expected: list[str]
) -> None:
    """Articles of the same number in other codes are not named."""
    assert named(home, question) == expected


def test_a_bare_number_names_the_kb_first(home: Path) -> None:
    """Without a code, the reviewed article of the kb comes before those of ingested codes."""
    found = named(home, "que dit l'article 1231-5 ?")
    assert found[0] == "C. civ., art. 1231-5"
    assert len(found) == 3


def test_a_removed_code_leaves_the_index(home: Path, tmp_path: Path) -> None:
    """The file is the document: without it, all its articles are gone, the others stay."""
    copy = copy_home(home, tmp_path / "home")
    (copy / "docs/domaine.md").unlink()
    again(copy, sources=(copy / "docs",), only=True)
    assert named(copy, "art R1 code du domaine de l'Etat") == []
    assert named(copy, "article L3 du code de la consommation") == ["C. consom., art. L. 3"]
