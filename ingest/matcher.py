"""Training of the question matcher, at each build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.analysis import MAX_QUESTION_CHARACTERS, STOP_WORDS, feature_array, spelled_out, stem
from retrieval.errors import KnowledgeBaseError
from retrieval.matcher import BUCKETS, Floats, Matcher
from retrieval.words import known_words

RIDGE = 10.0  # penalty on unit-length sums of word vectors; 3 does as well
UNSEEN = 0.3  # how often a stem is held to stand where it never did
COMMON = (
    0.1  # share of the wordings above which a feature tells nothing: a quarter less to learn from
)


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
    scope = _scope(scaled, _unit(_matrix(declined), idf))
    columns = scaled.tocsc()
    said = [spelled_out(text[:MAX_QUESTION_CHARACTERS]) for text in texts]  # once, for both
    rarity, centre, senses = _senses(said, np.searchsorted(labels, documents), len(labels))
    keys, leaning = _leanings(said, declined)
    return Matcher(
        documents=labels.astype(np.int64),
        idf=idf,
        scope=scope,
        starts=columns.indptr.astype(np.int64),
        wordings=columns.indices.astype(np.uint32),
        values=columns.data.astype(np.float16),
        rarity=rarity,
        centre=centre,
        senses=senses,
        stems=keys,
        leaning=leaning,
    )


def _leanings(
    said: Sequence[Sequence[str]], declined: Sequence[str]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float16]]:
    """Keys of the stems of wordings and questions to decline, and how foreign each is."""
    own = Counter(key for words in said for key in _stem_keys(words))
    foreign = Counter(key for text in declined for key in _stem_keys(spelled_out(text)))
    keys = np.array(sorted({*own, *foreign}), dtype=np.uint32)
    there = np.array([(foreign[key], own[key]) for key in keys.tolist()] + [(0, 0)]) + UNSEEN
    sizes = np.array([len(declined) + 1, len(said) + 1])
    return keys, np.log(there[:, 0] / sizes[0] / (there[:, 1] / sizes[1])).astype(np.float16)


def _stem_keys(words: Sequence[str]) -> set[int]:
    """Keys of the stems of words that `spelled_out` gave, each once."""
    return {crc32(stem(word).encode()) for word in words if word not in STOP_WORDS}


def _senses(
    said: Sequence[Sequence[str]], labels: npt.NDArray[Any], classes: int
) -> tuple[npt.NDArray[np.float16], Floats, Floats]:
    """Rarity of words, centre and weights of the ridge regression over the sense of wordings."""
    table = known_words()
    places = [table.places_of(words) for words in said]
    flat = np.concatenate(places)
    count = np.bincount(flat, minlength=table.shape[0])
    rarity = np.log((len(said) + 1) / (count + 1)).astype(np.float16)
    rows = _sums(flat, np.cumsum([0] + [len(one) for one in places]), rarity)
    centre = rows.mean(axis=0)
    rows = rows - centre
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    target = np.zeros((len(said), classes), dtype=np.float32)
    target[np.arange(len(said)), labels] = 1.0
    solved = np.linalg.solve(
        rows.T @ rows + RIDGE * np.eye(rows.shape[1], dtype=np.float32), rows.T @ target
    )
    return rarity, centre.astype(np.float32), solved.astype(np.float32)


def _sums(flat: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], rarity: Any) -> Floats:
    """The same as `sense_of` for many texts, as one product: places of all, and where each ends."""
    from scipy.sparse import csr_matrix

    table = known_words()
    used, columns = np.unique(flat, return_inverse=True)
    scales = table.scales[table.rows[used]].astype(np.float32)
    vectors = table.vectors[table.rows[used]].astype(np.float32) * scales[:, None]
    weights = rarity[flat].astype(np.float32)
    held = csr_matrix((weights, columns, ends), shape=(len(ends) - 1, len(used)))
    rows = np.asarray(held @ vectors, dtype=np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


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
    model = LogisticRegression(
        C=20.0, solver="liblinear", dual=True, class_weight="balanced", tol=1e-2, random_state=0
    )  # the dual is solved in a third of the time
    model.fit(rows, labels)
    weights[:-1], weights[-1] = model.coef_[0], model.intercept_[0]
    return weights
