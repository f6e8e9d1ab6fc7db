"""A plain reader of answers: what they show that the base does not hold.

It shares nothing with the guard, so that the one may be held to the other: references, numbers and
links are found by the few patterns below, and looked for in all that the index stores.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answering import Answer
from retrieval import Passage, Retriever

Sort = Literal["reference", "number", "link", "quote", "marker"]
OWN = frozenset(
    {"1-octobre-2016"}
)  # the reform of contract law: the assistant dates every answer by it
QUOTED = 3  # words from which a quotation must stand in the base

_CORE = r"(?:[LRDA]\.?\s?\*?\s?)?\d{1,4}(?:-\d{1,3}){0,3}"
_ARTICLES = re.compile(
    rf"\bart(?:icle)?s?\.?\s({_CORE}(?:(?:,| et| ou| à)\s(?:{_CORE}))*)", re.IGNORECASE
)
_ARTICLE = re.compile(_CORE)
_CODED = re.compile(
    r"\b[LRDA]\.\s?\d{1,4}-\d{1,3}(?:-\d{1,3})?\b|(?<![\d./-])1\d{3}-\d{1,2}(?![\d-])"
)
_NUMBERED = re.compile(
    r"(?<![\d-])\d{2}-\d{2}\.\d{3}(?!\d)|(?<!\d)\d{2}/\d{5}(?!\d)|\bIDCC\s(?:n°\s?)?\d{2,4}\b"
    r"|\bn°\s?\d{2,4}-\d{1,4}(?!\d|\.\d)|(?<!\d)\d{4}/\d{1,4}(?!\d)", re.IGNORECASE,
)  # fmt: skip
_UNITS = {
    "€": "euro", "euro": "euro", "an": "an", "année": "an", "mois": "mois", "jour": "jour", "%": "%",
    "heure": "heure", "h": "heure", "semaine": "semaine", "minute": "minute", "point": "point",
}  # fmt: skip
_COUNTED = re.compile(
    r"(?<![\w.,-])(\d+(?:[.,\s]\d+)*)(?:\s?(€|euros?|ans?|années?|mois|jours?|%|heures?|h|semaines?"
    r"|minutes?|points?)(?!\w))?"
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DATE = re.compile(rf"\b(\d{{1,2}}|1er)\s({_MONTHS})\s(\d{{4}})\b", re.IGNORECASE)
_LINK = re.compile(
    r"https?://[^\s)\]>»\"]+|\bwww\.[^\s)\]>»\"]+|[\w.+-]+@[\w-]+\.[\w.]+|\]\(([^)\s]*)"
)
_QUOTE = re.compile(r"«([^«»]{1,900})»")
_MARKER = re.compile(r"\s?\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something that an answer shows and that the base does not hold."""

    sort: Sort
    text: str  # as shown


