"""Learning the few weights of fusion and abstention on question sets.

Fusion is a conditional logit over the asked documents (McFadden, 1974): the weights of the legs'
standard scores that make the right document most likely, none negative. With the temperature
fixed at 1, the softmax of the fused scores is then a probability. Abstention is a logistic
regression on the domain check and the legs' best values. Both are judged by cross-validation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluation.questions import read_questions
from retrieval import Retriever
from retrieval.fusion import standard
from retrieval.legs import LEGS, SIGNALS

Array = npt.NDArray[np.float64]
FOLDS = 10
SEED = 20261124
DECLINE = 0.955  # share of the foreign questions of the sets to decline


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the document that answers it; None when the base must decline."""

    question: str
    document: str | None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The learnt weights and what cross-validation says of them."""

    weights: dict[str, Any]
    hit1: float
    hit3: float
    declined: float  # share of foreign questions declined
    lost: float  # share of the base's own questions declined


@dataclass(frozen=True, slots=True)
class Seen:
    """What fusion and abstention see of labelled questions, before any weight."""

    legs: Array  # (questions, documents, legs), standard scores, in the order of `LEGS`
    scope: Array  # (questions, signals), in the order of `SIGNALS`
    right: npt.NDArray[np.int64]  # place of the right document; -1 when the index has none
    topics: npt.NDArray[np.bool_]  # asks for a question of the base: what the legs are learnt on
    answered: npt.NDArray[np.bool_]  # the base must answer

    def only(self, places: Sequence[int]) -> Seen:
        """The same of some questions."""
        kept = np.asarray(places, dtype=np.int64)
        return Seen(*(part[kept] for part in self._parts()))

    def and_of(self, other: Seen) -> Seen:
        """The same of these questions and of others."""
        pairs = zip(self._parts(), other._parts(), strict=True)
        return Seen(*(np.concatenate(pair) for pair in pairs))

    def _parts(self) -> tuple[npt.NDArray[Any], ...]:
        """The arrays, in order."""
        return self.legs, self.scope, self.right, self.topics, self.answered


@dataclass(frozen=True, slots=True)
class Abstention:
    """Weights of abstention, its threshold, and what cross-validation says of them."""

    weights: dict[str, float]
    threshold: float
    declined: float  # share of foreign questions declined
    lost: float  # share of the base's own questions declined


def read_labelled(*folders: Path) -> list[Labelled]:
    """The questions of the sets in some folders, as `evaluation.questions` reads them."""
    return [
        Labelled(question.text, question.documents[0] if question.documents else None)
        for folder in folders
        for question in read_questions(folder)
    ]


def fit(retriever: Retriever, rows: Sequence[Labelled], decline: float = DECLINE) -> Fitted:
    """Weights learnt on labelled questions.

    Args:
        decline: share of the foreign questions that abstention must decline, in cross-validation;
            it sets the threshold.
    """
    seen = see(retriever, rows)
    hit1, hit3 = _judge_legs(seen)
    found = learn_scope(seen, decline)
    weights = {
        "made_by": "maintelex fit",
        "legs": learn_legs(seen),
        "temperature": 1.0,
        "scope": found.weights,
        "threshold": round(found.threshold, 3),
    }
    return Fitted(weights, hit1, hit3, found.declined, found.lost)


def see(retriever: Retriever, rows: Sequence[Labelled]) -> Seen:
    """What the retriever's legs say of each question."""
    seen = [retriever.signals(row.question) for row in rows]
    known = {name: place for place, name in enumerate(retriever.asked())}
    return Seen(
        np.stack([_standard(one.legs) for one in seen]),
        np.array([[one.scope[name] for name in SIGNALS] for one in seen]),
        np.array([known.get(str(row.document), -1) for row in rows], dtype=np.int64),
        np.array([str(row.document).startswith("kb:questions/") for row in rows]),
        np.array([row.document is not None for row in rows]),
    )


