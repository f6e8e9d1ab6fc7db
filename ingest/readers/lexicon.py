"""The lexicon: lay, English and misspelt phrases, and the preferred term behind each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from retrieval.analysis import stems
from retrieval.errors import KnowledgeBaseError


def read_lexicon(kb: Path) -> dict[str, str]:
    """Preferred terms by phrase, a phrase being its stems parted by spaces.

    A phrase that two groups claim is left out: it would be read as what it is not. Without
    `lexicon.yaml` the lexicon is empty.

    Raises:
        KnowledgeBaseError: the file is not UTF-8, not YAML, or a group lacks its preferred term.
    """
    path = kb / "lexicon.yaml"
    if not path.is_file():
        return {}
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        raw = yaml.load(path.read_text(encoding="utf-8"), loader) or {}
        return _claimed(raw.get("groups") or [])
    except (ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise KnowledgeBaseError(
            f"lexicon.yaml : lexique illisible ({' '.join(str(error).split())}).",
            fix="Donnez à chaque groupe un terme « preferred » et des listes « synonyms » et"
            " « english », puis relancez.",
        ) from error


def _claimed(groups: list[dict[str, Any]]) -> dict[str, str]:
    """The preferred term of each phrase that one group alone claims."""
    claimed: dict[str, set[str]] = {}
    for group in groups:
        for phrase in _phrases(group):
            claimed.setdefault(phrase, set()).add(str(group["preferred"]))
    return {phrase: meant.pop() for phrase, meant in claimed.items() if len(meant) == 1}


def _phrases(group: dict[str, Any]) -> set[str]:
    """The phrases of a group that say it otherwise than its preferred term."""
    own = " ".join(stems(str(group["preferred"])))
    listed = [*(group.get("synonyms") or []), *(group.get("english") or [])]
    return {" ".join(stems(str(text))) for text in listed} - {own, ""}
