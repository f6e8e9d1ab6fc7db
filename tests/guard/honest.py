"""Honest answers made from the real knowledge base: composed ones, and such as a model writes."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.cite import Sources
from assistant.guard import markup
from retrieval import Passage, Retriever

SECTIONS = {
    "reponse-courte": "Réponse courte",
    "explication": "Explication",
    "en-pratique": "En pratique",
    "limites": "Limites",
}
_CITATION = re.compile(r"\s*\[@([a-z0-9:/-]+)\]")
_BEFORE_END = re.compile(r"(?=\s?[.!?…:;]*\s*$)")


@dataclass(frozen=True, slots=True)
class Written:
    """An answer, and the passages that it was written from."""

    markdown: str
    passages: tuple[Passage, ...]

    @property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.markdown.split("\n")

    def with_markdown(self, markdown: str) -> Written:
        """The same passages under other words."""
        return Written(markdown, self.passages)


def questions(retriever: Retriever) -> list[str]:
    """The documents of the base that are questions."""
    return [d.id for d in retriever.documents() if d.id.startswith("kb:questions/")]


def composed(retriever: Retriever, document: str) -> Written:
    """The sections of a question as the extractive answer shows them, with their sources."""
    sections = {p.id.partition("#")[2]: p for p in retriever.document(document)}
    sources = Sources(retriever.passage)
    parts = [
        f"### {title}\n\n{sources.marked(str(sections[name].meta['markdown']), sections[name])}"
        for name, title in SECTIONS.items()
        if name in sections
    ]
    cited = [retriever.passage(citation.passage_id) for citation in sources.citations]
    passages = [passage for passage in cited if passage]
    return Written(
        "\n\n".join(parts), (*passages, *(p for p in sections.values() if p not in passages))
    )


def written(retriever: Retriever, document: str, rng: random.Random, size: int = 8) -> Written:
    """An answer as a careful model writes it: sentences of a question's sections, each with its
    section's marker and those of the law that it cites; the short answer first, then a list."""
    sections = [p for p in retriever.document(document) if p.id.partition("#")[2] in SECTIONS]
    sections.sort(key=lambda p: list(SECTIONS).index(p.id.partition("#")[2]))
    law = _law(retriever, sections)
    passages = (*sections, *law)
    numbers = {passage.id: n for n, passage in enumerate(passages, start=1)}
    lead = [_marked(raw, numbers, 1) for raw in sentences(sections[0])]
    rest = [
        _marked(raw, numbers, place)
        for place, section in enumerate(sections[1:], start=2)
        for raw in sentences(section)
    ]
    chosen = sorted(rng.sample(range(len(rest)), min(size, len(rest))))
    half = len(chosen) // 2
    body = " ".join(rest[n] for n in chosen[:half])
    points = "\n".join(f"- {rest[n]}" for n in chosen[half:])
    return Written(f"{' '.join(lead)}\n\n{body}\n\n{points}", passages)


def _law(retriever: Retriever, sections: Sequence[Passage]) -> list[Passage]:
    """The authorities and clauses that sections cite, each once."""
    names = [name for p in sections for name in _CITATION.findall(str(p.meta["markdown"]))]
    found = (retriever.passage(_id(name)) for name in dict.fromkeys(names))
    return [passage for passage in found if passage]


def _id(name: str) -> str:
    """The passage of an inline citation."""
    return f"kb:contract/{name[7:]}#clause" if name.startswith("clause:") else f"kb:law/{name}"


def sentences(section: Passage) -> tuple[str, ...]:
    """The sentences of a section that stand alone, their inline citations left in."""
    return _alone(str(section.meta["markdown"]))


@lru_cache(maxsize=1_024)
def _alone(markdown: str) -> tuple[str, ...]:
    """The sentences of a text that stand alone."""
    text = markup.cut(markdown)
    return tuple(
        piece.raw.replace("**", "")
        for piece in text.pieces
        if piece.kind in ("text", "item") and not piece.introduces and piece.intro is None
        and len(piece.raw) > 40
    )  # fmt: skip


def _marked(raw: str, numbers: dict[str, int], home: int) -> str:
    """A sentence of the base with markers for its inline citations."""
    cited = [numbers[_id(name)] for name in _CITATION.findall(raw) if _id(name) in numbers]
    markers = "".join(f"[{n}]" for n in dict.fromkeys((home, *cited)))
    return _BEFORE_END.sub(f" {markers}", _CITATION.sub("", raw).rstrip(), count=1)
