"""PDF: text by page, headings guessed from the wording of the lines.

A PDF knows neither paragraphs nor headings, only lines. Because headings are guesses, their lines
also stay in the text.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.readers.text import Piece, clean, gather, too_long
from ingest.types import Block, Limits
from retrieval.errors import DocumentError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_TITLE, _PART, _ARTICLE = 0, 1, 2  # levels of headings; 7.2 is under an article, 7.2.1 deeper
_MAX_LINE = 90  # characters of a heading
_EDGE = 3  # lines at the top and bottom where headers and footers stand
_MIN_REPEATS = 3  # pages
_OFTEN = 0.4  # share of the pages: left and right pages may differ
_SHORT = 0.6  # share of the width of the page under which a line ends its paragraph
_FULL = 0.9  # share of the width from which an end of sentence may fall by chance at its end
_OCR = "Passez-le par une reconnaissance de caractères (OCR), puis relancez l'indexation."

_NAMED = r"\s*(?:[-–—:.]\s*[«\"]?\s*[^\W\d_].*)?"  # "– Durée"; not "-1 du code"
_PART_LINE = re.compile(
    r"(?=[A-Z])(?i:titre|chapitre|partie|section|annexe)\s+(?:\d{1,3}|[IVXLC]+|[A-Z])\b" + _NAMED
)
_ARTICLE_NUMBER = (
    r"(?=A)(?i:article|art\.)\s*(?:\d{1,3}|(?i:1er|premier)|[IVXLC]+)\b((?:\.\d{1,2})*)"
)
_ARTICLE_LINE = re.compile(_ARTICLE_NUMBER + _NAMED)
_BARE_ARTICLE_LINE = re.compile(_ARTICLE_NUMBER + r"\s+[A-ZÀ-ÖØ-Þ].*")
_NUMBERED_LINE = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s*[-–—:]?|(\d{1,2}|[IVX]{1,5})\s*[-–—.:][-–—.: ]*)\s+"
    r"[«\"]?\s*[A-ZÀ-ÖØ-Þ].*"
)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")  # a line of a table of contents, a blank
_ITEM = re.compile(r"[•▪◦●■‣*–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[).]\s|\d{1,2}(?:\.\d{1,2})+\s")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)\s*\d+(?:\s*(?:/|sur|de|of)\s*\d+)?|\d+\s*/\s*\d+|[-–—]\s*\d+\s*[-–—]",
    re.IGNORECASE,
)
_AMOUNT_LAST = re.compile(r"(?:\d|€|%|\bHT|\bTTC)$")  # a row of a price list
_KEEPS_HYPHEN = re.compile(
    r"(?:ci|là|même|mêmes|dire|être|dessus|dessous|après|avant|traitant|traitants|traitance)\b"
)


def read_pdf(path: Path, limits: Limits) -> tuple[str | None, tuple[Block, ...]]:
    """Give the title and the text of a PDF, page by page, headers and footers left out.

    The title is a line of capitals that comes before any other heading on the first page.

    Raises:
        DocumentError: encrypted, too many pages, too long, or without any text.
    """
    with _quiet():
        pages = _pages(_open(path, limits), path.name, limits)
    pieces = [
        piece
        for number, lines in enumerate(_without_running_lines(pages), 1)
        for piece in _pieces(lines, number)
    ]
    pieces = _entitled(pieces)
    _, blocks = gather(path.name, pieces, limits, keep_headings=True)
    if not blocks:
        raise DocumentError(
            f"{path.name} : ce PDF ne contient aucun texte (document scanné).", fix=_OCR
        )
    return next((piece.text for piece in pieces if piece.level == _TITLE), None), blocks


def scanned_pages(path: Path, read: frozenset[int]) -> tuple[int, ...]:
    """Give the pages that hold an image and are not among `read`, the pages that gave text."""
    with _quiet():
        reader = _open(path, Limits(max_pages=1_000_000))
        return tuple(
            number
            for number, page in enumerate(reader.pages, 1)
            if number not in read and _holds_image(page)
        )


def _holds_image(page: PageObject) -> bool:
    try:
        return bool(page.images.keys())
    except Exception:  # pypdf raises anything here; a page that cannot be seen is to be looked at
        return True


def scanned_error(name: str, pages: Sequence[int]) -> DocumentError:
    """Make the error of a PDF some of whose pages are images without text."""
    numbers = ", ".join(map(str, pages))
    where = f"la page {numbers} est une image" if len(pages) == 1 else f"pages {numbers} : images"
    return DocumentError(
        f"{name} : {where} sans texte ; le reste du document est indexé.", fix=_OCR
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on the file away from the console."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _open(path: Path, limits: Limits) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:
        raise _locked_by_aes(path.name) from error
    if locked:
        raise DocumentError(
            f"{path.name} : ce PDF est protégé par un mot de passe.",
            fix="Enregistrez-en une copie sans mot de passe, puis relancez l'indexation.",
        )
    if len(reader.pages) > limits.max_pages:
        raise DocumentError(
            f"{path.name} : ce PDF compte {len(reader.pages)} pages, "
            f"pour {limits.max_pages} permises.",
            fix="Découpez-le en plusieurs fichiers, ou relevez la limite.",
        )
    return reader


def _locked_by_aes(name: str) -> DocumentError:
    return DocumentError(
        f"{name} : ce PDF est chiffré en AES, que cette installation ne sait pas ouvrir.",
        fix="Enregistrez-en une copie sans protection, ou installez le paquet cryptography.",
    )


def _pages(reader: PdfReader, name: str, limits: Limits) -> list[list[str]]:
    pages, total = [], 0
    for page in reader.pages:
        lines = _lines(page)
        total += sum(map(len, lines))
        if total > limits.max_characters:
            raise too_long(name, limits.max_characters)
        pages.append(lines)
    return pages


def _lines(page: PageObject) -> list[str]:
    lines = page.extract_text().splitlines()
    # A soft hyphen is invisible in a line, and a hyphen at its end.
    return [clean(re.sub("\u00ad\\s*$", "-", line)) for line in lines]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Drop headers, footers and page numbers.

    A line repeated word for word stays where it first stands: it may be the title.
    """
    edges = [_edge_keys(lines, number) for number, lines in enumerate(pages, 1)]
    counts = Counter(key for keys in edges for key in {k for ks in keys.values() for k in ks})
    enough = max(_MIN_REPEATS, _OFTEN * len(pages))
    repeated = {key for key, count in counts.items() if count >= enough}
    seen: set[str] = set()
    return [
        [
            line
            for at, line in enumerate(lines)
            if not _is_running(line, keys.get(at), repeated, seen)
        ]
        for lines, keys in zip(pages, edges, strict=True)
    ]


