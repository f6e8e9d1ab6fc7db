"""From a code of law to passages: one an article, cited as lawyers write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.chunk import chunk, split_text
from ingest.types import Article, Document, LawCode
from retrieval.analysis import fold
from retrieval.codes import short_name
from retrieval.types import Passage

_LIMIT = 4_000  # characters that an article's passage holds: 99 articles in 100 are shorter
_TARGET = 3_000  # characters of a piece of a longer one
_NUMBER = re.compile(r"(\**)\s?(LO|[LRDA])?\.?\s?(\**)\s?(\d.*)", re.DOTALL)
_NAMED = re.compile(r"(?:pr[ée])?liminaire|unique|premier", re.IGNORECASE)
_MAX_SLUG = 80


def document_passages(document: Document) -> list[Passage]:
    """Give the passages of a document, in order: one an article for a code, else as `chunk` cuts."""
    return list(code_passages(document, document.code)) if document.code else chunk(document)


def code_passages(document: Document, code: LawCode) -> Iterator[Passage]:
    """Give the passages of a code, in the order of its articles; only white space is lost.

    A long article gives several ("#art-1231-5.1", "#art-1231-5.2"), with one citation. A label that
    comes back, which is how the LEGI base gives an article several wordings, present and to come,
    is told apart ("#art-l111-4~2"), and its citation says so.
    """
    slugs = [_slug(article.label) for article in code.articles]
    times, met = Counter(slugs), Counter[str]()
    for article, slug in zip(code.articles, slugs, strict=True):
        met[slug] += 1
        name = slug if met[slug] == 1 else f"{slug}~{met[slug]}"
        several = f" (rédaction {met[slug]} sur {times[slug]})" if times[slug] > 1 else ""
        reference = cite(code.title, article.label) + (several if article.label else "")
        yield from _passages(document, code, article, name, reference)


def cite(title: str, label: str) -> str:
    """An article of a code as lawyers write it: "C. consom., art. L. 221-18".

    Args:
        title: the code's, in full.
        label: the article's as the LEGI base has it, "L221-18"; empty for the code as a whole.
    """
    short = short_name(title)
    if not label:
        return short
    number = _NUMBER.fullmatch(label)
    if number:
        return f"{short}, art. {_letter(number)}{number[4]}"
    if _NAMED.fullmatch(label):
        return f"{short}, art. {label.lower()}"
    word, space, rest = label.partition(" ")
    lowered = word.lower() if fold(word).startswith("annexe") else word
    return f"{short}, {lowered}{space}{rest}"


def _letter(number: re.Match[str]) -> str:
    """The letter of a number: "L. ", "R.* ", "LO "."""
    stars, letter = number[1] + number[3], number[2] or ""
    if letter and letter != "LO":
        letter += "."
    return f"{letter}{stars} " if letter or stars else ""


def _slug(label: str) -> str:
    """A label in letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", fold(label))
    return "-".join(("art", *words))[:_MAX_SLUG]


def _passages(
    document: Document, code: LawCode, article: Article, name: str, reference: str
) -> Iterator[Passage]:
    """The passages of one article."""
    pieces = list(split_text(article.text, _TARGET, _LIMIT))
    for number, text in enumerate(pieces, start=1):
        part = f".{number}" if len(pieces) > 1 else ""
        yield Passage(
            id=f"{document.id}#{name}{part}",
            document_id=document.id,
            kind="statute",
            title=code.title,
            text=text,
            heading_path=article.heading_path,
            reference=reference,
            url=code.url,
            in_force_until=code.in_force_until,
        )
