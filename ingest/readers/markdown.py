"""Markdown: read as the page it makes, so that hidden HTML inside it is hidden here too."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.readers.html import html_pieces
from ingest.readers.text import decode, gather
from ingest.types import Block, Limits

# Only lines of YAML: a text may also open with a rule and hold another one further down.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n|\n)+?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)


def read_markdown(path: Path, limits: Limits) -> tuple[str | None, tuple[Block, ...]]:
    """Give the first heading and the text of a Markdown file, front matter left out.

    Raises:
        DocumentError: the file is not text, or too long.
    """
    from markdown_it import MarkdownIt

    source = _FRONT_MATTER.sub("", decode(path), count=1)
    html = MarkdownIt("commonmark").enable("table").render(source)
    return gather(path.name, html_pieces(html, path.name), limits)
