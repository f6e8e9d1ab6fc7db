"""The question matcher: which document a question asks for, and whether any does.

Two linear models over the hashed features of `retrieval.analysis`, trained by the builder on the
wordings of the knowledge base: a ridge regression onto the documents, and a logistic regression
of questions to answer against questions to decline.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.analysis import features
from retrieval.errors import IndexCorruptError

Floats = npt.NDArray[np.float32]
BUCKETS = 65_536


@dataclass(frozen=True, slots=True)
class Matcher:
    """The trained models.

    Attributes:
        documents: numbers of the documents that the columns of `weights` stand for.
        idf: (BUCKETS,) inverse document frequency of each feature; 0 where unseen.
        weights: (BUCKETS, n_documents) float16.
        scope: (BUCKETS + 1,) weights of the domain check, its intercept last.
    """

    documents: npt.NDArray[np.int64]
    idf: Floats
    weights: npt.NDArray[np.float16]
    scope: Floats

    def match(self, question: str) -> tuple[Floats, float]:
        """The value of each document (higher is better), and the log-odds that the base answers."""
        buckets = np.array(features(question, BUCKETS), dtype=np.int64)
        values = self.idf[buckets] if buckets.size else np.zeros(0, dtype=np.float32)
        norm = float(np.linalg.norm(values))
        if norm == 0.0:
            return np.zeros(len(self.documents), dtype=np.float32), float(self.scope[-1])
        values = values / norm
        scores = values @ self.weights[buckets].astype(np.float32)
        return scores, float(values @ self.scope[buckets] + self.scope[-1])


def save_matcher(folder: Path, matcher: Matcher) -> None:
    """Write the models as plain arrays."""
    for name in ("documents", "idf", "weights", "scope"):
        np.save(folder / f"matcher-{name}.npy", getattr(matcher, name), allow_pickle=False)


def load_matcher(folder: Path) -> Matcher:
    """The models of a generation; the large one is mapped, not read.

    Raises:
        IndexCorruptError: a file is missing or truncated, or shapes do not agree.
    """
    try:
        arrays = {
            name: np.load(folder / f"matcher-{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("documents", "idf", "weights", "scope")
        }
    except (OSError, ValueError, EOFError) as error:
        raise IndexCorruptError(
            f"Le modèle des questions de {folder} est illisible : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        ) from error
    matcher = Matcher(**arrays)
    shapes = (matcher.idf.shape, matcher.weights.shape, matcher.scope.shape)
    if shapes != ((BUCKETS,), (BUCKETS, len(matcher.documents)), (BUCKETS + 1,)):
        raise IndexCorruptError(
            f"Le modèle des questions de {folder} a des tableaux de tailles {shapes}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )
    return matcher
