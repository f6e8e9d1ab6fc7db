"""Published answers, given word for word on close questions, from the moment they are published.

The index learns of them when it is built next; until then, and after, they are found here: by the
likeness of the question to their wordings, or because the base answers with the question that they
revise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import func, select

from assistant.answering import Answer
from assistant.answering.types import Citation, Part
from assistant.desk.publication import Publication, holds, publication_of
from assistant.desk.store import Store
from assistant.desk.tables import PUBLICATIONS
from retrieval import Encoder, Retriever

# Of 134 topics with two wordings each, on the development questions: no question of another topic
# is this like one of them (0.75: one in 14,000 pairs), nor any of those to decline.
CLOSE = 0.80
SURE = 0.50  # share of the candidates' probability from which the base knows the question

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(slots=True)
class Validated:
    """The published answers of a store. Threads may share one.

    Args:
        store: an open store.
        retriever: over the generation in use.
        encoder: the index's.
    """

    store: Store
    retriever: Retriever
    encoder: Encoder
    _read: _Known | None = field(default=None, repr=False)

    def over(self, answer: Answer) -> Answer:
        """The published answer to the same question, or the answer given.

        An answer to a contract of a given date stays as it is: the law of that date is the base's
        to tell. So does one in place of a publication whose authorities have changed.
        """
        if answer.as_of is not None:
            return answer
        known = self._known()
        found = known.like(self.encoder, answer.question)
        if found is None and known.revised and answer.status == "answered":
            found = known.revised.get(self._first(answer.question))
        if found is None or not holds(found, self.retriever.passage):
            return answer
        told = f"validée par un juriste le {in_words(found.at)}"
        return replace(
            answer,
            status="answered",
            parts=(Part("", found.markdown),),
            citations=tuple(Citation(**citation) for citation in found.citations),
            confidence=1.0,
            reason=told,
            removed=(),
            provenance={**answer.provenance, "publication": found.id},
            notice=f"Réponse {told}.",
        )

    def _known(self) -> _Known:
        """What is published now; read again when there is more or less."""
        stamp = select(func.count(), func.max(PUBLICATIONS.c.id))
        with self.store.read() as connection:
            now = tuple(connection.execute(stamp).one())
            if self._read is not None and self._read.stamp == now:
                return self._read
            found = connection.execute(select(PUBLICATIONS).order_by(PUBLICATIONS.c.id))
            published = [publication_of(row) for row in found.mappings()]
        self._read = _Known.of(now, published, self.encoder)
        return self._read

    def _first(self, question: str) -> str:
        """The document that the base answers a question with; nothing when it is not sure."""
        ranking = self.retriever.rank(question)
        first = ranking.candidates[0] if ranking.candidates else None
        return first.document_id if first is not None and first.probability >= SURE else ""


@dataclass(frozen=True, slots=True)
class _Known:
    """Publications, ready to be compared."""

    stamp: tuple[Any, ...]
    revised: dict[str, Publication]  # by document, the last answer to it
    owners: tuple[Publication, ...]  # of each vector
    vectors: np.ndarray[Any, Any]

    @classmethod
    def of(
        cls, stamp: tuple[Any, ...], published: Sequence[Publication], encoder: Encoder
    ) -> _Known:
        """Publications, oldest first; the last of a question wins."""
        last = {one.document: one for one in published if one.kind != "variant"}
        owners: list[Publication] = []
        texts: list[str] = []
        for one in published:
            owner = last.get(one.document, one)
            asked = one.wordings if one.kind == "variant" else (one.question, *one.wordings)
            owners += [owner] * len(asked)
            texts += asked
        return cls(stamp, last, tuple(owners), encoder.encode(texts))

    def like(self, encoder: Encoder, question: str) -> Publication | None:
        """The publication whose wording a question is close to, the closest; or none."""
        if not self.owners:
            return None
        likeness = self.vectors @ encoder.encode([question])[0]
        best = int(likeness.argmax())
        return self.owners[best] if likeness[best] >= CLOSE else None


def in_words(moment: datetime) -> str:
    """A day in words: « 1er octobre 2016 »."""
    day = "1er" if moment.day == 1 else str(moment.day)
    return f"{day} {_MONTHS[moment.month - 1]} {moment.year}"
