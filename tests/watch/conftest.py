"""The knowledge base, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.kb import KnowledgeBase, read_kb

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The knowledge base."""
    return read_kb(ROOT / "kb")
