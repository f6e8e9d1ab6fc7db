"""The guard on an answer composed from reviewed text: its quotes and its references are checked.

Reviewed sentences are not held to their sources anew: lawyers did. What a build, a stale index or a
mistake of ours may break is: a quote that no longer stands in its passage, a reference to a text
that the base does not hold, a marker that leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress

from assistant.citation import Citation
from assistant.guard.bare import bare
from assistant.guard.markers import MARKER
from assistant.guard.quoting import plain
from assistant.guard.types import Base, Removal
from retrieval import Passage
from retrieval.references import reference_keys, stored_keys

LAW = "kb:law/"  # ids of the statutes, decisions and agreements of the base
MAX_COMPOSED = 100_000  # characters read of an answer; the rest is left out

_SMALL = re.compile(r"art:\d{1,2}[a-z]?")  # an article of the model, or of the user's own contract
_DIGIT = re.compile(r"\d")
# "RGPD) et la loi n° 78-17" is no article 78 of the RGPD; the number of a law is no key of the base.
_LAW = re.compile(
    r"\b(?:loi|règlement|directive|ordonnance|décret)\s(?:\((?:UE|CE|CEE)\)\s)?(?:n°\s?)?\d[\d/-]*",
    re.IGNORECASE,
)
_BLANK = "loi" + "." * 24  # no reference is read across it
_SPELLED = {"art": "article {}", "cass": "n° {}", "rg": "RG {}", "idcc": "IDCC {}", "rgpd": "RGPD, art. {}"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What the guard says of a composed answer. Nothing to say: `faults` is empty."""

    citations: tuple[Citation, ...]  # those whose quote stands, each with its check
    faults: tuple[Removal, ...]  # in order: quotes, markers, references; for lawyers
    references: frozenset[str] = frozenset()  # keys of those that the base doesn't hold

    @property
    def sound(self) -> bool:
        """Whether the answer may go out as it is."""
        return not self.faults


def check(markdown: str, citations: Sequence[Citation], *, base: Base) -> Checked:
    """Check the quotes, the markers and the references of an answer composed from the base.

    Args:
        markdown: the answer with its markers; cut at `MAX_COMPOSED` characters.
        citations: its sources.
        base: where they are stored.

    Returns:
        The citations whose quote stands verbatim in the stored passage, and every fault found.
        Never raises, whatever the answer.
    """
    text = markdown[:MAX_COMPOSED]
    stored = {c.n: base.passage(c.passage_id) for c in citations}
    stands = [_stands(c, stored[c.n]) for c in citations]
    standing = tuple(map(_verified, compress(citations, stands)))
    faults = [_quote_fault(c) for c, held in zip(citations, stands, strict=True) if not held]
    faults += _marker_faults(text, {c.n for c in citations})
    absent = _absent(text, [p for p in stored.values() if p], base)
    faults += [_reference_fault(line, key) for key, line in absent.items()]
    return Checked(standing, tuple(faults), frozenset(absent))


def _stands(citation: Citation, passage: Passage | None) -> bool:
    """Whether a quote stands verbatim in its passage."""
    return passage is not None and bool(citation.quote) and _holds(passage.text, citation.quote)


@lru_cache(maxsize=4_096)
def _holds(text: str, quote: str) -> bool:
    """Whether words stand in a text, spaces, apostrophes and hyphens written one way."""
    return plain(quote) in plain(text)


def _verified(citation: Citation) -> Citation:
    """A citation whose quote stands."""
    return citation if citation.check == "verifie" else replace(citation, check="verifie")


def _quote_fault(citation: Citation) -> Removal:
    """A quote that its passage doesn't hold."""
    where = f"« {citation.reference or citation.passage_id} »"
    return Removal(citation.quote, "quote", f"Citation introuvable dans {where}.")


def _marker_faults(text: str, known: set[int]) -> list[Removal]:
    """The markers that lead to no source."""
    foreign = sorted({int(n) for n in MARKER.findall(text)} - known)
    return [Removal(f"[{n}]", "marker", f"Source inexistante : [{n}].") for n in foreign]


def _absent(text: str, passages: Sequence[Passage], base: Base) -> dict[str, str]:
    """The references that a text names and that the base doesn't hold, each with its first line."""
    known = {key for passage in passages for key in _keys(passage.reference)}
    found: dict[str, str] = {}
    for line in text.split("\n"):
        for key in named(line):
            if key in known or key in found:
                continue
            if base.knows(_spelled(key)) or _told(key, passages):
                known.add(key)
            else:
                found[key] = line
    return found


def _told(key: str, passages: Iterable[Passage]) -> bool:
    """Whether one of the texts of law cited tells of a reference: "parfois cité à tort 1152-2"."""
    law = (p for p in passages if p.id.startswith(LAW))
    return any(key in named(line) for passage in law for line in passage.text.split("\n"))


def _reference_fault(line: str, key: str) -> Removal:
    """A reference that the base doesn't hold."""
    name = key.partition(":")[2]
    return Removal(bare(line), "reference", f"Référence absente de la base : « {name} ».")


def named(line: str) -> tuple[str, ...]:
    """The references that a line names; a number under 100 is an article of a contract."""
    words = bare(line)  # without markers: the same sentence is read once whatever their numbers
    return _named(words) if _DIGIT.search(words) else ()


@lru_cache(maxsize=4_096)
def _named(words: str) -> tuple[str, ...]:
    """The references that words with a digit name."""
    words = _LAW.sub(_BLANK, words)
    return tuple(key for key in reference_keys(words) if not _SMALL.fullmatch(key))


@lru_cache(maxsize=4_096)
def _keys(reference: str) -> frozenset[str]:
    """The keys under which a passage is found."""
    return frozenset(stored_keys(reference))


def _spelled(key: str) -> str:
    """A reference as one would write it."""
    kind, _, name = key.partition(":")
    return _SPELLED.get(kind, "{}").format(name)
