"""What the search saw of a question: readings, ranked documents, the probability of an answer.

Ranking is deterministic: it is run once more when an answer is kept, rather than carried along
with every answer that is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assistant.answering.types import Answer, Turn
from assistant.answering.understand import complete
from retrieval import Ranking, Retriever, Weights

RANKED = 10  # documents kept, those that have reasons


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document, ranked for the question."""

    document_id: str
    title: str
    score: float  # no unit, comparable within one ranking
    probability: float  # share among all the documents, 0 to 1
    legs: Mapping[str, float]  # standard scores of the legs that found it, best of its own first


@dataclass(frozen=True, slots=True)
class Trace:
    """What the search saw, and with what it was made."""

    query: str  # the question as it was searched
    readings: tuple[str, ...]  # « jpeu → je peux (texto) »
    scope: float  # probability that the base answers, 0 to 1
    signals: tuple[str, ...]  # what that probability rests on
    threshold: float  # probability under which the question is declined
    ranked: tuple[Ranked, ...]  # best first
    generation: str
    kb_hash: str
    encoder: str  # name and fingerprint
    weights: str  # fingerprint
    software: str  # version of MainteLex

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Trace:
        """A trace from the JSON values of `dataclasses.asdict`.

        Raises:
            KeyError, TypeError: it is no trace.
        """
        ranked = tuple(Ranked(**row) for row in held["ranked"])
        lists = {name: tuple(held[name]) for name in ("readings", "signals")}
        return cls(**{**held, **lists, "ranked": ranked})


def trace_of(answer: Answer, retriever: Retriever, before: Sequence[str] = ()) -> Trace:
    """The trace of an answer.

    Args:
        retriever: the one that the answer was made with.
        before: questions of the conversation before, oldest first.
    """
    asked = answer.provenance.get("asked")
    turns = [Turn(question) for question in before]
    query = asked if isinstance(asked, str) and asked else complete(answer.question, turns)
    ranking, made = retriever.rank(query), retriever.manifest
    return Trace(
        query=query,
        readings=_readings(ranking),
        scope=round(ranking.scope.probability, 4),
        signals=ranking.scope.reasons,
        threshold=round(retriever.weights.threshold, 4),
        ranked=tuple(_ranked(ranking)),
        generation=made.generation,
        kb_hash=made.kb_hash,
        encoder=f"{made.encoder} ({made.encoder_fingerprint})",
        weights=weights_fingerprint(retriever.weights),
        software=software(),
    )


def weights_fingerprint(weights: Weights) -> str:
    """What tells two sets of weights apart: 12 hexadecimal characters."""
    held = [dict(weights.legs), weights.temperature, dict(weights.scope), weights.threshold]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:12]


def _readings(ranking: Ranking) -> tuple[str, ...]:
    """How words were read, each once."""
    told = (r.detail for reasons in ranking.reasons.values() for r in reasons if r.leg == "reading")
    return tuple(dict.fromkeys(told))


def _ranked(ranking: Ranking) -> list[Ranked]:
    """The first documents with the legs that found each."""
    found = []
    for candidate in ranking.candidates[:RANKED]:
        reasons = ranking.reasons.get(candidate.document_id, ())
        legs = {
            r.leg: r.value for r in sorted(reasons, key=lambda r: -r.value) if r.leg != "reading"
        }
        found.append(Ranked(candidate.document_id, candidate.title, round(candidate.score, 4),
                            round(candidate.probability, 4), legs))  # fmt: skip
    return found


def software() -> str:
    """The version of MainteLex that runs."""
    try:
        return version("maintelex")
    except PackageNotFoundError:
        return "inconnue"
