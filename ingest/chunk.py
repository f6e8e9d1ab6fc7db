"""Cut documents into passages, along their headings and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from ingest.types import Block, Document
from retrieval.errors import UsageError
from retrieval.types import Passage

_SENTENCE_END = re.compile(r"[.!?…;][»\"”’)\]]*(?=\s)|\n")
# A full stop after a letter or after these ends no sentence: "art. 5", "C. civ.", "M. Durand".
_ABBREVIATIONS = frozenset(
    "art arts al cass civ com soc crim mme mm me cf ex ch plén bull éd obs req chap sect réf tél env"
    " av bd no pp sté préc consid cons mon fin trav".split()
)
_WORD_BEFORE = re.compile(r"(?:^|[\W\d_])([^\W\d_]{1,6})\.$")  # the longest abbreviation has 6
_SEPARATOR = "\n\n"


def chunk(document: Document, *, target: int = 900, limit: int = 1400) -> list[Passage]:
    """Give the passages of a document, in order; only white space is lost.

    Blocks of one page and one path of headings are joined up to `target` characters; a block
    longer than `limit` is cut at ends of sentences, else between words.

    Args:
        document: what a reader gave.
        target: characters that a passage aims at.
        limit: characters that no passage exceeds, at least `target`.

    Raises:
        UsageError: `target` is under 1 or over `limit`.
    """
    if not 1 <= target <= limit:
        raise UsageError(
            f"Taille de passage impossible : {target} visés pour {limit} au plus.",
            fix="Visez au moins un caractère, et un maximum au moins égal à la taille visée.",
        )
    count: Counter[int] = Counter()
    passages = []
    for (path, page), blocks in groupby(document.blocks, key=lambda b: (b.heading_path, b.page)):
        for text in _texts(blocks, target, limit):
            count[page or 0] += 1
            passages.append(_passage(document, text, path, page, count[page or 0]))
    return passages


def _passage(
    document: Document, text: str, path: tuple[str, ...], page: int | None, number: int
) -> Passage:
    return Passage(
        id=f"{document.id}#p{page or 0}.{number}",
        document_id=document.id,
        kind="document",
        title=document.title,
        text=text,
        heading_path=path,
        reference=f"{document.title}, p. {page}" if page else document.title,
        page=page,
    )


def _texts(blocks: Iterable[Block], target: int, limit: int) -> Iterator[str]:
    """Join short blocks and cut long ones."""
    joined = ""
    for block in blocks:
        for piece in split_text(block.text.strip(), target, limit):
            if joined and len(joined) + len(_SEPARATOR) + len(piece) > target:
                yield joined
                joined = ""
            joined = f"{joined}{_SEPARATOR}{piece}" if joined else piece
    if joined:
        yield joined


def split_text(text: str, target: int, limit: int) -> Iterator[str]:
    """Cut a text longer than `limit` at ends of sentences, else between words, near `target`.

    The text starts and ends with a visible character, as each piece does; lengths are in
    characters. Only white space is lost.
    """
    start = 0
    while len(text) - start > limit:
        end = start + _cut(text[start : start + limit + 1], target, limit)
        yield text[start:end].rstrip()
        start = end + _leading_spaces(text, end)
    if start < len(text):
        yield text[start:]


def _leading_spaces(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    return end - start


def _cut(window: str, target: int, limit: int) -> int:
    """Give where to cut: the end of sentence nearest to `target`, else a space, else `limit`.

    The window starts with a visible character and holds one character more than `limit`.
    """
    stops = sorted(_SENTENCE_END.finditer(window), key=lambda found: abs(found.end() - target))
    if nearest := next((found for found in stops if _ends(window, found)), None):
        return nearest.end()
    spaces = [at for at in range(1, limit + 1) if window[at].isspace()]
    return spaces[-1] if spaces else limit


def _ends(window: str, found: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: text follows, and no abbreviation is before it."""
    if found.end() >= len(window):
        return False
    word = _WORD_BEFORE.search(window, max(0, found.start() - 12), found.end())
    return not word or (len(word[1]) > 1 and word[1].lower() not in _ABBREVIATIONS)
