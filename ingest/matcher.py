"""Training of the question matcher, at each build."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.analysis import STOP_WORDS, stem
from retrieval.bulk import Bags, Said
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
    said, foreign = Said.by(texts), Said.by(declined)
    rows = _matrix(said)
    count = np.asarray((rows > 0).sum(axis=0)).ravel()
    kept = (count >= 2) & (count <= max(2.0, COMMON * len(texts)))
    idf = (np.log((len(texts) + 1) / (count + 1)) * kept).astype(np.float32)
    scaled = _unit(rows, idf)
    labels = np.unique(np.asarray(documents))
    scope = _scope(scaled, _unit(_matrix(foreign), idf))
    columns = scaled.tocsc()
    rarity, centre, senses = _senses(said, np.searchsorted(labels, documents), len(labels))
    keys, leaning = _leanings(said, foreign)
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


def _leanings(said: Said, declined: Said) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float16]]:
    """Keys of the stems of wordings and questions to decline, and how foreign each is."""
    own, foreign = _stem_keys(said), _stem_keys(declined)
    keys = np.union1d(own, foreign)
    there = np.array([_times(foreign, keys), _times(own, keys)]) + UNSEEN
    sizes = np.array([len(declined.bags) + 1, len(said.bags) + 1])
    leaning = np.log(there[0] / sizes[0] / (there[1] / sizes[1]))
    return keys.astype(np.uint32), leaning.astype(np.float16)


def _stem_keys(said: Said) -> npt.NDArray[np.int64]:
    """Keys of the stems of texts, each once in a text."""
    keys = [-1 if word in STOP_WORDS else crc32(stem(word).encode()) for word in said.words]
    return said.bags.sets(np.array(keys, dtype=np.int64)).flat


def _times(found: npt.NDArray[np.int64], keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many times each key was found, and none for what is no key: (keys + 1,)."""
    return np.bincount(np.searchsorted(keys, found), minlength=len(keys) + 1)


def _senses(
    said: Said, labels: npt.NDArray[Any], classes: int
) -> tuple[npt.NDArray[np.float16], Floats, Floats]:
    """Rarity of words, centre and weights of the ridge regression over the sense of wordings."""
    table, size = known_words(), len(said.bags)
    places = said.bags.sets(_places(said.words))
    count = np.bincount(places.flat, minlength=table.shape[0])
    rarity = np.log((size + 1) / (count + 1)).astype(np.float16)
    rows = _sums(places, rarity)
    centre = rows.mean(axis=0)
    rows = rows - centre
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    target = np.zeros((size, classes), dtype=np.float32)
    target[np.arange(size), labels] = 1.0
    solved = np.linalg.solve(
        rows.T @ rows + RIDGE * np.eye(rows.shape[1], dtype=np.float32), rows.T @ target
    )
    return rarity, centre.astype(np.float32), solved.astype(np.float32)


def _places(words: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each word among those that have a vector; -1 for stop words and those without."""
    found = [known_words().places_of([word]) for word in words]
    return np.array([one[0] if len(one) else -1 for one in found], dtype=np.int64)


def _sums(places: Bags, rarity: npt.NDArray[np.float16]) -> Floats:
    """The same as `sense_of` for many texts, given by the places of their words, as one product."""
    from scipy.sparse import csr_matrix

    table = known_words()
    used, columns = np.unique(places.flat, return_inverse=True)
    scales = table.scales[table.rows[used]].astype(np.float32)
    vectors = table.vectors[table.rows[used]].astype(np.float32) * scales[:, None]
    weights = rarity[places.flat].astype(np.float32)
    held = csr_matrix((weights, columns, places.ends), shape=(len(places), len(used)))
    rows = np.asarray(held @ vectors, dtype=np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def _matrix(said: Said) -> Any:
    """Binary features, (texts, BUCKETS), sparse."""
    from scipy.sparse import csr_matrix

    bags = said.features(BUCKETS)
    ones = np.ones(len(bags.flat), dtype=np.float32)
    return csr_matrix((ones, bags.flat.astype(np.int32), bags.ends), shape=(len(bags), BUCKETS))


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
