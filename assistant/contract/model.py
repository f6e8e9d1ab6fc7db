"""The model contract, read from the knowledge base, and what a caller may choose in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from assistant.contract.types import Attachment, Clause, Conflict, Field, Model, Option, Value
from ingest.readers.kb import Entry, KnowledgeBase, read_kb
from retrieval.errors import KnowledgeBaseError, UsageError

OPTIONS = "contract/options.yaml"
MAX_VALUE = 500  # characters of a field
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def load_model(root: Path) -> Model:
    """The model under `root`, the folder of the knowledge base.

    Raises:
        KnowledgeBaseError: a file of the model is missing or breaks its own rules.
    """
    base = read_kb(root)
    wrong = [finding for finding in base.findings if finding.path.startswith("contract/")]
    if wrong or not base.clauses:
        problem = str(wrong[0]) if wrong else f"Aucune clause dans {root / 'contract'}."
        raise KnowledgeBaseError(problem, fix="Corrigez la base, puis lancez « maintelex check ».")
    text = _read(root / OPTIONS)
    try:
        return _model(base, yaml.safe_load(text), text)
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeBaseError(
            f"{OPTIONS} : structure incorrecte ({error}).",
            fix="Reprenez la forme des autres entrées du fichier.",
        ) from error


def resolve(model: Model, choices: Mapping[str, str]) -> dict[str, str]:
    """Every option with its value: the choices given, the defaults elsewhere.

    Raises:
        UsageError: an option or a value is unknown, or two choices contradict each other.
    """
    known = {option.id: option for option in model.options}
    for name, value in choices.items():
        if name not in known:
            raise UsageError(f"Option inconnue : {name}.", fix=f"Options : {', '.join(known)}.")
        allowed = [item.id for item in known[name].values]
        if value not in allowed:
            raise UsageError(
                f"Valeur inconnue pour l'option {name} : {value}.",
                fix=f"Valeurs possibles : {', '.join(allowed)}.",
            )
    resolved = {option.id: option.default for option in model.options} | dict(choices)
    _refuse_conflicts(model, resolved)
    return resolved


def check_values(model: Model, values: Mapping[str, str]) -> dict[str, str]:
    """The fields that are really filled, without characters that a Word file cannot hold.

    Raises:
        UsageError: a field is unknown, or a value has more than 500 characters.
    """
    known = [field.id for field in model.fields]
    cleaned = {}
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"Champ inconnu : {name}.", fix=_closest(name, known))
        text = re.sub(r"\s*[\t\n\r]\s*", " ", _UNPRINTABLE.sub("", value)).strip()
        if len(text) > MAX_VALUE:
            raise UsageError(
                f"Champ {name} trop long : {len(text)} caractères.",
                fix=f"Écrivez-en {MAX_VALUE} au plus ; joignez le reste en annexe.",
            )
        if text:
            cleaned[name] = text
    return cleaned


def applies(when: Mapping[str, str], choices: Mapping[str, str]) -> bool:
    """Whether every condition holds; no condition always holds."""
    return all(choices.get(name) == value for name, value in when.items())


def _refuse_conflicts(model: Model, choices: Mapping[str, str]) -> None:
    """Refuse choices that contradict each other, with the reason."""
    known = {option.id: option for option in model.options}
    for conflict in model.conflicts:
        if applies(conflict.when, choices):
            pairs = [
                f"{name}={value} (« {known[name].label_of(value)} »)"
                for name, value in conflict.when.items()
            ]
            raise UsageError(
                f"Options incompatibles : {' et '.join(pairs)}. {conflict.reason}",
                fix="Changez l'une des deux options.",
            )


def _closest(name: str, known: list[str]) -> str:
    """The remedy for an unknown field."""
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"Vouliez-vous dire : {', '.join(near)} ?"
    return "« maintelex contract --list » donne tous les champs."


def _read(path: Path) -> str:
    """The text of a file of the model."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeBaseError(
            f"{path} : illisible ({error}).", fix="Rétablissez ce fichier, en UTF-8."
        ) from error


def _model(base: KnowledgeBase, data: Any, text: str) -> Model:
    """The model, from the parsed options and the clauses."""
    entries = sorted(base.clauses.values(), key=_order)
    document = data["document"]
    model = Model(
        title=str(document["title"]),
        notice=str(document["notice"]),
        signature=str(document["signature"]),
        attachments=tuple(map(_attachment, document["attachments"])),
        options=tuple(map(_option, data["options"])),
        conflicts=tuple(map(_conflict, data["conflicts"])),
        fields=tuple(map(_field, data["fields"])),
        clauses=tuple(map(_clause, entries)),
        citations={item.id: item.citation for item in base.authorities.values()},
        version=_version([text, *(entry.text for entry in entries)]),
        reviewed_on=max(date.fromisoformat(str(entry.head["reviewed_on"])) for entry in entries),
    )
    _check_conditions(model)
    return model


def _check_conditions(model: Model) -> None:
    """Refuse a default or a condition that names no value of an option."""
    known = {(option.id, value.id) for option in model.options for value in option.values}
    asked = [(option.id, option.default) for option in model.options]
    asked += [pair for conflict in model.conflicts for pair in conflict.when.items()]
    asked += [pair for attachment in model.attachments for pair in attachment.when.items()]
    for name, value in asked:
        if (name, value) not in known:
            raise ValueError(f"« {name}: {value} » ne désigne aucune valeur d'option")


def _pairs(when: Mapping[Any, Any]) -> dict[str, str]:
    """A condition, as option -> value."""
    return {str(name): str(value) for name, value in when.items()}


def _attachment(item: Any) -> Attachment:
    """One document to join."""
    return Attachment(str(item["text"]), _pairs(item.get("when") or {}))


def _conflict(item: Any) -> Conflict:
    """Choices that contradict each other."""
    return Conflict(_pairs(item["when"]), str(item["reason"]))


def _field(item: Any) -> Field:
    """One field."""
    return Field(str(item["id"]), str(item["label"]), str(item["example"]), bool(item["required"]))


def _option(item: Any) -> Option:
    """One option."""
    values = tuple(Value(str(value["id"]), str(value["label"])) for value in item["values"])
    return Option(
        str(item["id"]), str(item["label"]), str(item["help"]), values, str(item["default"])
    )


def _clause(entry: Entry) -> Clause:
    """One clause or annex."""
    clause, note = entry.sections
    title = re.sub(r"^Annexe - ", "", str(entry.head["title"]))
    return Clause(
        entry.id, str(entry.head["number"]), title, clause.markdown, note.markdown,
        entry.path, clause.line,
    )  # fmt: skip


def _order(entry: Entry) -> tuple[bool, int]:
    """Articles by number, then annexes by number."""
    number = str(entry.head["number"])
    return number.startswith("A"), int(number.removeprefix("A"))


def _version(texts: Iterable[str]) -> str:
    """A short name of the model's exact wording."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]
