"""Which documents of the base an answer tells, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering import Answer
from retrieval import Passage, Retriever

KINDS = ("kb:questions/", "kb:contract/")
OPENING = 60  # characters of a short answer by which it is recognised

_CITED = re.compile(r"\s*\[(?:@[^\]\n]{1,120}|\d+)\]")


class Told:
    """Tells the documents of answers over one index. Built once: it reads every short answer."""

    def __init__(self, retriever: Retriever) -> None:
        self._openings = {
            document.id: opening
            for document in retriever.documents()
            if document.id.startswith("kb:questions/")
            for opening in _openings(retriever.document(document.id))
        }

    def documents(self, answer: Answer) -> tuple[str, ...]:
        """The questions and clauses of the base that an answer tells, each once.

        In the order in which they come: where the short answer of a question begins, or where the
        first marker of one of their passages stands.
        """
        text = answer.text
        bare = _bare(text)
        places: dict[str, float] = {}
        for name, opening in self._openings.items():
            if (place := bare.find(opening)) >= 0:
                places[name] = place
        for name, share in _marked(answer, text):
            places[name] = min(places.get(name, len(bare)), share * len(bare))
        return tuple(sorted(places, key=lambda name: (places[name], name)))


def _openings(passages: list[Passage]) -> Iterator[str]:
    """How the short answer of a question begins."""
    for passage in passages:
        if passage.id.endswith("#reponse-courte"):
            yield _bare(str(passage.meta.get("markdown") or passage.text))[:OPENING]


def _marked(answer: Answer, text: str) -> Iterator[tuple[str, float]]:
    """The documents of the passages cited, each with where its marker stands, 0 to 1."""
    for citation in answer.citations:
        document = citation.passage_id.partition("#")[0]
        place = text.find(f"[{citation.n}]")
        if document.startswith(KINDS) and place >= 0:
            yield document, place / len(text)


def _bare(text: str) -> str:
    """A text without citations nor emphasis, white space made single."""
    return " ".join(_CITED.sub("", text).replace("**", "").split())
