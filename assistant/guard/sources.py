"""The passages that an answer was written from, cut into the facts that a sentence may rely on.

A passage of the law vouches for what it says, and for the sentences of the sections given beside
it that cite it: lawyers reviewed that link. Pass the sections that a text was composed from even
when no marker names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from assistant.guard.bare import bare
from assistant.guard.figures import MAX_TEXT, Stated, stated
from assistant.guard.markup import Text, cut
from assistant.guard.reading import Reading, read
from assistant.guard.types import Base
from retrieval import Passage

if TYPE_CHECKING:
    from assistant.guard.claims import Fault

MAX_NAMED = 20  # texts that one replaces, or that replace it
MAX_PASSAGES = 120  # passages of one answer that are read
MAX_KEPT = 2_048  # passages whose sentences are kept, once read

_CITATION = re.compile(r"\s{0,3}\[@([a-z0-9:/-]{1,120})\]")
_FIELD = re.compile(r"\{\{\s{0,3}([a-z0-9_]{1,60})\s{0,3}\}\}")
_OPTION = re.compile(r"^\[\[/?option[^\]\n]*\]\][ \t]*$", re.MULTILINE)

S = TypeVar("S")


@dataclass(frozen=True, eq=False)
class Fact:
    """A sentence of a source. Two are the same when they are one object: `facts` keeps them."""

    text: str
    heading: str  # the heading above it, "" for none
    cites: tuple[str, ...]  # ids of the passages that it cites, itself or through its paragraph
    said: str  # its text after the words that introduce it

    @cached_property
    def reading(self) -> Reading:
        """Its own words."""
        return read(self.text)

    @cached_property
    def whole(self) -> Reading:
        """With the words that introduce it; its own reading when there are none."""
        return self.reading if self.said == self.text else read(self.said)


@dataclass(frozen=True)
class Pool:
    """All that a sentence may rely on."""

    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    header: Reading  # titles and references
    headers: tuple[str, ...]
    links: frozenset[str]

    def states(self) -> Iterator[Stated]:
        """What each source states, the titles first."""
        yield from map(stated, self.headers)
        yield from (stated(fact.text) for fact in self.facts)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings above its facts."""
        return frozenset(fact.heading for fact in self.facts)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all that it says, titles and headings among them."""
        told = (fact.reading.keys for fact in self.facts)
        return self.header.keys.union(*told, *(read(title).keys for title in self.headings))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the sources, folded."""
        return frozenset(chain(self.header.words, *(fact.reading.words for fact in self.facts)))


class Sources:
    """The passages given to a writer, by marker. Those that the base no longer holds are left out.

    Args:
        passages: numbered from 1, in order.
        base: where they are stored: its text is the one that counts.
    """

    def __init__(self, passages: Sequence[Passage], base: Base) -> None:
        stored = [base.passage(passage.id) for passage in passages[:MAX_PASSAGES]]
        self.passages = {n: p for n, p in enumerate(stored, start=1) if p is not None}
        self._base = base
        self._citing: dict[str, list[Passage]] = {}  # the passages that name one, in order
        for passage in self.passages.values():
            for name in dict.fromkeys(chain.from_iterable(map(_cited, _texts(passage)))):
                self._citing.setdefault(name, []).append(passage)
        self._known: dict[str, list[Fact]] = {}  # facts that cite a passage, as sentences need them
        self._replacing: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            for name in _named(passage, "replaces"):
                self._replacing.setdefault(name, []).append(passage)
        self._pools: dict[tuple[int, ...], Pool] = {}
        self.judged: dict[tuple[object, ...], Fault | None] = {}  # sentences of a text that grows

    def pool(self, markers: Iterable[int]) -> Pool:
        """What a sentence with these markers may rely on."""
        numbers = tuple(sorted(set(markers)))
        if numbers not in self._pools:
            self._pools[numbers] = self._pool([self.passages[n] for n in numbers])
        return self._pools[numbers]

    def all(self) -> Pool:
        """What the whole answer may rely on."""
        return self.pool(self.passages)

    def _pool(self, cited: Sequence[Passage]) -> Pool:
        """The facts of some passages, and those that cite them."""
        known = {
            fact.text: fact
            for passage in cited
            for fact in (*passage_facts(passage), *self._facts_citing(passage.id))
        }
        headers = [self._header(passage) for passage in cited]
        return Pool(
            passages=tuple(cited),
            facts=tuple(known.values()),
            header=read(" ; ".join(headers)),
            headers=tuple(headers),
            links=frozenset(filter(None, (passage.url for passage in cited))),
        )

    def _facts_citing(self, identifier: str) -> list[Fact]:
        """The facts that cite a passage; those that don't name it are not even cut."""
        if identifier not in self._known:
            self._known[identifier] = [
                fact
                for passage in self._citing.get(identifier, ())
                for fact in passage_facts(passage)
                if identifier in fact.cites
            ]
        return self._known[identifier]

    def _header(self, passage: Passage) -> str:
        """What names a passage: title, reference, headings, the texts that it replaces or that do."""
        names = [*_named(passage, "replaces"), *_named(passage, "replaced_by")]
        others = [self._base.passage(name) for name in names[:MAX_NAMED]]
        others += self._replacing.get(passage.id, ())
        parts = [passage.reference, passage.title, *passage.heading_path]
        parts += [other.reference for other in others if other]
        return " ; ".join(dict.fromkeys(filter(None, parts)))


