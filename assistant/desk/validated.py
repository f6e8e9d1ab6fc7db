"""Published answers, given word for word on close questions, from the moment they are published.

The index learns of them when it is built next; until then, and after, they are found here: by the
likeness of the question to their wordings, because it asks the same in other words, or because the
base answers with the question that they revise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import func, select

from assistant.answering import Answer
from assistant.answering.types import Alternative, Citation, Part
from assistant.desk.closeness import NEAR, SAME, Closeness
from assistant.desk.publication import Publication, published
from assistant.desk.returning import in_force
from assistant.desk.sources import holds
from assistant.desk.store import Store
from assistant.desk.tables import PUBLICATIONS
from retrieval import Encoder, Retriever

# Of 134 topics with two wordings each, on the development questions: no question of another topic
# is this like one of them (0.75: one in 14,000 pairs), nor any of those to decline.
CLOSE = 0.80
SURE = 0.50  # share of the candidates' probability from which the base knows the question
_TRIED = 8  # published questions whose nearness is looked at, the likest
_OFFERED = 3  # neighbouring questions under an answer

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
    _closeness: Closeness = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._closeness = Closeness(self.retriever, self.encoder)

    def over(self, answer: Answer) -> Answer:
        """The published answer to the same question, or the answer given.

        An answer to a contract of a given date stays as it is: the law of that date is the base's
        to tell. So does one in place of a publication whose authorities have changed. Where a
        published question is only near, it is the first of the neighbouring ones.
        """
        if answer.as_of is not None:
            return answer
        known = self._known()
        likest = known.likest(self._closeness, answer.question)
        score, found = self._nearest(likest, answer.question)
        near = found if score >= NEAR else None
        if score < SAME:
            found = None
            if known.revised and answer.status == "answered":
                found = known.revised.get(self._first(answer.question))
        if found is not None and holds(found, self.retriever.passage):
            return _given(answer, found)
        if near is not None and holds(near, self.retriever.passage):
            return _offering(answer, near)
        return answer

    def _nearest(self, likest: Sequence[_Like], question: str) -> tuple[float, Publication | None]:
        """The nearest published question, and how near it is: 1 or more where the words say it.

        Beyond its words, only a question that the base does not have is looked at: of one that it
        has, the base knows more.
        """
        if likest and likest[0].likeness >= CLOSE:
            return likest[0].likeness + SAME, likest[0].publication
        best, found = -1.0, None
        for one in (one for one in likest if one.new):
            document = one.publication.document
            near = self._closeness.nearness(question, one.likeness, one.wordings, document)
            if near > best:
                best, found = near, one.publication
        return best, found

    def _known(self) -> _Known:
        """What is published now; read again when there is more or less."""
        stamp = select(func.max(PUBLICATIONS.c.id), func.count(PUBLICATIONS.c.withdrawn))
        with self.store.read() as connection:
            now = tuple(connection.execute(stamp).one())
        if self._read is None or self._read.stamp != now:
            self._read = _Known.of(now, published(self.store), self._closeness)
        return self._read

    def _first(self, question: str) -> str:
        """The document that the base answers a question with; nothing when it is not sure."""
        ranking = self.retriever.rank(question)
        first = ranking.candidates[0] if ranking.candidates else None
        return first.document_id if first is not None and first.probability >= SURE else ""


@dataclass(frozen=True, slots=True)
class _Like:
    """A publication, and how like a question is to the nearest of its wordings."""

    publication: Publication
    wordings: tuple[str, ...]
    new: bool  # whether the base had no such question
    likeness: float


@dataclass(frozen=True, slots=True)
class _Known:
    """Publications, ready to be compared."""

    stamp: tuple[Any, ...]
    revised: dict[str, Publication]  # by document, the last answer to it
    new: frozenset[str]  # documents that the base did not have
    owners: tuple[Publication, ...]  # what is given
    wordings: tuple[tuple[str, ...], ...]  # of each
    places: np.ndarray[Any, Any]  # the owner of each vector
    vectors: np.ndarray[Any, Any]

    @classmethod
    def of(
        cls, stamp: tuple[Any, ...], published: Sequence[Publication], closeness: Closeness
    ) -> _Known:
        """Publications, oldest first; the last of a question wins, with the wordings of all."""
        given = in_force(published)
        last = {one.document: one for one in given if one.kind != "variant"}
        new = frozenset(one.document for one in published if one.kind == "new")
        wordings = tuple(_wordings(one, published) for one in given)
        texts = [text for some in wordings for text in some]
        places = np.repeat(np.arange(len(given)), [len(some) for some in wordings])
        return cls(stamp, last, new, tuple(given), wordings, places, closeness.vectors(texts))

    def likest(self, closeness: Closeness, question: str) -> list[_Like]:
        """The publications whose wordings a question is most like, the likest first."""
        if not self.owners:
            return []
        all_of = self.vectors @ closeness.vectors([question])[0]
        best = np.full(len(self.owners), -1.0)
        np.maximum.at(best, self.places, all_of)
        order = np.argsort(-best, kind="stable")[:_TRIED]
        return [self._like(int(place), float(best[place])) for place in order]

    def _like(self, place: int, likeness: float) -> _Like:
        """A publication, with what is known of it."""
        owner = self.owners[place]
        return _Like(owner, self.wordings[place], owner.document in self.new, likeness)


def _wordings(given: Publication, published: Sequence[Publication]) -> tuple[str, ...]:
    """The ways of asking what a publication answers, its own question first."""
    asked = [] if given.kind == "variant" else [given.question]
    asked += [text for one in published if one.document == given.document for text in one.wordings]
    return tuple(dict.fromkeys(asked))


def _offering(answer: Answer, near: Publication) -> Answer:
    """An answer, with a published question that is near as the first of its neighbours."""
    other = Alternative(near.document, near.question)
    kept = [one for one in answer.alternatives if one.id != other.id]
    return replace(answer, alternatives=(other, *kept)[:_OFFERED])


def _given(answer: Answer, found: Publication) -> Answer:
    """A published answer, in the place of an automatic one."""
    told = f"validée par un juriste le {in_words(found.at)}"
    notice = f"Réponse {told}."
    if answer.language == "en":
        notice = (
            f"Answer checked by a lawyer on {found.at:%d/%m/%Y}, given in French, word for word."
        )
    return replace(
        answer,
        status="answered",
        parts=(Part("", found.markdown),),
        citations=tuple(Citation(**citation) for citation in found.citations),
        confidence=1.0,
        reason=told,
        removed=(),
        provenance={**answer.provenance, "publication": found.id},
        notice=notice,
    )


def in_words(moment: datetime) -> str:
    """A day in words: « 1er octobre 2016 »."""
    day = "1er" if moment.day == 1 else str(moment.day)
    return f"{day} {_MONTHS[moment.month - 1]} {moment.year}"
