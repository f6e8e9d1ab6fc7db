"""A legal reference carries its citation; a short answer is short; a topic has its clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readability import count_syllables, mean_length, reading_score
from ingest.readers.kb import Section
from ingest.sentences import sentences
from tests.ingest.small_kb import SHORT, SmallKb


def parts(markdown: str, line: int = 1) -> list[tuple[str, int]]:
    """The sentences of a section that starts on a line, each with its own."""
    return [
        (sentence.text, sentence.line)
        for sentence in sentences(Section("Explication", markdown, line))
    ]


def test_the_small_base_is_clean(tmp_path: Path) -> None:
    """The base that every test spoils has nothing wrong before that."""
    assert SmallKb(tmp_path / "kb").problems() == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "L'article 1211 du Code civil le dit.",
        "C'est écrit à l'art. L. 441-10.",
        "La loi n° 2018-287 l'a modifié.",
        "Le règlement (UE) 2022/2554 le prévoit.",
        "L'arrêt n° 09-11.841 le confirme.",
        "La Cour de cassation l'a jugé.",
        "Une cour d'appel a écarté ce plafond.",
        "Dans une affaire, le client avait payé.",
        "Un tribunal a retenu le contraire.",
    ],
)
def test_a_reference_without_citation_is_found(tmp_path: Path, sentence: str) -> None:
    """The neighbour's citation is not enough: the sentence itself must cite."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(body=f"{sentence} Le préavis est raisonnable [@c-civ-1211].")
    (finding,) = [f for f in kb.findings() if "sans citation" in f.problem]
    assert finding.path == "questions/preavis.md"
    assert sentence in (kb.root / finding.path).read_text().split("\n")[finding.line - 1]


@pytest.mark.parametrize(
    "sentence",
    [
        "L'article 1211 du Code civil le dit [@c-civ-1211].",
        "Une cour d'appel n'est pas la Cour de cassation.",
        "Les cours d'appel sont partagées.",
        "Dans une affaire rapportée sans référence, le client avait payé.",
        "Lisez les articles de votre contrat.",
    ],
)
def test_a_sentence_that_owes_no_citation_passes(tmp_path: Path, sentence: str) -> None:
    """A cited reference, a court only named and an honest « sans référence » are right."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(body=sentence)
    assert kb.problems() == ""


def test_a_drafting_note_is_held_to_the_same_rule(tmp_path: Path) -> None:
    """The note of a clause cites as a question does; the clause itself need not."""
    kb = SmallKb(tmp_path / "kb")
    kb.clause(
        note="L'article 1211 commande. Il est d'ordre public [@c-civ-1211].",
        text="33.1 Selon l'article 7.",
    )
    assert "« article 1211 » sans citation" in kb.problems()


@pytest.mark.parametrize(
    ("short", "problem"),
    [
        ("Une seule phrase.", "réponse courte de 1 phrase(s)"),
        ("Oui. " * 6, "réponse courte de 6 phrase(s)"),
        ("Le client prévient. Mot " + "mot " * 44 + "fin.", "phrase de 46 mots"),
        ("mot " * 27 + "fin. Mot " + "mot " * 27 + "fin.", "mots par phrase"),
    ],
)
def test_a_short_answer_hard_to_read_is_found(tmp_path: Path, short: str, problem: str) -> None:
    """Too few or too many sentences, one that is too long, or a mean that is too long."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(short=short)
    assert problem in kb.problems()


def test_a_short_answer_at_the_limits_passes(tmp_path: Path) -> None:
    """Two sentences of 45 and 9 words: as long as they may be, 27 on average."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(short="Mot " * 44 + "fin. " + "Mot " * 8 + "fin.")
    assert kb.problems() == ""


def test_a_topic_without_clause_is_advice(tmp_path: Path) -> None:
    """The check says it, and does not fail for it."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(short=SHORT.replace(" [@clause:resiliation]", ""), clauses=[])
    (finding,) = kb.findings()
    assert (finding.level, finding.problem) == (
        "avis",
        "aucune clause du modèle ne traite ce sujet",
    )


def test_sentences_are_cut_at_points_but_not_at_abbreviations() -> None:
    """« art. », « n° », « L. » and « Cass. com. » end nothing; a quotation may start a sentence."""
    markdown = "Voir art. L. 441-10 C. com. Il suffit. « Oui », dit Cass. com., n° 09-11.841."
    assert [text for text, _ in parts(markdown)] == [
        "Voir art. L. 441-10 C. com. Il suffit.",
        "« Oui », dit Cass. com., n° 09-11.841.",
    ]


def test_a_sentence_keeps_its_line() -> None:
    """A sentence of a wrapped paragraph has the line where it starts."""
    assert parts("Un.\n\nDeux est\nlong. Trois.\n\n- Quatre.", line=10) == [
        ("Un.", 10), ("Deux est long.", 12), ("Trois.", 13), ("Quatre.", 15),
    ]  # fmt: skip


def test_items_inherit_the_source_of_their_introduction() -> None:
    """The source before the colon holds for the items that cite nothing, not for what follows."""
    markdown = "Deux cas [@c-civ-1211] :\n\n- le premier ;\n- le second [@cpc-1].\n\nFin."
    found = [sentence.cited for sentence in sentences(Section("Explication", markdown, 1))]
    assert found == [("c-civ-1211",), ("c-civ-1211",), ("cpc-1",), ()]


@given(st.text(alphabet="ab .!?\n-#[@]«»é1", max_size=80))
def test_cutting_loses_no_word(text: str) -> None:
    """Whatever the text, its letters are all in its sentences, in order."""
    letters = [c for sentence, _ in parts(text) for c in sentence if c in "abé"]
    assert letters == [c for c in text if c in "abé"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("le", 1), ("que", 1), ("clauses", 1), ("contrat", 2), ("paiement", 2), ("réalité", 4),
     ("juridique", 3), ("indemnité", 4)],
)  # fmt: skip
def test_syllables_are_those_that_are_heard(word: str, count: int) -> None:
    """A mute ending is not heard, two vowels in hiatus are; a diphthong counts once."""
    assert count_syllables(word) == count


def test_the_reading_score_is_that_of_kandel_and_moles() -> None:
    """207 - 1.015 words a sentence - 73.6 syllables a word."""
    found = list(
        sentences(Section("Réponse courte", "Le contrat dure. Il finit [@c-civ-1211].", 1))
    )
    assert mean_length(found) == 2.5
    assert reading_score(found) == pytest.approx(207 - 1.015 * 5 / 2 - 73.6 * 7 / 5)


def test_nothing_to_read_scores_zero() -> None:
    """No sentence is no score, not an error."""
    assert (reading_score([]), mean_length([])) == (0.0, 0.0)
