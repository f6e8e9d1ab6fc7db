"""How hard a French text is to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.sentences import Sentence
from retrieval.analysis import fold

_HIATUS = re.compile(r"(?<=[éèïë])(?=[aeiouyàâéèêîôû])")  # « ré-alité », « na-ïf »
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiy])")
_VOWELS = re.compile(r"[aeiouy]+")
_MUTE = re.compile(r"(?<=[b-df-hj-np-tv-xzç])e(?:s|(?<!me)nt)?$")


def reading_score(sentences: Sequence[Sentence]) -> float:
    """The Kandel-Moles score: about 60 is plain, under 30 is hard; 0 for no words.

    207 - 1.015 (words per sentence) - 73.6 (syllables per word): L. Kandel and A. Moles,
    « Application de l'indice de Flesch à la langue française », 1958.
    """
    words = [word for sentence in sentences for word in sentence.words]
    if not words:
        return 0.0
    syllables = sum(map(count_syllables, words))
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)


def mean_length(sentences: Sequence[Sentence]) -> float:
    """Words a sentence, on average; 0 for no sentence."""
    return sum(len(sentence.words) for sentence in sentences) / len(sentences) if sentences else 0.0


def count_syllables(word: str) -> int:
    """The syllables heard in a word: groups of vowels, less a mute ending; 1 at least."""
    heard = _MUTE.sub("", _SILENT_U.sub("", word.lower()))
    return max(1, len(_VOWELS.findall(fold(_HIATUS.sub("-", heard)))))
