"""From the knowledge base to passages: ids that name their source, dates, and words without marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.passages import kb_passages, kb_wordings, plain
from ingest.readers.kb import KnowledgeBase, read_kb
from retrieval.errors import KnowledgeBaseError
from retrieval.types import Passage
from tests.retrieval.small_base import STATUTES, TOPICS, write_base, write_law


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small base, read."""
    return read_kb(write_base(tmp_path_factory.mktemp("base") / "kb"))


@pytest.fixture(scope="module")
def passages(base: KnowledgeBase) -> dict[str, Passage]:
    """Its passages by id."""
    return {passage.id: passage for passage in kb_passages(base)}


def test_the_small_base_reads_without_a_finding(base: KnowledgeBase) -> None:
    """What these tests stand on is a base that reads clean."""
    assert base.findings == []


def test_passages_are_sorted_by_id_and_unique(base: KnowledgeBase) -> None:
    """Row numbers follow ids, which ties are broken by."""
    ids = [passage.id for passage in kb_passages(base)]
    assert ids == sorted(set(ids))


def test_a_question_gives_a_passage_a_section(passages: dict[str, Passage]) -> None:
    """The four sections of a question are four passages, under the question's own words."""
    found = [passages[f"kb:questions/mots-de-passe#{s}"]
             for s in ("reponse-courte", "explication", "en-pratique", "limites")]  # fmt: skip
    assert {p.title for p in found} == {
        "Le prestataire peut-il garder les mots de passe administrateur ?"
    }
    assert [p.heading_path for p in found] == [
        ("Réponse courte",), ("Explication",), ("En pratique",), ("Limites",),
    ]  # fmt: skip


def test_a_document_id_is_the_passage_id_up_to_the_hash(passages: dict[str, Passage]) -> None:
    """A passage names its document in its id."""
    assert all(p.id.split("#")[0] == p.document_id for p in passages.values())


def test_a_question_keeps_its_dates_and_reviewer(passages: dict[str, Passage]) -> None:
    """Who reviewed an answer, when, and since when it applies travel with it."""
    passage = passages["kb:questions/augmentation-prix#limites"]
    assert (passage.theme, passage.reviewed_by) == ("prix", "MainteLex")
    assert (passage.reviewed_on, passage.in_force_since) == (date(2026, 11, 24), date(2016, 10, 1))


def test_a_clause_is_cited_by_its_number(passages: dict[str, Passage]) -> None:
    """A clause's reference is the article of the model contract."""
    passage = passages["kb:contract/resiliation#clause"]
    assert (passage.kind, passage.reference) == ("clause", "Modèle de contrat, art. 3, Résiliation")


def test_a_field_to_fill_is_shown_in_brackets(passages: dict[str, Passage]) -> None:
    """The template syntax of a clause isn't shown to a reader."""
    assert (
        "paie la redevance de [montant mensuel] euros" in passages["kb:contract/prix#clause"].text
    )


def test_a_superseded_statute_keeps_its_last_day(passages: dict[str, Passage]) -> None:
    """The old article has a last day in force, and what replaced it."""
    old = passages["kb:law/c-civ-ancien-1152"]
    assert (old.in_force_since, old.in_force_until) == (None, date(2016, 9, 30))
    assert old.meta["replaced_by"] == ["c-civ-1231-5"]


@pytest.mark.parametrize(
    ("identifier", "kind", "title"),
    [("c-civ-1103", "statute", "Force obligatoire"), ("idcc-1486", "agreement", "Syntec"),
     ("cass-com-2010-06-29-09-11841", "decision", "Cass. com., 29 juin 2010, n° 09-11.841")],
)  # fmt: skip
def test_an_authority_is_one_passage(
    passages: dict[str, Passage], identifier: str, kind: str, title: str
) -> None:
    """A statute, a decision and an agreement have the title that a lawyer expects."""
    passage = passages[f"kb:law/{identifier}"]
    assert (passage.kind, passage.title) == (kind, title)


def test_a_decision_gives_its_solution_before_its_facts(passages: dict[str, Passage]) -> None:
    """What the court held is read first."""
    text = passages["kb:law/cass-com-2010-06-29-09-11841"].text
    assert text.index("Solution : ") < text.index("Faits : ")


