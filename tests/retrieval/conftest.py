"""One small index, built once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Retriever
from tests.retrieval.small_base import build_base


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small base in kb/ and its index in index/; tests only read it."""
    folder = tmp_path_factory.mktemp("small")
    build_base(folder)
    return folder


@pytest.fixture(scope="session")
def retriever(small: Path) -> Retriever:
    """The retriever over the small index."""
    return Retriever.open(small / "index")
