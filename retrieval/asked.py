"""A question, analysed once for all legs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from retrieval.analysis import MAX_QUESTION_CHARACTERS, ngrams, normalise
from retrieval.encoders import Encoder
from retrieval.encoders.base import Vectors
from retrieval.references import Reference, named_references
from retrieval.rewriting import Reading, Rewriter, in_context

_END = re.compile(r"(?<=[.!?;…])\s+")
MAX_SENTENCES = 40
SHORTEST = 3  # words of what counts as a sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, analysed once for all legs.

    Attributes:
        text: in NFKC, cut, the contract that the base is about named in short.
        reading: what its words stand for.
        references: the legal references it names.
        vector: (dimension,) the mean of its sentences' vectors, unit length: the one sentence of
            a long story that asks counts for as much as those that tell.
        ngrams: runs of letters.
    """

    text: str
    reading: Reading
    references: tuple[Reference, ...]
    vector: Vectors
    ngrams: tuple[str, ...]

    @staticmethod
    def read(question: str, encoder: Encoder, rewriter: Rewriter) -> Asked:
        """Analyse a question."""
        text, shortened = in_context(cut(question))
        reading = rewriter.read(text)
        if shortened:
            reading = replace(reading, rewritings=(*shortened, *reading.rewritings))
        return Asked(
            text,
            reading,
            named_references(text),
            _vector(text, encoder),
            tuple(dict.fromkeys(ngrams(reading.text))),
        )


def cut(question: str) -> str:
    """A question in NFKC, cut at `MAX_QUESTION_CHARACTERS`: what costs grows with its length."""
    return normalise(question[: 2 * MAX_QUESTION_CHARACTERS])[:MAX_QUESTION_CHARACTERS]


def sentences(text: str) -> list[str]:
    """The sentences of a question, those of under three words joined to none and left out.

    The whole text when none is left.
    """
    found = [part for part in _END.split(text) if len(part.split()) >= SHORTEST]
    return found[:MAX_SENTENCES] if len(found) > 1 else [text]


def _vector(text: str, encoder: Encoder) -> Vectors:
    """The mean of the sentences' vectors, brought to unit length; zeros for a text without words."""
    total = encoder.encode(sentences(text)).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
