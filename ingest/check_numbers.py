"""Amounts, dates and numbers that the sources of an answer do not contain.

A number of a sentence that cites must stand in what the sentence cites; a number of a sentence
that cites nothing must stand in something that the entry cites. Let through, as they state no law:
- words between « », which are those of a party or of its contract;
- a worked example, announced in the sentence by « exemple »;
- the rank of an annex ("Annexe 2") and names that hold a digit ("P1", "A6.1").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ingest.english_numbers import in_french
from ingest.quantities import Known, Quantity, quantities
from ingest.readers.kb import CITATION, Authority, Entry, Finding, KnowledgeBase
from ingest.sentences import entry_sentences

_SILENT = (
    "url",
    "verified",
    "reviewed_on",
    "reviewed_by",
    "topics",
    "confidence",
    "id",
    "changed_on",
)
_PROSE = ("Réponse courte", "Explication", "En pratique", "Limites", "Note de rédaction")
_RANK = re.compile(r"\bannexes?\s\d+(?:(?:,| et| à)\s\d+)*", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]*»")
_EXAMPLE = re.compile(r"\b(?:exemples?|examples?)\b", re.IGNORECASE)
_LAW = re.compile(r"\bCode (?:civil|pénal|de|du)\b|\b(?:loi|décret|ordonnance) n°|\bRGPD\b|\(UE\)")


def check_numbers(base: KnowledgeBase) -> Iterator[Finding]:
    """Findings on the numbers of every question, clause and drafting note."""
    sources = _Sources(base)
    for entry in base.questions.values():
        named = [f"clause:{name}" for name in entry.head.get("clauses") or []]
        named += CITATION.findall(entry.text)
        yield from _check_prose(sources, entry, named)
        yield from _check_english(sources, entry, named)
    for entry in base.clauses.values():
        own = f"clause:{entry.id}"
        yield from _check_prose(sources, entry, [own, *CITATION.findall(entry.text)], own)
        yield from _check_law_in_clause(sources, entry)


class _Sources:
    """The quantities of each source, read once."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._known: dict[str, Known] = {}

    def of(self, name: str) -> Known:
        """What an authority or a `clause:` contains; nothing when it is unknown."""
        if name not in self._known:
            self._known[name] = Known.of(_texts(self._base, name))
        return self._known[name]

    def missing(self, text: str, names: list[str]) -> list[Quantity]:
        """The quantities of a text that none of the sources named contains."""
        known = [self.of(name) for name in dict.fromkeys(names)]
        found = quantities(_stating(text))
        return [quantity for quantity in found if not any(source.has(quantity) for source in known)]


def _texts(base: KnowledgeBase, name: str) -> Iterator[str]:
    """The texts of a source."""
    clause = base.clauses.get(name.removeprefix("clause:"))
    if name.startswith("clause:") and clause:
        yield f"article {clause.head.get('number')}"
        yield from (section.markdown for section in clause.sections if section.title == "Clause")
    elif name in base.authorities:
        yield from _authority_texts(base.authorities[name])


def _authority_texts(authority: Authority) -> Iterator[str]:
    """All that an authority says, and the day after it ended, when its successor starts."""
    for key, value in authority.data.items():
        if key not in _SILENT:
            yield from _strings(value)
    until = authority.data.get("in_force_until")
    if until:
        yield (date.fromisoformat(str(until)) + timedelta(days=1)).isoformat()


def _strings(value: Any) -> Iterator[str]:
    """The texts in a value of YAML, at any depth."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif value is not None:
        yield str(value)


def _check_prose(
    sources: _Sources, entry: Entry, named: list[str], own: str = ""
) -> Iterator[Finding]:
    """Numbers of an entry's prose that its sources lack; a note may always name its own clause."""
    for sentence in entry_sentences(entry, *_PROSE):
        if sentence.heading or _EXAMPLE.search(sentence.text):
            continue
        for quantity in sources.missing(sentence.text, [*(sentence.cited or named), own]):
            yield _finding(entry, sentence.line, quantity, ", ".join(sentence.cited))


def _check_english(sources: _Sources, entry: Entry, named: list[str]) -> Iterator[Finding]:
    """Numbers of the English short answer that nothing the page cites contains."""
    for text in re.split(r"(?<=[.!?])\s+", str(entry.head.get("reponse_courte_en") or "")):
        if not _EXAMPLE.search(text):
            for quantity in sources.missing(in_french(text), named):
                yield _finding(entry, entry.line_of("reponse_courte_en:"), quantity)


def _check_law_in_clause(sources: _Sources, entry: Entry) -> Iterator[Finding]:
    """Articles of law that a clause names and that none of its authorities is."""
    paragraph = f"{entry.head.get('number')}."
    listed = [str(name) for name in entry.head.get("authorities") or []]
    for sentence in entry_sentences(entry, "Clause"):
        if _LAW.search(sentence.text):
            for quantity in sources.missing(sentence.text, listed):
                if quantity.kind == "reference" and not quantity.value.startswith(paragraph):
                    yield _finding(entry, sentence.line, quantity)


def _stating(text: str) -> str:
    """A sentence without its citations, quoted words and ranks of annexes."""
    for pattern in (CITATION, _QUOTED, _RANK):
        text = pattern.sub(" ", text)
    return text


def _finding(entry: Entry, line: int, quantity: Quantity, cited: str = "") -> Finding:
    """What to say of a number that has no source."""
    where = f"que la phrase cite ({cited})" if cited else "que la page cite"
    return Finding(
        entry.path, line, f"« {quantity.text} » n'est dans aucune source {where}",
        "corrigez-le, citez la source qui le contient, ou retirez-le ; un cas d'école dit « par exemple »",
    )  # fmt: skip
