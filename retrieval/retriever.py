"""Search over one generation of the index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.asked import Asked, cut
from retrieval.backend import Backend
from retrieval.conditions import Condition, both, date_condition, filter_condition
from retrieval.connections import DATABASES
from retrieval.encoders import Encoder, open_encoder
from retrieval.errors import IndexMismatchError, IndexMissingError, UsageError
from retrieval.folder import Folder
from retrieval.found import Found
from retrieval.fusion import Values, Weights, fuse, load_weights, softmax, standard
from retrieval.generation import Manifest
from retrieval.held import HeldPassages
from retrieval.legs import LEGS, SIGNALS, Legs, Signals
from retrieval.named import Named, in_force
from retrieval.references import named_references
from retrieval.rewriting import Rewriter
from retrieval.store import DocumentRow
from retrieval.types import Candidate, Filters, Hit, Passage, Reason, Scope

__all__ = ["LEGS", "MAX_K", "SIGNALS", "Ranking", "Retriever", "Signals", "in_force"]

POOL = 400  # passages a leg brings
MAX_K = 200
ASKED = 20  # documents whose passages are lifted by what their wordings say


@dataclass(frozen=True, slots=True)
class Ranking:
    """The documents that people's wordings lead to, ranked for one question."""

    candidates: tuple[Candidate, ...]  # all of them, best first; ties by id
    scope: Scope
    reasons: dict[str, tuple[Reason, ...]]  # of the first ten, by document id


