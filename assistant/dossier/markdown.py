"""The dossier as Markdown, the form that its hash is taken of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from assistant.contract.typography import NBSP, french
from assistant.dossier.types import Dossier, Entry, Quote
from assistant.dossier.words import moment_of
from assistant.own_document.part import plain_markdown

TITLE = "Dossier de réponse"
LABEL = "Empreinte SHA-256 du texte qui précède"
_LAST = re.compile(rf"\n{LABEL}{NBSP}: ([0-9a-f]{{64}})\n\Z")


def to_markdown(dossier: Dossier) -> str:
    """The dossier as Markdown; its last line is the SHA-256 of all that comes before that line."""
    text = _content(dossier)
    return f"{text}\n{LABEL}{NBSP}: {_sha256(text)}\n"


def hash_of(dossier: Dossier) -> str:
    """The SHA-256 of the Markdown form, its last line left out: 64 hexadecimal characters."""
    return _sha256(_content(dossier))


def is_intact(markdown: str) -> bool:
    """Whether a dossier in Markdown is as it was written."""
    found = _LAST.search(markdown)
    return found is not None and _sha256(markdown[: found.start()]) == found[1]


def facts_of(dossier: Dossier) -> list[tuple[str, str]]:
    """What the dossier rests on: label, value."""
    several = len(dossier.entries) > 1
    rows = [
        ("Établi le", moment_of(dossier.made_at)),
        ("Questions" if several else "Question", str(len(dossier.entries)) if several else ""),
        ("Index", ", ".join(dossier.generations)),
        ("Base de connaissances", dossier.kb_hash),
        ("Modèle de langage", ", ".join(dossier.models) or "aucun"),
        ("Consignes du modèle", ", ".join(dossier.prompts)),
        ("Relecture du dossier", dossier.reviewer or "aucune"),
        ("Logiciel", f"MainteLex {dossier.software}" if dossier.software else ""),
    ]
    return [(label, value) for label, value in rows if value]


def details_of(quote: Quote) -> str:
    """What is known of a source, beside its words."""
    dated = quote.version.startswith("du ")  # « Décision du 14 juin 2016 »
    named = [f"{quote.kind} {quote.version}"] if dated else [quote.kind, quote.version]
    told = (*named, quote.reviewed, f"citation {quote.check}")
    return french(" ; ".join(filter(None, told)))


def _content(dossier: Dossier) -> str:
    """The whole dossier but its hash."""
    lines = [f"# {TITLE}", ""]
    lines += [f"- {french(label)}{NBSP}: {value}" for label, value in facts_of(dossier)]
    for number, entry in enumerate(dossier.entries, start=1):
        lines += _entry(entry, number if len(dossier.entries) > 1 else 0)
    lines += ["", "## Avertissement", "", french(dossier.notice), ""]
    return "\n".join(lines)


def heading_of(number: int) -> str:
    """The heading of a question; it has no number when it is alone."""
    return f"Question{NBSP}{number}" if number else "Question"


def _entry(entry: Entry, number: int) -> Iterator[str]:
    """A question, its answer and its sources."""
    yield from ["", f"## {heading_of(number)}", "", f"> {french(plain_markdown(entry.question))}"]
    if entry.id:
        yield from ["", f"Réponse {entry.id}"]
    if entry.facts:
        yield from ["", "### Faits indiqués", ""]
        yield from (f"- {french(plain_markdown(fact))}" for fact in entry.facts)
    yield from ["", "### Réponse", "", f"*{french(entry.status)}.*"]
    for title, markdown in entry.parts:
        yield from ["", *([f"#### {french(title)}", ""] if title else []), french(markdown)]
    if entry.notice:
        yield from ["", f"*{french(entry.notice)}*"]
    if entry.quotes:
        yield from ["", "### Sources", ""]
    for quote in entry.quotes:
        yield from _quote(quote)


def _quote(quote: Quote) -> Iterator[str]:
    """A source."""
    yield f"[{quote.n}] **{french(plain_markdown(quote.reference))}**  "
    yield f"«{NBSP}{french(plain_markdown(quote.text))}{NBSP}»  "
    yield f"{details_of(quote)}" + ("  " if quote.url else "")
    yield from [f"<{quote.url}>", ""] if quote.url else [""]


def _sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