class Reader:
    """Reads answers against all that an index stores. Built once: it reads the whole base."""

    def __init__(self, retriever: Retriever) -> None:
        passages = [p for d in retriever.documents() for p in retriever.document(d.id)]
        self._passages: Mapping[str, Passage] = {p.id: p for p in passages}
        texts = [_stored(passage) for passage in passages]
        self._references = frozenset(key for text in texts for key, _ in references(text))
        self._numbers = frozenset(key for text in texts for key, _ in numbers(text))
        self._links = frozenset(p.url for p in passages if p.url)
        self._words = "\n".join(_plain(text) for text in texts)
        self._quotes: dict[str, bool] = {}

    def foreign(self, answer: Answer, said: Iterable[str] = ()) -> list[Foreign]:
        """What an answer shows that the base does not hold, in order of sort.

        Args:
            said: what the user wrote: its references and numbers may be said back.
        """
        text, own = _MARKER.sub("", answer.text), "\n".join((answer.question, *said))
        known = {sort: OWN.union(key for key, _ in found(own)) for sort, found in _SORTS.items()}
        held = {"reference": self._references, "number": self._numbers}
        shown = [
            Foreign(sort, raw)
            for sort, found in _SORTS.items()
            for key, raw in found(text)
            if key not in held[sort] and key not in known[sort]
            and key.partition(" ")[0] not in known[sort]
        ]  # fmt: skip
        return [*shown, *self._links_of(text), *self._quotes_of(text), *self._sources_of(answer)]

    def _links_of(self, text: str) -> Iterator[Foreign]:
        """The addresses that are no passage's and that no passage spells out."""
        for found in _LINK.finditer(text):
            address = (found[1] if found[1] is not None else found[0]).rstrip(".,;")
            if address not in self._links and _plain(address) not in self._words:
                yield Foreign("link", address)

    def _quotes_of(self, text: str) -> Iterator[Foreign]:
        """The words between quotation marks that no passage holds."""
        for found in _QUOTE.findall(text.replace("**", "")):
            quote = _plain(found)
            if len(quote.split()) >= QUOTED and not self._holds(quote):
                yield Foreign("quote", found.strip())

    def _holds(self, quote: str) -> bool:
        """Whether the base holds some words; each are looked for once."""
        if quote not in self._quotes:
            self._quotes[quote] = quote in self._words
        return self._quotes[quote]

    def _sources_of(self, answer: Answer) -> Iterator[Foreign]:
        """Sources and markers that lead nowhere, and sources that are not as stored."""
        for citation in answer.citations:
            passage = self._passages.get(citation.passage_id)
            if passage is None or citation.reference != passage.reference:
                yield Foreign("reference", citation.reference or citation.passage_id)
                continue
            if citation.url != passage.url:
                yield Foreign("link", str(citation.url))
            if not citation.quote or _plain(citation.quote) not in _plain(passage.text):
                yield Foreign("quote", citation.quote)
        known = {str(citation.n) for citation in answer.citations}
        yield from (
            Foreign("marker", f"[{n}]") for n in _MARKER.findall(answer.text) if n not in known
        )


def references(text: str) -> Iterator[tuple[str, str]]:
    """The legal references of a text: a key for comparing, and what was read."""
    for found in _ARTICLES.finditer(text):
        for article in _ARTICLE.finditer(found[1]):
            yield _key(article[0]), f"art. {article[0]}"
    for found in (*_CODED.finditer(text), *_NUMBERED.finditer(text)):
        yield _key(found[0]), found[0]


def numbers(text: str) -> Iterator[tuple[str, str]]:
    """The numbers of a text, with their unit where they have one, and its dates."""
    for found in _COUNTED.finditer(text):
        value = re.sub(r"\s", "", found[1]).replace(".", ",")
        unit = found[2] or ""
        short = unit.rstrip("s") if unit not in ("mois", "ans") else {"ans": "an"}.get(unit, unit)
        yield (f"{value} {_UNITS.get(short, short)}" if unit else value), found[0].strip()
    for found in _DATE.finditer(text):
        day = "1" if found[1].lower() == "1er" else str(int(found[1]))
        yield f"{day}-{found[2].lower()}-{found[3]}", found[0]


_Find = Callable[[str], Iterator[tuple[str, str]]]
_SORTS: Mapping[Sort, _Find] = {"reference": references, "number": numbers}


def _key(name: str) -> str:
    """A reference without spaces, dots and case."""
    return re.sub(r"[\s.*]|n°", "", name.lower())


def _stored(passage: Passage) -> str:
    """All that the base says of a passage."""
    told = [passage.reference, passage.title, *passage.heading_path, passage.text]
    told += [str(passage.meta.get(name) or "") for name in ("markdown", "reponse_courte_en")]
    return "\n".join(told)


def _plain(text: str) -> str:
    """A text in lower case, with one kind of space, apostrophe and hyphen, and no citation."""
    flat = unicodedata.normalize("NFKC", re.sub(r"\s*\[@[^\]\n]{1,120}\]", "", text))
    flat = re.sub("[’‘ʼ]", "'", re.sub("[‐‑–]", "-", flat.replace("**", "")))
    return " ".join(flat.lower().split()).strip(" .,;:")
