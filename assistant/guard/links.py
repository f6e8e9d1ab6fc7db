"""Links: only the public addresses of the passages cited, and those that reviewed text spells out.

An address in a user's document is never shown as one: a document may have been written to send its
reader somewhere.
"""

from __future__ import annotations

import re

from assistant.guard.sources import Pool

_TARGET = re.compile(r"\]\(\s{0,3}<?([^)\s>]{0,2000})")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]\n]{1,300}\]:")
_BRACKETS = re.compile(r"\]\[(?!\d{1,6}\])")
_TAG = re.compile(r"<[a-zA-Z/!?]")
_ADDRESS = re.compile(
    r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,30}://[^\s<>)\]\"'»]{0,2000}"
    r"|\b(?:javascript|data|vbscript|mailto|tel|file|blob)\s{0,3}:\s{0,3}(?=\S)[^\s<>)\]]{0,300}"
    r"|\bwww\.[^\s<>)\]\"'»]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|\b(?:[a-z0-9-]{2,63}\.){1,4}(?:com|fr|org|net|io|eu|info|biz|co|gouv|ru|cn|xyz|example|test|me|ai|app|dev)"
    r"\b(?:/[^\s<>)\]\"'»]{0,2000})?",
    re.IGNORECASE,
)
_HINT = re.compile(r"[@:]|\w\.\w")  # no address goes without: most sentences are done with
_DATA_WORD = re.compile(r"\b(?:data|file|tel)\s{0,3}:\s", re.IGNORECASE)


def link_fault(raw: str, pool: Pool) -> str:
    """What is wrong with the links of a sentence; "" when nothing is.

    Args:
        raw: the sentence as written, with its Markdown.
    """
    if _TAG.search(raw):
        return "Balise ou commentaire HTML."
    if _DEFINITION.search(raw) or _BRACKETS.search(raw):
        return "Lien par renvoi : aucune source ne le porte."
    targets = {found[1] for found in _TARGET.finditer(raw)}
    foreign = targets - pool.links
    if foreign:
        return f"Lien étranger aux sources citées : {_shown(foreign)}."
    if not _HINT.search(raw):
        return ""
    spelled = {found[0].rstrip(".,;:!?…") for found in _ADDRESS.finditer(_DATA_WORD.sub(" ", raw))}
    foreign = {one for one in spelled if one not in pool.links and not _reviewed(one, pool)}
    return f"Adresse étrangère aux sources citées : {_shown(foreign)}." if foreign else ""


def _reviewed(address: str, pool: Pool) -> bool:
    """Whether reviewed text spells an address out."""
    return any(address in passage.text for passage in pool.passages if passage.kind != "document")


def _shown(addresses: set[str]) -> str:
    """The first of some addresses, shortened, so that none can be followed from a report."""
    return f"« {min(addresses)[:60]} »"
