"""Fixtures that several folders of tests share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.build import Plan, build

# A busy machine must not fail a property: no test judges time.
settings.register_profile("maintelex", deadline=None)
settings.load_profile("maintelex")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def light_passwords() -> Iterator[None]:
    """Passwords hashed in no time: tests/desk/test_passwords.py holds the real cost."""
    from argon2 import PasswordHasher

    from assistant.desk import passwords

    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: light)
        yield


@pytest.fixture(scope="session")
def kb_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index built from the real knowledge base, once for all test processes. Read it only."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    index = shared / "kb-index"
    with open(shared / "kb-index.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (index / "CURRENT").is_file():
            build(Plan(ROOT / "kb", index))
    return index