class Retriever:
    """Search over an index. Reading only; safe to share between threads.

    Made by `Retriever.open`.
    """

    def __init__(self, backend: Backend, encoder: Encoder, weights: Weights) -> None:
        self.weights, self._encoder, self._backend = weights, encoder, backend
        self._legs, self._rewriter = Legs(backend), Rewriter(backend)
        self._passages = HeldPassages(backend)
        self._named = Named(backend, self._passages)
        self._number = {d.id: d.number for d in backend.documents}

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        encoder: str = "",
        weights: Weights | None = None,
        generation: str = "",
    ) -> Retriever:
        """The retriever over the generation in use.

        Args:
            path: the index folder, or the address of a PostgreSQL database ("postgresql://…").
            encoder: the same setting as the one the index was built with.
            generation: another generation, as its manifest names it; the one in use when empty.
                A database gives the one in use alone.

        Raises:
            IndexMissingError: no index has been built there, or that generation is gone.
            IndexMismatchError: it was made by another format or another encoder.
            IndexCorruptError: its parts do not fit together.
            IndexUnreachableError: the database does not answer.
        """
        opened = open_encoder(encoder)
        backend = _open_backend(path, generation)
        made = backend.manifest
        if made.encoder_fingerprint != opened.fingerprint:
            backend.close()
            raise IndexMismatchError(
                f"L'index a été construit avec l'encodeur {made.encoder!r} ;"
                f" les réglages demandent {opened.name!r} (ou une autre version).",
                fix="Lancez « maintelex ingest --rebuild », ou rétablissez MAINTELEX_ENCODER.",
            )
        return cls(backend, opened, weights or load_weights())

    @property
    def manifest(self) -> Manifest:
        """What the generation is made of."""
        return self._backend.manifest

    def close(self) -> None:
        """Give back files or connections; the retriever cannot be used afterwards."""
        self._backend.close()

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
        asked = self._read(question)
        if not asked.reading.terms and not asked.references:
            return []
        wanted = filter_condition(filters) if filters else Condition()
        where = both(wanted, date_condition(as_of or date.today()))
        found = self._found(asked, where)
        found.put_first(self._named_among(asked, wanted, as_of))
        best = found.best(k)
        numbers = [number for number, _ in best]
        brought = zip(best, self._passages.of(numbers), found.why(numbers), strict=True)
        told = tuple(Reason("reading", 0.0, str(r)) for r in asked.reading.rewritings)
        return [
            Hit(passage, score, rank, (*why, *told))
            for rank, ((_, score), passage, why) in enumerate(brought, 1)
        ]

    def rank(self, question: str) -> Ranking:
        """The documents that wordings lead to, and whether the base answers at all."""
        asked = self._read(question)
        signals = self._legs.score(asked)
        values = {name: standard(leg) for name, leg in signals.legs.items()}
        fused = fuse(values, self.weights.legs)
        shares = softmax(fused, self.weights.temperature)
        documents = self._legs.documents
        order = np.argsort(-fused, kind="stable")  # documents are in order of id: ties stay so
        places, scores, chances = order.tolist(), fused[order].tolist(), shares[order].tolist()
        candidates = tuple(
            Candidate(documents[place].id, documents[place].title, score, chance)
            for place, score, chance in zip(places, scores, chances, strict=True)
        )
        told = tuple(Reason("reading", 0.0, str(r)) for r in asked.reading.rewritings)
        reasons = {documents[i].id: (*_reasons(values, i), *told) for i in places[:10]}
        return Ranking(candidates, self._scope(signals), reasons)

    def signals(self, question: str) -> Signals:
        """What fusion and abstention see of a question, before any weight."""
        return self._legs.score(self._read(question))

    def asked(self) -> list[str]:
        """Ids of the documents that wordings lead to, in the order of `signals`."""
        return [document.id for document in self._legs.documents]

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id, or None."""
        return self._passages.with_id(identifier)

    def document(self, identifier: str) -> list[Passage]:
        """The passages of a document, in order of id; none when it is unknown."""
        number = self._number.get(identifier)
        if number is None:
            return []
        return self._passages.of(self._passages.of_document(number))

    def documents(self) -> list[DocumentRow]:
        """Every document of the index, in order of id."""
        return list(self._backend.documents)

    def named(self, question: str, *, as_of: date | None = None) -> list[Passage]:
        """Passages whose legal reference the question names, in order of the question.

        An old article number also names the texts that took its place: those in force on the day
        (today when None) come first.
        """
        found = self._named.by(named_references(cut(question)), as_of)
        return self._passages.of([number for number, _ in found])

    def _read(self, question: str) -> Asked:
        """A question, analysed."""
        return Asked.read(question, self._encoder, self._rewriter)

    def _scope(self, signals: Signals) -> Scope:
        """The calibrated probability that the base answers."""
        weights, seen = self.weights.scope, signals.scope
        total = weights["intercept"] + sum(weights.get(name, 0.0) * seen[name] for name in SIGNALS)
        told = tuple(f"{name}={value:.2f}" for name, value in seen.items())
        return Scope(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total)))), told)

    def _found(self, asked: Asked, where: Condition) -> Found:
        """The passages that each leg brings, and those of the documents that wordings lead to."""
        reading, lexical = asked.reading, self._backend.lexical
        dense = self._backend.nearest(asked.vector, POOL, where) if asked.vector.any() else []
        legs = {
            "text": lexical("text", reading.terms, POOL, where),
            "title": lexical("title", reading.terms, POOL, where),
            "ngrams": lexical("ngrams", asked.ngrams, POOL, where),
            "meanings": lexical("text", reading.meanings, POOL, where),
            "dense": dense,
        }
        found = Found()
        for leg, rows in legs.items():
            found.add(leg, rows, self.weights.legs.get(leg, 0.0))
        self._lift(found, asked, where)
        return found

    def _lift(self, found: Found, asked: Asked, where: Condition) -> None:
        """Add to passages what their document's wordings are worth."""
        signals = self._legs.score(asked)
        scaled = {name: standard(leg) for name, leg in signals.legs.items()}
        chance = self._scope(signals).probability  # little where the base does not answer
        fused = chance * fuse(scaled, self.weights.legs)
        place_of: dict[int, int] = {}
        for place in np.argsort(-fused, kind="stable")[:ASKED].tolist():
            numbers = self._passages.of_document(self._legs.documents[place].number)
            place_of.update(dict.fromkeys(numbers, place))
        worth = {number: max(float(fused[place]), 0.0) for number, place in place_of.items()}
        allowed = self._backend.allowed_of(worth, where)
        told = cache(lambda place: _reasons(scaled, place))  # once for the passages of a document
        found.lift(worth, allowed, lambda number: told(place_of[number]))

    def _named_among(
        self, asked: Asked, wanted: Condition, as_of: date | None
    ) -> list[tuple[int, str]]:
        """The passages that a question names and the filters let through: dates do not matter."""
        named = self._named.by(asked.references, as_of)
        allowed = set(self._backend.allowed_of([number for number, _ in named], wanted))
        return [pair for pair in named if pair[0] in allowed]


def _open_backend(path: Path | str, generation: str = "") -> Backend:
    """The backend that an address names."""
    if not str(path).startswith(DATABASES):
        folder = Path(path)
        return Folder.named(folder, generation) if generation else Folder.current(folder)
    from retrieval.postgres import Database

    database = Database.open(str(path))
    if generation not in ("", database.manifest.generation):
        database.close()
        raise IndexMissingError(
            f"La génération {generation!r} n'est plus celle que sert la base.",
            fix="Une base de données ne rouvre que la génération en usage.",
        )
    return database


def _reasons(values: dict[str, Values], place: int) -> tuple[Reason, ...]:
    """Why a document was found."""
    found = ((name, float(leg[place])) for name, leg in sorted(values.items()))
    return tuple(Reason(name, round(value, 3)) for name, value in found if value > 0)
