"""Which passages a model is given to read, and to write from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.types import Answer
from retrieval import Candidate, Passage, Retriever

MAX_PASSAGES = 18
MAX_CHARACTERS = 20_000  # of all of them: some 6,000 tokens
TOLD = 2  # documents whose sections are given

# Sections by what they are worth to someone who writes an answer.
_SECTIONS = ("reponse-courte", "clause", "explication", "en-pratique", "limites", "note")


def openings(candidates: Iterable[Candidate], retriever: Retriever) -> list[Passage]:
    """The passage that each document opens with, one a document: what a reader is shown."""
    return [next(iter(_sections(retriever, c.document_id)), _named(c)) for c in candidates]


def lifted(candidates: Sequence[Candidate], numbers: Sequence[int]) -> tuple[Candidate, ...]:
    """The candidates with those that a reader chose first, in its order; the others keep theirs.

    Args:
        numbers: from 1, none twice, none past the last candidate.
    """
    chosen = [candidates[number - 1] for number in numbers]
    return (*chosen, *(c for c in candidates if c not in chosen))


def gather(candidates: Sequence[Candidate], answer: Answer, retriever: Retriever) -> list[Passage]:
    """The passages to write from: the sections of the first document that the answer tells, how the
    second opens, what the answer cites, then the rest of the second.

    Args:
        candidates: ranked best first.
        answer: the extractive answer to the same question.

    Returns:
        At most `MAX_PASSAGES`, none twice, `MAX_CHARACTERS` in all unless the first is longer.
    """
    kept: list[Passage] = []
    room = MAX_CHARACTERS
    for passage in _wanted(candidates, answer, retriever):
        size = len(passage.text)
        if passage in kept or (kept and size > room):
            continue
        kept.append(passage)
        room -= size
        if len(kept) == MAX_PASSAGES:
            break
    return kept


def _wanted(
    candidates: Sequence[Candidate], answer: Answer, retriever: Retriever
) -> Iterator[Passage]:
    """Passages in the order in which they matter; some come twice."""
    documents = _told(candidates, answer)
    first, *others = [_sections(retriever, name) for name in documents[:TOLD]] or [[]]
    yield from first
    yield from (sections[0] for sections in others if sections)
    for citation in answer.citations:
        passage = retriever.passage(citation.passage_id)
        if passage:
            yield passage
    for sections in others:
        yield from sections


def _told(candidates: Sequence[Candidate], answer: Answer) -> list[str]:
    """The first candidate, the other documents that an answer tells, then the candidates: each once.

    A message that asks two things has two subjects, which need not be the first two candidates.
    """
    questions = [c.passage_id.partition("#")[0] for c in answer.citations if c.kind == "question"]
    ranked = [candidate.document_id for candidate in candidates]
    return list(dict.fromkeys((*ranked[:1], *questions, *ranked)))


def _named(candidate: Candidate) -> Passage:
    """A document without passages, by its title: the numbers of the others must not shift."""
    identifier = candidate.document_id
    return Passage(f"{identifier}#", identifier, "question", candidate.title, candidate.title)


def _sections(retriever: Retriever, document_id: str) -> list[Passage]:
    """A document's passages, in the order of `_SECTIONS`."""
    order = {name: place for place, name in enumerate(_SECTIONS)}
    passages = retriever.document(document_id)
    return sorted(passages, key=lambda p: (order.get(p.id.partition("#")[2], len(order)), p.id))
