"""The rows of a YAML table of the base, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ingest.readers.kb import Finding, KnowledgeBase

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_rows(base: KnowledgeBase, path: str, key: str) -> Iterator[tuple[int, Any]]:
    """The rows of the list under a key of a file, with their lines; nothing when there is no file.

    Args:
        base: where a finding goes when the file cannot be read.
        path: the file, relative to the base.
        key: the top-level key that holds the list.
    """
    if not (base.root / path).is_file():
        return
    try:
        text = (base.root / path).read_text(encoding="utf-8")
        data, tree = yaml.load(text, Loader=_LOADER), yaml.compose(text, Loader=_LOADER)
    except (OSError, ValueError, yaml.YAMLError) as error:  # ValueError: bad UTF-8, a 13th month
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        add_finding(
            base, path, line, "YAML illisible", "corrigez la syntaxe et les dates, en UTF-8"
        )
        return
    rows = data.get(key) if isinstance(data, dict) else None
    if not isinstance(rows, list) or not isinstance(tree, yaml.MappingNode):
        remedy = f"écrivez {key}: puis une entrée par tiret"
        add_finding(base, path, 1, f"pas de liste « {key} »", remedy)
        return
    nodes = next(value.value for name, value in tree.value if name.value == key)
    yield from zip((node.start_mark.line + 1 for node in nodes), rows, strict=True)


def add_finding(base: KnowledgeBase, path: str, line: int, problem: str, remedy: str) -> None:
    """Add a finding to the base."""
    base.findings.append(Finding(path, line, problem, remedy))
