"""Starting the page in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from interfaces.settings import ROOT
from retrieval.errors import AppError

SITE = ROOT / "web.py"
STARTING = 60.0  # seconds that the page may take to start


def command(host: str, port: int) -> list[str]:
    """The command that serves the page."""
    options = ["--server.address", host, "--server.port", str(port), "--server.headless", "true"]
    options += ["--browser.gatherUsageStats", "false"]
    return [sys.executable, "-m", "streamlit", "run", str(SITE), *options]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[str]:
    """The page's address while it is served.

    Args:
        environment: settings over those of this process.

    Raises:
        AppError: the page does not start in time.
    """
    port = free_port()
    process = subprocess.Popen(
        command("127.0.0.1", port),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(process, f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the page answers."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AppError(
        f"La page n'a pas démarré en {STARTING:.0f} secondes.",
        fix="Lancez `streamlit run app.py` pour lire l'erreur.",
    )
