"""Pages of the base as HTML: their Markdown, with each [@id] a number or a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from ingest.readers.kb import Entry, KnowledgeBase
from interfaces.ui.markup import THIN, french
from interfaces.ui.pages.pieces import references

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_CITED = re.compile(r"\s*\[@([a-z0-9:/-]+)\]")
_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_CLAUSE = re.compile(r"\[clause ([a-z0-9-]+)\]")
_HEADING = re.compile(r"^### +(.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÉÈÊ«])|(?<=\])\.\s+")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


class Cited:
    """The authorities that a page cites, numbered in the order of their first mention.

    Args:
        base: where they are.
        scope: the page's name for its list of references, letters and hyphens.
    """

    def __init__(self, base: KnowledgeBase, scope: str) -> None:
        self._base, self._scope = base, scope
        self._ids: dict[str, int] = {}

    def html(self, markdown: str) -> str:
        """Markdown of the base as HTML; whatever is no Markdown in it is escaped."""
        plain = _CITED.sub(self._mark, markdown)
        text = _renderer().render(french(_APOSTROPHE.sub("’", plain)))
        return _CLAUSE.sub(self._clause, _MARK.sub(self._link, text))

    def references(self, title: str) -> str:
        """The numbered list of what was cited so far."""
        known = [self._base.authorities[name] for name in self._ids]
        return references(((a.citation, a.data.get("url")) for a in known), self._scope, title)

    def _mark(self, found: re.Match[str]) -> str:
        """The place of a citation: a number, or the name of a clause; nothing for the rest."""
        name = found[1]
        if name.startswith("clause:"):
            clause = name.removeprefix("clause:")
            return f" [clause {clause}]" if clause in self._base.clauses else ""
        if name not in self._base.authorities:
            return ""
        return f" [{self._ids.setdefault(name, len(self._ids) + 1)}]"

    def _link(self, found: re.Match[str]) -> str:
        """A number as a link to its reference."""
        return f'{THIN}<a class="ml-ref" href="#{self._scope}-{found[1]}">[{found[1]}]</a>'

    def _clause(self, found: re.Match[str]) -> str:
        """The name of a clause as a link to its article, in another tab."""
        head = self._base.clauses[found[1]].head
        number = head.get("number")
        name = f"article {number}" if isinstance(number, int) else str(head.get("title"))
        address = f"modele-de-contrat?article={quote(found[1], safe='')}"
        return f'(<a href="{address}" target="_blank" rel="noopener">modèle, {escape(name)}</a>)'


def section_of(entry: Entry, title: str) -> str:
    """The Markdown of a `##` section; empty when there is none of that title."""
    return next((part.markdown for part in entry.sections if part.title == title), "")


def part_of(entry: Entry, title: str, heading: str) -> str:
    """What stands under a `###` heading of a section; empty when the heading is not there."""
    pieces = _HEADING.split(section_of(entry, title))
    found = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return found.get(heading, "").strip()


def sentence_on(text: str, beginning: str) -> str:
    """The first sentence that begins so, with its citations; empty when there is none."""
    for sentence in _SENTENCE.split(text):
        if sentence.startswith(beginning):
            return sentence.rstrip(". ") + "."
    return ""


def card(title: str, body: str) -> str:
    """A titled card whose body is HTML already."""
    return f'<section class="ml-card"><h3 class="ml-label">{escape(title)}</h3>{body}</section>'


def cards(drawn: Sequence[str]) -> str:
    """Cards side by side; nothing when there is none."""
    return f'<div class="ml-cards" lang="fr">{"".join(drawn)}</div>' if drawn else ""


@cache
def _renderer() -> MarkdownIt:
    """What reads the base's Markdown; HTML in it stays text."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})
