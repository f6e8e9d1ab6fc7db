"""From the knowledge base to passages and wordings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, TypeVar

from ingest.options import select_text
from ingest.readers.kb import CITATION, Authority, Entry, KnowledgeBase, Section
from ingest.readers.law_tables import read_concordance
from retrieval.errors import KnowledgeBaseError
from retrieval.types import Kind, Passage, Wording

Item = TypeVar("Item", Entry, Authority)

_SLUGS = {
    "Réponse courte": "reponse-courte",
    "Explication": "explication",
    "En pratique": "en-pratique",
    "Limites": "limites",
    "Clause": "clause",
    "Note de rédaction": "note",
}
_OPTION = re.compile(r"^\[\[/?option[^\]]*\]\]\n?", re.MULTILINE)
_FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


def kb_passages(base: KnowledgeBase) -> list[Passage]:
    """Every passage of the base, sorted by id.

    Raises:
        KnowledgeBaseError: a field that a passage needs is absent or wrong.
    """
    found = [passage for entry in _published(base.questions) for passage in _made(_question, entry)]
    found += [
        passage
        for entry in _published(base.clauses)
        for passage in _made(partial(_clause, base.option_defaults), entry)
    ]
    former = _former(base)
    found += [
        passage
        for named in base.authorities.values()
        for passage in _made(partial(_authority, former.get(named.id, [])), named)
    ]
    return sorted(found, key=lambda passage: passage.id)


def _published(entries: dict[str, Entry]) -> list[Entry]:
    """The entries that are not drafts."""
    return [entry for entry in entries.values() if entry.head.get("status") != "brouillon"]


def _made(make: Callable[[Item], Iterable[Passage]], item: Item) -> list[Passage]:
    """The passages of an item, whose file is named when a field is absent or wrong."""
    try:
        return list(make(item))
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeBaseError(
            f"{item.path} ({item.id}) : champ absent ou incorrect, {error}.",
            fix="« maintelex check » dit la ligne et le remède.",
        ) from error


def kb_wordings(base: KnowledgeBase) -> list[Wording]:
    """Every wording, the document's own question or title first."""
    found: list[Wording] = []
    for entry in _published(base.questions):
        own = [str(entry.head.get("question")), str(entry.head.get("question_en") or "")]
        texts = [own[0], *(line for _, _, line in base.variants.get(entry.id, [])), own[1]]
        found += [Wording(f"kb:questions/{entry.id}", text) for text in texts if text]
    for entry in _published(base.clauses):
        texts = [
            f"{entry.head.get('title')}",
            *(line for *_, line in base.clause_variants.get(entry.id, [])),
        ]
        found += [Wording(f"kb:contract/{entry.id}", text) for text in texts]
    return found


