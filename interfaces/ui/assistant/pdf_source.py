"""The PDF behind a passage: the visitor's own, or one that was indexed and still lies where it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from retrieval.types import Passage

MOST_BYTES = 50 * 1024 * 1024  # of a file that is shown
MOST_FILES = 20_000  # looked at in a folder
_ID = re.compile(r"doc:([0-9a-f]{12})/(.+\.pdf)", re.IGNORECASE)


def pdf_of(passage: Passage, sources: Sequence[str]) -> Path | None:
    """The indexed file that a passage was read from; None unless it is there, unchanged.

    Args:
        sources: files and folders of the index, as its manifest names them.
    """
    found = _ID.fullmatch(passage.document_id)
    if found is None:
        return None
    places = tuple(source for source in sources if Path(source).name == passage.source)
    return _found(found[1], found[2].replace("%23", "#"), places)


@st.cache_data(max_entries=500, ttl=600, show_spinner=False)
def _found(digest: str, name: str, places: tuple[str, ...]) -> Path | None:
    """The file of a name and a hash, under some places."""
    for place in map(Path, places):
        for path in [place] if place.is_file() else _under(place):
            if path.name == name and _is(path, digest):
                return path
    return None


def _under(folder: Path) -> list[Path]:
    """The PDF files under a folder."""
    found = []
    for seen, path in enumerate(folder.rglob("*")):
        if seen >= MOST_FILES:
            break
        if path.suffix.lower() == ".pdf":
            found.append(path)
    return found


def _is(path: Path, digest: str) -> bool:
    """Whether a file is the one that was indexed."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest().startswith(digest)
    except OSError:
        return False
