"""The words of a piece of Markdown, as they are read aloud."""

from __future__ import annotations

import re

from assistant.guard.markers import without

_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,600}\)")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`{1,2}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_CELLS = re.compile(r"[ \t]*\|[ \t]*")


def bare(raw: str) -> str:
    """A sentence without markers, emphasis, link targets and table bars; white space made single."""
    text = _LINK.sub(r"\1", without(raw)) if "[" in raw else raw  # most sentences have no mark
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "*" in text or "_" in text or "`" in text:
        text = _EMPHASIS.sub("", text)
    if text.lstrip().startswith("|"):
        text = _CELLS.sub(" ; ", text).strip(" ;")
    return " ".join(text.split())
