"""The words of a text, found by patterns made to be fast, are those that plain patterns find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis import fold, ngrams, normalise, spelled_out, stems, words
from tests.retrieval.any_text import ANY_TEXT, SOME

ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'", re.IGNORECASE)
CODE_LETTER = re.compile(r"\b([lrd])\.?\s?(?=\d{3,4}-\d)")
WORD = re.compile(r"[a-z]{0,40}\d{1,40}(?:-\d{1,40}){0,8}[a-z]{0,40}|[a-z]{1,40}")
PIECES = (
    "l'", "QU’", "jusqu'", "lorsqu'", "puisqu'", "quoiqu'", "aujourd'hui", "ſ'", "é'", "'", "_",
    "L. 441-10", "r.1234-5", "l\u00a0441-10", "x1y2", "a" * 41, "9" * 41, "-1" * 10, "٤٤٤-٤", "²",
    "prix", " ", "-", ".",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | ANY_TEXT, max_size=8).map("".join)


def plain(text: str) -> list[str]:
    """Words by patterns that say what they mean."""
    return WORD.findall(CODE_LETTER.sub(r"\1", ELISION.sub(" ", fold(normalise(text)))))


@SOME
@given(TEXTS)
def test_words_are_those_of_plain_patterns(text: str) -> None:
    """Elisions, letters of codes, long runs, digits of other scripts: nothing is read otherwise."""
    assert words(text) == plain(text)


@pytest.mark.parametrize(
    "text", ["l'" * 300, "jusqu'" * 200 + "a", "l. " * 300 + "441-10", "a1-" * 300]
)
def test_long_runs_are_read_as_plain_patterns_read_them(text: str) -> None:
    """What repeats a pattern's beginning hundreds of times is no other text."""
    assert words(text) == plain(text)


def test_texts_without_text_messages_are_left_as_they_are() -> None:
    """A word of a text message changes its own place alone."""
    assert spelled_out("la panne du serveur") == ["la", "panne", "du", "serveur"]
    assert spelled_out("la panne koi du serveur") == ["la", "panne", "quoi", "du", "serveur"]
    assert stems("panne pc") == stems("panne ordinateur")
    assert ngrams("bcp prix") == ngrams("beaucoup prix")
