"""Query understanding: what a question's words stand for, in the index's own vocabulary.

Spellings of text messages, misspelt words, joined words, lay words and English words are each
read as words of the base. Every reading is kept, so that a hit can say how it was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from retrieval.analysis import SMS, STOP_WORDS, sound, stems, words

Why = Literal["texto", "faute", "son", "mots joints", "lexique", "ancien article", "contexte"]
MAX_REPAIRS = 12  # unknown words of one question that are looked up: bounds a hostile one
MAX_MET = 20_000  # words of questions held in memory with whether the vocabulary has them
MAX_WORD = 30  # letters; a longer run is no word
PHRASE = 5  # stems of the longest phrase of the lexicon
MAX_MEANINGS = 8  # phrases of the lexicon that one question is read with
# What the whole base is about tells no question from another, and draws those that say it to the
# few documents whose title does: "contrat informatique" is as plain, and draws to none.
_CONTEXT = re.compile(
    r"\bcontrats?\s+(?:d[' ]assistance|de\s+maintenance|d[' ]infog[eé]rance|de\s+support"
    r"|de\s+prestations?|de\s+services?)(?:\s+(?:et|ou)\s+(?:d[' ]assistance|de\s+maintenance"
    r"|de\s+support))?\s+informatiques?\b|\bcontrats?\s+d[' ]assistance\b(?!\s*,)",
    re.IGNORECASE,
)
IN_CONTEXT = "contrat informatique"
_HEADS = ("qu", "j", "l", "d", "m", "t", "s", "n", "c")  # elided words, joined to the next


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A word or phrase, and what it was read as."""

    written: str
    read: str
    why: Why

    def __str__(self) -> str:
        return f"{self.written} → {self.read} ({self.why})"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in the words of the base.

    Attributes:
        text: the question with its misspelt words written out, folded; for the models.
        terms: stems, each once, in order, of the question as written and as read.
        meanings: stems that the lexicon adds: the terms of art behind lay or English words.
        rewritings: every reading made, in order.
    """

    text: str
    terms: tuple[str, ...]
    meanings: tuple[str, ...]
    rewritings: tuple[Rewriting, ...]


def in_context(text: str) -> tuple[str, tuple[Rewriting, ...]]:
    """A question with the contract that the base is about named in short, and what was shortened.

    Args:
        text: in NFKC, with plain apostrophes.
    """
    found = dict.fromkeys(match.lower() for match in _CONTEXT.findall(text))
    told = tuple(Rewriting(phrase, IN_CONTEXT, "contexte") for phrase in found)
    return (_CONTEXT.sub(IN_CONTEXT, text), told) if told else (text, ())


class Words(Protocol):
    """What a store knows of words."""

    def vocabulary(self) -> Mapping[str, int]:
        """How often each word comes in the texts; 0 for one seen in wordings alone."""

    def knows(self, words: Sequence[str]) -> set[str]:
        """Those of some words that the vocabulary holds."""

    def meanings(self, phrases: Sequence[str]) -> Mapping[str, str]:
        """The preferred term of the lexicon's phrases among some, each as stems parted by spaces."""