def test_a_question_comes_before_its_variants(base: KnowledgeBase) -> None:
    """The first wording of a document is its own question; variants and English follow."""
    texts = [w.text for w in kb_wordings(base) if w.document_id == "kb:questions/mots-de-passe"]
    topic = next(topic for topic in TOPICS if topic.id == "mots-de-passe")
    assert texts == [topic.question, *topic.wordings, topic.english]


def test_every_wording_leads_to_a_document(
    base: KnowledgeBase, passages: dict[str, Passage]
) -> None:
    """No wording names a document that has no passage."""
    assert {w.document_id for w in kb_wordings(base)} <= {p.document_id for p in passages.values()}


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("Le juge peut réduire [@c-civ-1231-5].", "Le juge peut réduire."),
        (
            "Un **mot** et __un autre__, *penché* et _penché_",
            "Un mot et un autre, penché et penché",
        ),
        ("2 * 3 * 4 et nom_de_champ", "2 * 3 * 4 et nom_de_champ"),
        ("### Titre\n\nTexte", "Titre\n\nTexte"),
        ("[[option:prix=forfait]]\n4.1 Forfait.\n[[/option]]", "4.1 Forfait."),
        ("{{ delai_jours }} jours", "[delai jours] jours"),
        ("Voir [@clause:prix] et [@c-civ-1103] ; fin", "Voir et ; fin"),
        ("- un\n- deux", "- un\n- deux"),
    ],
)
def test_marks_are_taken_out(markdown: str, read: str) -> None:
    """Citations, emphasis, headings and options leave the words alone."""
    assert plain(markdown) == read


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab1 é\n.,;’*_#[]{}@:-()"), max_size=60))
def test_no_letter_is_lost(markdown: str) -> None:
    """Taking marks out loses no letter, citations and fields apart."""
    if "[@" not in markdown and "{{" not in markdown:
        kept = [c for c in plain(markdown) if c.isalnum()]
        assert kept == [c for c in markdown if c.isalnum()]


def test_a_field_that_is_missing_names_its_file(tmp_path: Path) -> None:
    """A question without a theme is told by file, not by a traceback."""
    folder = write_base(tmp_path / "kb")
    path = folder / "questions/mots-de-passe.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("theme: donnees\n", ""), encoding="utf-8"
    )
    with pytest.raises(
        KnowledgeBaseError, match=r"questions/mots-de-passe\.md.*theme.*maintelex check"
    ):
        kb_passages(read_kb(folder))


@pytest.mark.parametrize(
    "change",
    [
        {"summary": None, "title": None},
        {"in_force_since": "octobre 2016"},
        {"in_force_since": [2016]},
    ],
)
def test_a_wrong_date_names_its_file(tmp_path: Path, change: dict[str, object]) -> None:
    """A statute whose date doesn't read is told by file and id."""
    folder = write_base(tmp_path / "kb")
    row = {key: value for key, value in {**STATUTES[0], **change}.items() if value is not None}
    write_law(folder, "statutes", statutes=[row, *STATUTES[1:]])
    with pytest.raises(KnowledgeBaseError, match=r"law/statutes\.yaml \(c-civ-1231-5\)"):
        kb_passages(read_kb(folder))


def test_an_annex_is_cited_as_one(tmp_path: Path) -> None:
    """The reference of an annex is its letter."""
    folder = write_base(tmp_path / "kb")
    clause = (folder / "contract/clauses/01-prix.md").read_text(encoding="utf-8")
    annex = clause.replace(
        "id: prix\nnumber: 1\ntitle: Prix", "id: tarifs\nnumber: A2\ntitle: Tarifs"
    )
    (folder / "contract/annexes").mkdir()
    (folder / "contract/annexes/tarifs.md").write_text(annex, encoding="utf-8")
    references = {p.id: p.reference for p in kb_passages(read_kb(folder))}
    assert references["kb:contract/tarifs#clause"] == "Modèle de contrat, annexe 2, Tarifs"


def test_meta_can_be_written_as_json(base: KnowledgeBase) -> None:
    """What YAML reads as a date doesn't hide in the rest: the store writes it as JSON."""
    assert all(yaml.safe_dump(dict(p.meta)) for p in kb_passages(base))