def plain(markdown: str) -> str:
    """Markdown of the base as it is read aloud: no citation, no mark, fields in brackets."""
    text = _OPTION.sub("", markdown)
    text = _FIELD.sub(lambda m: f"[{m[1].replace('_', ' ')}]", text)
    text = CITATION.sub("", text)
    text = re.sub(r"^#{2,6}\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda m: m[1] or m[2], text)
    text = re.sub(r"(?<!\w)[*_](?!\s)(.+?)(?<!\s)[*_](?!\w)", r"\1", text)
    text = re.sub(r"[ \t]+(?=[.,])", "", text)
    text = re.sub(r"[ \t]{2,}", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _question(entry: Entry) -> Iterator[Passage]:
    """The passages of a question file, one a section."""
    head = entry.head
    shared = {
        key: head.get(key)
        for key in (
            "authorities",
            "clauses",
            "related",
            "audience",
            "question_en",
            "reponse_courte_en",
        )
    }
    for section in entry.sections:
        yield Passage(
            id=f"kb:questions/{entry.id}#{_SLUGS[section.title]}",
            document_id=f"kb:questions/{entry.id}",
            kind="question",
            title=str(head["question"]),
            text=plain(section.markdown),
            heading_path=(section.title,),
            reference=f"MainteLex, « {head['question']} »",
            theme=str(head["theme"]),
            in_force_since=_day(head.get("applies_from")),
            in_force_until=_day(head.get("applies_to")),
            reviewed_on=_day(head.get("reviewed_on")),
            reviewed_by=str(head.get("reviewed_by")),
            meta={**shared, "markdown": section.markdown},
        )


def _clause(defaults: dict[str, str], entry: Entry) -> Iterator[Passage]:
    """The passages of a clause or an annex."""
    head, number = entry.head, str(entry.head["number"])
    name = f"annexe {number[1:]}" if number.startswith("A") else f"art. {number}"
    title = str(head["title"])
    for section in entry.sections:
        yield Passage(
            id=f"kb:contract/{entry.id}#{_SLUGS[section.title]}",
            document_id=f"kb:contract/{entry.id}",
            kind="clause",
            title=title,
            text=plain(section.markdown),
            heading_path=(section.title,),
            reference=f"Modèle de contrat, {name}, {title}",
            reviewed_on=_day(head.get("reviewed_on")),
            reviewed_by=str(head.get("reviewed_by")),
            meta={"markdown": _default_wording(defaults, entry, section), "number": number,
                  "authorities": head.get("authorities"), "options": head.get("options")},
        )  # fmt: skip


def _default_wording(defaults: dict[str, str], entry: Entry, section: Section) -> str:
    """A section with the wording of the model's default options."""
    if not defaults:
        return section.markdown
    return select_text(section.markdown, defaults, entry.path, section.line)


def _former(base: KnowledgeBase) -> dict[str, list[str]]:
    """The old articles that each authority took the place of, as they are cited."""
    found: dict[str, list[str]] = {}
    for article in read_concordance(base):
        for identifier in article.new:
            found.setdefault(identifier, []).append(f"{article.code}, art. {article.former}")
    return found


def _authority(former: list[str], authority: Authority) -> Iterator[Passage]:
    """The passage of a statute, decision, agreement or rule."""
    data = authority.data
    text, title = _AUTHORITY_TEXT[authority.kind](data)
    yield Passage(
        id=f"kb:law/{authority.id}",
        document_id=f"kb:law/{authority.id}",
        kind=_kind(authority.kind),
        title=title,
        text=text,
        reference=authority.citation,
        url=data.get("url"),
        in_force_since=_day(data.get("in_force_since") or data.get("date")),
        in_force_until=_day(data.get("in_force_until")),
        reviewed_on=_day(data.get("reviewed_on")),
        reviewed_by=data.get("reviewed_by"),
        meta={
            key: data[key]
            for key in ("confidence", "standing", "replaced_by", "replaces", "basis")
            if key in data
        }
        | ({"former": former} if former else {}),
    )


def _kind(name: str) -> Kind:
    """A kind of authority as a kind of passage."""
    return "statute" if name == "statute" else "decision" if name == "decision" else "agreement"


def _statute_text(data: dict[str, Any]) -> tuple[str, str]:
    """What is shown of a statute, and its title."""
    return _paragraphs(data["summary"], data.get("note")), str(data["title"])


def _decision_text(data: dict[str, Any]) -> tuple[str, str]:
    """What is shown of a decision, and its title."""
    facts = f"Faits : {data['facts']}" if data.get("facts") else None
    holding = f"Solution : {data['holding']}" if data.get("holding") else None
    standing = str(data.get("standing"))
    warning = None if standing == "actuelle" else f"Portée aujourd'hui : décision {standing}."
    return _paragraphs(holding, facts, data.get("note"), warning), str(data["citation"])


def _agreement_text(data: dict[str, Any]) -> tuple[str, str]:
    """What is shown of an agreement or a rule on agreements, and its title."""
    if "rule" in data:
        return str(data["rule"]), "Règle de rattachement à une convention collective"
    field = f"Champ : {data['field']}" if data.get("field") else None
    body = _paragraphs(
        data["title"] + ".", field, data.get("maintenance"), data.get("merged"), _naf(data)
    )
    return body, str(data["short_name"])


def _naf(data: dict[str, Any]) -> str | None:
    """The NAF codes that an agreement gives as landmarks."""
    codes = {row["naf"]: f"{row['naf']} ({row['label']})" for row in data.get("naf", [])}
    return f"Codes NAF repères : {', '.join(codes[c] for c in sorted(codes))}." if codes else None


_AUTHORITY_TEXT = {
    "statute": _statute_text,
    "decision": _decision_text,
    "agreement": _agreement_text,
}


def _paragraphs(*parts: str | None) -> str:
    """The parts that are there, a paragraph each."""
    return "\n\n".join(str(part) for part in parts if part)


def _day(value: object) -> date | None:
    """A date from YAML: a date, ISO text, or nothing."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)) if value else None
