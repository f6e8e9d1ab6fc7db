"""The house stands: imports point down, importing does nothing, no heavy package on the hot path."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("prompts", "retrieval", "ingest", "assistant", "evaluation", "interfaces")
BELOW = {name: set(LAYERS[: place + 1]) for place, name in enumerate(LAYERS)} | {
    "prompts": {"prompts"},
    "retrieval": {"retrieval"},
}
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path: Path) -> None:
    """A package imports its own floor and those below, never one above."""
    own = path.relative_to(ROOT).parts[0]
    assert imported(path) & set(LAYERS) <= BELOW[own]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_langchain_stays_at_the_edge(path: Path) -> None:
    """No core module imports LangChain, nor the community package that is being retired."""
    names = imported(path)
    assert "langchain_community" not in names
    if path.name != "langchain.py":
        assert not names & {"langchain", "langchain_core"}


def test_only_the_settings_read_the_environment() -> None:
    """Nobody but the settings reads the environment; starting a process hands it on whole."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))
    ]
    assert set(readers) <= {"interfaces/settings.py", "interfaces/ui/server.py"}


def test_answering_imports_nothing_heavy() -> None:
    """Answering a question loads neither torch, nor sentence-transformers, nor scikit-learn."""
    code = (
        "import sys, assistant.answering, interfaces.cli;"
        "heavy = {'torch', 'sentence_transformers', 'sklearn', 'scipy', 'streamlit', 'langchain'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_no_pickle_anywhere() -> None:
    """No module reads or writes pickle: an index from elsewhere can run no code."""
    offenders = [p.name for p in FILES if imported(p) & {"pickle", "joblib", "shelve", "dill"}]
    assert offenders == []
