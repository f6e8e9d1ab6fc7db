"""Markers: the numbers by which a sentence names its sources, in one form whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

MAX_RANGE = 12  # sources of "[2-5]"

MARKER = re.compile(r"\[(\d{1,6})\]", re.ASCII)
_SPACED = re.compile(r"[ \t\u00a0\u202f]{0,8}\[(\d{1,6})\]", re.ASCII)
_LIST = r"\d{1,4}(?:[ \t]{0,3}(?:,|;|et|and|&)[ \t]{0,3}\d{1,4}){0,19}"
_FORMS = (
    re.compile(rf"\\?\[\^?[ \t]{{0,3}}({_LIST})[ \t]{{0,3}}\\?\]"),
    re.compile(
        rf"[\[(](?:sources?|passages?|réf(?:érence)?s?\.?|documents?|doc\.?)[ \t]{{0,3}}:?[ \t]{{0,3}}"
        rf"(?:n°[ \t]{{0,3}})?({_LIST})[\])]",
        re.IGNORECASE,
    ),
    re.compile(r"【(\d{1,4})(?:[†:][^】\n]{0,40})?】"),
)
_RANGE = re.compile(r"\[(\d{1,3})[ \t]{0,3}[-–—][ \t]{0,3}(\d{1,3})\]")
_NUMBER = re.compile(r"\d{1,6}")
_TWICE = re.compile(r"(\[\d{1,6}\])\1{1,20}")


def canonical(markdown: str) -> str:
    """A text whose markers are all written "[3]": "[1, 2]", "[^1]", "[source 3]", "【4】", "[2-4]"."""
    text = _RANGE.sub(_spread, markdown)
    for form in _FORMS:
        text = form.sub(
            lambda found: "".join(f"[{int(n)}]" for n in _NUMBER.findall(found[1])), text
        )
    return _TWICE.sub(r"\1", text)


def _spread(found: re.Match[str]) -> str:
    """The markers of a range; the range as it is when it is no range of sources."""
    first, last = int(found[1]), int(found[2])
    if not first <= last < first + MAX_RANGE:
        return found[0]
    return "".join(f"[{n}]" for n in range(first, last + 1))


def numbers(raw: str) -> tuple[int, ...]:
    """The sources that a sentence names, in order, each once."""
    return tuple(dict.fromkeys(int(n) for n in MARKER.findall(raw)))


def without(raw: str) -> str:
    """A sentence without its markers."""
    return _SPACED.sub("", raw)


def renumbered(raw: str, number: Callable[[int], int | None]) -> str:
    """A sentence with its markers put anew; those that lead nowhere are left out.

    Args:
        number: the new number of a marker, None for one to leave out.
    """

    def put(found: re.Match[str]) -> str:
        new, space = number(int(found[1])), found[0].partition("[")[0]
        if new is not None:
            return f"{space}[{new}]"
        glued = found.string.startswith("[", found.end())  # the next one takes its space
        return space if glued else ""

    return _TWICE.sub(r"\1", _SPACED.sub(put, raw))


def marked(raw: str, markers: Mapping[int, None] | tuple[int, ...]) -> str:
    """A sentence with markers added before its last point."""
    body = raw.rstrip()
    end = re.search(r"[ \u00a0\u202f]?[.!?…:;]{1,3}\**$", body)
    place = end.start() if end else len(body)
    added = "".join(f"[{n}]" for n in markers)
    return f"{body[:place]} {added}{body[place:]}"
