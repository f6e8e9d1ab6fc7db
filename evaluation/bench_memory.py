"""How much memory a process and those it started hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def resident_mb(process: int) -> float:
    """Memory that a process and its descendants hold now, in MiB; 0 where only Linux would tell.

    Pages that they share count once for each of them: a few dozen MiB of libraries a worker.
    """
    pages = sum(_pages(member) for member in _family(process))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def peak_mb() -> float:
    """The most memory that this process has held, in MiB.

    Linux's `ru_maxrss` starts from the parent's own memory when the process was forked from it;
    VmHWM doesn't (proc(5)).
    """
    for line in _read(_PROC / "self/status").splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    import resource

    unit = 2**20 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def _family(process: int) -> Iterator[int]:
    """A process and its descendants."""
    yield process
    try:
        threads = list((_PROC / str(process) / "task").iterdir())
    except OSError:  # it has just ended, or this is not Linux
        return
    for thread in threads:
        for child in _read(thread / "children").split():
            yield from _family(int(child))


def _pages(process: int) -> int:
    """Resident pages of a process; none when it has ended."""
    told = _read(_PROC / str(process) / "statm").split()
    return int(told[1]) if told else 0


def _read(path: Path) -> str:
    """A file of /proc, empty when it is not there (any longer)."""
    try:
        return path.read_text()
    except OSError:
        return ""
