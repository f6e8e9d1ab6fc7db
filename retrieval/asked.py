"""A question, analysed once for all legs."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from retrieval.analysis import MAX_QUESTION_CHARACTERS, fold, normalise, stems
from retrieval.encoders import Encoder
from retrieval.references import reference_keys

_SMALL = re.compile(r"art:\d{1,2}")
_PROCEDURE = re.compile(r"\bcpc\b|procedure civile")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, analysed once for all legs."""

    text: str
    terms: tuple[str, ...]
    keys: tuple[str, ...]
    vector: np.ndarray[tuple[int, ...], np.dtype[np.float32]]

    @staticmethod
    def read(question: str, encoder: Encoder) -> Asked:
        """Analyse a question."""
        text = normalise(question[: 2 * MAX_QUESTION_CHARACTERS])[:MAX_QUESTION_CHARACTERS]
        terms = tuple(dict.fromkeys(stems(text)))
        return Asked(text, terms, asked_keys(text), encoder.encode([text])[0])


def asked_keys(question: str) -> tuple[str, ...]:
    """Keys of the references that a question names.

    A bare number under 100 is more often an article of the user's own contract than of a law:
    it counts only where the code of civil procedure, whose articles it may be, is named.
    """
    keys = reference_keys(question)
    if _PROCEDURE.search(fold(question[:MAX_QUESTION_CHARACTERS])):
        return keys
    return tuple(key for key in keys if not _SMALL.fullmatch(key))
