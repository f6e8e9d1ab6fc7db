"""A text as the recognisers read it: plain letters, with the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LIGATURES = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
_APOSTROPHES = "’‘ʼ′`´"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_LINE_ENDS = "\n\u2028\u2029\x0b\x0c\x85"
_UNSEEN = ("Mn", "Me", "Cf")  # accents on their own, zero-width characters, soft hyphens
_MAX_PLAIN = 4  # characters that one may unfold to: a few unfold to eighteen, for nothing
_SPACES = re.compile(r"[ \t\r]{2}")
_WORD = re.compile(r"(?:[A-Z]\.){2,6}(?:[A-Z](?![^\W_]))?|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a view."""

    text: str  # its case kept, no accents
    low: str  # in small letters, the dots of "S.A.S." dropped
    start: int  # in characters of the view
    end: int
    gap: str  # what stands between the word before and this one

    @property
    def capital(self) -> bool:
        """Whether it is written like a proper noun; a script without capitals always is."""
        return not self.text[0].islower() and not self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class View:
    """A text without accents, ligatures, unseen characters or repeated spaces.

    `source` is the text itself; `cased` and `folded` (small letters) have one length; `starts` and `ends` give for each of
    their characters where it stands in the text, and are None where nothing moved.
    """

    source: str
    cased: str
    folded: str
    starts: list[int] | None
    ends: list[int] | None

    @staticmethod
    def of(text: str) -> View:
        """The view of any text. Takes time and space in proportion to its length."""
        if text.isascii() and not _SPACES.search(text):
            cased = text.translate(_ASCII_SPACES)
            return View(text, cased, cased.lower(), None, None)
        plain: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for place, character in enumerate(text):
            shown = _plain(character)
            if shown == " " and plain and plain[-1] == " ":
                shown = ""
            if not shown and ends:
                ends[-1] = place + 1
            if shown:
                plain.append(shown)
            starts.extend([place] * len(shown))
            ends.extend([place + 1] * len(shown))
        cased = "".join(plain)
        folded = cased.lower()
        if len(folded) != len(cased):
            folded = "".join(map(_small, cased))
        return View(text, cased, folded, starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the view stands in the text, as a slice. The part is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def words(self) -> list[Word]:
        """The words in order."""
        found = []
        end = 0
        for match in _WORD.finditer(self.cased):
            low = self.folded[match.start() : match.end()].replace(".", "")
            gap = self.cased[end : match.start()]
            if low == "a" and self.starts and self.source[self.starts[match.start()]] in "àÀ":
                low = "à"  # another word than the verb
            found.append(Word(match[0], low, match.start(), match.end(), gap))
            end = match.end()
        return found


_ASCII_SPACES = str.maketrans({"\t": " ", "\r": " ", "\x0b": "\n", "\x0c": "\n", "`": "'"})


@lru_cache(maxsize=8_192)
def _plain(character: str) -> str:
    """A character without its accent; nothing for one that is not seen."""
    if character in _LINE_ENDS:
        return "\n"
    if character.isspace():
        return " "
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if character in _LIGATURES:
        return _LIGATURES[character]
    if unicodedata.category(character) in _UNSEEN:
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if _is_seen(c))
    return plain if 0 < len(plain) <= _MAX_PLAIN else character


def _is_seen(character: str) -> bool:
    """Whether a character is more than an accent."""
    return unicodedata.category(character) not in _UNSEEN


def _small(character: str) -> str:
    """A character in small letters, still one character."""
    small = character.lower()
    return small if len(small) == 1 else character