def _is_running(
    line: str, keys: tuple[str, ...] | None, repeated: set[str], seen: set[str]
) -> bool:
    if keys is None:
        return False
    if _PAGE_NUMBER.fullmatch(line) or not repeated.isdisjoint(keys[1:]):
        return True
    if line not in repeated:
        return False
    again = line in seen
    seen.add(line)
    return again


def _edge_keys(lines: list[str], page: int) -> dict[int, tuple[str, ...]]:
    """Give, by position, the keys under which each line near an edge may repeat."""
    filled = [at for at, line in enumerate(lines) if line]
    return {at: _keys(lines[at], page) for at in (*filled[:_EDGE], *filled[-_EDGE:])}


def _keys(line: str, page: int) -> tuple[str, ...]:
    """Give the line, then the line with each of its numbers counted from the page's.

    "Page 4 sur 9" is "Page <0> sur 9" on page 4, and the same on every page. Headings are only
    compared word for word: one article a page is no footer.
    """
    numbers = list(re.finditer(r"\d{1,6}", line))
    if not numbers or _level(line, "") is not None:
        return (line,)
    return (line, *(f"{line[: n.start()]}<{int(n[0]) - page}>{line[n.end() :]}" for n in numbers))


def _pieces(lines: list[str], page: int) -> Iterator[Piece]:
    """Give the headings and the paragraphs of a page."""
    width = max(map(len, lines), default=0)
    paragraph = ""
    for line, following in zip(lines, chain(lines[1:], [""]), strict=False):
        level = _level(line, following)
        if level is not None:
            yield Piece(paragraph, page=page)
            yield Piece(line, level=level, page=page)
            paragraph = ""
            continue
        paragraph = _join(paragraph, line)
        if _ends_paragraph(line, following, width):
            yield Piece(paragraph, page=page)
            paragraph = ""
    yield Piece(paragraph, page=page)


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    if re.search(r"\w-$", line):
        return False
    short = len(line) < _SHORT * width
    stops = line.endswith((".", ";", ":", "!", "?")) and len(line) < _FULL * width
    row = _AMOUNT_LAST.search(line) and following[:1].isupper()
    return bool(not following or short or stops or row or _ITEM.match(following))


def _join(start: str, line: str) -> str:
    """Join two lines; a word cut at the end of the first becomes whole again."""
    if not re.search(r"\w-$", start) or not line:
        return f"{start} {line}".strip()
    word = start.split()[-1]
    kept = "-" in word[:-1] or not line[0].islower() or _KEEPS_HYPHEN.match(line)
    return start + line if kept or not word[-2].isalpha() else start[:-1] + line


def _level(line: str, following: str) -> int | None:
    """Guess the level of a heading; None for a line of text."""
    if not line or len(line) > _MAX_LINE or _LEADERS.search(line) or line.endswith((";", ",")):
        return None
    if _PART_LINE.fullmatch(line):
        return _PART
    unsure = following[:1].islower() or line.endswith((".", ":"))
    article = _ARTICLE_LINE.fullmatch(line)
    if article or unsure:
        return _ARTICLE + article.group(1).count(".") if article else None
    if article := _BARE_ARTICLE_LINE.fullmatch(line):
        return _ARTICLE + article.group(1).count(".")
    if numbered := _NUMBERED_LINE.fullmatch(line):
        return _ARTICLE + (numbered.group(1) or "").count(".")
    return _ARTICLE if _is_capitals(line) else None


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return len(letters) >= 5 and len(letters) > len(line) / 2 and line == line.upper()


def _entitled(pieces: list[Piece]) -> list[Piece]:
    """Make the first heading the title, when it is unnumbered capitals on the first page."""
    at = next((at for at, piece in enumerate(pieces) if piece.level is not None), None)
    if at is None or pieces[at].page != 1 or not _is_capitals(pieces[at].text):
        return pieces
    first = pieces[at]
    if any(form.fullmatch(first.text) for form in (_PART_LINE, _ARTICLE_LINE, _NUMBERED_LINE)):
        return pieces
    return [*pieces[:at], Piece(first.text, level=_TITLE, page=first.page), *pieces[at + 1 :]]
