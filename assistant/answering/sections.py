"""What a document of the base gives to an answer, in the order that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering import wording
from assistant.answering.asked import Asked
from assistant.answering.blocks import Block, blocks, focus, joined, of_side
from assistant.answering.cite import Sources
from assistant.answering.shelf import Shelf
from assistant.answering.types import Language, Part
from retrieval import Passage

CLAUSE_PARAGRAPHS = 4
_VERDICT = re.compile(r"(?:en principe,? |in principle,? )?(?:oui|non|pas|yes|no|not)\b", re.I)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer before its citations are numbered."""

    title: str
    markdown: str  # citations as the base writes them
    home: Passage
    opened: bool = False

    def part(self, sources: Sources, suffix: str = "") -> Part:
        """The section, its citations numbered."""
        return Part(self.title + suffix, sources.marked(self.markdown, self.home), self.opened)


def sections(shelf: Shelf, document_id: str) -> dict[str, Passage]:
    """A document's passages by section; none when it is unknown."""
    return {p.id.partition("#")[2]: p for p in shelf.document(document_id)}


def markdown_of(passage: Passage) -> str:
    """The Markdown that a passage was read from."""
    return str(passage.meta.get("markdown") or passage.text)


def lead(
    found: dict[str, Passage], sources: Sources, asked: Asked, *, titled: bool = False
) -> list[Part]:
    """The short answer of a question: in English too where the question is.

    Args:
        titled: whether a heading says which question it is.
    """
    short = found.get("reponse-courte")
    if short is None:
        return []
    marked = Section(wording.TITLES["en"]["reponse-courte"], markdown_of(short), short)
    english = short.meta.get("reponse_courte_en")
    if asked.language == "en" and english:
        text = " ".join(str(english).split()).removesuffix(".")
        told = f"{text} {sources.marker(short, short.text)}."
        return [Part("", _asked_first(told, "" if titled else str(short.meta.get("question_en") or ""), "en")),
                marked.part(sources)]  # fmt: skip
    told = sources.marked(marked.markdown, short)
    return [Part("", _asked_first(told, "" if titled else short.title, "fr"))]


def _asked_first(told: str, question: str, language: Language) -> str:
    """A short answer; one that begins with a verdict says first which question it answers.

    Else "Oui" would be read as the answer to the asker's own words, which may ask the reverse.
    """
    if not question or not _VERDICT.match(told):
        return told
    return f"{wording.ANSWERED[language].format(question=question)}\n\n{told}"


def details(found: dict[str, Passage], asked: Asked) -> list[Section]:
    """What follows the short answer: what the question asks for first and open, the rest after.

    Each sentence of the document's sections comes once, its limits last: they are never left out.
    """
    explained = found.get("explication")
    known = blocks(markdown_of(explained)) if explained else ()
    about = focus(known, explained.title, asked) if explained and asked.language == "fr" else None
    practice = list(_practice(found.get("en-pratique"), asked))
    titles = wording.TITLES[asked.language]
    first: list[Section] = []
    if about and explained:
        first.append(Section(about.heading, about.text, explained, opened=True))
    rest: list[Section] = []
    others = [block for block in known if block is not about]
    if others and explained:
        rest.append(Section(titles["explication"], joined(others), explained))
    ordered = [*practice[:1], *first, *rest, *practice[1:]]
    if "do" not in asked.wants:
        ordered = [*first, *rest, *practice]
    if limits := found.get("limites"):
        ordered.append(Section(titles["limites"], markdown_of(limits), limits))
    return ordered


def _practice(passage: Passage | None, asked: Asked) -> Iterator[Section]:
    """What to do: for the asker's side first where it is known."""
    if passage is None:
        return
    titles, opened = wording.TITLES[asked.language], "do" in asked.wants
    found = blocks(markdown_of(passage))
    side = asked.facts.side
    own = of_side(found, side) if side else None
    if own is None or side is None:
        yield Section(titles["en-pratique"], joined(found), passage, opened)
        return
    names = wording.SIDES[asked.language]
    yield Section(titles["own"].format(side=names[side]), own.text, passage, opened)
    others = [block for block in found if block is not own]
    if others:
        title, text = _others(others, asked)
        yield Section(title, text, passage)


def _others(others: list[Block], asked: Asked) -> tuple[str, str]:
    """The title and the text of what is not for the asker's side."""
    titles, names = wording.TITLES[asked.language], wording.SIDES[asked.language]
    side = "prestataire" if asked.facts.side == "client" else "client"
    if len(others) == 1 and others[0].heading == f"Si vous êtes le {side}":
        return titles["other"].format(side=names[side]), others[0].text
    return titles["en-pratique"], joined(others)


def clause_parts(
    shelf: Shelf, sources: Sources, document_id: str, asked: Asked, *, leads: bool
) -> list[Part]:
    """What the model contract says, and where it leads the answer, why it says so."""
    found = sections(shelf, document_id)
    clause = found.get("clause")
    if clause is None:
        return []
    titles = wording.TITLES[asked.language]
    title = titles["clause"].format(name=clause.reference.partition(", ")[2])
    text = _clause_text(clause, sources, asked, whole=leads)
    if not leads:
        return [Part(title, text, "clause" in asked.wants)]
    in_french = f"{wording.MODEL_IN_FRENCH}\n\n" if asked.language == "en" else ""
    parts = [Part("", f"{in_french}**{title}**\n\n{text}")]
    if note := found.get("note"):
        parts.append(Section(titles["note"], markdown_of(note), note, opened=True).part(sources))
    return parts


def _clause_text(clause: Passage, sources: Sources, asked: Asked, *, whole: bool) -> str:
    """A clause's paragraphs, and what is to know of them."""
    paragraphs = [p for p in re.split(r"\n\s*\n", markdown_of(clause)) if p.strip()]
    kept = paragraphs if whole else paragraphs[:CLAUSE_PARAGRAPHS]
    text = sources.marked("\n\n".join(kept), clause)
    if len(kept) < len(paragraphs):
        text += "\n\n" + wording.EXCERPT[asked.language].format(count=len(paragraphs))
    if clause.meta.get("options"):
        text += "\n\n" + wording.OPTIONS[asked.language]
    return text
