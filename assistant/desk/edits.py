"""A lawyer's text, held to the passages it cites before it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.citation import Citation
from assistant.desk.errors import EditError
from assistant.desk.texts import clean
from assistant.guard import MAX_ANSWER, Base, Removal, verify
from retrieval import Passage

MAX_SOURCES = 60  # passages that a text may cite; the longest answer of the base cites 30
MAX_LENGTH = MAX_ANSWER  # characters: what is beyond, the guard would not read

# What no lawyer's word can make true: a source that isn't there, or doesn't hold these very words
# and numbers. The rest (a paraphrase, who owes what) is a lawyer's to judge.
BLOCKING = frozenset({"marker", "link", "leak", "quote", "numbers", "reference"})

_HTML = re.compile(r"<\s*[!/?a-zA-Z][^>]*>?")
_ACTIVE = re.compile(r"(?:javascript|data|vbscript)\s*:", re.IGNORECASE)
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_QUOTE = 400  # characters of a passage that a citation shows


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that may be kept.

    Attributes:
        markdown: with markers [n]; as written, or with quotations put right.
        citations: one for each marker, in order.
        faults: sentences that their sources don't support, for the lawyer to confirm or change.
    """

    markdown: str
    citations: tuple[dict[str, Any], ...]
    faults: tuple[Removal, ...]


def checked(markdown: str, sources: Sequence[str], base: Base, *, reviewed: str = "") -> Edit:
    """A lawyer's text, once the guard has read it.

    Args:
        markdown: marker [3] names the third source.
        sources: passage ids.
        base: where the passages are.
        reviewed: a text made of what lawyers wrote, and of our own notices; its sentences are
            doubted no more.

    Raises:
        EditError: it holds HTML, a source that the base does not have, or a sentence whose
            numbers, quotation or reference its sources don't hold. Each fault is told.
        UsageError: it is empty or too long.
    """
    text = clean(markdown, "La réponse", longest=MAX_LENGTH)
    if found := _HTML.search(text) or _ACTIVE.search(text):
        raise EditError(
            f"Le texte contient du code : « {found[0][:40]} ».", fix="Écrivez en Markdown seul."
        )
    passages = _passages(sources, base)
    verified = verify(text, passages, base=base)
    known = _bare(reviewed)
    doubts = tuple(fault for fault in verified.removed if _bare(fault.sentence) not in known)
    blocking = [fault for fault in doubts if fault.rule in BLOCKING]
    if blocking:
        raise EditError(
            _told(blocking), fix="Corrigez ces phrases, ou citez le passage qui les dit."
        )
    if not verified.removed:
        kept = tuple(asdict(citation) for citation in verified.citations)
        if not kept:
            raise EditError("Le texte ne cite rien.", fix="Citez au moins un passage : [1].")
        return Edit(verified.markdown, kept, ())
    return Edit(text, tuple(_cited(text, passages)), doubts)


def _passages(sources: Sequence[str], base: Base) -> list[Passage]:
    """The passages of a text.

    Raises:
        EditError: there are too many, or the base does not have one.
    """
    if len(sources) > MAX_SOURCES:
        raise EditError(
            f"Le texte a {len(sources)} sources ; {MAX_SOURCES} au plus.",
            fix="Gardez celles sur lesquelles la réponse s'appuie.",
        )
    found = [(name, base.passage(name)) for name in sources]
    missing = [name for name, passage in found if passage is None]
    if missing:
        raise EditError(
            f"La base n'a pas (ou plus) ce passage : {missing[0][:200]}.",
            fix="Cherchez-le de nouveau, ou retirez-le.",
        )
    return [passage for _, passage in found if passage is not None]


def _cited(text: str, passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """The sources that a text's markers name, under their numbers."""
    named = {int(number) for number in _MARKER.findall(text)}
    return [
        asdict(Citation(n, p.id, p.kind, p.title, p.reference, p.url, p.text[:_QUOTE], p.page))
        for n, p in enumerate(passages, start=1)
        if n in named
    ]


def _bare(text: str) -> str:
    """A text without markers and line breaks, to find a sentence in it again."""
    return " ".join(_MARKER.sub("", text).split())


def _told(faults: Sequence[Removal]) -> str:
    """What is wrong, sentence by sentence."""
    lines = [f"« {fault.sentence[:160]} » : {fault.detail}" for fault in faults[:5]]
    more = f"\n… et {len(faults) - 5} autres" if len(faults) > 5 else ""
    return "Le texte ne peut pas être publié :\n" + "\n".join(lines) + more
