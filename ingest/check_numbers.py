"""Amounts, dates and numbers that the sources of a sentence do not contain.

What a sentence of a question or a drafting note states with a citation must stand in what it
cites. Three things are not statements on the law, and are let through:
- the rank of an annex or a priority ("Annexe 2", "P1", "A6.1");
- a worked example, announced in the sentence by « exemple » ;
- a number of the very decision, statute or clause cited: its date, article or paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ingest.quantities import Known, quantities
from ingest.readers.kb import CITATION, Authority, Entry, Finding, KnowledgeBase
from ingest.sentences import Sentence, entry_sentences

_SILENT = ("url", "verified", "reviewed_on", "reviewed_by", "topics", "confidence", "id", "changed_on")
_PROSE = ("Réponse courte", "Explication", "En pratique", "Limites", "Note de rédaction")
_RANK = re.compile(r"\bannexes?\s\d+(?:(?:,| et| à)\s\d+)*", re.IGNORECASE)
_EXAMPLE = re.compile(r"\bexemples?\b", re.IGNORECASE)


def check_numbers(base: KnowledgeBase) -> Iterator[Finding]:
    """Findings on the numbers of every question and drafting note."""
    known = _Sources(base)
    for entry in (*base.questions.values(), *base.clauses.values()):
        for sentence in entry_sentences(entry, *_PROSE):
            yield from _check_sentence(known, entry, sentence)


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


def _check_sentence(sources: _Sources, entry: Entry, sentence: Sentence) -> Iterator[Finding]:
    """The numbers of a sentence that none of its sources contains."""
    if not sentence.cited or _EXAMPLE.search(sentence.text):
        return
    known = [sources.of(name) for name in sentence.cited]
    for quantity in quantities(_RANK.sub(" ", CITATION.sub(" ", sentence.text))):
        if not any(source.has(quantity) for source in known):
            yield Finding(
                entry.path, sentence.line,
                f"« {quantity.text} » n'est dans aucune source de la phrase ({', '.join(sentence.cited)})",
                "corrigez le nombre, citez la source qui le contient, ou retirez-le",
            )  # fmt: skip
