"""The question matcher: a wording finds its document, a foreign question is felt as foreign."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from ingest.matcher import train_matcher
from retrieval.analysis import features
from retrieval.errors import IndexCorruptError, KnowledgeBaseError
from retrieval.matcher import (
    _WIDENED,
    ARRAYS,
    BUCKETS,
    Floats,
    Matcher,
    _widened,
    load_matcher,
    save_matcher,
)
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.small_base import DECLINED, TOPICS

TEXTS = [text for topic in TOPICS for text in (topic.question, *topic.wordings)]
LABELS = [10 * place for place, topic in enumerate(TOPICS, start=1) for _ in range(7)]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """The matcher of the small base's questions, documents numbered 10, 20, ..."""
    return train_matcher(TEXTS, LABELS, DECLINED)


def odds(matcher: Matcher, question: str) -> float:
    """The log-odds that a base of the matcher's wordings answers a question."""
    return matcher.log_odds(matcher.features(question))


def test_a_wording_finds_its_own_document(matcher: Matcher) -> None:
    """The sense of nearly each wording that the matcher learnt from leads to its own document."""
    best = [int(matcher.documents[np.argmax(matcher.sense(text))]) for text in TEXTS]
    assert sum(a == b for a, b in zip(best, LABELS, strict=True)) >= 0.95 * len(TEXTS)


@pytest.mark.parametrize(
    ("question", "document"),
    [("peut-on partir avant la fin", 10), ("plus aucune sauvegarde des fichiers", 20), ("hausse du prix", 30),
     ("convention collective de mes salariés", 70), ("il refuse de rendre les mots de passe", 80)],
)  # fmt: skip
def test_a_wording_never_seen_finds_its_document(
    matcher: Matcher, question: str, document: int
) -> None:
    """Shared words and pieces of words are enough to find the document."""
    assert matcher.documents[np.argmax(matcher.sense(question))] == document


def test_questions_to_decline_have_lower_odds(matcher: Matcher) -> None:
    """What the base must decline is less likely to be answered than any wording of the base."""
    assert max(odds(matcher, q) for q in DECLINED) < min(odds(matcher, t) for t in TEXTS)


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\x00\ud800", "字"])
def test_a_question_without_words_matches_nothing(matcher: Matcher, question: str) -> None:
    """Without a word there is no document to prefer, only the intercept's odds."""
    scores, chance = matcher.sense(question), odds(matcher, question)
    assert not scores.any()
    assert chance == pytest.approx(float(matcher.scope[-1]))


@SOME
@given(ANY_TEXT)
def test_any_question_gives_finite_values(matcher: Matcher, text: str) -> None:
    """No text makes the matcher raise, or give a value that isn't a number."""
    scores, chance = matcher.sense(text), odds(matcher, text)
    assert scores.shape == (len(TOPICS),)
    assert np.isfinite(scores).all() and np.isfinite(chance)


def test_without_questions_to_decline_nothing_is_declined() -> None:
    """A base that names nothing to decline answers all: odds of 10 to any question."""
    bold = train_matcher(TEXTS, LABELS, [])
    assert {odds(bold, q) for q in (*DECLINED, *TEXTS, "")} == {10.0}


def test_training_twice_gives_the_same_matcher(matcher: Matcher) -> None:
    """Building again from the same wordings changes no weight."""
    again = train_matcher(TEXTS, LABELS, DECLINED)
    assert again.senses.tobytes() == matcher.senses.tobytes()
    assert again.scope.tobytes() == matcher.scope.tobytes()


def test_no_wording_is_refused_with_a_remedy() -> None:
    """A base without any question cannot be learnt from, and says so."""
    with pytest.raises(KnowledgeBaseError, match="kb/questions"):
        train_matcher([], [], DECLINED)


def test_one_document_is_enough() -> None:
    """A base of one question is a base."""
    one = train_matcher(["Qui paie ?", "Qui doit payer ?"], [4, 4], DECLINED)
    assert one.sense("qui paie").shape == (1,) and np.isfinite(odds(one, "qui paie"))


@SOME
@given(ANY_TEXT)
def test_save_then_load_changes_nothing(saved: Matcher, matcher: Matcher, text: str) -> None:
    """A matcher read from its files matches as the one that was written."""
    assert saved.sense(text).tobytes() == matcher.sense(text).tobytes()
    assert odds(saved, text) == odds(matcher, text)


def dense(question: str, idf: Floats) -> Floats:
    """A question's features as one row of all, weighted, of length 1 or 0."""
    row = np.zeros(BUCKETS, dtype=np.float32)
    row[features(question, BUCKETS)] = 1.0
    return row * idf / max(float(np.linalg.norm(row * idf)), 1e-9)


