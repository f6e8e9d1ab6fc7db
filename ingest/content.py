"""What an index is made of, gathered and embedded: the same for a folder and for a database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from ingest.code_passages import document_passages
from ingest.matcher import train_matcher
from ingest.parallel import MANY, beside, mapped
from ingest.passages import kb_passages, kb_wordings
from ingest.readers.files import load
from ingest.readers.kb import KnowledgeBase
from ingest.readers.lexicon import read_lexicon
from ingest.types import Document, Failure, Limits
from retrieval.encoders import BagEncoder, Encoder, Vectors
from retrieval.fields import Fields, fields_of, heading
from retrieval.generation import FORMAT, Manifest
from retrieval.matcher import Matcher
from retrieval.schema import document_numbers
from retrieval.types import Passage, Wording

Progress = Callable[[str, int, int], None]  # stage, done, total
EMBEDDED = 400  # characters of a passage that its vector is made of: what it is about comes first
MANY_TEXTS = 40_000  # from which they wait for the memory that the writing of the store needs
_BATCH = 8_192  # texts embedded at once


@dataclass(frozen=True, slots=True)
class Content:
    """What an index is made of.

    Attributes:
        passages: sorted by id; ids unique.
        wordings: the first of a document is its own question.
        declined: questions that the base must decline.
        lexicon: preferred terms by phrase, a phrase being stems parted by spaces.
        sources: files and folders that were read beside the knowledge base.
        failures: what could not be read of them.
    """

    passages: tuple[Passage, ...]
    wordings: tuple[Wording, ...]
    declined: tuple[str, ...]
    lexicon: Mapping[str, str]
    kb_hash: str
    sources: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()

    def texts(self) -> list[str]:
        """All that is embedded: passages, then wordings, then questions to decline."""
        return [
            *(embedded_text(passage) for passage in self.passages),
            *(wording.text for wording in self.wordings),
            *self.declined,
        ]


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of a content, in its order, and how many were made anew."""

    passages: Vectors
    wordings: Vectors
    declined: Vectors
    made: int
    reused: int


@dataclass(slots=True)
class _Read:
    """Documents read so far, each once."""

    seen: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, document: Document, source: str) -> None:
        """Take a document's passages; the copy of one taken from another source is named."""
        if document.id in self.seen:
            self.failures.append(
                Failure(
                    document.name,
                    f"{document.name} : copie identique d'un document du même nom, déjà lu.",
                    "Rien à faire, ou supprimez l'une des deux copies.",
                )
            )
            return
        self.seen[document.id] = source
        self.passages += [replace(p, source=source) for p in document_passages(document)]


def gather(
    base: KnowledgeBase, kb: Path, sources: Sequence[Path], limits: Limits, on_progress: Progress
) -> Content:
    """The content of a knowledge base, and of files and folders beside it.

    Args:
        base: the knowledge base read from `kb`.
        sources: files and folders; a file that cannot be read is named in `failures`.
    """
    read = _Read()
    for source in sources:
        loaded = load([source], limits, on_progress=_reading(on_progress))
        read.failures += loaded.failures
        for document in loaded.documents:
            read.add(document, source.name)
    passages = {passage.id: passage for passage in [*kb_passages(base), *read.passages]}
    return Content(
        passages=tuple(sorted(passages.values(), key=lambda passage: passage.id)),
        wordings=tuple(kb_wordings(base)),
        declined=tuple(question for kind in base.out_of_scope.values() for question in kind),
        lexicon=read_lexicon(kb),
        kb_hash=base.sha256,
        sources=tuple(sources),
        failures=tuple(read.failures),
    )


def _reading(on_progress: Progress) -> Callable[[int, int, Path], None]:
    """Progress of reading, told as a stage."""
    return lambda done, total, path: on_progress("lecture", done, total)


def embedded_text(passage: Passage) -> str:
    """The text of a passage as the dense leg sees it: its headings, then its first words."""
    return " ".join((passage.title, *passage.heading_path)) + "\n" + passage.text[:EMBEDDED]


def text_hash(text: str) -> str:
    """The content hash by which a vector is known again."""
    return hashlib.sha256(text.encode()).hexdigest()


def embed(
    content: Content, encoder: Encoder, known: Mapping[str, Vectors], on_progress: Progress
) -> Embedded:
    """The vectors of a content; those already known, by `text_hash`, are taken as they are."""
    with embedding(content, encoder, known, on_progress) as made:
        return made()


