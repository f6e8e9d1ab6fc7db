"""A customer's document in memory, searched like the base."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.own_document.addressed import Addressed, addressed, without_addressed
from assistant.own_document.quote import Quote, best_words
from assistant.own_document.read import OWN_LIMITS, read_passages
from ingest.bounded import read_bounded
from ingest.reading import Reads
from ingest.types import Limits
from retrieval.analysis import MAX_QUESTION_CHARACTERS, normalise, stems
from retrieval.encoders import open_encoder
from retrieval.encoders.base import Encoder, Vectors
from retrieval.errors import UsageError
from retrieval.lexical import Postings, postings
from retrieval.retriever import MAX_K
from retrieval.types import Hit, Passage, Reason

# Measured on the model contract as a customer's own, 300 questions of the development sets: the
# right article is first for 0.84 of them, among the first three for 0.89. Of two codes of law that
# have nothing to say, a passage is wrongly brought for 0.06 and 0.09 (at a likeness of 0.30, for
# 0.34 and 0.44, with 0.84 and 0.91 right): saying that a contract speaks when it does not is worse.
DENSE = 20.0  # what a likeness of 1 is worth beside BM25
SPEAKS = 0.40  # likeness from which a passage speaks of the same thing
COVERED = 0.70  # share of the question's words, by rarity, from which it does too
_CONTRACT = re.compile(r"\b(?:contrat|convention|conditions générales|conditions particulières)\b")
_OPENING = 3  # passages that tell whether a document is a contract

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document of a conversation: kept in memory alone, gone with it.

    Made by `OwnDocument.read`. Safe to share between threads.

    Attributes:
        name: file name, made plain.
        sha256: of the file.
        passages: in order of the document; ids "doc:<sha>/<name>#p<page>.<n>".
        scanned: pages that are images without text, and were not read.
        addressed: sentences that speak to an assistant; they were read as text.
    """

    name: str
    sha256: str
    passages: tuple[Passage, ...]
    scanned: tuple[int, ...]
    addressed: tuple[Addressed, ...]
    _encoder: Encoder = field(repr=False)
    _vectors: Vectors = field(repr=False)
    _body: dict[str, Postings] = field(repr=False)
    _heads: dict[str, Postings] = field(repr=False)
    _terms: tuple[frozenset[str], ...] = field(repr=False)

    @classmethod
    def read(
        cls, name: str, data: bytes, limits: Limits = OWN_LIMITS, *, reads: Reads = read_bounded
    ) -> OwnDocument:
        """Read a PDF or a Word document.

        Args:
            name: file name, as the customer gives it.
            data: the file.
            limits: how much is accepted.
            reads: what reads the file: in a child process, unless the file is one of ours.

        Raises:
            DocumentError: it cannot be read, with what its owner can do.
        """
        document, passages, scanned = read_passages(name, data, limits, reads=reads)
        encoder = open_encoder()
        heads = [" ".join(p.heading_path) for p in passages]
        texts = [without_addressed(p.text) for p in passages]
        pairs = list(zip(heads, texts, strict=True))
        nearest = [(p.heading_path or ("",))[-1] for p in passages]
        vectors = encoder.encode([". ".join(pair) for pair in zip(nearest, texts, strict=True)])
        return cls(
            document.name, document.sha256, tuple(passages), scanned, addressed(passages),
            encoder, vectors, _field(texts), _field(heads),
            tuple(frozenset(stems(" ".join(pair))) for pair in pairs),
        )  # fmt: skip

    @property
    def is_contract(self) -> bool:
        """Whether it opens as a contract does."""
        first = " ".join(p.title + " " + p.text for p in self.passages[:_OPENING])
        return bool(_CONTRACT.search(normalise(first).lower()))

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id, or None."""
        return next((p for p in self.passages if p.id == identifier), None)

    def search(self, question: str, k: int = 5, *, about: Sequence[str] = ()) -> list[Hit]:
        """The k best passages that speak of a question, best first; none when nothing does.

        Args:
            question: any text; cut at `MAX_QUESTION_CHARACTERS`.
            k: 1 to `MAX_K`.
            about: titles of what answers the question, in the law's own words: a customer says
                « casser le contrat », a contract « résiliation ».

        Raises:
            UsageError: k is out of range.
        """
        if not 1 <= k <= MAX_K:
            raise UsageError(f"k doit être compris entre 1 et {MAX_K} ; reçu : {k}.")
        asked = question[:MAX_QUESTION_CHARACTERS]
        likeness = self._vectors @ self._vector(asked, about)
        words = self._words([asked, *about])
        total = words + DENSE * likeness
        covers = self._covered(stems(asked))
        order = sorted(range(len(total)), key=lambda i: (-total[i], i))
        speaking = [i for i in order if likeness[i] >= SPEAKS or covers[i] >= COVERED]
        return [
            Hit(self.passages[i], float(total[i]), rank, (
                Reason("text", round(float(words[i]), 3)),
                Reason("dense", round(float(likeness[i]), 3)),
            ))
            for rank, i in enumerate(speaking[:k], start=1)
        ]  # fmt: skip

    def quote(self, passage: Passage, question: str, about: Sequence[str] = ()) -> Quote | None:
        """The words of one of its passages that a question is about; None when none can be quoted."""
        query = " ".join([question[:MAX_QUESTION_CHARACTERS], *about])
        return best_words(passage.text, query, self._vector(question, about), self._encoder)

    def _vector(self, question: str, about: Sequence[str]) -> Vectors:
        """(dimension,) the mean of the vectors of a question and of what it is about, unit length."""
        texts = [question[:MAX_QUESTION_CHARACTERS], *about]
        total = self._encoder.encode(texts).sum(axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)

    def _words(self, texts: Sequence[str]) -> Scores:
        """(passages,) BM25 of texts on the passages and on their headings."""
        scores = np.zeros(len(self.passages) + 1)
        for text in texts:
            for term in dict.fromkeys(stems(text)):
                for held in (self._body.get(term), self._heads.get(term)):
                    if held is not None:
                        scores[held.rows] += held.impacts
        return scores[1:]

    def _covered(self, terms: Sequence[str]) -> Scores:
        """(passages,) share of a question's words that each holds, the rare ones counting more.

        Zeros for a question of one word: a passage that holds it may speak of anything.
        """
        wanted = sorted(set(terms))
        if len(wanted) < 2:
            return np.zeros(len(self.passages))
        size, held = len(self.passages), Counter(t for terms in self._terms for t in terms)
        worth = {t: math.log(1 + (size - held[t] + 0.5) / (held[t] + 0.5)) for t in wanted}
        most = sum(worth.values())
        return np.array([sum(worth[t] for t in wanted if t in has) / most for has in self._terms])


def _field(texts: Sequence[str]) -> dict[str, Postings]:
    """The postings of texts by term; rows from 1."""
    rows = ((number, " ".join(stems(text))) for number, text in enumerate(texts, start=1))
    return {held.term: held for held in postings(rows)}
