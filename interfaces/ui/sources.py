"""The sources of an answer as HTML cards. Whatever comes from a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from assistant.answering.types import Citation
from interfaces.ui.language import count, day, later, one_language, say
from interfaces.ui.markup import french, source_id
from retrieval.types import Passage

OPEN = 3  # cards open when the answer arrives
LONG = 700  # characters from which a passage shows the paragraph relied on, the rest folded

_KINDS = {
    "statute": later("Loi"),
    "decision": later("Décision"),
    "agreement": later("Convention"),
    "clause": later("Clause du modèle"),
    "question": later("Fiche MainteLex"),
    "document": later("Document"),
}
_OWN = later("Votre document")
_SUMMARISED = {"statute", "decision", "agreement"}
_SUMMARY = later("Résumé rédigé par MainteLex ; seul le texte officiel fait foi.")
_STANDING = {
    "nuancée": later("Décision nuancée : des décisions plus récentes en précisent la portée."),
    "dépassée": later("Décision dépassée : elle ne reflète plus le droit actuel."),
}
_DOUBTFUL = later("Source peu sûre : à vérifier avant de s'en servir.")
_CHECKS = {
    "verifie": later("Citation vérifiée mot pour mot dans le texte"),
    "reajuste": later("Citation réajustée sur le texte"),
    "non_verifie": later("Citation non vérifiée"),
}


def cards(
    citations: Sequence[Citation], passages: Mapping[str, Passage], turn: int, leading: int
) -> str:
    """The cards of an answer's sources, in order; those after the short answer's are folded.

    Args:
        citations: cited sources only.
        passages: the passage behind each citation, by id.
        turn: number of the exchange in the conversation.
        leading: how many sources the short answer cites.
    """
    shown = min(leading, OPEN)
    with one_language():
        drawn = [
            card(citation, passages.get(citation.passage_id), turn, opened=place < shown)
            for place, citation in enumerate(citations)
        ]
    leading = leading or len(drawn)  # an answer without a short one hides none of its sources
    first, others = "".join(drawn[:leading]), "".join(drawn[leading:])
    if not others:
        return f'<div class="ml-sources">{first}</div>'
    name = count(len(drawn) - leading, "Voir l’autre source", "Voir les {n} autres sources")
    return (
        f'<div class="ml-sources">{first}<details class="ml-others"><summary>{escape(name)}'
        f"</summary>{others}</details></div>"
    )


def card(citation: Citation, passage: Passage | None, turn: int, *, opened: bool) -> str:
    """One source. The address is on its body: a browser that goes there opens the card."""
    reference = french(citation.reference or citation.title)
    page = f", p.\u00a0{citation.page}" if citation.page else ""
    return (
        f'<details class="ml-source"{" open" if opened else ""}><summary>'
        f'<span class="ml-number">{citation.n}</span>'
        f'<span class="ml-reference">{escape(reference + page)}</span>'
        f'<span class="ml-kind">{escape(_kind(citation, passage))}</span></summary>'
        f'<div class="ml-body" id="{source_id(turn, citation.n)}">'
        f"{_title(citation)}{_path(passage)}{_notices(passage)}"
        f"{passage_html(passage.text if passage else citation.quote, citation.quote)}"
        f"{_foot(citation, passage)}</div></details>"
    )


def passage_html(text: str, quote: str) -> str:
    """A passage with the words relied on marked; around them, a long passage is folded."""
    start, end = find_quote(text, quote)
    first, last = _paragraphs_around(text, start, end)
    marked = _lines(text[first:start])
    if end > start:
        marked += f"<mark>{_lines(text[start:end])}</mark>"
    marked += _lines(text[end:last])
    before = _folded(say("Début du passage"), text[:first])
    after = _folded(say("Suite du passage"), text[last:])
    return f'{before}<div class="ml-passage">{marked}</div>{after}'


def find_quote(text: str, quote: str) -> tuple[int, int]:
    """Where a quote stands in a text, spaces and apostrophes aside; (0, 0) when it does not."""
    exact = text.find(quote.strip()) if quote.strip() else -1
    if exact >= 0:  # most quotes: a pattern of their own takes longer to compile than to find
        return exact, exact + len(quote.strip())
    tokens = [re.escape(token) for token in re.split(r"\s+", quote.strip()) if token]
    pattern = re.sub(r"['’]", "['’]", r"\s+".join(tokens))
    found = re.search(pattern, text) if tokens else None
    return found.span() if found else (0, 0)


def _paragraphs_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of what a card shows unfolded: all of a short text, else the lines of the quote."""
    if len(text) <= LONG or end == start:
        return 0, len(text)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def _folded(name: str, text: str) -> str:
    """A part of a passage that opens on demand."""
    if not text.strip():
        return ""
    return (
        f'<details class="ml-rest"><summary>{escape(name)}</summary>'
        f'<div class="ml-passage">{_lines(text.strip())}</div></details>'
    )


