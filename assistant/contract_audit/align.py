"""Which clause of the model each paragraph of a contract speaks of.

Clauses are weighed words (tf-idf over French stems, cosine), as their text, their title and the
ways in which people ask for them say them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.contract.types import Clause, Model
from assistant.contract_audit.types import Alignment, Contract, Quote
from retrieval.analysis import stems

THRESHOLD = 0.16  # cosine from which a paragraph speaks of the nearest clause
SECOND = 0.21  # and of the second
UNUSUAL = 0.09  # cosine under which a part looks like no clause at all
MIN_STEMS = 8  # of a part that may be called unusual
TITLE_SHARE = 0.45  # of the score, given to the heading of the part
_KEPT = 3  # quotes of an alignment
_TITLE_WEIGHT = 3.0  # times that the words of a title count
_WORDING_WEIGHT = 0.3  # times that a word of the wordings counts
_MARKUP = re.compile(r"\[\[[^\]]{0,80}\]\]|\{\{[^}]{0,80}\}\}")  # options and blanks of the model

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a contract, by its part and its line."""

    part: int
    line: int


class Aligner:
    """Compares paragraphs with the clauses of a model."""

    def __init__(self, model: Model, wordings: Mapping[str, Sequence[str]]) -> None:
        self.clauses = model.clauses
        counts = [_words_of(clause, wordings.get(clause.id, ())) for clause in model.clauses]
        present = Counter(stem for count in counts for stem in count)
        self._column = {stem: column for column, stem in enumerate(sorted(present))}
        self._rarity = {stem: math.log(1 + len(counts) / n) for stem, n in present.items()}
        self._unknown = math.log(1 + len(counts))
        self._texts = self._matrix(counts)
        self._titles = self._matrix([Counter(stems(clause.title)) for clause in model.clauses])

    def scores(self, heading: str, text: str) -> dict[str, float]:
        """How near each clause is to a paragraph under a heading, 0 to 1 + `TITLE_SHARE`."""
        near = self._cosines(self._texts, text)
        near = near + TITLE_SHARE * self._cosines(self._titles, heading)
        return {clause.id: float(near[row]) for row, clause in enumerate(self.clauses)}

    def align(self, contract: Contract) -> tuple[tuple[Alignment, ...], dict[Place, str]]:
        """Each clause with the paragraphs that speak of it, and the clause of each paragraph."""
        found: dict[str, list[tuple[float, Quote]]] = {clause.id: [] for clause in self.clauses}
        places: dict[Place, str] = {}
        for p, part in enumerate(contract.parts):
            for n, line in enumerate(part.lines):
                quote = Quote(line.text, part.heading, line.page)
                scores = self.scores(part.heading, line.text)
                ranked = sorted(scores, key=lambda name: (-scores[name], name))
                for name, least in zip(ranked, (THRESHOLD, SECOND), strict=False):
                    if scores[name] >= least:
                        places.setdefault(Place(p, n), name)
                        found[name].append((scores[name], quote))
        return tuple(_alignment(clause, found[clause.id]) for clause in self.clauses), places

    def unusual(self, contract: Contract) -> tuple[Quote, ...]:
        """The parts that look like no clause, each by its first paragraph."""
        return tuple(
            Quote(part.lines[0].text, part.heading, part.page)
            for part in contract.parts
            if part.heading
            and len(stems(part.text)) >= MIN_STEMS
            and max(self.scores(part.heading, part.text).values()) < UNUSUAL
        )

    def _matrix(self, counts: Sequence[Mapping[str, float]]) -> Matrix:
        """The vectors of texts, a row each."""
        matrix = np.zeros((len(counts), len(self._column)))
        for row, count in enumerate(counts):
            for stem, value in self._vector(count).items():
                matrix[row, self._column[stem]] = value
        return matrix

    def _cosines(self, matrix: Matrix, text: str) -> Matrix:
        """The cosine of a text with each row."""
        known = {s: v for s, v in self._vector(Counter(stems(text))).items() if s in self._column}
        columns = [self._column[stem] for stem in known]
        near: Matrix = matrix[:, columns] @ np.array(list(known.values()), dtype=np.float64)
        return near

    def _vector(self, count: Mapping[str, float]) -> dict[str, float]:
        """A vector of length 1, by stem; empty when there is no word."""
        raw = {
            stem: (1 + math.log(n) if n >= 1 else n) * self._rarity.get(stem, self._unknown)
            for stem, n in count.items()
        }
        length = math.sqrt(sum(value * value for value in raw.values()))
        return {stem: value / length for stem, value in raw.items()} if length else {}


def _words_of(clause: Clause, wordings: Sequence[str]) -> dict[str, float]:
    """How much each stem counts in a clause: its text, its title, and how people ask for it."""
    counts: dict[str, float] = {}
    for text, weight in (
        (_MARKUP.sub(" ", clause.text), 1.0), (clause.title, _TITLE_WEIGHT),
        (" ".join(wordings), _WORDING_WEIGHT),
    ):  # fmt: skip
        for stem, n in Counter(stems(text)).items():
            counts[stem] = counts.get(stem, 0.0) + weight * n
    return counts


def _alignment(clause: Clause, found: list[tuple[float, Quote]]) -> Alignment:
    """A clause with its nearest paragraphs."""
    found.sort(key=lambda item: -item[0])
    return Alignment(
        clause.id,
        f"{clause.name} – {clause.title}",
        tuple(quote for _, quote in found[:_KEPT]),
        round(min(found[0][0], 1.0), 3) if found else 0.0,
    )
