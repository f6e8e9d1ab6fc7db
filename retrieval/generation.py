"""Generations of the index: which one is served, and what its manifest promises.

`<index>/generations/<id>/` holds one built index; `<index>/CURRENT` names the one in use. The name
is replaced in one atomic step, after every file of the new generation is on disk.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from retrieval.errors import IndexCorruptError, IndexMismatchError, IndexMissingError

FORMAT = 4  # raise it when files of a generation change, or the vectors of words do
_ID = re.compile(r"[0-9a-z-]{8,64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of."""

    generation: str
    format: int
    created: str  # ISO 8601, UTC
    encoder: str
    encoder_fingerprint: str
    encoder_spec: str  # the setting that opens the same encoder
    dimension: int
    documents: int
    passages: int
    wordings: int
    declined: int  # questions to decline that it learnt from
    kb_hash: str  # SHA-256 of the knowledge base's files
    kinds: dict[str, int] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)  # folders and files beside the kb
    vectors: dict[str, str] = field(default_factory=dict)  # kind of index, by what it holds


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a generation's manifest."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """A generation's manifest.

    Raises:
        IndexMismatchError: it was made by another format.
        IndexCorruptError: it is missing or cannot be read.
    """
    try:
        text = (folder / "manifest.json").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from error
    return parse_manifest(text, folder)


def parse_manifest(text: str, place: Path | str) -> Manifest:
    """A manifest from its JSON.

    Args:
        place: where it was read, to be named when it cannot be used.

    Raises:
        IndexMismatchError: it was made by another format.
        IndexCorruptError: it cannot be read.
    """
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise _unreadable(place, error) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        made = raw.get("format") if isinstance(raw, dict) else raw
        raise IndexMismatchError(
            f"L'index de {place} est au format {made!r} ; cette version lit le format {FORMAT}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )
    try:
        return Manifest(**raw)
    except TypeError as error:
        raise IndexCorruptError(
            f"Il manque un champ au manifeste de {place} : {error}.",
            fix="Lancez « maintelex ingest --rebuild ».",
        ) from error


def _unreadable(place: Path | str, error: Exception) -> IndexCorruptError:
    """What to say of a manifest that cannot be read."""
    return IndexCorruptError(
        f"Le manifeste de {place} est illisible : {error}.",
        fix="Lancez « maintelex ingest --rebuild ».",
    )


def current(index: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        IndexMissingError: nothing has been built.
        IndexCorruptError: CURRENT names a generation that is not there.
    """
    try:
        name = (index / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise IndexMissingError(
            f"Il n'y a pas d'index dans {index}.",
            fix="Lancez « maintelex ingest » pour le construire.",
        ) from error
    folder = index / "generations" / name
    if not _ID.fullmatch(name) or not folder.is_dir():
        raise IndexCorruptError(
            f"{index / 'CURRENT'} nomme la génération {name!r}, qui n'existe pas.",
            fix="Lancez « maintelex ingest --rebuild ».",
        )
    return folder


def named(index: Path, generation: str) -> Path:
    """The folder of a generation, in use or not; the last few stay.

    Raises:
        IndexMissingError: it is not there, or not any more.
    """
    folder = index / "generations" / generation
    if not _ID.fullmatch(generation) or not folder.is_dir():
        raise IndexMissingError(
            f"La génération {generation!r} n'est pas, ou n'est plus, dans {index}.",
            fix="Seules les dernières générations sont gardées ; celle en usage se lit sans la nommer.",
        )
    return folder
