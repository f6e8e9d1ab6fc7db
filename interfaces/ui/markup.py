"""Text made ready for the page: French spacing, safe Markdown, links from markers to sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

NO_BREAK = "\u00a0"
THIN = "\u202f"  # narrow, no break

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MARKER = re.compile(r"[ \u00a0]*((?:[ \u00a0]*\[\d+\])+)")
_NUMBER = re.compile(r"\[(\d+)\]")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|$~:-])")
_ACTIVE = re.compile(r"(\$|!(?=\[)|:(?=[a-z][a-z-]*[\[/]))")
# One pattern, its space first: a text is read once, from space to space. The group is a thin one.
_SPACE = re.compile(r"""\ (?: (
      (?<=\S\ )(?=[;!?])
    | (?<=\d\ )(?=\d{3}(?!\d))
  )
  | (?<=\S\ )(?=[:»])
  | (?<=«\ )
  | (?<=\d\ )(?=(?:euros?|%|€)(?!\w))
  | (?<=\bart\.\ )
  | (?<=\bn°\ )
  | (?<=\barticle\ )(?=[LRD\d])
)""", re.VERBOSE)  # fmt: skip


def french(text: str) -> str:
    """Text with the no-break spaces that French typography asks for."""
    return _SPACE.sub(lambda found: NO_BREAK if found[1] is None else THIN, text)


def french_date(day: date) -> str:
    """A date in words: « 1er octobre 2016 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{_MONTHS[day.month - 1]} {day.year}"


def label(text: str) -> str:
    """Plain text as a Markdown label: nothing in it is taken for markup."""
    return _SPECIAL.sub(r"\\\1", french(text))


def answer_markdown(markdown: str, turn: int, references: Mapping[int, str]) -> str:
    """Markdown of an answer, made inert, with its markers linked to the source cards.

    Args:
        markdown: text of the base with [n] markers.
        turn: number of the exchange in the conversation.
        references: the citation behind each marker; a marker without one stays plain text.
    """
    inert = _ACTIVE.sub(r"\\\1", french(markdown)).replace("<", "&lt;")
    return _MARKER.sub(lambda found: _links(found[1], turn, references), inert)


def _links(markers: str, turn: int, references: Mapping[int, str]) -> str:
    """A run of markers as links that never start a line."""
    return THIN + "".join(_link(int(n), turn, references) for n in _NUMBER.findall(markers))


def _link(number: int, turn: int, references: Mapping[int, str]) -> str:
    """A marker as a link whose tooltip is the citation."""
    if number not in references:
        return f"\\[{number}\\]"
    title = re.sub(r'["\\\n]', " ", references[number])
    return f'[\\[{number}\\]](#{source_id(turn, number)} "{title}")'


def source_id(turn: int, number: int) -> str:
    """The page's name for a source card."""
    return f"source-{turn}-{number}"
