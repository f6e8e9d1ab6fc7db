"""The real model, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.contract import Model, load_model

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def model() -> Model:
    """The model contract of the knowledge base."""
    return load_model(ROOT / "kb")
