"""The legs over the documents that people ask for, and what abstention is decided on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.asked import Asked
from retrieval.backend import Backend, Numbers
from retrieval.encoders.base import Vectors
from retrieval.fusion import Values
from retrieval.store import DocumentRow

LEGS = ("senses", "wordings", "likeness", "variants", "body", "lexicon")
SIGNALS = ("domain", "near", "foreign", "strange", "homely")
NEAREST = 3  # wordings of a document whose likeness is averaged; 1 to 5 do nearly as well
POOL = 1_000  # wordings among which they are looked for
SHARPNESS = 25.0  # of the evidence summed over wordings; 20 to 30 do as well on wordings held out


@dataclass(frozen=True, slots=True)
class Signals:
    """What fusion and abstention see of one question: for learning their weights."""

    legs: dict[str, Values]  # (asked documents,) by name of `LEGS`
    scope: dict[str, float]  # by name of `SIGNALS`


class Legs:
    """Scores of the asked documents for a question, leg by leg."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.documents: list[DocumentRow] = [d for d in backend.documents if d.asked]
        self._place = {d.number: place for place, d in enumerate(self.documents)}
        places = [self._place[int(number)] for number in backend.wording_documents]
        self._of_wording: Numbers = np.array(places, dtype=np.int64)
        matched = [self._place[int(number)] for number in backend.matcher.documents]
        self._of_column: Numbers = np.array(matched, dtype=np.int64)

    def score(self, asked: Asked) -> Signals:
        """The legs' values for each asked document, and the signals of abstention."""
        size = len(self.documents)
        legs = {"senses": np.zeros(size)}
        legs["senses"][self._of_column] = self._backend.matcher.sense(asked.reading.text)
        for field in ("variants", "body"):
            legs[field] = self._lexical(field, asked.reading.terms)
        legs["lexicon"] = self._lexical("body", asked.reading.meanings)
        likeness = self._backend.outline.likeness(self._backend.wording_vectors, asked.vector)
        legs["wordings"] = evidence(likeness, self._of_wording, size)
        cosines = self._backend.matcher.likeness(asked.text, len(likeness))
        legs["likeness"] = nearest(cosines, self._of_wording, size)
        foreign = evidence(self._backend.declined_vectors @ asked.vector)
        strange, homely = self._backend.matcher.leanings(asked.reading.text)
        signals = {
            "domain": self._backend.matcher.log_odds(asked.text),
            "near": float(legs["wordings"].max(initial=0.0)),
            "foreign": float(foreign[0]),
            "strange": strange,
            "homely": homely,
        }
        return Signals(legs, signals)

    def _lexical(self, field: str, terms: tuple[str, ...]) -> Values:
        """BM25 of each asked document's field."""
        found = self._backend.lexical(field, terms, len(self.documents))
        values = np.zeros(len(self.documents))
        values[[self._place[number] for number, _ in found]] = [value for _, value in found]
        return values


def evidence(likeness: Vectors, groups: Numbers | None = None, size: int = 1) -> Values:
    """log (Σ exp(SHARPNESS × likeness) / √n) / SHARPNESS of each group of n wordings.

    A soft maximum: one wording that says the same is worth much, many that say nearly the same
    are worth as much; √n takes back half of what a group gains by being large. A group without
    wordings has -1, the least likeness there is.

    Args:
        likeness: (wordings,) inner products, -1 to 1.
        groups: (wordings,) group of each, in [0, size); one group when None.
    """
    raised = np.exp(SHARPNESS * likeness.astype(np.float64))
    groups = np.zeros(len(likeness), dtype=np.int64) if groups is None else groups
    count = np.maximum(np.bincount(groups, minlength=size), 1)
    total = np.bincount(groups, weights=raised, minlength=size) / np.sqrt(count)
    return np.asarray(np.log(np.maximum(total, np.exp(-SHARPNESS))) / SHARPNESS, dtype=np.float64)


def nearest(likeness: Vectors, groups: Numbers, size: int) -> Values:
    """The mean of the `NEAREST` greatest values of each group, 0 where it has fewer.

    Args:
        likeness: (wordings,) not negative; those past the `POOL` greatest of all count for nothing.
        groups: (wordings,) group of each, in [0, size).
    """
    pool = min(POOL, len(likeness))
    rows = np.argpartition(-likeness, pool - 1)[:pool] if pool else np.zeros(0, dtype=np.int64)
    rows = rows[np.lexsort((rows, -likeness[rows], groups[rows]))]
    held = groups[rows]
    within = np.arange(len(rows)) - np.searchsorted(held, held)  # place in its own group, from 0
    first = within < NEAREST
    return np.bincount(held[first], likeness[rows[first]], minlength=size) / NEAREST
