"""Plain text, and what every reader does with text: decode it, clean it, put it under headings."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.types import Block, Limits
from retrieval.errors import DocumentError

MAX_HEADING = 200  # characters; a longer "heading" is a paragraph in a heading's clothes
_MAX_CONTROL_SHARE = 0.05  # random bytes have 0.10, prose has none
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
# Characters that no reader sees: controls, bidirectional marks, zero widths, soft hyphens, lone
# surrogates (SQLite refuses them) and the "tag" block, which can carry a hidden message.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_GLYPHS = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf0b7": "•",
}  # fmt: skip
_GLYPH = re.compile(f"[{''.join(_GLYPHS)}]")  # four times as fast as str.translate


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading or a paragraph, in reading order."""

    text: str
    level: int | None = None  # of a heading, the smaller the higher; None for a paragraph
    page: int | None = None  # page of the PDF, from 1


def read_text(path: Path, limits: Limits) -> tuple[str | None, tuple[Block, ...]]:
    """Give the paragraphs of a text file, which has no title of its own.

    Raises:
        DocumentError: the file is not text, or too long.
    """
    paragraphs = re.split(r"\n\s*\n|\f", decode(path))
    return gather(path.name, map(Piece, paragraphs), limits)


def decode(path: Path, declared: str | None = None) -> str:
    """Give the text of a file: UTF-16 if it says so, UTF-8, then `declared`, then Windows-1252.

    Line ends are normalised to "\\n".

    Raises:
        DocumentError: the file is not text.
    """
    data = path.read_bytes()
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    codings = ("utf-16",) if wide else ("utf-8-sig", declared or "cp1252", "cp1252", "latin-1")
    text = _first_decoding(data, codings)
    if text is None or _looks_binary(text.encode("utf-8", "replace")):
        raise DocumentError(
            f"{path.name} : ce fichier n'est pas du texte.",
            fix="Vérifiez son contenu, donnez-lui son vrai suffixe, puis relancez l'indexation.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_decoding(data: bytes, codings: Iterable[str]) -> str | None:
    for coding in codings:
        try:
            return data.decode(coding)
        except (UnicodeError, LookupError):  # LookupError: a page may declare any charset
            continue
    return None


def _looks_binary(data: bytes) -> bool:
    if b"\0" in data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    return controls > _MAX_CONTROL_SHARE * len(data)


def clean(text: str) -> str:
    """Give `text` as its reader sees it: composed accents, no invisible character, single spaces.

    Line breaks stay, empty lines go.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    seen = _GLYPH.sub(lambda found: _GLYPHS[found[0]], seen)
    lines = (" ".join(line.split()) for line in seen.splitlines())
    return "\n".join(line for line in lines if line)


def show_number(number: int) -> str:
    """Write a number as the French do: "5 000 000"."""
    return f"{number:,}".replace(",", " ")


def show_size(size: int) -> str:
    """Write a number of bytes as the French do: "20,0 Mo"."""
    if size < 1024 * 1024:
        return f"{show_number(size)} octets"
    return f"{size / (1024 * 1024):.1f} Mo".replace(".", ",")


def gather(
    name: str, pieces: Iterable[Piece], limits: Limits, *, keep_headings: bool = False
) -> tuple[str | None, tuple[Block, ...]]:
    """Give the first heading and the paragraphs, each under its headings.

    A heading with nothing under it becomes a block, so that no text is lost.

    Args:
        name: file name, for messages.
        pieces: headings and paragraphs in reading order.
        limits: how many characters are accepted.
        keep_headings: headings are guesses, so each also stays in the text.

    Raises:
        DocumentError: the text is longer than `limits.max_characters`.
    """
    outline = _Outline(keep_headings=keep_headings)
    for piece in _within(name, pieces, limits.max_characters):
        if piece.level is None or len(piece.text) > MAX_HEADING:
            outline.add(piece)
        else:
            outline.open(piece, piece.level)
    outline.settle(outline.waiting[-1:])
    return outline.title, tuple(outline.blocks)


def _within(name: str, pieces: Iterable[Piece], most: int) -> Iterator[Piece]:
    total = 0
    for piece in pieces:
        text = clean(piece.text)
        total += len(text)
        if total > most:
            raise too_long(name, most)
        if text:
            yield replace(piece, text=text)


def too_long(name: str, most: int) -> DocumentError:
    """Make the error of a document of more than `most` characters."""
    return DocumentError(
        f"{name} : le texte dépasse {show_number(most)} caractères.",
        fix="Découpez le document en plusieurs fichiers, ou relevez la limite.",
    )


@dataclass(slots=True)
class _Outline:
    """The headings open at this point of the document, and the blocks met so far."""

    keep_headings: bool
    title: str | None = None
    path: tuple[tuple[int, str], ...] = ()
    waiting: list[Piece] = field(default_factory=list)  # headings without text so far
    blocks: list[Block] = field(default_factory=list)

    def open(self, heading: Piece, level: int) -> None:
        if self.path and self.path[-1][0] >= level:
            self.settle(self.waiting[-1:])
        above = tuple(step for step in self.path if step[0] < level)
        self.path = (*above, (level, " ".join(heading.text.split())))
        self.waiting.append(heading)
        self.title = self.title or self.path[-1][1]

    def add(self, paragraph: Piece) -> None:
        self.settle([])
        self._block(paragraph)

    def settle(self, lonely: list[Piece]) -> None:
        """Write the headings that wait: all if headings are kept, else the lonely one."""
        for heading in self.waiting if self.keep_headings else lonely:
            self._block(heading)
        self.waiting = []

    def _block(self, piece: Piece) -> None:
        titles = tuple(title for _, title in self.path)
        self.blocks.append(Block(text=piece.text, heading_path=titles, page=piece.page))
