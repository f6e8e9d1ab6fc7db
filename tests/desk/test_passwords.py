"""What a password costs to guess: the other tests hash with less."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_guess_costs_what_rfc_9106_asks() -> None:
    """64 MiB, three passes, four lanes: its second recommendation, for machines with little memory."""
    code = (
        "from assistant.desk.passwords import hash_of; print(hash_of('cheval juste agrafe', 'a'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
