"""Passages in any number to build an index from, written as codes of law.

They are a folder's own passages as long as there are enough of them, drawn with a fixed seed. Past
that, copies are mixed: the start of a passage goes with the end of another, so that no two texts,
hence no two vectors, are the same. Without a folder, sentences of the kb are recombined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from ingest.code_passages import document_passages
from ingest.passages import kb_passages
from ingest.readers.files import load
from ingest.readers.kb import read_kb
from ingest.types import Limits
from retrieval.errors import UsageError

_FILE = 2_000  # articles of one written file: a few megabytes, under any limit
_SENTENCES = (2, 7)  # of a passage made from the kb: as long as an article, on average
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+")
_MARK = re.compile(r"^[ \t#]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to be: its text and the headings above it."""

    text: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where the passages of a bench are taken from."""

    texts: Sequence[Text]  # a folder's passages, or the sentences of the kb
    count: int | None  # passages of the folder; None when the kb's sentences are recombined
    seed: int

    def take(self, size: int) -> Iterator[Text]:
        """So many passages, the same ones for the same seed and size."""
        draw = Random(self.seed)
        if self.count is None:
            yield from (self._recombined(draw) for _ in range(size))
            return
        chosen = sorted(draw.sample(range(self.count), min(size, self.count)))
        yield from (self.texts[place] for place in chosen)
        for extra in range(size - self.count):
            yield self._mixed(extra % self.count, draw.randrange(self.count))

    def _recombined(self, draw: Random) -> Text:
        """Sentences of the kb, drawn at random."""
        sentences = draw.choices(self.texts, k=draw.randint(*_SENTENCES))
        return Text(" ".join(sentence.text for sentence in sentences))

    def _mixed(self, first: int, second: int) -> Text:
        """The first half of a passage's sentences and the second half of another's."""
        start, end = (_SENTENCE_END.split(self.texts[place].text) for place in (first, second))
        halves = start[: (len(start) + 1) // 2] + end[len(end) // 2 :]
        return Text(" ".join(halves), self.texts[first].headings)


def open_corpus(folder: Path | None, kb: Path, seed: int) -> Corpus:
    """The corpus in a folder; the sentences of the kb when there is none.

    Raises:
        UsageError: nothing can be read there.
        KnowledgeBaseError: the kb cannot be read.
    """
    if folder is None:
        found = (part for p in kb_passages(read_kb(kb)) for part in _SENTENCE_END.split(p.text))
        texts = [Text(sentence) for sentence in dict.fromkeys(found) if len(sentence) > 20]
        where = kb
    else:
        documents = load([folder], Limits()).documents
        texts = [Text(p.text, p.heading_path) for d in documents for p in document_passages(d)]
        where = folder
    if not texts:
        raise UsageError(
            f"{where} ne contient aucun texte lisible.",
            fix="Indiquez un dossier de codes (--corpus).",
        )
    return Corpus(texts, len(texts) if folder else None, seed)


def write_sources(corpus: Corpus, size: int, folder: Path) -> None:
    """Write so many passages as the articles of codes of law, a few thousand a file."""
    folder.mkdir(parents=True)
    texts = enumerate(corpus.take(size), start=1)
    number = 0
    while part := list(islice(texts, _FILE)):
        number += 1
        path = folder / f"essai-{number:04}.md"
        path.write_text(_code(number, part), encoding="utf-8")


def _code(number: int, articles: Sequence[tuple[int, Text]]) -> str:
    """A code of law in the shape that the reader knows, one passage an article."""
    head = f'---\ntitle: "Code d\'essai {number}"\nidentifier: "LEGITEXT{number:012}"\nrank: "code"\n---\n'
    return head + "".join(_article(label, text) for label, text in articles)


def _article(label: int, text: Text) -> str:
    """One article under its headings."""
    headings = "".join(
        f"{'#' * min(depth, 4)} {_plain(heading)}\n\n"
        for depth, heading in enumerate(text.headings, start=2)
    )
    return f"{headings}##### Article L{label // 100}-{label % 100}\n\n{_plain(text.text)}\n\n"


def _plain(text: str) -> str:
    """A text none of whose lines reads as a heading."""
    return _MARK.sub("", text).strip() or "Sans texte"
