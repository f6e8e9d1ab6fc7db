"""A real PostgreSQL with pgvector, started for the tests in a folder of its own.

The `pgserver` wheel brings the programs. They are run directly: its own start adds a system user
and opens folders to everybody when root runs it, and gives a busy machine ten seconds.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

PASSWORD = "pass/word?&é"  # must be coded in an address
USER = "maintelex"
_PREFIX = "mtlx-pg-"
_SETTINGS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
    "max_wal_senders=0", "checkpoint_timeout=1h", "autovacuum=off", "shared_buffers=64MB",
    "listen_addresses=", "max_connections=60", "log_min_messages=warning",
)  # fmt: skip


class Server:
    """A server that listens on a socket of its own folder.

    PostgreSQL refuses to run as root: "nobody" runs it then, from a copy that it may read.
    """

    def __init__(self) -> None:
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # a socket's path must be short
        (self.folder / "owner").write_text(str(os.getpid()))
        self._programs = _programs()
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._programs = _copied(self._programs, self.folder)
            self._as = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(self.folder, "nobody")
        self._create()
        self.start()

    def address(self, database: str = "postgres", *, user: str = USER, word: str = PASSWORD) -> str:
        """The address of a database."""
        secret = quote(word, safe="")
        return f"postgresql://{user}:{secret}@/{database}?host={quote(str(self.folder))}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements, each in its own transaction."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def ask(self, query: str, database: str = "postgres", setting: str = "") -> list[Any]:
        """The first column of a query, under a setting."""
        options = f"-c {setting}" if setting else ""
        address = self.address(database)
        with psycopg.connect(address, autocommit=True, options=options) as connection:
            return [row[0] for row in connection.execute(query)]  # type: ignore[call-overload]

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = " ".join(f"-c {setting}" for setting in _SETTINGS)
        self._control("start", "-o", f"-k {self.folder} {options}", "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """Stop it at once, as a power cut does."""
        self._control("stop", "-m", "immediate")

    def remove(self) -> None:
        """Stop it if it runs, and delete its folder."""
        if (self.folder / "data/postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def _create(self) -> None:
        """Create the cluster, with a password that every connection must give."""
        word = self.folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", USER, "--pwfile", str(word),
                  "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip

    def _control(self, action: str, *options: str) -> None:
        """Start or stop."""
        data = str(self.folder / "data")
        self._run("pg_ctl", "-D", data, "-w", "-t", "120", *options, action)

    def _run(self, program: str, *options: str) -> None:
        """Run one of PostgreSQL's programs; its words are shown when it fails."""
        command = [str(self._programs / "pginstall/bin" / program), *options]
        with open(self.folder / "said", "w+b") as said:  # a pipe would stay open with the server
            done = subprocess.run(command, stdout=said, stderr=said, cwd=self.folder, **self._as)
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {said.read().decode(errors='replace')}")


def _programs() -> Path:
    """Where the `pgserver` wheel keeps PostgreSQL."""
    found = importlib.util.find_spec("pgserver")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("pgserver is not installed: `make test` installs it.")
    return Path(next(iter(found.submodule_search_locations)))


def _copied(programs: Path, folder: Path) -> Path:
    """A copy of the programs, with the libraries that they look for beside their folder."""
    for path in (programs, programs.with_name("pgserver.libs")):
        shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns("include", "*.a"))
    return folder / programs.name


def _sweep() -> None:
    """Stop and delete what tests that were killed left behind."""
    for owner in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/owner"):
        with suppress(OSError, ValueError):
            if not Path(f"/proc/{int(owner.read_text())}").exists():
                # Without this file a server shuts down by itself within a minute.
                (owner.parent / "data/postmaster.pid").unlink(missing_ok=True)
                shutil.rmtree(owner.parent, ignore_errors=True)
