"""The legs over the documents that people ask for, and what abstention is decided on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.asked import Asked
from retrieval.backend import Backend
from retrieval.encoders.base import Vectors
from retrieval.fusion import Values
from retrieval.products import inner
from retrieval.scored import Numbers
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


class Groups:
    """Which group each of many values is of: the document of each wording.

    Attributes:
        of: (values,) the group of each, in [0, size).
        size: how many groups there are.
        counts: (size,) how many values each has.
    """

    def __init__(self, of: Numbers, size: int) -> None:
        self.of, self.size = of, size
        self._starts = np.flatnonzero(np.diff(of, prepend=-1))  # of runs of one group
        self._of_run = of[self._starts]
        self.counts: Numbers = np.bincount(of, minlength=size)

    def summed(self, values: Values) -> Values:
        """(size,) the sum of the values of each group."""
        runs = np.add.reduceat(values, self._starts) if len(values) else values
        return np.asarray(np.bincount(self._of_run, runs, minlength=self.size), dtype=np.float64)


class Legs:
    """Scores of the asked documents for a question, leg by leg."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.documents: list[DocumentRow] = [d for d in backend.documents if d.asked]
        self._place = np.zeros(len(backend.documents) + 1, dtype=np.int64)  # by document number
        self._place[[d.number for d in self.documents]] = np.arange(len(self.documents))
        self._wordings = Groups(self._place[backend.wording_documents], len(self.documents))
        self._declined = Groups(np.zeros(len(backend.declined_vectors), dtype=np.int64), 1)
        self._of_column: Numbers = self._place[backend.matcher.documents]

    def score(self, asked: Asked) -> Signals:
        """The legs' values for each asked document, and the signals of abstention."""
        matcher, features = self._backend.matcher, self._backend.matcher.features(asked.text)
        likeness = self._backend.outline.likeness(self._backend.wording_vectors, asked.vector)
        legs = {
            "senses": np.zeros(len(self.documents)),
            "wordings": evidence(likeness, self._wordings),
            "likeness": nearest(matcher.likeness(features, len(likeness)), self._wordings),
            "variants": self._lexical("variants", asked.reading.terms),
            "body": self._lexical("body", asked.reading.terms),
            "lexicon": self._lexical("body", asked.reading.meanings),
        }
        legs["senses"][self._of_column] = matcher.sense(asked.reading.text)
        foreign = evidence(inner(self._backend.declined_vectors, asked.vector), self._declined)
        strange, homely = matcher.leanings(asked.reading.text)
        signals = {
            "domain": matcher.log_odds(features),
            "near": float(legs["wordings"].max(initial=0.0)),
            "foreign": float(foreign[0]),
            "strange": strange,
            "homely": homely,
        }
        return Signals(legs, signals)

    def _lexical(self, field: str, terms: tuple[str, ...]) -> Values:
        """BM25 of each asked document's field."""
        values = np.zeros(len(self.documents))
        if terms:
            found = self._backend.lexical(field, terms, len(self.documents))
            values[self._place[found.numbers]] = found.scores
        return values


def evidence(likeness: Vectors, groups: Groups) -> Values:
    """log (Σ exp(SHARPNESS × likeness) / √n) / SHARPNESS of each group of n wordings.

    A soft maximum: one wording that says the same is worth much, many that say nearly the same
    are worth as much; √n takes back half of what a group gains by being large. A group without
    wordings has -1, the least likeness there is.

    Args:
        likeness: (wordings,) inner products, -1 to 1.
        groups: of the wordings.
    """
    raised = likeness.astype(np.float64)
    raised *= SHARPNESS
    np.exp(raised, out=raised)
    total = groups.summed(raised) / np.sqrt(np.maximum(groups.counts, 1))
    return np.asarray(np.log(np.maximum(total, np.exp(-SHARPNESS))) / SHARPNESS, dtype=np.float64)


def nearest(likeness: Vectors, groups: Groups) -> Values:
    """The mean of the `NEAREST` greatest values of each group, 0 where it has fewer.

    Args:
        likeness: (wordings,) not negative; those past the `POOL` greatest of all count for nothing.
        groups: of the wordings.
    """
    pool = min(POOL, len(likeness))
    rows = np.argpartition(-likeness, pool - 1)[:pool] if pool else np.zeros(0, dtype=np.int64)
    rows.sort()
    rows = rows[np.lexsort((-likeness[rows], groups.of[rows]))]  # stable: ties by number
    held = groups.of[rows]
    within = np.arange(len(rows)) - np.searchsorted(held, held)  # place in its own group, from 0
    first = within < NEAREST
    return np.bincount(held[first], likeness[rows[first]], minlength=groups.size) / NEAREST
