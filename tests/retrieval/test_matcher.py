"""The question matcher: a wording finds its document, a foreign question is felt as foreign."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from ingest.matcher import train_matcher
from retrieval.errors import IndexCorruptError, KnowledgeBaseError
from retrieval.matcher import BUCKETS, Matcher, load_matcher, save_matcher
from tests.retrieval.any_text import ANY_TEXT, SOME
from tests.retrieval.small_base import DECLINED, TOPICS

TEXTS = [text for topic in TOPICS for text in (topic.question, *topic.wordings)]
LABELS = [10 * place for place, topic in enumerate(TOPICS, start=1) for _ in range(7)]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """The matcher of the small base's questions, documents numbered 10, 20, ..."""
    return train_matcher(TEXTS, LABELS, DECLINED)


def test_a_wording_finds_its_own_document(matcher: Matcher) -> None:
    """Each wording that the matcher learnt from scores its own document first."""
    best = [int(matcher.documents[np.argmax(matcher.match(text)[0])]) for text in TEXTS]
    assert best == LABELS


@pytest.mark.parametrize(
    ("question", "document"),
    [("peut-on partir avant la fin", 10), ("plus aucune sauvegarde des fichiers", 20), ("hausse du prix", 30),
     ("convention collective de mes salariés", 70), ("il refuse de rendre les mots de passe", 80)],
)  # fmt: skip
def test_a_wording_never_seen_finds_its_document(
    matcher: Matcher, question: str, document: int
) -> None:
    """Shared words and pieces of words are enough to find the document."""
    assert matcher.documents[np.argmax(matcher.match(question)[0])] == document


def test_questions_to_decline_have_lower_odds(matcher: Matcher) -> None:
    """What the base must decline is less likely to be answered than any wording of the base."""
    assert max(matcher.match(q)[1] for q in DECLINED) < min(matcher.match(t)[1] for t in TEXTS)


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\x00\ud800", "字"])
def test_a_question_without_words_matches_nothing(matcher: Matcher, question: str) -> None:
    """Without a word there is no document to prefer, only the intercept's odds."""
    scores, odds = matcher.match(question)
    assert not scores.any()
    assert odds == pytest.approx(float(matcher.scope[-1]))


@SOME
@given(ANY_TEXT)
def test_any_question_gives_finite_values(matcher: Matcher, text: str) -> None:
    """No text makes the matcher raise, or give a value that isn't a number."""
    scores, odds = matcher.match(text)
    assert scores.shape == (len(TOPICS),)
    assert np.isfinite(scores).all() and np.isfinite(odds)


def test_without_questions_to_decline_nothing_is_declined() -> None:
    """A base that names nothing to decline answers all: odds of 10 to any question."""
    bold = train_matcher(TEXTS, LABELS, [])
    assert {bold.match(q)[1] for q in (*DECLINED, *TEXTS, "")} == {10.0}


def test_training_twice_gives_the_same_matcher(matcher: Matcher) -> None:
    """Building again from the same wordings changes no weight."""
    again = train_matcher(TEXTS, LABELS, DECLINED)
    assert again.weights.tobytes() == matcher.weights.tobytes()
    assert again.scope.tobytes() == matcher.scope.tobytes()


def test_no_wording_is_refused_with_a_remedy() -> None:
    """A base without any question cannot be learnt from, and says so."""
    with pytest.raises(KnowledgeBaseError, match="kb/questions"):
        train_matcher([], [], DECLINED)


def test_one_document_is_enough() -> None:
    """A base of one question is a base."""
    scores, odds = train_matcher(["Qui paie ?", "Qui doit payer ?"], [4, 4], DECLINED).match(
        "qui paie"
    )
    assert scores.shape == (1,) and np.isfinite(odds)


@SOME
@given(ANY_TEXT)
def test_save_then_load_changes_nothing(saved: Matcher, matcher: Matcher, text: str) -> None:
    """A matcher read from its files matches as the one that was written."""
    before, after = matcher.match(text), saved.match(text)
    assert after[0].tobytes() == before[0].tobytes() and after[1] == before[1]


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


@pytest.mark.parametrize("name", ["idf", "scope", "weights"])
def test_arrays_of_another_size_are_refused(tmp_path: Path, matcher: Matcher, name: str) -> None:
    """Each array must have a place for every feature: a shorter one would fail in the middle of a search."""
    save_matcher(tmp_path, matcher)
    np.save(tmp_path / f"matcher-{name}.npy", getattr(matcher, name)[: BUCKETS // 2])
    with pytest.raises(IndexCorruptError, match="--rebuild"):
        load_matcher(tmp_path)
