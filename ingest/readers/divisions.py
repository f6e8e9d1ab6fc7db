"""The divisions of a code: how deep a heading stands, and which plain lines are headings.

The LEGI base gives nearly every heading the same level, so that depth is told by the word that it
opens with: a "Chapitre" is inside a "Titre", a "Section" inside a "Chapitre".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.analysis import fold
from retrieval.codes import LATIN

Role = Literal["article", "heading"]

_RANKS = {
    name: rank
    for rank, name in enumerate(
        ("partie", "livre", "titre", "sous-titre", "chapitre", "sous-chapitre", "section",
         "sous-section", "paragraphe", "sous-paragraphe", "sous-sous-paragraphe"), start=1)
}  # fmt: skip
_ANNEX = _RANKS["partie"]
_ENUMERATED = max(_RANKS.values()) + 1
_OTHER = _ENUMERATED + 5
_ORDINAL = r"(?:premi\w{1,4}|second\w?|[a-z]{3,12}i[eè]me)"
_DIVISION = re.compile(
    rf"(?:{_ORDINAL}\s+)?(?P<name>{'|'.join(sorted(_RANKS, key=len, reverse=True))})\b(?P<rest>.*)"
)
_NUMBERED = re.compile(
    rf"\s+(?:[0-9]+|0*[ivxlc]+(?:er|ere|re|e)?|{_ORDINAL}|unique|preliminaire|legislative|"
    r"reglementaire|arretes|[a-z])\b.*"
)
_STYLES = (  # of an enumeration, the shallowest first
    re.compile(r"0*[IVX]+\b"), re.compile(r"[A-Z]{1,2}\b"), re.compile(r"\d+\s?°"),
    re.compile(r"\d+\b"), re.compile(r"[a-z]\b"),
)  # fmt: skip
_ENUMERATION = re.compile(
    rf"(?:0*[IVXL]{{1,6}}|[A-Z]{{1,2}}|\d{{1,2}}\s?°?|[a-z])(?:[ -](?:{LATIN}|0|[A-Z]))*\s?:\s+\S.*"
)
_SENTENCE_END = (".", ";", ",", ":")
_LONGEST = 300  # characters of a heading on a plain line
_ARTICLE = re.compile(
    r"Article\s+(?:(?:LO|[LRDA])?\.?\s?\*{0,2}\s?\d{1,4}(?:er)?(?:-\d{1,4}){0,5}"
    rf"(?:[ -](?:[A-Z]{{1,3}}|\d{{1,3}}|(?:{LATIN})(?:-\d)?|[a-z](?= (?:{LATIN})))){{0,6}}"
    r"|(?:[Pp]r[ée])?[Ll]iminaire|[Uu]nique|[Pp]remier|(?:Annexe|ANNEXE)\b.{0,60})"
)


@dataclass(frozen=True, slots=True, order=True)
class Depth:
    """How deep a heading stands: the smaller, the higher."""

    level: int  # of its "#", 1 to 5
    rank: int = 0  # by its first word, from 1


def depth_of(heading: str, level: int) -> Depth:
    """The depth of a heading with this many "#"; 4 for a plain line.

    A heading closes those as deep as itself, and the deeper ones.
    """
    folded = fold(heading)
    division = _DIVISION.match(folded)
    if division:
        return Depth(level, _RANKS[division["name"]])
    if folded.startswith("annexe"):
        return Depth(level, _ANNEX)
    for number, style in enumerate(_STYLES):
        if style.match(heading):
            return Depth(level, _ENUMERATED + number)
    return Depth(level, _OTHER)


def plain_roles(lines: Sequence[str]) -> Mapping[int, Role]:
    """Which plain lines, by their number from 0, open an article or are headings.

    A line is a heading when nothing but headings parts it from the next article: a "Section 2" in
    the midst of an annex belongs to the annex. A title without a number may follow a heading.
    """
    filled = [number for number, line in enumerate(lines) if line.strip()]
    roles: dict[int, Role] = {}
    for place, number in enumerate(filled):
        if _is_article(lines[number]):
            roles[number] = "article"
            for above in _headings_above(lines, filled[max(0, place - 20) : place]):
                roles[above] = "heading"
    return roles


def _headings_above(lines: Sequence[str], above: Sequence[int]) -> list[int]:
    """The last of these lines that are headings, the nearest first."""
    run: list[int] = []
    waiting: list[int] = []  # a title that counts only under a heading
    for number in reversed(above):
        line = lines[number].strip()
        if _is_division(line) or _is_enumeration(line):
            run += [*waiting, number]
            waiting = []
        elif waiting or not _is_title(line):
            break
        else:
            waiting = [number]
    return run


def _is_article(line: str) -> bool:
    """Whether a line is an article's label and nothing else."""
    line = line.strip()
    return len(line) < 90 and line[-1:] not in _SENTENCE_END and bool(_ARTICLE.fullmatch(line))


def _is_division(line: str) -> bool:
    """Whether a line is the heading of a numbered division."""
    if len(line) > _LONGEST or line.endswith((";", ",")):
        return False
    folded = fold(line)
    found = _DIVISION.match(folded)
    if not found:
        return False
    return found.start("name") > 0 or bool(_NUMBERED.fullmatch(found["rest"]))


def _is_enumeration(line: str) -> bool:
    """Whether a line is a heading such as "1° : Généralités"; an item of a list has no colon."""
    return (
        len(line) <= _LONGEST
        and not line.endswith(_SENTENCE_END)
        and bool(_ENUMERATION.fullmatch(line))
    )


def _is_title(line: str) -> bool:
    """Whether a line may be a title without a number."""
    return len(line) <= 120 and line[:1].isupper() and not line.endswith(_SENTENCE_END)
