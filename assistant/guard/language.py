"""The language of a sentence, and words of ours that no answer should hold."""

from __future__ import annotations

from assistant.guard.lexicon import ENGLISH, FRENCH, LEAKS
from assistant.guard.reading import Reading
from retrieval.analysis import fold, normalise

LONG = 4  # words from which a sentence has a language


def foreign(reading: Reading, evidence: Reading | None) -> bool:
    """Whether a sentence is neither in French nor in the language of its source."""
    own = language(reading)
    return own != "fr" and (evidence is None or language(evidence) != own)


def language(reading: Reading) -> str:
    """ "fr", "en" or "": the language whose little words are the most; short texts are French."""
    if len(reading.words) < LONG:
        return "fr"
    french = sum(word in FRENCH for word in reading.words)
    english = sum(word in ENGLISH for word in reading.words)
    if english > french:
        return "en"
    return "fr" if french * 8 >= len(reading.words) else ""


def leaks(raw: str) -> bool:
    """Whether a sentence repeats our instructions, or speaks of the model."""
    return bool(LEAKS.search(fold(normalise(raw))))
