"""Building a generation of the index, aside, and switching to it in one step."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.chunk import chunk
from ingest.matcher import train_matcher
from ingest.passages import kb_passages, kb_wordings
from ingest.readers.files import load
from ingest.readers.kb import KnowledgeBase, kb_digest, read_kb
from ingest.types import Failure, Limits
from retrieval.encoders import Encoder, Vectors, open_encoder
from retrieval.errors import AppError, BuildError, KnowledgeBaseError
from retrieval.generation import FORMAT, Manifest, current, read_manifest, write_manifest
from retrieval.matcher import save_matcher
from retrieval.store import DocumentRow, Store, write_store
from retrieval.types import Passage, Wording
from retrieval.vectors import VectorIndex, write_vectors

KEPT = 3  # generations left on disk, the current one among them: readers may still hold one

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    manifest: Manifest
    embedded: int  # texts whose vectors were made anew
    reused: int  # texts whose vectors were kept
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build from."""

    kb: Path
    index: Path
    sources: tuple[Path, ...] = ()
    encoder: str = ""
    limits: Limits = Limits()
    rebuild: bool = False  # keep no vector of the old generation
    only: bool = False  # forget the sources of the old generation


def build(plan: Plan, on_progress: Progress = lambda stage, done, total: None) -> Report:
    """Build a new generation from the knowledge base and the sources, and serve it.

    The old generation is untouched until the last step, and stays when anything fails.

    Raises:
        KnowledgeBaseError: the knowledge base has findings.
        BuildError: another build is running, or the disk refuses.
    """
    base = read_kb(plan.kb)
    if base.findings:
        raise KnowledgeBaseError(
            "La base de connaissances a des erreurs :\n" + "\n".join(map(str, base.findings[:20])),
            fix="Corrigez-les (« maintelex check » les montre toutes), puis relancez.",
        )
    try:
        plan.index.mkdir(parents=True, exist_ok=True)
        with _lock(plan.index):
            return _build(plan, base, on_progress)
    except (OSError, sqlite3.Error) as error:
        raise BuildError(
            f"L'index n'a pas pu être écrit : {error}.",
            fix="Libérez de la place ou vérifiez les droits du dossier ; l'ancien index reste servi.",
        ) from error


def is_stale(plan: Plan) -> bool:
    """Whether the index in use differs from what the plan would build, as far as the base tells."""
    try:
        manifest = read_manifest(current(plan.index))
        same_encoder = open_encoder(plan.encoder).fingerprint == manifest.encoder_fingerprint
        return not same_encoder or manifest.kb_hash != kb_digest(plan.kb) or bool(plan.sources)
    except AppError:
        return True


@contextmanager
def _lock(index: Path) -> Iterator[None]:
    """Hold the index for one builder. The system lets go of the lock when the process dies."""
    with open(index / ".lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError(
                "Une autre indexation est en cours.", fix="Attendez sa fin, puis relancez."
            ) from error
        yield