@pytest.mark.parametrize(
    "question", ["Qui paie la panne ?", "jveu partir avan la fin", "Le disque est mort", "zzz"]
)
def test_likeness_is_the_cosine_with_each_wording(matcher: Matcher, question: str) -> None:
    """The likeness of a question to a wording is the cosine of their weighted features."""
    expected = [dense(text, matcher.idf) @ dense(question, matcher.idf) for text in TEXTS]
    assert matcher.likeness(matcher.features(question), len(TEXTS)) == pytest.approx(
        expected, abs=2e-3
    )


def test_numbers_of_16_bits_are_widened_without_rounding() -> None:
    """Every number of 16 bits that is 0 or more gives, times the power of two, itself."""
    halves = np.arange(0x7C00, dtype=np.uint16)  # up to the greatest that is finite
    found = _widened([halves[:9], halves[9:]]) * _WIDENED
    assert (found == halves.view(np.float16).astype(np.float32)).all()


def test_a_wording_is_most_like_itself(matcher: Matcher) -> None:
    """Each wording's own cosine is 1, and none is higher."""
    for place, text in enumerate(TEXTS):
        likeness = matcher.likeness(matcher.features(text), len(TEXTS))
        assert likeness[place] == pytest.approx(1.0, abs=2e-3) and likeness.max() <= 1.002


@SOME
@given(ANY_TEXT)
def test_likeness_is_a_share(matcher: Matcher, text: str) -> None:
    """For any text, each wording has a likeness between 0 and 1."""
    likeness = matcher.likeness(matcher.features(text), len(TEXTS))
    assert likeness.shape == (len(TEXTS),) and (likeness >= 0).all() and (likeness <= 1.002).all()


@pytest.fixture(scope="module")
def saved(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """The same, written and read again."""
    folder = tmp_path_factory.mktemp("matcher")
    save_matcher(folder, matcher)
    return load_matcher(folder)


def test_no_pickle_is_read(tmp_path: Path, matcher: Matcher) -> None:
    """An array file that holds a pickle is refused, not run."""
    save_matcher(tmp_path, matcher)
    np.save(tmp_path / "matcher-idf.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        load_matcher(tmp_path)


@pytest.mark.parametrize("name", ARRAYS[1:])
def test_arrays_of_another_size_are_refused(tmp_path: Path, matcher: Matcher, name: str) -> None:
    """Each array must have a place for every feature: a shorter one would fail in the middle of a search."""
    save_matcher(tmp_path, matcher)
    np.save(tmp_path / f"matcher-{name}.npy", getattr(matcher, name)[:-1])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        load_matcher(tmp_path)


def test_a_question_in_other_words_finds_its_document_by_their_sense(matcher: Matcher) -> None:
    """No word of the question is in a wording: vectors of words tell what it asks for."""
    question = "surcoût annuel"
    assert not {word for text in TEXTS for word in text.lower().split()} & set(question.split())
    assert matcher.documents[np.argmax(matcher.sense(question))] == 30


@SOME
@given(ANY_TEXT)
def test_any_text_has_a_sense_or_none(matcher: Matcher, text: str) -> None:
    """A finite value for each document; zeros for a text without known words."""
    values = matcher.sense(text)
    assert values.shape == matcher.documents.shape and np.isfinite(values).all()


def test_the_sense_of_a_text_does_not_depend_on_the_order_of_its_words(matcher: Matcher) -> None:
    """A sum has no order."""
    one, other = matcher.sense("prix de la panne"), matcher.sense("panne, de la prix")
    assert one == pytest.approx(other, abs=1e-6)


def test_foreign_words_lean_away_and_own_words_towards(matcher: Matcher) -> None:
    """The words of questions to decline are strange, those of wordings homely."""
    strange, homely = zip(*(matcher.leanings(text) for text in DECLINED), strict=True)
    known, own = zip(*(matcher.leanings(text) for text in TEXTS), strict=True)
    assert np.mean(strange) > np.mean(known) and np.mean(own) > np.mean(homely)


def test_a_word_that_nobody_said_leans_the_same_whatever_it_is(matcher: Matcher) -> None:
    """An unseen word tells only that it was never seen."""
    assert matcher.leanings("xyzzy") == matcher.leanings("plugh")


@SOME
@given(ANY_TEXT)
def test_leanings_are_never_negative(matcher: Matcher, text: str) -> None:
    """Any text gives two finite sums, 0 for a text without words."""
    strange, homely = matcher.leanings(text)
    assert 0.0 <= strange < 100.0 and 0.0 <= homely < 100.0


def test_without_words_nothing_leans(matcher: Matcher) -> None:
    """No stem, no leaning."""
    assert matcher.leanings("?") == (0.0, 0.0)
