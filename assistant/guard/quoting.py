"""Words between quotation marks: found again in the sources, put right when they are close."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.guard.bare import bare
from assistant.guard.figures import MAX_TEXT
from assistant.guard.lexicon import ROLES, TURNS
from assistant.guard.sources import Pool
from retrieval.analysis import fold

WORDS = 3  # words from which a quotation must stand in a source
MAX_WORDS = 120  # of a quotation that is put right; a longer one must be exact
MAX_EDITS = 3
WORDS_AN_EDIT = 8  # one word in so many may differ
MAX_ANCHORS = 40  # places of a source where a quotation is tried

_QUOTED = re.compile(
    r"«(?P<a>[^«»]{0,1500})(?:»|$)|“(?P<b>[^“”]{0,1500})(?:”|$)|\"(?P<c>[^\"]{0,1500})(?:\"|$)"
)
_LEFT_OUT = re.compile(r"\s*(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\)|…|\.{3})\s*")
_PLAIN = (
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("’‘ʼ′`´", "'")
    | dict.fromkeys("“”„«»", '"')
)
_ODD = re.compile(f"[{''.join(_PLAIN)}]")
_EDGES = " \t.,;:!?\"'"
_WORD = re.compile(r"[^\W_]+")
_HARD = frozenset(" ".join([*ROLES.values(), *TURNS.values(), "ne n pas plus rien non"]).split())


@dataclass(frozen=True, slots=True)
class Quoting:
    """A sentence whose quotations were looked up."""

    raw: str  # with the stored words where they were put right
    missing: str  # the first quotation that no source holds, "" when all stand
    repaired: frozenset[str]  # ids of the passages whose words were put right


def quoting(raw: str, pool: Pool) -> Quoting:
    """Look up the quotations of a sentence in its sources."""
    repaired: set[str] = set()
    pieces: list[str] = []
    last = 0
    for found in _QUOTED.finditer(raw):
        quote = found[found.lastgroup or 0]
        if len(_WORD.findall(bare(quote))) < WORDS or _stands(quote, pool):
            continue
        match = _closest(quote, pool)
        if match is None:
            return Quoting(raw, bare(quote), frozenset())
        name, words = match
        repaired.add(name)
        start, end = found.span(found.lastgroup or 0)
        inner = raw[start:end]
        space = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        pieces += [raw[last:start], space[0], words, space[1]]
        last = end
    return Quoting("".join([*pieces, raw[last:]]), "", frozenset(repaired))


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """A text in NFKC with one kind of space, apostrophe, quotation mark and hyphen."""
    flat = unicodedata.normalize("NFKC", _marked_plainly(text))
    return " ".join(_marked_plainly(flat).split())


def _marked_plainly(text: str) -> str:
    """A text with one kind of apostrophe, quotation mark and hyphen."""
    return _ODD.sub(lambda found: _PLAIN[found[0]], text)


def _stands(quote: str, pool: Pool) -> bool:
    """Whether a quotation, words left out aside, stands in one source."""
    parts = [part for raw in _LEFT_OUT.split(bare(quote)) if (part := plain(raw).strip(_EDGES))]
    return any(_in_order(parts, text) for _, text in _texts(pool))


def _in_order(parts: Sequence[str], text: str) -> bool:
    """Whether the parts of a quotation stand in a text, in order."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def _texts(pool: Pool) -> Iterator[tuple[str, str]]:
    """The texts of a sentence's sources, each with the passage that holds it."""
    for passage in pool.passages:
        yield passage.id, plain(passage.text[:MAX_TEXT])
        yield passage.id, plain(f"{passage.title} ; {passage.reference}")
    for fact in pool.facts:
        yield "", plain(fact.text)


@dataclass(frozen=True, slots=True)
class _Words:
    """A text word by word."""

    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1_024)
def _words(text: str) -> _Words:
    """The words of a text, folded, with their places."""
    found = list(_WORD.finditer(text))
    return _Words(tuple(fold(word[0]) for word in found), tuple(word.span() for word in found))


def _closest(quote: str, pool: Pool) -> tuple[str, str] | None:
    """The passage that holds nearly a quotation, and the words stored there."""
    wanted = _words(plain(bare(quote))).folded
    if len(wanted) > MAX_WORDS:
        return None
    for name, text in _texts(pool):
        span = _span(wanted, _words(text)) if name else None
        if span:
            return name, text[span[0] : span[1]]
    return None


def _span(wanted: Sequence[str], text: _Words) -> tuple[int, int] | None:
    """The place of a text's words that differ little from some others, and by no word of weight."""
    size, edits = len(wanted), min(MAX_EDITS, max(1, len(wanted) // WORDS_AN_EDIT))
    for start in _starts(wanted, text.folded):
        first = max(start - edits, 0)
        window = text.folded[first : start + size + edits]
        inner = _difference(wanted, window, edits)
        if inner:
            return text.spans[first + inner[0]][0], text.spans[first + inner[1] - 1][1]
    return None


def _starts(wanted: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where a quotation may start in a text: the places that most of its words point to."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    votes: dict[int, int] = {}
    for offset, word in enumerate(wanted):
        for place in places.get(word, ())[:MAX_ANCHORS]:
            votes[place - offset] = votes.get(place - offset, 0) + 1
    likely = sorted(votes, key=lambda start: (-votes[start], start))
    return [max(start, 0) for start in likely[:3] if votes[start] * 3 >= len(wanted)]


def _difference(wanted: Sequence[str], window: Sequence[str], edits: int) -> tuple[int, int] | None:
    """The part of a window that is some words but for a few edits; None when there is none."""
    steps = SequenceMatcher(None, wanted, window, autojunk=False).get_opcodes()
    if steps and steps[0][0] == "insert":
        steps = steps[1:]
    if steps and steps[-1][0] == "insert":
        steps = steps[:-1]
    changed = [step for step in steps if step[0] != "equal"]
    cost = sum(max(a2 - a1, b2 - b1) for _, a1, a2, b1, b2 in changed)
    if not steps or cost > edits:
        return None
    differing = [word for _, a1, a2, b1, b2 in changed for word in (*wanted[a1:a2], *window[b1:b2])]
    if any(word in _HARD or any(map(str.isdigit, word)) for word in differing):
        return None
    return steps[0][3], steps[-1][4]
