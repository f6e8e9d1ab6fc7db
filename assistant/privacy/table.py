"""Who is who in a conversation: entities, their spellings, and the short names that mean them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.privacy.names import is_known_word
from assistant.privacy.types import NAMES, Found, Kind
from assistant.privacy.view import View, Word
from assistant.privacy.vocabulary import GIVEN_WORDS, LEGAL_FORMS, NEVER_FIRST, PARTICLES

MAX_WORDS = 12  # of a spelling that is looked for in later texts
_GLUE = re.compile(r"[ '.&/_-]{1,3}")
_SENTENCE_END = re.compile(r"[.!?:;\n]")
_LEAST = 4  # letters from which a short name is looked for in small letters too


@dataclass(slots=True)
class Entry:
    """An entity of the table; its spellings and its keys grow."""

    kind: Kind
    number: int
    forms: list[str]
    keys: list[str]

    def tag(self, place: int) -> str:
        """The tag, without brackets, of the spelling at a place, from 0."""
        return f"{self.kind}_{self.number}" + (f".{place + 1}" if place else "")


class Table:
    """The entities of a conversation, found by key, by spelling and by tag.

    Two people with one surname leave it to none of them: a doubt is never settled by chance.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.forms: dict[str, str] = {}  # spelling by tag, without brackets
        self._tags: dict[tuple[str, str], str] = {}  # tag by first tag of the entity and spelling
        self._by_key: dict[tuple[str, str], Entry] = {}
        self._said: dict[str, Entry] = {}  # by words, "jean dupont"
        self._short: dict[str, Entry | None] = {}  # by one word; None when it may mean two
        self._lengths: set[int] = set()
        self._count: Counter[Kind] = Counter()

    def add(self, entry: Entry) -> None:
        """Enter an entity.

        Raises:
            ValueError: another one has its tag.
        """
        if entry.tag(0) in self.forms:
            raise ValueError("two entities with one tag")
        self.entries.append(entry)
        self._count[entry.kind] = max(self._count[entry.kind], entry.number)
        for key in entry.keys:
            self._by_key.setdefault((_space(entry.kind), key), entry)
        for place, form in enumerate(entry.forms):
            self._enter(entry, place, form)

    def tag(self, found: Found, form: str) -> str:
        """The tag, without brackets, of a find; its entity and its spelling are entered if new."""
        entry = self._by_key.get((_space(found.kind), found.key)) or self._meant(found)
        if entry is None:
            entry = Entry(found.kind, self._count[found.kind] + 1, [form], [found.key])
            self.add(entry)
        if (_space(found.kind), found.key) not in self._by_key:
            entry.keys.append(found.key)
            self._by_key[_space(found.kind), found.key] = entry
        if (entry.tag(0), form) not in self._tags:
            entry.forms.append(form)
            self._enter(entry, len(entry.forms) - 1, form)
        return self._tags[entry.tag(0), form]

    def known(self, view: View, words: Sequence[Word]) -> Iterator[Found]:
        """The entities of the table that a text names again, longest spelling first at each word.

        Args:
            view: the view of the text.
            words: its words.
        """
        lengths = sorted(self._lengths, reverse=True)
        for i in range(len(words)):
            for length in lengths:
                entry = self._named(words[i : i + length], words[i - 1] if i else None, length)
                if entry:
                    start, end = view.span(words[i].start, words[i + length - 1].end)
                    yield Found(entry.kind, start, end, entry.keys[0])
                    break

    def _named(self, words: Sequence[Word], before: Word | None, length: int) -> Entry | None:
        """The entity that these words name."""
        if len(words) < length or not all(_GLUE.fullmatch(word.gap) for word in words[1:]):
            return None
        said = " ".join(word.low for word in words)
        entry = self._said.get(said) or (self._short.get(said) if length == 1 else None)
        return entry if entry and _is_meant(entry, words, before) else None

    def _meant(self, found: Found) -> Entry | None:
        """The entity that another name of a person or a firm means: "Dupont" after "Jean Dupont"."""
        if found.kind not in NAMES:
            return None
        words = found.key.split()
        if len(words) == 1:
            entry = self._short.get(found.key)
            return entry if entry and _alike(entry.kind, found.kind) else None
        for word in _short_names(found.kind, words):
            entry = self._by_key.get((_space(found.kind), word))
            if entry and _alike(entry.kind, found.kind) and all(" " not in k for k in entry.keys):
                return entry
        return None

    def _enter(self, entry: Entry, place: int, form: str) -> None:
        """Make a spelling known."""
        tag = entry.tag(place)
        self.forms[tag] = form
        self._tags[entry.tag(0), form] = tag
        words = [word.low for word in View.of(form).words()]
        if 0 < len(words) <= MAX_WORDS:
            self._said.setdefault(" ".join(words), entry)
            self._lengths.add(len(words))
        for word in _short_names(entry.kind, words) if entry.kind in NAMES else ():
            self._lengths.add(1)
            taken = self._short.setdefault(word, entry)
            if taken is not entry:
                self._short[word] = None


def _space(kind: Kind) -> str:
    """What keys are compared within: a name is one name, whoever bears it."""
    return "NAMES" if kind in NAMES else kind


def _alike(one: Kind, other: Kind) -> bool:
    """Whether two names may be of one entity: a person is no firm."""
    return one == other or "NOM" in (one, other)


def _short_names(kind: Kind, words: Sequence[str]) -> list[str]:
    """The single words that may stand for a longer name: surname, given name, a firm's first word."""
    if len(words) < 2:
        return []
    ends = {"PERSONNE": (words[-1], words[0]), "SOCIETE": (words[0],), "NOM": (words[0], words[-1])}
    dull = LEGAL_FORMS | NEVER_FIRST | PARTICLES
    return [word for word in ends.get(kind, ()) if len(word) > 2 and word not in dull]


def _is_meant(entry: Entry, words: Sequence[Word], before: Word | None) -> bool:
    """Whether words that spell an entity mean it: "petit" is no Mr Petit, "Petit" is."""
    if entry.kind not in NAMES:
        letters = "".join(word.low for word in words)
        return len(letters) > 4 and any(map(str.isdigit, letters))
    usual = all(is_known_word(word) for word in words)
    capital = all(word.capital or word.low in PARTICLES for word in words)
    if not usual:
        short = len(words) == 1 and (len(words[0].low) < _LEAST or words[0].low in GIVEN_WORDS)
        return capital or not short
    starts = before is None or bool(_SENTENCE_END.search(words[0].gap))
    return capital and (len(words) > 1 or not starts)
