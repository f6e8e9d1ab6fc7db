"""Question sets: JSON Lines files that say, question by question, which document answers it.

A line is an object with a `question` and one of `topic` (a question file answers it), `clause`
(and `also`: clauses that answer it as well) or `expected` (the base must decline it). Lines with
`turns` are conversations: a search judges questions that stand alone, so they are left out here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import UsageError

SETS = Path(__file__).parent / "sets"  # the development sets
OTHER_HANDS = Path(__file__).parent / "held_out"  # wordings by others, learnt on by `fit` alone
MAX_BYTES = 50_000_000  # of one file
MAX_QUESTIONS = 100_000  # of one folder
FOREIGN = "hors sujet"  # register of a question to decline that names no kind
ON_CLAUSES = "clause"  # register of the questions on the model contract

_FORMAT = "Chaque ligne est un objet JSON ; evaluation/sets/README.md en décrit les champs."


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what the base must do with it."""

    id: str
    text: str
    documents: tuple[str, ...]  # any of them answers it, the expected one first; none: decline it
    register: str  # how it is asked ("sms"), or the kind of a question to decline


def read_questions(folder: Path) -> list[Question]:
    """The questions of every `*.jsonl` file of a folder, in order of file and line.

    Raises:
        UsageError: no file or no question there, or a line that is not of the format, named by
            its file and number.
    """
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for place, raw in rows(path):
            question = _question(place, raw)
            if question is None:
                continue
            if question.id in found:
                raise UsageError(f"{place} : id {question.id!r} déjà pris.", fix="Changez-le.")
            found[question.id] = question
            if len(found) > MAX_QUESTIONS:
                raise UsageError(f"{folder} : plus de {MAX_QUESTIONS} questions.", fix=_FORMAT)
    if not found:
        raise UsageError(
            f"Aucune question dans {folder}.",
            fix="Donnez un dossier de fichiers .jsonl. " + _FORMAT,
        )
    return list(found.values())


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file, each with its place for messages.

    Raises:
        UsageError: the file is too big or unreadable, or a line is no object.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path} dépasse {MAX_BYTES} octets.", fix="Partagez-le.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} est illisible : {error}.", fix="Enregistrez-le en UTF-8."
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{path.name}:{number}"
            yield place, _object(place, line)


def _object(place: str, line: str) -> dict[str, Any]:
    """The object that a line holds."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place} : JSON incorrect ({error}).", fix=_FORMAT) from error
    if not isinstance(raw, dict):
        raise UsageError(f"{place} : {line[:60]!r} n'est pas un objet.", fix=_FORMAT)
    return raw


def _question(place: str, raw: dict[str, Any]) -> Question | None:
    """The question of a line; None for a conversation."""
    if "turns" in raw:
        return None
    text = _text(place, raw, "question")
    identifier = str(raw.get("id") or place)
    if "topic" in raw:
        document = "kb:questions/" + _text(place, raw, "topic")
        return Question(identifier, text, (document,), str(raw.get("style") or "question"))
    if "clause" in raw:
        names = [_text(place, raw, "clause"), *_also(place, raw)]
        documents = tuple(dict.fromkeys(f"kb:contract/{name}" for name in names))
        return Question(identifier, text, documents, str(raw.get("style") or ON_CLAUSES))
    if "expected" in raw:
        return Question(identifier, text, (), str(raw.get("kind") or FOREIGN))
    raise UsageError(f"{place} : ni « topic », ni « clause », ni « expected ».", fix=_FORMAT)


def _text(place: str, raw: dict[str, Any], name: str) -> str:
    """A field that must be a text with something in it."""
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(
            f"{place} : « {name} » doit être un texte ; reçu : {value!r}.", fix=_FORMAT
        )
    return value


def _also(place: str, raw: dict[str, Any]) -> list[str]:
    """The other clauses that answer a question."""
    value = raw.get("also") or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UsageError(
            f"{place} : « also » doit être une liste de clauses ; reçu : {value!r}.", fix=_FORMAT
        )
    return value
