"""What a rewriter remembers of the vocabulary: the truth, asked once, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from retrieval import rewriting
from retrieval.generation import current
from retrieval.rewriting import Rewriter
from retrieval.store import Store


class Counted(Store):
    """A real store that writes down which words it was asked about."""

    asked: list[str]

    def knows(self, words: Sequence[str]) -> set[str]:
        """Those that the texts hold, written down."""
        self.asked.extend(words)
        return super().knows(words)


@pytest.fixture
def store(small: Path) -> Iterator[Counted]:
    """The store of the small generation, asked nothing yet."""
    opened = Counted(current(small / "index") / "passages.sqlite")
    opened.asked = []
    yield opened
    opened.close()


def test_a_word_is_looked_up_once(store: Counted) -> None:
    """Known or misspelt, a word that comes again is read as before, without the store."""
    rewriter = Rewriter(store)
    first = rewriter.read("sauvegarde des donées")
    assert rewriter.read("sauvegarde des donées") == first
    assert first.rewritings and sorted(store.asked) == ["donees", "sauvegarde"]


def test_a_question_mixes_words_met_and_new(store: Counted) -> None:
    """Only what is new is looked up, and each word keeps its own reading."""
    rewriter = Rewriter(store)
    rewriter.read("sauvegarde")
    mixed = rewriter.read("prix sauvegarde donées")
    assert mixed == Rewriter(store).read("prix sauvegarde donées")
    assert store.asked[:3] == ["sauvegarde", "prix", "donees"]


def test_what_is_remembered_is_bounded(store: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor who makes up words by the thousand fills no memory; readings stay what they are."""
    monkeypatch.setattr(rewriting, "MAX_MET", 5)
    rewriter, fresh = Rewriter(store), Rewriter(store)
    for head in "abcdefgh":
        rewriter.read(" ".join(f"{head}{tail}zorglub" for tail in "abcd"))
        assert len(rewriter._met) <= 5
    assert rewriter.read("sauvegarde des donées") == fresh.read("sauvegarde des donées")
