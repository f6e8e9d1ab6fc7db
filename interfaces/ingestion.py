"""Building the index from the page: in a process of its own, one at a time, its progress told.

The child is this module: `python -m interfaces.ingestion`. It prints JSON Lines, `{stage, done, total}` while
it works, then `{report}` or `{error, fix}`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from interfaces.settings import ROOT
from retrieval.errors import AppError, BuildError

__all__ = ["Ingestion", "Progress"]

_LINE = 20_000  # characters of a line of the child
_BROKEN = "L'indexation s'est arrêtée sans rien dire ; l'ancien index reste servi."
_FIX = "Lancez « maintelex ingest » dans un terminal pour lire l'erreur."


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingestion stands."""

    started: datetime
    running: bool = True
    stage: str = ""
    done: int = 0  # of `total`, in this stage
    total: int = 0
    report: str = ""  # what was built, once it is
    failures: tuple[str, ...] = ()  # files left out, with the remedy
    error: str = ""

    def after(self, row: Mapping[str, object]) -> Progress:
        """Where it stands once the child has said something."""
        if "error" in row:
            return replace(self, error=f"{row['error']} {row.get('fix', '')}".strip())
        if "report" in row:
            given = row.get("failures")
            failures = tuple(map(str, given)) if isinstance(given, list) else ()
            return replace(self, report=str(row["report"]), failures=failures)
        stage, done, total = (row.get(name, 0) for name in ("stage", "done", "total"))
        if not (isinstance(done, int) and isinstance(total, int)):
            return self
        return replace(self, stage=str(stage), done=done, total=total)


class Ingestion:
    """The ingestion of a site: at most one runs.

    Args:
        environment: that of the child; that of this process when None.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = environment
        self._lock = threading.Lock()
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress | None:
        """Where the last ingestion stands; None when none was started."""
        with self._lock:
            return self._progress

    def start(self) -> None:
        """Start to build the index anew from the base and its known sources; returns at once.

        Raises:
            BuildError: one is running.
        """
        with self._lock:
            if self._progress is not None and self._progress.running:
                raise BuildError("Une indexation est déjà en cours.", fix="Attendez sa fin.")
            self._progress = Progress(datetime.now(UTC))
            child = subprocess.Popen(
                [sys.executable, "-m", "interfaces.ingestion"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # a Ctrl-C on the page lets it end what it writes
            )
        threading.Thread(target=self._follow, args=(child,), daemon=True).start()

    def _follow(self, child: subprocess.Popen[str]) -> None:
        """Note what the child says, until it ends."""
        with child:
            while child.stdout is not None and (line := child.stdout.readline(_LINE)):
                self._note(line)
        with self._lock:
            if self._progress is not None:
                silent = not (self._progress.report or self._progress.error)
                told = f"{_BROKEN} {_FIX}" if silent else self._progress.error
                self._progress = replace(self._progress, running=False, error=told)

    def _note(self, line: str) -> None:
        """Note a line of the child; one that is none of ours is passed over."""
        try:
            row = json.loads(line)
        except ValueError:
            return
        with self._lock:
            if isinstance(row, dict) and self._progress is not None:
                self._progress = self._progress.after(row)


def main() -> int:
    """Build the index of the settings, telling its progress on standard output; the exit code."""
    from ingest.build import Plan
    from ingest.types import Limits
    from interfaces.desk_command import base_of
    from interfaces.place import build_index
    from interfaces.settings import load_settings

    try:
        settings = load_settings()
        limits = Limits(max_bytes=settings.max_file_mb * 1024 * 1024, max_pages=settings.max_pages)
        plan = Plan(base_of(settings), settings.index, (), settings.encoder, limits)
        report = build_index(settings, plan, _tell)
    except AppError as error:
        _print({"error": error.problem, "fix": error.fix})
        return 1
    made = report.manifest
    told = f"{made.generation} : {made.documents} documents, {made.passages} passages."
    failures = [f"{failure.problem} {failure.fix}" for failure in report.failures]
    _print({"report": told, "failures": failures[:50]})
    return 0


def _tell(stage: str, done: int, total: int) -> None:
    """Say where the build stands."""
    _print({"stage": stage, "done": done, "total": total})


def _print(row: dict[str, object]) -> None:
    """One object a line, sent at once."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
