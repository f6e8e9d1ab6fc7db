"""A question as it is analysed: cut, its sentences, one vector for all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Retriever, open_encoder
from retrieval.analysis import MAX_QUESTION_CHARACTERS
from retrieval.asked import MAX_SENTENCES, SHORTEST, Asked, cut, sentences
from retrieval.folder import Folder
from retrieval.rewriting import Rewriter
from tests.retrieval.any_text import ANY_TEXT, SOME

ENCODER = open_encoder()
STORY = (
    "Bonjour à tous. Notre serveur est tombé lundi. Le technicien est venu trois jours après !"
    " Il a tout cassé… Qui paie la perte des données ? Merci."
)


@pytest.fixture(scope="module")
def rewriter(retriever: Retriever) -> Rewriter:
    """The rewriter of the small index."""
    assert isinstance(retriever._backend, Folder)
    return Rewriter(retriever._backend)


# fmt: off
TABLE = [
    (STORY, ["Bonjour à tous.", "Notre serveur est tombé lundi.",
             "Le technicien est venu trois jours après !", "Il a tout cassé…",
             "Qui paie la perte des données ?"]),
    ("Qui paie la panne ?",                     ["Qui paie la panne ?"]),
    ("Bonjour. Qui paie la panne ? Merci.",     ["Bonjour. Qui paie la panne ? Merci."]),
    ("Oui. Non. Merci.",                        ["Oui. Non. Merci."]),
    ("Le prix est de 3.14 euros net",           ["Le prix est de 3.14 euros net"]),
    ("sans ponctuation du tout",                ["sans ponctuation du tout"]),
    ("",                                        [""]),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_a_story_is_read_sentence_by_sentence(text: str, expected: list[str]) -> None:
    """Sentences end at their marks; greetings and thanks say nothing and are left out."""
    assert sentences(text) == expected


def test_sentences_are_bounded() -> None:
    """A question of hundreds of sentences is read by its first ones."""
    assert len(sentences("Le contrat est rompu. " * 500)) == MAX_SENTENCES


@SOME
@given(ANY_TEXT)
def test_sentences_of_any_text_stand_in_it(text: str) -> None:
    """There is always a sentence, each a part of the text, and long enough unless it is all of it."""
    found = sentences(text)
    assert found and all(sentence in text for sentence in found)
    assert found == [text] or all(len(sentence.split()) >= SHORTEST for sentence in found)


def asked(rewriter: Rewriter, text: str) -> Asked:
    """A question analysed."""
    return Asked.read(text, ENCODER, rewriter)


@SOME
@given(ANY_TEXT)
def test_the_vector_has_unit_length(rewriter: Rewriter, text: str) -> None:
    """Likeness is a cosine: the vector has length 1, or 0 where there is nothing to compare."""
    vector = asked(rewriter, text).vector
    assert vector.dtype == np.float32 and vector.shape == (ENCODER.dimension,)
    length = float(np.linalg.norm(vector))
    assert length == pytest.approx(1.0, abs=1e-4) or length == 0.0


def test_the_vector_is_the_mean_of_the_sentences(rewriter: Rewriter) -> None:
    """The one sentence that asks counts for as much as each of those that tell."""
    mean = ENCODER.encode(sentences(STORY)).mean(axis=0)
    assert asked(rewriter, STORY).vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_a_short_question_is_its_own_vector(rewriter: Rewriter) -> None:
    """One sentence is encoded as it is."""
    question = "Qui répond de la perte des données ?"
    assert asked(rewriter, question).vector == pytest.approx(
        ENCODER.encode([question])[0], abs=1e-6
    )


def test_a_sentence_said_twice_turns_the_vector_towards_it(rewriter: Rewriter) -> None:
    """The mean is over sentences, not over words: what is said twice counts twice."""
    short, long = (
        "Qui paie la panne ?",
        "Le technicien vient demain matin avec son gros camion rouge.",
    )
    once, twice = asked(rewriter, f"{short} {long}"), asked(rewriter, f"{short} {short} {long}")
    own = ENCODER.encode([short])[0]
    assert twice.vector @ own > once.vector @ own


@pytest.mark.parametrize("text", ["", " ", "?!…", "\x00", "\ud800", "🙂", "字"])
def test_nothing_to_compare_has_no_vector(rewriter: Rewriter, text: str) -> None:
    """A question without a word has no direction, no term, no reference, no run of letters."""
    found = asked(rewriter, text)
    assert not found.vector.any() and found.ngrams == () and found.references == ()
    assert found.reading.terms == found.reading.meanings == ()


@SOME
@given(ANY_TEXT)
def test_a_cut_question_is_bounded_and_can_be_stored(text: str) -> None:
    """Whatever is typed, what is analysed is short and holds no half of a surrogate pair."""
    found = cut(text * 100)
    assert len(found) <= MAX_QUESTION_CHARACTERS
    found.encode("utf-8")


def test_what_grows_when_normalised_is_cut_all_the_same() -> None:
    """One character can become eighteen in NFKC: the limit is on what is analysed."""
    assert len(cut("\ufdfa" * 5_000)) == MAX_QUESTION_CHARACTERS


def test_letters_past_the_limit_change_nothing(rewriter: Rewriter) -> None:
    """The analysis of a huge question is that of its beginning."""
    text = "mot " * 1_000
    one, other = (
        asked(rewriter, text[:MAX_QUESTION_CHARACTERS]),
        asked(rewriter, text + "zorglub " * 9_000),
    )
    assert one.text == other.text.strip() and one.reading == other.reading
    assert one.vector.tolist() == other.vector.tolist()


def test_runs_of_letters_are_those_of_the_question_as_read(rewriter: Rewriter) -> None:
    """A repaired word gives the runs of the right one; each run comes once."""
    runs = asked(rewriter, "resilliation resilliation").ngrams
    assert (
        len(runs) == len(set(runs)) and {"_res", "resi", "tion"} <= set(runs) and "sill" not in runs
    )


@SOME
@given(st.text(alphabet="aé' .?!", max_size=60))
def test_the_same_question_is_analysed_the_same(rewriter: Rewriter, text: str) -> None:
    """Nothing of one question stays for the next."""
    first = asked(rewriter, text)
    asked(rewriter, "kontra, jveu partir")
    again = asked(rewriter, text)
    assert (first.text, first.reading, first.ngrams) == (again.text, again.reading, again.ngrams)
    assert first.vector.tolist() == again.vector.tolist()
