"""A composed answer without what the guard finds at fault in it.

Reviewed text is at fault only where a build, a stale index or a mistake of ours broke it: hardly ever.
An answer that is sound goes through untouched, at the price of `check`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.citation import Citation
from assistant.guard.bare import bare
from assistant.guard.extractive import Checked, check, named
from assistant.guard.markers import numbers, renumbered
from assistant.guard.markup import Text, cut, render
from assistant.guard.standing import orphans
from assistant.guard.types import Base, Removal


@dataclass(frozen=True, slots=True)
class Mended:
    """What may be shown of a composed answer."""

    texts: tuple[str, ...]  # one for each given; "" for one of which nothing is left
    citations: tuple[Citation, ...]  # each with its check, numbered from 1
    removed: tuple[Removal, ...]  # quotes and markers at fault, then the sentences gone, each once
    checked: int  # citations whose quote was looked up


def mend(texts: Sequence[str], citations: Sequence[Citation], *, base: Base) -> Mended:
    """Check the texts of a composed answer, and take out what fails.

    A citation whose quote no longer stands goes; so do a sentence none of whose sources is left, a
    sentence that names a text which the base doesn't hold, and what can't stand without them.

    Args:
        texts: the parts of the answer, Markdown with [n] markers.
        citations: its sources.
        base: where they are stored.
    """
    checked = check("\n\n".join(texts), citations, base=base)
    if checked.sound:
        return Mended(tuple(texts), checked.citations, (), len(citations))
    known = {citation.n for citation in checked.citations}
    left = [_without_faults(text, known, checked) for text in texts]
    gone = [removal for _, removals in left for removal in removals]
    kept = [text for text, _ in left]
    order = _order(kept, known)
    return Mended(
        tuple(renumbered(text, order.get) for text in kept),
        _numbered(checked.citations, order),
        (*(fault for fault in checked.faults if fault.rule != "reference"), *gone),
        len(citations),
    )


def _without_faults(
    text: str, known: Collection[int], checked: Checked
) -> tuple[str, list[Removal]]:
    """A text without its sentences at fault, and those."""
    pieces = cut(text)
    faults = {
        number: removal
        for number, piece in enumerate(pieces.pieces)
        if (removal := _fault(piece.raw, known, checked))
    }
    left, gone = _rendered(pieces, faults) if faults else (text, [])
    if foreign := _foreign(left, checked):  # read across two sentences: neither can be told apart
        return "", [*gone, _unknown(left, foreign[0])]
    return left, gone


def _fault(raw: str, known: Collection[int], checked: Checked) -> Removal | None:
    """Why a sentence can't stay."""
    markers = numbers(raw)
    if markers and not any(n in known for n in markers):
        return Removal(bare(raw), "marker", "Aucune de ses sources n'est restée.")
    foreign = _foreign(raw, checked)
    return _unknown(raw, foreign[0]) if foreign else None


def _foreign(text: str, checked: Checked) -> list[str]:
    """The references of a text that the base doesn't hold."""
    found = {key for line in text.split("\n") for key in named(line)}
    return sorted(found & checked.references)


def _unknown(raw: str, key: str) -> Removal:
    """A text that names a reference which the base doesn't hold."""
    name = key.partition(":")[2]
    return Removal(bare(raw), "reference", f"Référence absente de la base : « {name} ».")


def _rendered(text: Text, faults: dict[int, Removal]) -> tuple[str, list[Removal]]:
    """The Markdown of what stays, and all that went."""
    shown = {n: piece.raw for n, piece in enumerate(text.pieces) if n not in faults}
    for number, detail in orphans(text, shown, faults).items():
        faults[number] = Removal(bare(shown.pop(number)), "orphan", detail)
    return render(text, shown), [faults[number] for number in sorted(faults)]


def _order(texts: Sequence[str], known: Collection[int]) -> dict[int, int]:
    """The new number of each marker that stays, in order of appearance."""
    found = (n for text in texts for n in numbers(text) if n in known)
    return {old: new for new, old in enumerate(dict.fromkeys(found), start=1)}


def _numbered(citations: Sequence[Citation], order: dict[int, int]) -> tuple[Citation, ...]:
    """The citations of the markers that stay, numbered anew, in order."""
    kept = (replace(c, n=order[c.n]) for c in citations if c.n in order)
    return tuple(sorted(kept, key=lambda citation: citation.n))
