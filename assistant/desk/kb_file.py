"""An approved answer as a file of the base: markers become citations, headings become sections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.desk.errors import EditError
from ingest.readers.kb import CITATION, QUESTION_SECTIONS, Entry, KnowledgeBase

BY = "Juriste du bureau"  # signs a file: the audit knows who it was

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,11}")
_HEADING = re.compile(r"^#{2,4}[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_BOLD_LINE = re.compile(r"^\*\*([^*\n]+)\*\*[ \t]*$", re.MULTILINE)
_NOTICE = re.compile(r"^\*[^*\n]+\*[ \t]*$", re.MULTILINE)  # of the answer, not of its law
_MARKERS = re.compile(r"[ \u00a0]*\[(\d{1,3})\]")
# What an automatic answer adds of the model contract: the base has it already, in its clauses.
_CLAUSE = "Ce que prévoit le modèle :"
_SHORT, *_OTHERS = QUESTION_SECTIONS


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What a new question of the base needs beside its answer."""

    id: str  # small letters and digits parted by dashes
    theme: str  # one of the base's
    question: str  # as a customer would ask it, without anybody's name
    question_en: str
    short_en: str  # the short answer in plain English
    audience: str = "tous"  # "tous", "client" or "prestataire"
    applies_from: date | None = None
    applies_to: date | None = None


def new_file(
    base: KnowledgeBase,
    asked: NewQuestion,
    markdown: str,
    cited: Sequence[Mapping[str, Any]],
    on: date,
) -> str:
    """The file of a new question.

    Args:
        base: the knowledge base that it enters.
        markdown: the approved answer, with markers.
        cited: its citations; fields of `Citation`.
        on: the day of the approval.

    Raises:
        EditError: the answer lacks a section, cites a customer's document, or the question's id,
            theme or audience is refused.
    """
    _check_new(base, asked)
    body = _body(markdown, cited)
    head: dict[str, Any] = {
        "id": asked.id,
        "theme": asked.theme,
        "question": asked.question,
        "question_en": asked.question_en,
        "authorities": [],
        "clauses": [],
        "related": [],
        "audience": asked.audience,
        "applies_from": asked.applies_from,
        "applies_to": asked.applies_to,
    }
    end = {"status": "publiee", "reponse_courte_en": asked.short_en}
    return _written(base, head, end, body, on)


def revised_file(
    base: KnowledgeBase, entry: Entry, markdown: str, cited: Sequence[Mapping[str, Any]], on: date
) -> str:
    """The file of a question whose answer was written anew.

    Raises:
        EditError: the answer lacks a section, or cites a customer's document.
    """
    body = _body(markdown, cited)
    last = ("status", "reponse_courte_en")
    head = {key: value for key, value in entry.head.items() if key not in last}
    return _written(base, head, {key: entry.head.get(key) for key in last}, body, on)


def _check_new(base: KnowledgeBase, asked: NewQuestion) -> None:
    """Refuse an id, a theme or an audience that the base cannot take."""
    if not _ID.fullmatch(asked.id) or len(asked.id) > 80 or asked.id in base.questions:
        raise EditError(
            f"Identifiant refusé ou déjà pris : {asked.id[:80]!r}.",
            fix="Quelques mots sans accent, séparés par des tirets.",
        )
    themes = {str(entry.head.get("theme")) for entry in base.questions.values()}
    if asked.theme not in themes:
        raise EditError(
            f"Thème inconnu : {asked.theme[:80]!r}.", fix="Thèmes : " + ", ".join(sorted(themes))
        )
    if asked.audience not in ("tous", "client", "prestataire"):
        raise EditError(
            f"Public inconnu : {asked.audience[:80]!r}.", fix="tous, client, prestataire."
        )


def _written(
    base: KnowledgeBase, head: dict[str, Any], end: dict[str, Any], body: str, on: date
) -> str:
    """Front matter and body, what the body cites listed."""
    import yaml

    names = list(dict.fromkeys(CITATION.findall(body)))
    clauses = [name.removeprefix("clause:") for name in names if name.startswith("clause:")]
    head |= {
        "authorities": [name for name in names if not name.startswith("clause:")],
        "clauses": list(dict.fromkeys([*(head.get("clauses") or []), *clauses])),
        "reviewed_on": on,
        "reviewed_by": BY,
        **end,
    }
    missing = [name for name in head["authorities"] if name not in base.authorities]
    missing += [name for name in clauses if name not in base.clauses]
    if missing:
        raise EditError(
            f"La base n'a pas cette autorité : {missing[0]}.", fix="Citez un passage de la base."
        )
    front = yaml.safe_dump(
        head, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None
    )
    return f"---\n{front}---\n\n{body}\n"


def _body(markdown: str, cited: Sequence[Mapping[str, Any]]) -> str:
    """The four sections of a file; what stands before the first heading is the short answer."""
    names = {int(citation["n"]): _name(citation) for citation in cited}
    markdown = _NOTICE.sub("", markdown)
    text = _MARKERS.sub(lambda m: _mark(names.get(int(m[1]), "")), markdown)
    parts, title, start = {_SHORT: ""}, _SHORT, 0
    for heading in [*_HEADING.finditer(text), None]:
        named = heading[1] if heading else ""
        own = named in QUESTION_SECTIONS or named.startswith(_CLAUSE)
        if heading is None or own:
            end = heading.start() if heading else len(text)
            parts[title] = f"{parts.get(title, '')}\n\n{text[start:end]}".strip()
        if heading is not None and own:
            title, start = named, heading.end()
    missing = [name for name in QUESTION_SECTIONS if not parts.get(name)]
    if missing:
        raise EditError(
            "Pour entrer dans la base, la réponse a quatre parties ; il manque : "
            + ", ".join(missing) + ".",
            fix="Commencez par la réponse courte, puis « ### " + " », « ### ".join(_OTHERS) + " ».",
        )  # fmt: skip
    return "\n\n".join(f"## {name}\n\n{_deeper(parts[name])}" for name in QUESTION_SECTIONS)


def _deeper(section: str) -> str:
    """A section whose headings stand under it."""
    section = _HEADING.sub(lambda m: f"### {m[1]}", section)
    return _BOLD_LINE.sub(lambda m: f"### {m[1]}", section)


def _mark(name: str) -> str:
    """A citation of the base; nothing for a passage of its questions, which it cannot cite."""
    return f" [@{name}]" if name else ""


def _name(citation: Mapping[str, Any]) -> str:
    """How the base cites a passage.

    Raises:
        EditError: it is a document of somebody's.
    """
    identifier = str(citation["passage_id"])
    document = identifier.partition("#")[0]
    if document.startswith("kb:law/"):
        return document.removeprefix("kb:law/")
    if document.startswith("kb:contract/"):
        return "clause:" + document.removeprefix("kb:contract/")
    if document.startswith("kb:questions/"):
        return ""
    raise EditError(
        f"La réponse cite un document qui n'est pas dans la base : {citation.get('title', '')}.",
        fix="Une réponse publiée ne cite que la base ; envoyez celle-ci au client sans la publier.",
    )
