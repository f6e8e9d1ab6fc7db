"""The documents that every engine indexes, and what an engine is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from retrieval import Retriever
from retrieval.types import Wording

DEPTH = 100  # chunks that an engine brings a question


@dataclass(frozen=True, slots=True)
class Source:
    """A document that questions lead to."""

    id: str
    title: str
    sections: tuple[str, ...]  # its passages, each under its heading
    wordings: tuple[str, ...] = ()  # how people ask for it

    @property
    def text(self) -> str:
        """The whole document, as a file that one would load."""
        return "\n\n".join((self.title, *self.sections))

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages that MainteLex indexes, each under the document's title."""
        return tuple(f"{self.title}\n{section}" for section in self.sections)


class Engine(Protocol):
    """A search engine: packages and models are loaded by its constructor, outside any timing."""

    def build(self, sources: Sequence[Source]) -> int:
        """Index the sources, and their wordings where they have any; gives the chunks made."""

    def search(self, question: str) -> list[str]:
        """The documents of the best `DEPTH` chunks, best first, a document once a chunk."""


def corpus(retriever: Retriever, wordings: Sequence[Wording]) -> list[Source]:
    """Every document of an index that questions lead to, in order of id.

    Args:
        wordings: of the base that the index was built from.
    """
    asking: dict[str, list[str]] = {}
    for wording in wordings:
        asking.setdefault(wording.document_id, []).append(wording.text)
    found = []
    for name in retriever.asked():
        passages = retriever.document(name)
        sections = tuple(f"{' '.join(p.heading_path)}\n{p.text}" for p in passages)
        found.append(Source(name, passages[0].title, sections, tuple(asking.get(name, ()))))
    return found


def without_wordings(sources: Sequence[Source]) -> list[Source]:
    """The sources as a folder of files gives them: no wordings."""
    return [replace(source, wordings=()) for source in sources]