def learn_legs(seen: Seen) -> dict[str, float]:
    """The weight of every leg, learnt on the questions of the base."""
    learnt = np.flatnonzero(seen.topics & (seen.right >= 0))
    found = np.round(_fit_legs(seen.legs[learnt], seen.right[learnt]), 4).tolist()
    return {**dict(zip(LEGS, found, strict=True)), **_PASSAGE_LEGS}


# Weights of the legs that rank passages below their document; not learnt: no set judges passages.
_PASSAGE_LEGS = {"text": 0.5, "title": 0.3, "ngrams": 0.2, "meanings": 0.2, "dense": 0.3}


def _standard(legs: dict[str, Array]) -> Array:
    """The legs' standard scores, (documents, legs)."""
    return np.stack([standard(legs[name]) for name in LEGS], axis=1)


def _fit_legs(cube: Array, target: npt.NDArray[np.int64]) -> Array:
    """Weights that make the right documents most likely, none negative.

    Args:
        cube: (questions, documents, legs).
        target: (questions,) places of the right documents.
    """
    from scipy.optimize import minimize

    rows = np.arange(len(target))

    def loss(weights: Array) -> tuple[float, Array]:
        scores = cube @ weights
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        right = cube[rows, target]
        slope = (np.einsum("qd,qdl->ql", shares, cube) - right).mean(axis=0) + 0.002 * weights
        cost = -np.log(shares[rows, target] + 1e-12).mean() + 0.001 * float(weights @ weights)
        return float(cost), slope

    start = np.full(cube.shape[2], 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(start))
    return np.asarray(found.x, dtype=np.float64)


def _judge_legs(seen: Seen) -> tuple[float, float]:
    """hit@1 and hit@3 among all documents, by cross-validation over the topic questions."""
    learnt = np.flatnonzero(seen.topics & (seen.right >= 0))
    cube, target = seen.legs[learnt], seen.right[learnt]
    ranks = np.zeros(len(target))
    for fold in folds(len(target)):
        rest = np.setdiff1d(np.arange(len(target)), fold)
        scores = cube[fold] @ _fit_legs(cube[rest], target[rest])
        own = scores[np.arange(len(fold)), target[fold]]
        ranks[fold] = (scores > own[:, None]).sum(axis=1)
    return float((ranks == 0).mean()), float((ranks < 3).mean())


def folds(size: int) -> list[npt.NDArray[np.int64]]:
    """Places dealt into `FOLDS` folds at random, always the same way."""
    order = np.random.default_rng(SEED).permutation(size)
    return [order[start::FOLDS] for start in range(FOLDS)]


def learn_scope(seen: Seen, decline: float = DECLINE) -> Abstention:
    """Weights of abstention, its threshold, and the shares declined rightly and wrongly.

    Args:
        seen: questions that the base must answer and others that it must decline.
        decline: as in `fit`.
    """
    signals, answered = seen.scope, seen.answered
    chance = np.zeros(len(answered))
    for fold in folds(len(answered)):
        rest = np.setdiff1d(np.arange(len(answered)), fold)
        weights = _logistic(signals[rest], answered[rest])
        chance[fold] = 1.0 / (1.0 + np.exp(-(signals[fold] @ weights[1:] + weights[0])))
    threshold = float(np.quantile(chance[~answered], decline))
    declined = float((chance[~answered] < threshold).mean())
    lost = float((chance[answered] < threshold).mean())
    weights = np.round(_logistic(signals, answered), 4)
    named = {"intercept": float(weights[0])}
    named |= {name: float(value) for name, value in zip(SIGNALS, weights[1:], strict=True)}
    return Abstention(named, threshold, declined, lost)


def _logistic(signals: Array, answered: npt.NDArray[np.bool_]) -> Array:
    """Intercept and weights of a balanced logistic regression on unscaled signals."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    model = LogisticRegression(C=10.0, class_weight="balanced")
    model.fit((signals - mean) / spread, answered)
    slopes = model.coef_[0] / spread
    intercept = float(model.intercept_[0]) - float(slopes @ mean)
    return np.concatenate([[intercept], slopes]).astype(np.float64)
