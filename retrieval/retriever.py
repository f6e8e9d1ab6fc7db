"""Search over one generation of the index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from retrieval.asked import Asked, asked_keys
from retrieval.encoders import Encoder, open_encoder
from retrieval.errors import IndexCorruptError, IndexMismatchError, UsageError
from retrieval.fusion import Values, Weights, fuse, load_weights, softmax, standard
from retrieval.generation import Manifest, current, read_manifest
from retrieval.matcher import load_matcher
from retrieval.store import DocumentRow, Store
from retrieval.types import Candidate, Filters, Hit, Passage, Reason, Scope
from retrieval.vectors import VectorIndex

NEAREST = 5  # wordings of a document whose likeness is averaged
POOL = 400  # wordings or passages a leg brings
MAX_K = 200
NAMED = 1_000.0  # added to a passage that the question names: it comes before any likeness
KEPT_PASSAGES = 2_000  # passages held in memory once read


SIGNALS = ("matcher", "best", "near")  # what abstention is decided on


@dataclass(frozen=True, slots=True)
class Signals:
    """What fusion and abstention see of one question: for learning their weights."""

    legs: dict[str, Values]  # (asked documents,) by leg
    scope: dict[str, float]  # by name of `SIGNALS`


@dataclass(frozen=True, slots=True)
class Ranking:
    """The documents that people's wordings lead to, ranked for one question."""

    candidates: tuple[Candidate, ...]  # all of them, best first; ties by id
    scope: Scope
    reasons: dict[str, tuple[Reason, ...]]  # by document id


