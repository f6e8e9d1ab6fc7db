"""The language of a sentence, and words of ours that no answer should hold."""

from __future__ import annotations

from assistant.guard.lexicon import ENGLISH, FRENCH, LEAKS
from assistant.guard.reading import Reading
from retrieval.analysis import fold, normalise

LONG = 4  # words from which a sentence has a language
FEW = 8  # one little word in so many is too few for French


def foreign(reading: Reading, evidence: Reading | None) -> bool:
    """Whether a sentence is in English and its source isn't."""
    return is_english(reading) and (evidence is None or not is_english(evidence))


def is_english(reading: Reading) -> bool:
    """Whether a sentence's little words are more English than French; a short one never is."""
    english = sum(word in ENGLISH for word in reading.words)
    return len(reading.words) >= LONG and english > _french(reading)


def unknown(reading: Reading) -> bool:
    """Whether a sentence has hardly a little word of French: it may be in any language."""
    return len(reading.words) >= LONG and _french(reading) * FEW < len(reading.words)


def _french(reading: Reading) -> int:
    """How many little words of French a sentence has."""
    return sum(word in FRENCH for word in reading.words)


def leaks(raw: str) -> bool:
    """Whether a sentence repeats our instructions, or speaks of the model."""
    return bool(LEAKS.search(fold(normalise(raw))))
