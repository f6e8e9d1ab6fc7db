"""Training of the question matcher, at each build."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.analysis import feature_array
from retrieval.errors import KnowledgeBaseError
from retrieval.matcher import BUCKETS, Floats, Matcher, sense_of
from retrieval.words import known_words

RIDGE = 1.0  # penalty on unit-length rows; 0.3, 1 and 3 gave hit@1 0.79, 0.82, 0.79 on the dev set
SENSE_RIDGE = 10.0  # the same over word vectors; 3 does as well
COMMON = (
    0.1  # share of the wordings above which a feature tells nothing: a quarter less to learn from
)
STEPS = 12  # of conjugate gradient: figures stop moving at 10


def train_matcher(
    texts: Sequence[str], documents: Sequence[int], declined: Sequence[str]
) -> Matcher:
    """The matcher trained on wordings and on questions to decline.

    Args:
        texts: wordings, each labelled by the number of its document in `documents`.
        declined: questions that the base must decline; without any, nothing is declined.

    Raises:
        KnowledgeBaseError: there is no wording to learn from.
    """
    if not texts:
        raise KnowledgeBaseError(
            "La base de connaissances ne contient aucune question.",
            fix="Ajoutez une question dans kb/questions, puis relancez.",
        )
    rows = _matrix(texts)
    count = np.asarray((rows > 0).sum(axis=0)).ravel()
    kept = (count >= 2) & (count <= max(2.0, COMMON * len(texts)))
    idf = (np.log((len(texts) + 1) / (count + 1)) * kept).astype(np.float32)
    scaled = _unit(rows, idf)
    labels = np.unique(np.asarray(documents))
    weights = _ridge(scaled, np.searchsorted(labels, documents), len(labels))
    scope = _scope(scaled, _unit(_matrix(declined), idf))
    columns = scaled.tocsc()
    rarity, centre, senses = _senses(texts, np.searchsorted(labels, documents), len(labels))
    return Matcher(
        documents=labels.astype(np.int64),
        idf=idf,
        weights=weights.astype(np.float16),
        scope=scope,
        starts=columns.indptr.astype(np.int64),
        wordings=columns.indices.astype(np.uint32),
        values=columns.data.astype(np.float16),
        rarity=rarity,
        centre=centre,
        senses=senses,
    )


def _senses(
    texts: Sequence[str], labels: npt.NDArray[Any], classes: int
) -> tuple[npt.NDArray[np.float16], Floats, Floats]:
    """Rarity of words, centre and weights of the ridge regression over the sense of wordings."""
    table = known_words()
    count = np.bincount(
        np.concatenate([table.places(text) for text in texts]), minlength=table.shape[0]
    )
    rarity = np.log((len(texts) + 1) / (count + 1)).astype(np.float16)
    rows = np.stack([sense_of(text, rarity) for text in texts])
    centre = rows.mean(axis=0)
    rows = rows - centre
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    target = np.zeros((len(texts), classes), dtype=np.float32)
    target[np.arange(len(texts)), labels] = 1.0
    solved = np.linalg.solve(
        rows.T @ rows + SENSE_RIDGE * np.eye(rows.shape[1], dtype=np.float32), rows.T @ target
    )
    return rarity, centre.astype(np.float32), solved.astype(np.float32)


def _matrix(texts: Sequence[str]) -> Any:
    """Binary features, (n_texts, BUCKETS), sparse."""
    from scipy.sparse import csr_matrix

    bags = [feature_array(text, BUCKETS) for text in texts]
    ends = np.cumsum([0] + [len(bag) for bag in bags])
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *bags]).astype(np.int32)
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, ends), shape=(len(bags), BUCKETS))


def _unit(rows: Any, idf: Floats) -> Any:
    """Rows weighted by idf and brought to unit length."""
    from scipy.sparse import diags

    weighted = rows @ diags(idf)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    scaled = (diags(1.0 / np.maximum(norms, 1e-9).astype(np.float32)) @ weighted).tocsr()
    scaled.eliminate_zeros()
    return scaled


def _ridge(rows: Any, labels: npt.NDArray[Any], classes: int) -> Floats:
    """Ridge regression onto one indicator a class, some classes to each core."""
    target = np.zeros((rows.shape[0], classes), dtype=np.float32)
    target[np.arange(rows.shape[0]), labels] = 1.0
    target -= target.mean(axis=0)
    across = rows.T.tocsr()
    parts = np.array_split(target, min(os.cpu_count() or 1, classes), axis=1)
    with ThreadPoolExecutor(len(parts)) as pool:  # scipy lets go of the interpreter while it sums
        solved = pool.map(lambda part: _solve(rows, across, np.ascontiguousarray(part)), parts)
    return np.concatenate(list(solved), axis=1)


def _solve(rows: Any, across: Any, target: Floats) -> Floats:
    """The dual of ridge regression by conjugate gradient, each column on its own."""
    solution, residual = np.zeros_like(target), target.copy()
    direction, power = residual.copy(), (residual * residual).sum(axis=0)
    for _ in range(STEPS):
        image = rows @ (across @ direction) + RIDGE * direction
        step = power / np.maximum((direction * image).sum(axis=0), 1e-12)
        solution += step * direction
        residual -= step * image
        renewed = (residual * residual).sum(axis=0)
        direction = residual + (renewed / np.maximum(power, 1e-12)) * direction
        power = renewed
    return np.asarray(across @ solution, dtype=np.float32)


def _scope(answered: Any, declined: Any) -> Floats:
    """Weights and intercept of the log-odds that a question is one to answer."""
    weights = np.zeros(BUCKETS + 1, dtype=np.float32)
    if declined.shape[0] == 0:
        weights[-1] = 10.0
        return weights
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    rows = vstack([answered, declined])
    labels = np.r_[np.ones(answered.shape[0]), np.zeros(declined.shape[0])]
    model = LogisticRegression(C=20.0, solver="liblinear", class_weight="balanced", tol=1e-2)
    model.fit(rows, labels)
    weights[:-1], weights[-1] = model.coef_[0], model.intercept_[0]
    return weights
