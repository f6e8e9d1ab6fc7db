"""Apostrophes as printers write them: the base and the visitors type straight ones."""

from __future__ import annotations

import re

_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")
# At the end of a text, before a tag, only after what is always elided: else it may close a quote.
_ESCAPED = re.compile(
    r"(?<=\w)(?:'|&#x27;)(?=\w)|(?:(?<=\b[cdjlmnst])|(?<=\bqu))(?:'|&#x27;)$", re.IGNORECASE
)
_TAG = re.compile(r"(<[^>]*>)")


def typographic(text: str) -> str:
    """Text with the apostrophes of French and English words; what quotes a word stays straight."""
    return _STRAIGHT.sub("’", text)


def typographic_html(html: str) -> str:
    """HTML with such apostrophes in what is read; its tags and their addresses stay as they are.

    Args:
        html: whose texts and attributes are escaped.
    """
    pieces = _TAG.split(html)
    pieces[::2] = [_ESCAPED.sub("’", text) for text in pieces[::2]]
    return "".join(pieces)
