"""A message that only names a subject of the base: « convention collective », « préavis »."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval import Candidate
from retrieval.analysis import STOP_WORDS, stem, words

WORDS = 3  # of its own that such a message has at most
AMONG = 5  # candidates whose title may name the subject


def names_subject(message: str, candidates: Sequence[Candidate]) -> bool:
    """Whether a message is no more than words of the title of one of its first candidates."""
    said = _stems(message)
    if not 0 < len(said) <= WORDS:
        return False
    return any(set(said) <= set(_stems(candidate.title)) for candidate in candidates[:AMONG])


def _stems(text: str) -> list[str]:
    """The stems of a text in order, little words left out."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
