"""Reading a file that nobody vouches for: in a child process, within time, memory and output.

A hostile file may loop, unpack without end or bring a parser down. The child pays for it, at low
priority and without any secret of this process: its environment is empty. What it gives back is
JSON, checked, never pickle.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from ingest.readers.text import show_size
from ingest.reading import SIMPLER, STEM, Bounds, Reading, job, read_file, told
from ingest.types import Limits
from retrieval.errors import DocumentError

_ROOT = Path(__file__).resolve().parents[1]
_CHILD = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from ingest.reading import main; main()"
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # threads cost address space
_AGAIN = "Ouvrez-le, enregistrez-en une nouvelle copie, puis recommencez."
_logger = logging.getLogger(__name__)


def read_bounded(
    name: str, data: bytes, limits: Limits | None = None, bounds: Bounds | None = None
) -> Reading:
    """Read a visitor's file in a child process; it takes about half a second more than `read_here`.

    Args:
        name: of the file, as its owner is to see it; its suffix tells the format.
        data: the file. It is kept in memory where the system can, and never shown to others.
        limits: what the readers accept.
        bounds: what the child may use.

    Raises:
        DocumentError: it cannot be read within these bounds, with what its owner can do.
    """
    limits, bounds = limits or Limits(), bounds or Bounds()
    _check_size(name, data, limits)
    with as_file(name, data) as (path, kept), _output() as output:
        code = _run(name, job(path, name, limits, bounds), kept, output, bounds)
        output.seek(0)
        answer = output.read(bounds.output_bytes)
    if len(answer) == bounds.output_bytes:
        raise DocumentError(f"{name} : ce fichier donne trop de texte.", fix=SIMPLER)
    if code:
        raise _fallen(name, code, bounds)
    return _said(name, answer)


def read_here(name: str, data: bytes, limits: Limits | None = None) -> Reading:
    """Read a file that can be trusted in this process, without bounds of time nor memory.

    Raises:
        DocumentError: it cannot be read, with what its owner can do.
    """
    limits = limits or Limits()
    _check_size(name, data, limits)
    with as_file(name, data) as (path, _):
        return read_file(path, name, limits)


@contextmanager
def as_file(name: str, data: bytes) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """A file with the suffix of `name` and a content, and the descriptors that a child needs for it.

    Where the system has files that live in memory, the folder holds a link to one, which a child
    that inherits the descriptor follows too. Elsewhere it lies in a folder that this user alone opens.
    """
    with TemporaryDirectory(prefix="maintelex-") as folder:
        path = Path(folder, STEM + Path(name).suffix.lower()[:10])
        if not hasattr(os, "memfd_create"):
            path.write_bytes(data)
            yield path, ()
            return
        with _memory() as memory:
            memory.write(data)
            memory.flush()
            path.symlink_to(f"/proc/self/fd/{memory.fileno()}")
            yield path, (memory.fileno(),)


def _memory() -> IO[bytes]:
    """A file in memory."""
    return open(os.memfd_create(STEM), "w+b")


def _output() -> IO[bytes]:
    """Where a child writes its answer: a file and no pipe, whose size the system itself bounds."""
    return _memory() if hasattr(os, "memfd_create") else TemporaryFile()


def _check_size(name: str, data: bytes, limits: Limits) -> None:
    """Refuse a file before anything is made of it."""
    if len(data) > limits.max_bytes:
        raise DocumentError(
            f"{name} : ce fichier pèse {show_size(len(data))},"
            f" pour {show_size(limits.max_bytes)} permis.",
            fix=SIMPLER,
        )


def _run(name: str, asked: bytes, kept: tuple[int, ...], output: IO[bytes], bounds: Bounds) -> int:
    """Let a child do a job, and give its exit code; it is gone when this ends, however it ends."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _CHILD],
        stdin=subprocess.PIPE, stdout=output, stderr=subprocess.DEVNULL, pass_fds=kept,
        env=_ONE_THREAD, cwd=_ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        process.communicate(asked, timeout=bounds.seconds)
    except subprocess.TimeoutExpired as error:
        raise _too_slow(name, bounds) from error
    finally:
        process.kill()
        process.wait()
    return process.returncode


def _said(name: str, answer: bytes) -> Reading:
    """What a child said."""
    try:
        return told(name, answer)
    except DocumentError as error:
        if error.problem:
            raise
        problem = f"{name} : la lecture de ce fichier demande trop de mémoire."
        raise DocumentError(problem, fix=SIMPLER) from error
    except (ValueError, RecursionError) as error:  # JSON's and pydantic's own are ValueErrors
        raise _unreadable(name) from error


def _fallen(name: str, code: int, bounds: Bounds) -> DocumentError:
    """Why a child died."""
    _logger.warning("the reading of a file ended with code %d", code)
    if code == -getattr(signal, "SIGXCPU", 0):
        return _too_slow(name, bounds)
    return _unreadable(name)


def _too_slow(name: str, bounds: Bounds) -> DocumentError:
    """The error of a file that takes too long."""
    return DocumentError(
        f"{name} : la lecture de ce fichier prend plus de {bounds.seconds:g} secondes.",
        fix=SIMPLER,
    )


def _unreadable(name: str) -> DocumentError:
    """The error of a file that brings a reader down."""
    return DocumentError(f"{name} : ce fichier a interrompu sa lecture.", fix=_AGAIN)