@contextmanager
def embedding(
    content: Content, encoder: Encoder, known: Mapping[str, Vectors], on_progress: Progress
) -> Iterator[Callable[[], Embedded]]:
    """The same as `embed` while something else is done: what it gives is called once that is over."""
    texts = content.texts()
    hashes = [text_hash(text) for text in texts] if known else []
    missing = [row for row in range(len(texts)) if not known or hashes[row] not in known]
    on_progress("vecteurs", 0, len(missing))
    with _encoding(encoder, [texts[row] for row in missing]) as made:

        def ended() -> Embedded:
            """All vectors, in order."""
            vectors = made()
            if hashes:
                vectors = _placed(vectors, missing, [known.get(key) for key in hashes])
            on_progress("vecteurs", len(missing), len(missing))
            first, last = len(content.passages), len(content.passages) + len(content.wordings)
            counts = len(missing), len(texts) - len(missing)
            return Embedded(vectors[:first], vectors[first:last], vectors[last:], *counts)

        yield ended


def _placed(made: Vectors, rows: Sequence[int], known: Sequence[Vectors | None]) -> Vectors:
    """All vectors in order: those made, of some rows, and those known, of the others."""
    out = np.zeros((len(known), made.shape[1]), dtype=np.float32)
    for row, vector in enumerate(known):
        if vector is not None:
            out[row] = vector
    out[rows] = made
    return out


@contextmanager
def _encoding(encoder: Encoder, texts: Sequence[str]) -> Iterator[Callable[[], Vectors]]:
    """The vectors of texts, called when needed: another process has the default encoder meanwhile."""
    if not isinstance(encoder, BagEncoder) or len(texts) < MANY:
        yield partial(_encoded, encoder, texts)
    elif len(texts) < MANY_TEXTS:
        with beside(_encode_with, encoder.folder, texts) as made:
            yield made.result
    else:
        yield partial(_spread, encoder.folder, texts)


def _spread(folder: Path, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, by the encoder of a folder, on all cores."""
    return np.concatenate(mapped(partial(_encode_with, folder), texts))


def _encode_with(folder: Path, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, by the encoder of a folder, opened once in each process."""
    return _encoded(_open_bag(folder), texts)


_open_bag = lru_cache(maxsize=1)(BagEncoder)


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, some thousands at a time."""
    out = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        out[start : start + _BATCH] = encoder.encode(texts[start : start + _BATCH])
    return out


def passage_fields(content: Content) -> Fields:
    """The terms of a content's passages."""
    return Fields.joined(mapped(fields_of, [(heading(p), p.text) for p in content.passages]))


@contextmanager
def training(content: Content) -> Iterator[Callable[[], Matcher]]:
    """The same as `matcher_of` while something else is done: what it gives is called afterwards."""
    if len(content.wordings) < MANY:
        yield partial(matcher_of, content)
        return
    with beside(train_matcher, *_lessons(content)) as trained:
        yield trained.result


def matcher_of(content: Content) -> Matcher:
    """The matcher trained on a content's wordings and questions to decline."""
    return train_matcher(*_lessons(content))


def _lessons(content: Content) -> tuple[list[str], list[int], tuple[str, ...]]:
    """What the matcher learns from: wordings, the numbers of their documents, what is declined."""
    numbers = document_numbers(content.passages)
    labels = [numbers[wording.document_id] for wording in content.wordings]
    return [wording.text for wording in content.wordings], labels, content.declined


def manifest_of(
    name: str, content: Content, encoder: Encoder, spec: str, vectors: Mapping[str, str]
) -> Manifest:
    """The manifest of a generation.

    Args:
        spec: the setting that opens the encoder.
        vectors: kind of vector index, by what it holds.
    """
    return Manifest(
        generation=name,
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        encoder_spec=spec,
        dimension=encoder.dimension,
        documents=len({passage.document_id for passage in content.passages}),
        passages=len(content.passages),
        wordings=len(content.wordings),
        declined=len(content.declined),
        kb_hash=content.kb_hash,
        kinds=_counted(passage.kind for passage in content.passages),
        sources=[str(source) for source in content.sources],
        vectors=dict(vectors),
    )


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    """How many passages of each kind."""
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items()))
