"""Building a generation of the index, aside, and switching to it in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.content import (
    Content,
    Embedded,
    Progress,
    embedded_text,
    embedding,
    gather,
    manifest_of,
    passage_fields,
    text_hash,
    training,
)
from ingest.readers.kb import KnowledgeBase, kb_digest, read_kb
from ingest.types import Failure, Limits
from retrieval.encoders import Encoder, Vectors, open_encoder
from retrieval.errors import AppError, BuildError, KnowledgeBaseError
from retrieval.folder import Folder
from retrieval.generation import Manifest, current, read_manifest, write_manifest
from retrieval.matcher import save_matcher
from retrieval.outline import Outline, save_outline
from retrieval.schema import write_store
from retrieval.vectors import write_vectors

KEPT = 3  # generations left on disk, the current one among them: readers may still hold one


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
    base = sound_base(plan.kb)
    try:
        plan.index.mkdir(parents=True, exist_ok=True)
        with builder(plan.index):
            return _build(plan, base, on_progress)
    except BrokenExecutor as error:
        raise worker_stopped() from error
    except (OSError, sqlite3.Error) as error:
        raise BuildError(
            f"L'index n'a pas pu être écrit : {error}.",
            fix="Libérez de la place ou vérifiez les droits du dossier ; l'ancien index reste servi.",
        ) from error


def worker_stopped() -> BuildError:
    """What to say when the system stopped a process that worked for a build."""
    return BuildError(
        "Un processus qui préparait l'index a été arrêté : mémoire trop juste, peut-être.",
        fix="Libérez de la mémoire, puis relancez ; l'ancien index reste servi.",
    )


def sound_base(kb: Path) -> KnowledgeBase:
    """The knowledge base of a folder.

    Raises:
        KnowledgeBaseError: it has findings.
    """
    base = read_kb(kb)
    if base.findings:
        raise KnowledgeBaseError(
            "La base de connaissances a des erreurs :\n" + "\n".join(map(str, base.findings[:20])),
            fix="Corrigez-les (« maintelex check » les montre toutes), puis relancez.",
        )
    return base


def is_stale(plan: Plan) -> bool:
    """Whether the index in use differs from what the plan would build, as far as the base tells."""
    try:
        return differs(plan, read_manifest(current(plan.index)))
    except AppError:
        return True


def differs(plan: Plan, manifest: Manifest) -> bool:
    """Whether a generation differs from what the plan would build, as far as the base tells."""
    same_encoder = open_encoder(plan.encoder).fingerprint == manifest.encoder_fingerprint
    return not same_encoder or manifest.kb_hash != kb_digest(plan.kb) or bool(plan.sources)


@contextmanager
def builder(index: Path) -> Iterator[None]:
    """Hold the index for one builder. The system lets go of the lock when the process dies.

    Raises:
        BuildError: another one holds it.
    """
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
    content = gather(base, plan.kb, _sources(plan), plan.limits, on_progress)
    _clean(plan.index)
    name = generation_name()
    folder = plan.index / "generations" / (name + ".part")
    folder.mkdir(parents=True)
    try:
        embedded, kinds = _write(plan, content, encoder, folder, on_progress)
        manifest = manifest_of(name, content, encoder, plan.encoder, kinds)
        write_manifest(folder, manifest)
        _switch(plan.index, folder, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _forget(plan.index, name)
    return Report(manifest, embedded.made, embedded.reused, failures=content.failures)


def generation_name() -> str:
    """A name for a new generation: names sort by time, those of one second too."""
    return datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f-") + uuid.uuid4().hex[:8]


def _sources(plan: Plan) -> tuple[Path, ...]:
    """Folders and files to read: those of the index in use, then those given, each once."""
    known: list[str] = []
    if not plan.only:
        with suppress(AppError):
            known = read_manifest(current(plan.index)).sources
    return sources_after(known, plan)


def sources_after(known: Sequence[str], plan: Plan) -> tuple[Path, ...]:
    """Folders and files to read: those known, then those of the plan, each once."""
    given = [str(source.resolve()) for source in plan.sources]
    return tuple(Path(source) for source in dict.fromkeys([*known, *given]))


def _write(
    plan: Plan, content: Content, encoder: Encoder, folder: Path, on_progress: Progress
) -> tuple[Embedded, dict[str, str]]:
    """Write the parts of a generation; its vectors, and the kind of index that holds them."""
    known = {} if plan.rebuild else _known_vectors(plan.index, encoder)
    with training(content) as trained:
        on_progress("index lexical", 0, 1)
        fields = passage_fields(content)
        with embedding(content, encoder, known, on_progress) as made:
            store = folder / "passages.sqlite"
            write_store(store, content.passages, content.wordings, content.lexicon, fields)
            on_progress("index lexical", 1, 1)
            embedded = made()
        kind = _write_vectors(folder, embedded)
        on_progress("questions", 0, 1)
        save_matcher(folder, trained())
        on_progress("questions", 1, 1)
    return embedded, {"passages": kind}


def _write_vectors(folder: Path, embedded: Embedded) -> str:
    """Write the vectors of a generation; the kind of index that holds those of the passages."""
    kind = write_vectors(folder / "passages.faiss", embedded.passages)
    np.save(folder / "wordings.npy", embedded.wordings, allow_pickle=False)
    np.save(folder / "declined.npy", embedded.declined, allow_pickle=False)
    save_outline(folder, Outline.of(embedded.wordings))
    return kind


def _known_vectors(index: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Vectors of the current generation by content hash, when the same encoder made it."""
    try:
        folder = current(index)
        if read_manifest(folder).encoder_fingerprint != encoder.fingerprint:
            return {}
        backend = Folder(folder)
        texts = [embedded_text(passage) for passage in backend.all_passages()]
        asked = backend.all_wordings()
        vectors = [*backend.passage_vectors(), *backend.wording_vectors]
        backend.close()
    except AppError:
        return {}  # an index that cannot be read gives nothing to keep: all is embedded anew
    return {text_hash(t): vector for t, vector in zip(texts + asked, vectors, strict=True)}


def _switch(index: Path, folder: Path, name: str) -> None:
    """Bring a finished generation to its name and point CURRENT at it."""
    for path in folder.iterdir():
        with open(path, "rb") as handle:
            os.fsync(handle.fileno())
    os.replace(folder, index / "generations" / name)
    point_at(index, name)


def point_at(index: Path, name: str) -> None:
    """Serve a generation that is on disk, in one atomic step."""
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