def _build(plan: Plan, base: KnowledgeBase, on_progress: Progress) -> Report:
    """Build while holding the lock."""
    encoder = open_encoder(plan.encoder)
    plan = replace(plan, sources=_sources(plan))
    loaded = load(
        list(plan.sources),
        plan.limits,
        on_progress=lambda done, total, path: on_progress("lecture", done, total),
    )
    passages = kb_passages(base)
    passages += [passage for document in loaded.documents for passage in chunk(document)]
    passages = sorted({passage.id: passage for passage in passages}.values(), key=lambda p: p.id)
    wordings = kb_wordings(base)
    _clean(plan.index)
    name = datetime.now(UTC).strftime("%Y%m%dt%H%M%S-") + uuid.uuid4().hex[:8]
    folder = plan.index / "generations" / (name + ".part")
    folder.mkdir(parents=True)
    try:
        counts = _write(plan, base, encoder, folder, passages, wordings, on_progress)
        manifest = _manifest(name, plan, base, encoder, passages, wordings)
        write_manifest(folder, manifest)
        _switch(plan.index, folder, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _forget(plan.index, name)
    return Report(manifest, *counts, failures=loaded.failures)


def _sources(plan: Plan) -> tuple[Path, ...]:
    """Folders and files to read: those of the index in use, then those given, each once."""
    known: list[str] = []
    if not plan.only:
        with suppress(AppError):
            known = read_manifest(current(plan.index)).sources
    given = [str(source.resolve()) for source in plan.sources]
    return tuple(Path(source) for source in dict.fromkeys([*known, *given]))


def _write(
    plan: Plan,
    base: KnowledgeBase,
    encoder: Encoder,
    folder: Path,
    passages: Sequence[Passage],
    wordings: Sequence[Wording],
    on_progress: Progress,
) -> tuple[int, int]:
    """Write the parts of a generation; how many texts were embedded and reused."""
    on_progress("index lexical", 0, 1)
    write_store(folder / "passages.sqlite", passages, wordings)
    numbers = {d.id: d.number for d in _documents(folder)}
    on_progress("index lexical", 1, 1)
    texts = [embedded_text(passage) for passage in passages]
    asked = [wording.text for wording in wordings]
    known = {} if plan.rebuild else _known_vectors(plan.index, encoder)
    vectors, made = _embed(encoder, texts + asked, known, on_progress)
    write_vectors(folder / "passages.faiss", vectors[: len(texts)])
    write_vectors(folder / "wordings.faiss", vectors[len(texts) :])
    on_progress("questions", 0, 1)
    declined = [question for kind in base.out_of_scope.values() for question in kind]
    labels = [numbers[wording.document_id] for wording in wordings]
    save_matcher(folder, train_matcher(asked, labels, declined))
    on_progress("questions", 1, 1)
    return made, len(texts) + len(asked) - made


def embedded_text(passage: Passage) -> str:
    """The text of a passage as the dense leg sees it: its headings, then its words."""
    return " ".join((passage.title, *passage.heading_path)) + "\n" + passage.text


def _documents(folder: Path) -> list[DocumentRow]:
    """The documents of a store just written."""
    store = Store(folder / "passages.sqlite")
    try:
        return list(store.documents)
    finally:
        store.close()


def _hash(text: str) -> str:
    """The content hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _known_vectors(index: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Vectors of the current generation by content hash, when the same encoder made it."""
    try:
        folder = current(index)
        manifest = read_manifest(folder)
        if manifest.encoder_fingerprint != encoder.fingerprint:
            return {}
        store = Store(folder / "passages.sqlite")
        texts = [embedded_text(passage) for passage in store.all_passages()]
        asked = [store.wording(n) for n in range(1, manifest.wordings + 1)]
        store.close()
        size = {"dimension": manifest.dimension}
        first = VectorIndex(folder / "passages.faiss", rows=len(texts), **size).all()
        second = VectorIndex(folder / "wordings.faiss", rows=len(asked), **size).all()
    except AppError:
        return {}  # an index that cannot be read gives nothing to keep: all is embedded anew
    return {
        _hash(text): vector for text, vector in zip(texts + asked, [*first, *second], strict=True)
    }


def _embed(
    encoder: Encoder, texts: Sequence[str], known: dict[str, Vectors], on_progress: Progress
) -> tuple[Vectors, int]:
    """Vectors of the texts, those already known taken as they are; how many were made."""
    out = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    hashes = [_hash(text) for text in texts]
    missing = [row for row, key in enumerate(hashes) if key not in known]
    for row, key in enumerate(hashes):
        if key in known:
            out[row] = known[key]
    for start in range(0, len(missing), 512):
        rows = missing[start : start + 512]
        out[rows] = encoder.encode([texts[row] for row in rows])
        on_progress("vecteurs", start + len(rows), len(missing))
    return out, len(missing)


def _manifest(
    name: str,
    plan: Plan,
    base: KnowledgeBase,
    encoder: Encoder,
    passages: Sequence[Passage],
    wordings: Sequence[Wording],
) -> Manifest:
    """The manifest of a generation."""
    kinds: dict[str, int] = {}
    for passage in passages:
        kinds[passage.kind] = kinds.get(passage.kind, 0) + 1
    return Manifest(
        generation=name,
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        encoder_spec=plan.encoder,
        dimension=encoder.dimension,
        documents=len({passage.document_id for passage in passages}),
        passages=len(passages),
        wordings=len(wordings),
        kb_hash=base.sha256,
        kinds=dict(sorted(kinds.items())),
        sources=[str(source) for source in plan.sources],
    )


def _switch(index: Path, folder: Path, name: str) -> None:
    """Bring a finished generation to its name and point CURRENT at it."""
    for path in folder.iterdir():
        with open(path, "rb") as handle:
            os.fsync(handle.fileno())
    os.replace(folder, index / "generations" / name)
    pointer = index / f".CURRENT-{name}"
    with open(pointer, "w", encoding="utf-8") as handle:
        handle.write(name + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(pointer, index / "CURRENT")


def _clean(index: Path) -> None:
    """Remove what a killed build left behind."""
    for path in (index / "generations").glob("*.part"):
        shutil.rmtree(path, ignore_errors=True)
    for path in index.glob(".CURRENT-*"):
        with suppress(OSError):
            path.unlink()


def _forget(index: Path, name: str) -> None:
    """Remove all but the latest generations."""
    folders = sorted((p for p in (index / "generations").iterdir() if p.is_dir()), reverse=True)
    for path in [p for p in folders if p.name != name][KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