def _named(passage: Passage, key: str) -> list[str]:
    """The passages of law that a passage's metadata names."""
    names = passage.meta.get(key)
    return [f"kb:law/{name}" for name in names] if isinstance(names, list) else []


def passage_facts(passage: Passage) -> tuple[Fact, ...]:
    """The sentences of a passage, the reviewed English answer among them."""
    return _distinct(passage.id, _texts(passage))


def _texts(passage: Passage) -> tuple[str, ...]:
    """The texts of a passage that state something."""
    markdown = str(passage.meta.get("markdown") or "")
    texts = [markdown or passage.text]
    if passage.id.endswith("#reponse-courte"):
        texts.append(str(passage.meta.get("reponse_courte_en") or ""))
    if markdown and passage.kind == "clause":
        texts.append(passage.text)  # the options that are not the model's default
    return tuple(text[:MAX_TEXT] for text in texts if text)


@lru_cache(maxsize=MAX_KEPT)
def _cited(text: str) -> tuple[str, ...]:
    """The passages that a text cites, each once."""
    return tuple(dict.fromkeys(map(_passage_id, _CITATION.findall(text)))) if "[@" in text else ()


@lru_cache(maxsize=MAX_KEPT)
def _distinct(identifier: str, texts: tuple[str, ...]) -> tuple[Fact, ...]:
    """The sentences of a passage's texts, each once; kept by the passage's id and its words."""
    return tuple({fact.text: fact for fact in chain.from_iterable(map(facts, texts))}.values())


@lru_cache(maxsize=MAX_KEPT)
def facts(markdown: str) -> tuple[Fact, ...]:
    """The sentences of a text of the base, in order; headings are not facts."""
    written = _FIELD.sub(lambda m: f"[{m[1].replace('_', ' ')}]", _OPTION.sub("", markdown))
    text = cut(written)
    own = [_cited(piece.raw) for piece in text.pieces]
    cites = inherited(text, own)
    words = [bare(_CITATION.sub("", p.raw) if "[@" in p.raw else p.raw) for p in text.pieces]
    return tuple(
        Fact(
            text=words[number],
            heading=words[piece.heading] if piece.heading is not None else "",
            cites=cites[number],
            said=with_intro(text, words, number),
        )
        for number, piece in enumerate(text.pieces)
        if piece.kind != "heading"
    )


def with_intro(text: Text, words: Sequence[str] | Mapping[int, str], number: int) -> str:
    """A piece's words after those that introduce it, as one sentence."""
    intro = text.pieces[number].intro
    return words[number] if intro is None else f"{words[intro].rstrip(' :')} {words[number]}"


def _passage_id(name: str) -> str:
    """The passage that an inline citation names."""
    return f"kb:contract/{name[7:]}#clause" if name.startswith("clause:") else f"kb:law/{name}"


def inherited(text: Text, own: Sequence[tuple[S, ...]]) -> list[tuple[S, ...]]:
    """The sources of each piece; one that names none takes them from where it stands.

    In order: the next piece of its paragraph that names some (a source at the end of a paragraph
    covers what leads to it), the one before, the sentence that introduces its list, the next item
    of the list, the one before; for a table, the nearest piece above under the same heading. A
    sentence that introduces a list takes its first item's. A paragraph that names no source has none.
    """
    found = list(own)
    groups: dict[int, list[int]] = {}
    for number, piece in enumerate(text.pieces):
        groups.setdefault(piece.block, []).append(number)
    for members in groups.values():
        _spread(found, members)
    _from_lists(text, found, own)
    for number, piece in enumerate(text.pieces):
        if piece.kind == "row" and number and text.pieces[number - 1].heading == piece.heading:
            found[number] = found[number] or found[number - 1]
    return found


def _spread(found: list[tuple[S, ...]], members: Sequence[int]) -> None:
    """Give each member of a group that has no source the next one's, else the previous one's."""
    own = {number: found[number] for number in members}
    for order in (list(reversed(members)), list(members)):
        last: tuple[S, ...] = ()
        for number in order:
            last = own[number] or last
            found[number] = found[number] or last


def _from_lists(text: Text, found: list[tuple[S, ...]], own: Sequence[tuple[S, ...]]) -> None:
    """Give items what introduces them names, else their neighbours'; give that what its items name."""
    lists: dict[int, list[int]] = {}
    for number, piece in enumerate(text.pieces):
        if piece.intro is not None:
            found[number] = found[number] or own[piece.intro]
            lists.setdefault(piece.intro, []).append(number)
    for intro, members in lists.items():
        _spread(found, members)
        first = next((found[n] for n in members if found[n]), ())
        found[intro] = found[intro] or first