class Retriever:
    """Search over the index in a folder. Reading only; safe to share between threads.

    Made by `Retriever.open`.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, encoder: Encoder, weights: Weights
    ) -> None:
        self.folder, self.manifest, self.weights = folder, manifest, weights
        self._encoder = encoder
        self._store = Store(folder / "passages.sqlite")
        size = manifest.dimension
        self._passages = VectorIndex(
            folder / "passages.faiss", rows=manifest.passages, dimension=size
        )
        self._wordings = VectorIndex(
            folder / "wordings.faiss", rows=manifest.wordings, dimension=size
        )
        self._matcher = load_matcher(folder)
        self._seen: dict[str, Passage] = {}
        self._number = {d.id: d.number for d in self._store.documents}
        self._asked = [d for d in self._store.documents if d.asked]
        self._place = {d.number: place for place, d in enumerate(self._asked)}
        self._of_wording = np.array(self._store.document_of_wordings(), dtype=np.int64)
        kept = (len(self._store.passage_ids), len(self._of_wording))
        if kept != (manifest.passages, manifest.wordings):
            raise IndexCorruptError(
                f"L'index de {folder} contient {kept[0]} passages et {kept[1]} formulations ;"
                f" son manifeste en annonce {manifest.passages} et {manifest.wordings}.",
                fix="Lancez « maintelex ingest --rebuild ».",
            )

    @classmethod
    def open(
        cls, path: Path | str, *, encoder: str = "", weights: Weights | None = None
    ) -> Retriever:
        """The retriever over the generation in use.

        Args:
            path: the index folder.
            encoder: the same setting as the one the index was built with.

        Raises:
            IndexMissingError: no index has been built there.
            IndexMismatchError: it was made by another format or another encoder.
            IndexCorruptError: its files do not fit together.
        """
        folder = current(Path(path))
        manifest = read_manifest(folder)
        opened = open_encoder(encoder)
        if manifest.encoder_fingerprint != opened.fingerprint:
            raise IndexMismatchError(
                f"L'index a été construit avec l'encodeur {manifest.encoder!r} ;"
                f" les réglages demandent {opened.name!r} (ou une autre version).",
                fix="Lancez « maintelex ingest --rebuild », ou rétablissez MAINTELEX_ENCODER.",
            )
        return cls(folder, manifest, opened, weights or load_weights())

    def search(
        self,
        question: str,
        k: int = 8,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
    ) -> list[Hit]:
        """The k best passages, best first; ties by passage id.

        Args:
            question: any text; cut at `MAX_QUESTION_CHARACTERS`.
            k: 1 to `MAX_K`.
            filters: which passages may be returned.
            as_of: statutes not in force on that day are left out (today when None), unless the
                question names them.

        Raises:
            UsageError: k is out of range.
        """
        if not 1 <= k <= MAX_K:
            raise UsageError(f"k doit être compris entre 1 et {MAX_K} ; reçu : {k}.")
        asked = Asked.read(question, self._encoder)
        if not asked.terms and not asked.keys:
            return []
        values, reasons = self._passage_values(asked)
        order = sorted(values, key=lambda number: (-values[number], number))
        hits: list[Hit] = []
        for start in range(0, len(order), 100):
            numbers = order[start : start + 100]
            for number, passage in zip(numbers, self._store.passages(numbers), strict=True):
                named = any(r.leg == "reference" for r in reasons.get(number, ()))
                if _allowed(passage, filters or Filters(), as_of, named):
                    found = tuple(reasons.get(number, ()))
                    hits.append(Hit(passage, values[number], len(hits) + 1, found))
            if len(hits) >= k:
                break
        return hits[:k]

    def rank(self, question: str) -> Ranking:
        """The documents that wordings lead to, and whether the base answers at all."""
        asked = Asked.read(question, self._encoder)
        legs, log_odds = self._legs(asked)
        fused = fuse(legs, self.weights.legs)
        shares = softmax(fused, self.weights.temperature)
        order = sorted(range(len(fused)), key=lambda i: (-fused[i], self._asked[i].id))
        candidates = tuple(
            Candidate(self._asked[i].id, self._asked[i].title, float(fused[i]), float(shares[i]))
            for i in order
        )
        values = {name: standard(leg) for name, leg in legs.items()}
        reasons = {self._asked[i].id: _reasons(values, i) for i in order[:10]}
        return Ranking(candidates, self._scope(legs, log_odds), reasons)

    def signals(self, question: str) -> Signals:
        """What fusion and abstention see of a question, before any weight."""
        legs, log_odds = self._legs(Asked.read(question, self._encoder))
        return Signals(legs, _signals(legs, log_odds))

    def asked(self) -> list[str]:
        """Ids of the documents that wordings lead to, in the order of `signals`."""
        return [document.id for document in self._asked]

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id, or None."""
        passage, number = self._seen.get(identifier), self._store.number(identifier)
        if passage is None and number is not None:
            passage = self._store.passages([number])[0]
            if len(self._seen) >= KEPT_PASSAGES:
                self._seen.clear()
            self._seen[identifier] = passage
        return passage

    def document(self, identifier: str) -> list[Passage]:
        """The passages of a document, in order of id; none when it is unknown."""
        number = self._number.get(identifier)
        if number is None:
            return []
        names = (self._store.passage_ids[n - 1] for n in self._store.of_document(number))
        return [passage for name in names if (passage := self.passage(name))]

    def documents(self) -> list[DocumentRow]:
        """Every document of the index, in order of id."""
        return list(self._store.documents)

    def named(self, question: str) -> list[Passage]:
        """Passages whose legal reference the question names, in order of the question."""
        numbers = [n for key in asked_keys(question) for n in self._store.by_reference(key)]
        return self._store.passages(list(dict.fromkeys(numbers)))

    def _legs(self, asked: Asked) -> tuple[dict[str, Values], float]:
        """The legs' values for each asked document, and the matcher's log-odds."""
        size = len(self._asked)
        matched, log_odds = self._matcher.match(asked.text)
        legs = {name: np.zeros(size) for name in ("matcher", "question", "variants")}
        for number, value in zip(self._matcher.documents, matched, strict=True):
            legs["matcher"][self._place[int(number)]] = value
        for field in ("question", "variants"):
            for number, value in self._store.lexical(field, asked.terms, size):
                legs[field][self._place[number]] = value
        legs["wordings"] = self._nearest(asked)
        return legs, log_odds

    def _nearest(self, asked: Asked) -> Values:
        """Mean likeness of each document's nearest wordings."""
        found = self._wordings.search(asked.vector, POOL)
        floor = min((score for _, score in found), default=0.0)
        best = np.full((len(self._asked), NEAREST), floor)
        filled = np.zeros(len(self._asked), dtype=np.int64)
        for row, score in found:
            place = self._place[int(self._of_wording[row])]
            if filled[place] < NEAREST:
                best[place, filled[place]] = score
                filled[place] += 1
        return np.asarray(best.mean(axis=1), dtype=np.float64)

    def _scope(self, legs: dict[str, Values], log_odds: float) -> Scope:
        """The calibrated probability that the base answers."""
        signals = _signals(legs, log_odds)
        weights = self.weights.scope
        total = weights["intercept"] + sum(weights[name] * signals[name] for name in SIGNALS)
        told = tuple(f"{name}={value:.2f}" for name, value in signals.items())
        return Scope(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total)))), told)

    def _passage_values(self, asked: Asked) -> tuple[dict[int, float], dict[int, list[Reason]]]:
        """Score of every passage that some leg found, by row number, and why."""
        values: dict[int, float] = {}
        reasons: dict[int, list[Reason]] = {}
        for leg, found in self._passage_legs(asked).items():
            scores = np.maximum(standard(np.array([s for _, s in found])), 0.0)
            for (number, _), score in zip(found, scores, strict=True):
                part = self.weights.legs.get(leg, 0.0) * float(score)
                values[number] = values.get(number, 0.0) + part
                reasons.setdefault(number, []).append(Reason(leg, round(float(score), 3)))
        self._add_documents(asked, values, reasons)
        for key in asked.keys:
            for number in self._store.by_reference(key):
                values[number] = values.get(number, 0.0) + NAMED
                reasons.setdefault(number, []).append(Reason("reference", NAMED, key))
        return values, reasons

    def _passage_legs(self, asked: Asked) -> dict[str, list[tuple[int, float]]]:
        """(row number, score) of the passages that each leg found."""
        dense = self._passages.search(asked.vector, POOL)
        return {
            "text": self._store.lexical("text", asked.terms, POOL),
            "title": self._store.lexical("title", asked.terms, POOL),
            "dense": [(row + 1, score) for row, score in dense],
        }

    def _add_documents(
        self, asked: Asked, values: dict[int, float], reasons: dict[int, list[Reason]]
    ) -> None:
        """Add to each passage what its document's wordings are worth."""
        legs, _ = self._legs(asked)
        fused = fuse(legs, self.weights.legs)
        scaled = {name: standard(leg) for name, leg in legs.items()}
        for place in np.argsort(-fused, kind="stable")[:20]:
            for number in self._store.of_document(self._asked[place].number):
                values[number] = values.get(number, 0.0) + max(float(fused[place]), 0.0)
                reasons.setdefault(number, []).extend(_reasons(scaled, int(place)))


def _signals(legs: dict[str, Values], log_odds: float) -> dict[str, float]:
    """The signals that abstention is decided on."""
    best, near = (float(legs[name].max(initial=0.0)) for name in ("matcher", "wordings"))
    return {"matcher": log_odds, "best": best, "near": near}


def _reasons(values: dict[str, Values], place: int) -> tuple[Reason, ...]:
    """Why a document was found."""
    return tuple(
        Reason(name, round(float(values[name][place]), 3))
        for name in sorted(values)
        if values[name][place] > 0
    )


def _allowed(passage: Passage, filters: Filters, as_of: date | None, named: bool) -> bool:
    """Whether the filters and the date let a passage through."""
    if filters.kinds and passage.kind not in filters.kinds:
        return False
    if filters.themes and passage.theme not in filters.themes:
        return False
    if filters.documents and passage.document_id not in filters.documents:
        return False
    return named or in_force(passage, as_of)


def in_force(passage: Passage, as_of: date | None) -> bool:
    """Whether a statute applies on a day (today when None); other kinds always do."""
    if passage.kind != "statute":
        return True
    day = as_of or date.today()
    since, until = passage.in_force_since, passage.in_force_until
    return (since is None or since <= day) and (until is None or day <= until)