class Rewriter:
    """Reads questions in the vocabulary of a store. Safe to share between threads."""

    def __init__(self, store: Words) -> None:
        self._store = store
        self._met: dict[str, bool] = {}  # whether the vocabulary has a word that was asked about

    def read(self, text: str) -> Reading:
        """A question in the words of the base."""
        written = words(text)
        repairs = self._repairs(written)
        read = [part for word in written for part in _parts(word, repairs)]
        plain = stems(" ".join(written))
        repaired = stems(" ".join(read)) if repairs else plain
        found = self._meanings(plain, repaired) if repairs else self._meanings(plain)
        meanings = dict.fromkeys(term for _, meant in found for term in stems(meant))
        terms = dict.fromkeys([*repaired, *plain])
        texto = [Rewriting(w, SMS[w], "texto") for w in dict.fromkeys(written) if w in SMS]
        return Reading(
            " ".join(read),
            tuple(terms),
            tuple(term for term in meanings if term not in terms),
            (*texto, *repairs.values(), *(Rewriting(w, m, "lexique") for w, m in found)),
        )

    def _repairs(self, written: Sequence[str]) -> dict[str, Rewriting]:
        """Readings of the words that the vocabulary lacks."""
        asked = [word for word in dict.fromkeys(written) if _may_be_misspelt(word)]
        known = self._known(asked)
        unknown = [word for word in asked if not known[word]][:MAX_REPAIRS]
        found = ((word, self._repair(word)) for word in unknown)
        return {word: repair for word, repair in found if repair}

    def _known(self, asked: Sequence[str]) -> dict[str, bool]:
        """Whether the vocabulary has each of some words; asked once, and held within bounds."""
        found = {word: self._met.get(word) for word in asked}
        missing = [word for word, known in found.items() if known is None]
        held = self._store.knows(missing) if missing else set()
        read = {word: word in held for word in missing}
        if len(self._met) + len(read) > MAX_MET:
            self._met.clear()
        self._met.update(read)
        return {word: read[word] if known is None else known for word, known in found.items()}

    def _repair(self, word: str) -> Rewriting | None:
        """What a word that the vocabulary lacks stands for: by ear, by parts, by letters."""
        heard = self._by_sound.get(sound(word))
        if heard:
            return Rewriting(word, heard, "son")
        for head in _HEADS:
            rest = word.removeprefix(head)
            if rest != word and len(rest) >= 3 and self._vocabulary.get(rest):
                return Rewriting(word, f"{head} {rest}", "mots joints")
        near = self._nearest(word)
        return Rewriting(word, near, "faute") if near else None

    def _nearest(self, word: str) -> str | None:
        """The most frequent of the words that are fewest slips of the finger away, or None.

        One slip is allowed under eight letters, two from eight on (Damerau, "A technique for
        computer detection and correction of spelling errors", CACM 1964: most errors are one slip).
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        slips = 1 if len(word) < 8 else 2
        near: list[str] = [
            other
            for size in range(len(word) - slips, len(word) + slips + 1)
            for other in self._by_size.get(size, ())
        ]
        found = extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if not found:
            return None
        return min(found, key=lambda row: (row[1], -self._vocabulary[row[0]], row[0]))[0]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        """Words of the texts with how often they come: read when a word is first misspelt."""
        return {word: count for word, count in self._store.vocabulary().items() if count}

    @cached_property
    def _by_size(self) -> dict[int, list[str]]:
        """Words of the texts by their number of letters."""
        return _grouped(self._vocabulary, len)

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """The most frequent word of each sound of three letters or more."""
        best: dict[str, str] = {}
        for word, count in self._vocabulary.items():
            key = sound(word)
            if len(key) >= 3 and count > self._vocabulary.get(best.get(key, ""), 0):
                best[key] = word
        return best

    def _meanings(self, *readings: Sequence[str]) -> list[tuple[str, str]]:
        """(phrase, preferred term) of the lexicon's phrases in a question, longest first.

        Args:
            readings: the stems as written, and as read: a lay word that no text has may have been
                taken for a misspelt one.
        """
        phrases = dict.fromkeys(
            " ".join(terms[start : start + size])
            for size in range(PHRASE, 0, -1)
            for terms in readings
            for start in range(len(terms) - size + 1)
        )
        found = self._store.meanings(list(phrases)) if phrases else {}
        return [(phrase, found[phrase]) for phrase in phrases if phrase in found][:MAX_MEANINGS]


def _may_be_misspelt(word: str) -> bool:
    """Whether a word is worth looking up."""
    return (
        word.isalpha() and 3 <= len(word) <= MAX_WORD and word not in STOP_WORDS and word not in SMS
    )


def _parts(word: str, repairs: Mapping[str, Rewriting]) -> Iterator[str]:
    """The words that a written word is read as."""
    yield from repairs[word].read.split() if word in repairs else (word,)


def _grouped(words: Mapping[str, int], key: Callable[[str], int]) -> dict[int, list[str]]:
    """Words by a key of theirs."""
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(key(word), []).append(word)
    return groups
