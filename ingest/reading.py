"""One file of a visitor, read: what a reading gives, and how it is carried from a child process.

The child runs `main`: it takes a job on its standard input, narrows what it may use, reads one
file and writes one line of JSON. Nothing that it writes is trusted: `told` checks every field.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.readers.files import document_id, read_document
from ingest.readers.pdf import scanned_pages
from ingest.readers.text import show_number
from ingest.types import Block, Document, Limits
from retrieval.errors import DocumentError

STEM = "document"  # of the file that a reader opens: a visitor's own name may be too long for one
MAX_BLOCKS = 20_000  # paragraphs and rows of a document
LATER = 5  # added to the niceness of a child: the answers of others come first
SIMPLER = "Enregistrez-en une copie plus simple, sans images, ou n'en gardez que les pages utiles."
_SAID = 1_000  # characters of an error that a child may say
_MEANT = (
    (", ou relevez la limite", ", ou n'en gardez que les pages utiles"),
    ("relancez l'indexation", "ajoutez-le de nouveau"),
    ("retirez-le des documents à indexer", "donnez-en un autre"),
    (", ou installez le paquet cryptography", ""),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A visitor's document, and its pages that are images without text (from 1)."""

    document: Document
    scanned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the reading of one file may use."""

    seconds: float = 20.0  # of the clock; the time of a core is bounded by it too
    memory_bytes: int = 1024**3  # address space of the child, its programs included
    output_bytes: int = 32 * 1024**2  # of what it gives back
    blocks: int = MAX_BLOCKS


Reads = Callable[[str, bytes, Limits], Reading]
"""Reads a file of that name and content within limits, or raises DocumentError.

`ingest.bounded.read_bounded` for a file that nobody vouches for, `read_here` for one's own.
"""


def read_file(path: Path, name: str, limits: Limits, most_blocks: int = MAX_BLOCKS) -> Reading:
    """Read a file that lies at `path`, called `name`, in this process.

    Raises:
        DocumentError: it cannot be read, or is cut into more than `most_blocks` blocks.
    """
    try:
        document = read_document(path, limits)
        read = frozenset(block.page for block in document.blocks if block.page)
        scanned = scanned_pages(path, read) if path.suffix.lower() == ".pdf" else ()
    except DocumentError as error:
        raise _to_a_visitor(error, path.name, name) from error
    if len(document.blocks) > most_blocks:
        raise DocumentError(
            f"{name} : ce document compte {show_number(len(document.blocks))} paragraphes,"
            f" pour {show_number(most_blocks)} permis.",
            fix=SIMPLER,
        )
    # Without a title of its own, a document has the name of its file.
    title = document.title if document.title != path.stem else Path(name).stem
    return Reading(_named(name, title, document.sha256, document.blocks), scanned)


def _to_a_visitor(error: DocumentError, opened: str, name: str) -> DocumentError:
    """Readers speak to who builds an index: say the same to who gives one file."""
    fix = error.fix
    for said, meant in _MEANT:
        fix = fix.replace(said, meant)
    return DocumentError(error.problem.replace(opened, name), fix=fix)


def main() -> None:
    """Do one job: read it on the standard input, answer on the standard output."""
    asked = json.load(sys.stdin)
    bounds = Bounds(**asked["bounds"])
    narrow(bounds)
    try:
        limits = Limits(**asked["limits"])
        reading = read_file(Path(asked["path"]), asked["name"], limits, bounds.blocks)
        answer = json.dumps(_carried(reading), ensure_ascii=False).encode("utf-8", "replace")
    except DocumentError as error:
        answer = json.dumps({"problem": error.problem, "fix": error.fix}).encode()
    except MemoryError:  # on the way out, after the readers
        answer = json.dumps({"problem": ""}).encode()
    sys.stdout.buffer.write(answer)


def job(path: Path, name: str, limits: Limits, bounds: Bounds) -> bytes:
    """What `main` takes."""
    asked = {"path": str(path), "name": name, "limits": asdict(limits), "bounds": asdict(bounds)}
    return json.dumps(asked).encode()


def told(name: str, answer: bytes) -> Reading:
    """What a child's answer says, checked field by field.

    Raises:
        DocumentError: the child could not read the file, and says why.
        ValueError: the answer is not one that a reader gives.
    """
    from pydantic import TypeAdapter

    said = json.loads(answer)
    if isinstance(said, dict) and "problem" in said:
        failure = TypeAdapter(dict[str, str]).validate_python(said, strict=True)
        raise DocumentError(failure["problem"][:_SAID], fix=failure.get("fix", "")[:_SAID])
    carried = TypeAdapter(_Carried).validate_python(said)
    paths = carried.paths
    if any(not 0 <= at < len(paths) for _, at, _ in carried.blocks):
        raise ValueError("a block under no heading path")
    blocks = tuple(Block(text, paths[at], page) for text, at, page in carried.blocks)
    return Reading(_named(name, carried.title, carried.sha256, blocks), carried.scanned)


@dataclass(frozen=True, slots=True)
class _Carried:
    """A reading as it crosses: each path of headings once, blocks pointing at theirs."""

    title: str
    sha256: str
    paths: tuple[tuple[str, ...], ...]
    blocks: tuple[tuple[str, int, int | None], ...]  # text, rank of its path, page
    scanned: tuple[int, ...]


def _carried(reading: Reading) -> dict[str, Any]:
    """A reading as JSON takes it."""
    paths: dict[tuple[str, ...], int] = {}
    blocks = [
        (block.text, paths.setdefault(block.heading_path, len(paths)), block.page)
        for block in reading.document.blocks
    ]
    document = reading.document
    return {"title": document.title, "sha256": document.sha256, "paths": list(paths),
            "blocks": blocks, "scanned": reading.scanned}  # fmt: skip


def _named(name: str, title: str, sha256: str, blocks: tuple[Block, ...]) -> Document:
    """A document under the name that its owner gave."""
    return Document(document_id(name, sha256), name, title, sha256, blocks)


def narrow(bounds: Bounds) -> None:
    """Give up, for good, what one reading needs not; where the system knows no such limits, less."""
    try:
        import os
        import resource
    except ImportError:
        return
    os.nice(LATER)
    wanted = {
        resource.RLIMIT_AS: bounds.memory_bytes,
        resource.RLIMIT_CPU: math.ceil(bounds.seconds),
        resource.RLIMIT_FSIZE: bounds.output_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in wanted.items():
        hard = resource.getrlimit(limit)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))
