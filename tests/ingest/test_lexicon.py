"""The lexicon of the knowledge base: phrases, and the preferred term behind each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.build import Plan, build
from ingest.check import check_kb
from ingest.readers.lexicon import read_lexicon
from retrieval import Retriever
from retrieval.analysis import stems
from retrieval.errors import KnowledgeBaseError
from tests.retrieval.small_base import write, write_base

ROOT = Path(__file__).resolve().parents[2]
GROUPS = [
    {"id": "resiliation", "preferred": "résiliation", "synonyms": ["casser le contrat", "rupture"],
     "english": ["termination"]},
    {"id": "prestataire", "preferred": "prestataire", "synonyms": ["mainteneur", "Prestataires", "?!"],
     "english": ["IT provider", "contractor"]},
    {"id": "client", "preferred": "client", "synonyms": None, "english": ["customer", "contractor"]},
    {"id": "relation", "preferred": "relation", "synonyms": ["Rupture !"]},
]  # fmt: skip


def lexicon(folder: Path, groups: object) -> dict[str, str]:
    """The lexicon of a base that has these groups."""
    write(folder / "lexicon.yaml", yaml.safe_dump({"groups": groups}, allow_unicode=True))
    return read_lexicon(folder)


def test_phrases_are_kept_as_they_are_searched(tmp_path: Path) -> None:
    """A phrase is its stems, without stop words, so that any inflexion of it is met."""
    found = lexicon(tmp_path, GROUPS)
    assert (
        found["cass contrat"] == "résiliation"
        and found[" ".join(stems("termination"))] == "résiliation"
    )
    assert found["mainteneur"] == found["provid"] == "prestataire"


def test_an_ambiguous_phrase_is_left_out(tmp_path: Path) -> None:
    """What two groups claim would be read as what it is not, for one question in two."""
    found = lexicon(tmp_path, GROUPS)
    assert not {"contractor", "ruptur"} & set(found)
    assert found["custom"] == "client"


def test_a_term_is_no_phrase_of_its_own(tmp_path: Path) -> None:
    """The preferred term in the plural adds nothing to itself, and a phrase without words is none."""
    found = lexicon(tmp_path, GROUPS)
    assert "prestatair" not in found and "" not in found


def test_two_groups_that_mean_the_same_agree(tmp_path: Path) -> None:
    """A phrase listed twice for one preferred term is not ambiguous."""
    assert lexicon(tmp_path, [GROUPS[0], {**GROUPS[0], "id": "autre"}])["ruptur"] == "résiliation"


def test_a_base_without_lexicon_has_none(tmp_path: Path) -> None:
    """The lexicon is optional; an empty file is an empty lexicon."""
    assert read_lexicon(tmp_path) == {}
    write(tmp_path / "lexicon.yaml", "# rien encore\n")
    assert read_lexicon(tmp_path) == {}
    write(tmp_path / "lexicon.yaml", "groups:\n")
    assert read_lexicon(tmp_path) == {}


@pytest.mark.parametrize(
    "text",
    ["groups: [", "- a\n- b\n", "groups: 3\n", "groups:\n- synonyms: [a]\n", "groups: [abc]\n",
     "groups:\n- preferred: x\n  synonyms: 4\n", "!!python/object/apply:os.system [id]", "texte\n"],
)  # fmt: skip
def test_a_broken_lexicon_is_told(tmp_path: Path, text: str) -> None:
    """A lexicon that isn't one is refused by name with a remedy; nothing in it is run."""
    write(tmp_path / "lexicon.yaml", text)
    with pytest.raises(KnowledgeBaseError, match=r"lexicon\.yaml.*preferred"):
        read_lexicon(tmp_path)


def test_a_lexicon_in_another_encoding_is_told(tmp_path: Path) -> None:
    """Bytes that aren't UTF-8 are said to be the problem."""
    (tmp_path / "lexicon.yaml").write_bytes("groups:\n- preferred: résiliation\n".encode("latin-1"))
    with pytest.raises(KnowledgeBaseError, match=r"lexicon\.yaml"):
        read_lexicon(tmp_path)


def test_the_lexicon_reaches_the_search(tmp_path: Path) -> None:
    """Built with its base, a lay phrase finds the text that has only the term of art, and says so."""
    kb = write_base(tmp_path / "kb")
    (kb / "variants/out-of-scope.yaml").unlink()
    write(kb / "lexicon.yaml", yaml.safe_dump({"groups": [
        {"preferred": "restauration", "synonyms": ["remise en route du bazar"]}]}))  # fmt: skip
    build(Plan(kb, tmp_path / "index"))
    hits = Retriever.open(tmp_path / "index").search("remise en route du bazar", 50)
    (hit,) = (hit for hit in hits if "restauration doit être testée" in hit.passage.text)
    assert "meanings" in {reason.leg for reason in hit.reasons}
    assert "remis rout bazar → restauration (lexique)" in {r.detail for r in hit.reasons}


def test_the_shipped_lexicon_is_read() -> None:
    """The base's own lexicon has hundreds of phrases, none of them empty or its own meaning."""
    found = read_lexicon(ROOT / "kb")
    assert len(found) > 200 and all(found) and all(found.values())


def test_the_check_tells_a_lexicon_that_cannot_be_read(tmp_path: Path) -> None:
    """The error that would stop a build is found by `maintelex check` first."""
    (tmp_path / "lexicon.yaml").write_text("groups: [{synonyms: [bidule]}]", encoding="utf-8")
    told = [finding for finding in check_kb(tmp_path) if finding.path == "lexicon.yaml"]
    assert [finding.level for finding in told] == ["erreur"]
    assert "preferred" in told[0].remedy