def _lines(text: str) -> str:
    """Escaped text, its list items with a French dash."""
    return re.sub(r"^- ", "–\u00a0", escape(french(text)), flags=re.MULTILINE)


def _title(citation: Citation) -> str:
    """The title of a source, where its reference does not say it already."""
    if not citation.title or citation.title in citation.reference:
        return ""
    return f'<p class="ml-title">{escape(french(citation.title))}</p>'


def _kind(citation: Citation, passage: Passage | None) -> str:
    """What a source is, in a word."""
    if passage is not None and passage.source == "conversation":
        return say(_OWN)
    return say(_KINDS.get(citation.kind, "Source"))


def _path(passage: Passage | None) -> str:
    """The headings above a passage, where they say more than its title."""
    if passage is None:
        return ""
    told = [name for name in dict.fromkeys(passage.heading_path) if name and name != passage.title]
    if not told:
        return ""
    within = _said("Dans « {part} »", part=" › ".join(told))
    return f'<p class="ml-path">{french(within)}</p>'


def _notices(passage: Passage | None) -> str:
    """What a reader must know before relying on a source."""
    if passage is None:
        return ""
    standing = str(passage.meta.get("standing") or "actuelle")
    told = []
    if standing != "actuelle":
        known = _STANDING.get(standing)
        told.append(say(known) if known else say("Décision {standing}.", standing=standing))
    if passage.meta.get("confidence") == "low":
        told.append(say(_DOUBTFUL))
    if passage.in_force_until:
        told.append(say("N'est plus en vigueur depuis le {day}.", day=day(passage.in_force_until)))
    return "".join(f'<p class="ml-notice">{escape(french(text))}</p>' for text in told)


def _foot(citation: Citation, passage: Passage | None) -> str:
    """The public text, its dates, how the quote was checked, and its reviewer."""
    told = [public_link(citation.url, citation.page)]
    if passage and passage.kind == "statute" and passage.in_force_since:
        told.append(_said("En vigueur depuis le {day}", day=day(passage.in_force_since)))
    told.append(_said(_CHECKS.get(citation.check, _CHECKS["non_verifie"])))
    if passage and passage.reviewed_on:
        reviewed = _said("Dernière relecture : {day}", day=day(passage.reviewed_on))
        by = _said("par {name}", name=passage.reviewed_by) if passage.reviewed_by else ""
        told.append(f"{reviewed}, {by}" if by else reviewed)
    if citation.kind in _SUMMARISED:
        told.append(_said(_SUMMARY))
    items = "".join(f"<li>{french(text)}</li>" for text in told if text)
    return f'<ul class="ml-foot">{items}</ul>' if items else ""


def _said(text: str, **values: object) -> str:
    """A text of the interface, escaped."""
    return escape(say(text, **values))


def public_link(url: str | None, page: int | None = None) -> str:
    """A link to the public text at its page; nothing unless the address is http or https."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    if page and not parts.fragment:
        parts = parts._replace(fragment=f"page={page}")
    name = _said("Lire la source publique sur {host}", host=host.removeprefix("www."))
    return (
        f'<a class="ml-link" href="{escape(parts.geturl())}" target="_blank"'
        f' rel="noopener noreferrer">{name}</a>'
    )
