"""What other tools rely on: exported, sorted, documented, light to import."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import pytest

import retrieval

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "langchain langchain_core streamlit torch sentence_transformers faiss sklearn scipy sqlalchemy"
    " pydantic pydantic_settings transformers pandas requests httpx"
).split()
PACKAGES = ("assistant", "evaluation", "ingest", "interfaces", "prompts", "retrieval")
CONSTANTS = {"KINDS", "Kind", "MAX_K"}


def test_exactly_the_exported_names_are_public() -> None:
    """A name imported into the package but not exported, or exported but absent, is drift."""
    public = {
        name
        for name, value in vars(retrieval).items()
        if not name.startswith("_") and not isinstance(value, ModuleType) and name != "annotations"
    }
    assert public == set(retrieval.__all__)


def test_exported_names_are_sorted() -> None:
    """Sorted, each once: two branches that add a name meet on its line."""
    assert retrieval.__all__ == sorted(set(retrieval.__all__))


@pytest.mark.parametrize("name", sorted(set(retrieval.__all__) - CONSTANTS))
def test_every_exported_class_and_function_is_documented(name: str) -> None:
    """Each has a docstring of its own, and so has each of its public methods."""
    exported = getattr(retrieval, name)
    documented = [exported] + [
        method
        for key, method in vars(exported).items()
        if inspect.isfunction(inspect.unwrap(getattr(method, "__func__", method)))
        and not key.startswith("_")
    ]
    texts = [one.__doc__ or "" for one in documented]
    assert [text for text in texts if not text.strip() or text.startswith(f"{name}(")] == []


@pytest.mark.parametrize("name", retrieval.__all__)
def test_the_guide_and_the_typing_test_use_every_name(name: str) -> None:
    """docs/guide-python.md tells of each exported name; tests/typing/api.py writes it as a user."""
    guide = (ROOT / "docs/guide-python.md").read_text(encoding="utf-8")
    assert f"`{name}`" in guide
    tree = ast.parse((ROOT / "tests/typing/api.py").read_text(encoding="utf-8"))
    assert name in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def mentioned(hint: object) -> set[str]:
    """Names of this package's classes in a type."""
    parts = [name for part in get_args(hint) for name in mentioned(part)]
    own = inspect.isclass(hint) and hint.__module__.startswith("retrieval")
    return {*parts, *([hint.__name__] if own else [])}  # type: ignore[attr-defined]


def test_the_retriever_speaks_in_exported_names() -> None:
    """Whatever the retriever takes and gives can be imported from the package to annotate with."""
    spoken: set[str] = set()
    for key, method in vars(retrieval.Retriever).items():
        function = getattr(method, "__func__", method)
        if inspect.isfunction(function) and not key.startswith("_"):  # made by `open` alone
            for hint in get_type_hints(function).values():
                spoken |= mentioned(hint)
    assert spoken and spoken <= set(retrieval.__all__)


def test_importing_is_light_and_needs_no_setting() -> None:
    """In an empty environment `import retrieval` works and loads none of the heavy packages."""
    code = f"import sys, retrieval; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_langchain_and_pydantic_are_imported_in_one_module_alone() -> None:
    """Of the package, only `retrieval.langchain` imports LangChain or pydantic, even inside a function."""
    importing = set()
    for path in (ROOT / "retrieval").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(re.match(r"(langchain|langgraph|pydantic)", name) for name in names):
                importing.add(path.name)
    assert importing == {"langchain.py"}


def test_searching_needs_no_setting_and_no_network(small: Path, tmp_path: Path) -> None:
    """With no environment and every connection refused, an index is opened, searched and ranked.

    Nothing heavy but FAISS is loaded, by the search alone, and no file is written where it runs.
    """
    code = (
        "import sys\n"
        "def refuse(event, details):\n"
        "    if event.startswith('socket.') or event in ('subprocess.Popen', 'os.system'):\n"
        "        raise PermissionError(event)\n"
        "sys.addaudithook(refuse)\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from retrieval import Retriever\n"
        f"retriever = Retriever.open({str(small / 'index')!r})\n"
        "retriever.rank('prix')\n"
        "print('faiss' in sys.modules)\n"
        "print(len(retriever.search('prix', 3)))\n"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={}, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[:3] == ["False", "3", "['faiss']"], done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_say_that_they_are_typed(package: str) -> None:
    """py.typed stands in each package: without it, mypy ignores the types of an installed one."""
    assert (ROOT / package / "py.typed").is_file()
