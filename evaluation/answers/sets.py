"""Sets of questions with what their answers must say, conversations turn by turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.questions import FOREIGN, MAX_QUESTIONS, ON_CLAUSES, SETS, rows
from retrieval.errors import UsageError

PREFIX = "dev_"  # of the files of `SETS`, that a name may leave out
_FORMAT = "Chaque ligne est un objet JSON ; evaluation/sets/README.md en décrit les champs."


@dataclass(frozen=True, slots=True)
class Expected:
    """A question, and what its answer must be."""

    id: str  # of a turn: "dc-01#2"
    set: str  # name of the file
    text: str
    register: str  # how it is asked, or the kind of a question to decline
    documents: tuple[str, ...] = ()  # any of them answers it, the expected one first
    mention: tuple[tuple[str, ...], ...] = ()  # groups of patterns, one of each in the answer
    cite: tuple[str, ...] = ()  # authorities, one of them in the sources
    must_not: tuple[str, ...] = ()  # patterns of wrong statements
    conversation: str = ""  # turns of one share it, in order

    @property
    def foreign(self) -> bool:
        """Whether the base must decline it."""
        return not self.documents

    @property
    def on_clause(self) -> bool:
        """Whether a clause of the model contract answers it."""
        return any(name.startswith("kb:contract/") for name in self.documents)


def read_sets(names: Sequence[str] = ()) -> list[Expected]:
    """The questions of some sets, in order of file, line and turn.

    Args:
        names: files, folders of `*.jsonl` files, or names of the development sets
            ("questions", "dev_clauses"); all the development sets when none.

    Raises:
        UsageError: a name leads to no file, an id is taken twice, or a line is not of the format.
    """
    found: dict[str, Expected] = {}
    for path in dict.fromkeys(p for name in (names or [str(SETS)]) for p in _files(name)):
        for one in _expected(path):
            if one.id in found:
                raise UsageError(f"{path.name} : id {one.id!r} déjà pris.", fix="Changez-le.")
            found[one.id] = one
            if len(found) > MAX_QUESTIONS:
                raise UsageError(f"{path} : plus de {MAX_QUESTIONS} questions.", fix=_FORMAT)
    if not found:
        raise UsageError("Aucune question dans ces jeux.", fix=_FORMAT)
    return list(found.values())


def _files(name: str) -> list[Path]:
    """The files that a name leads to."""
    path = Path(name)
    if path.is_dir():
        return sorted(path.glob("*.jsonl"))
    known = (path, *(SETS / f"{prefix}{name}.jsonl" for prefix in ("", PREFIX)))
    for one in known:
        if one.is_file():
            return [one]
    names = ", ".join(sorted(p.stem.removeprefix(PREFIX) for p in SETS.glob("*.jsonl")))
    raise UsageError(
        f"Jeu de questions introuvable : {name!r}.",
        fix=f"Donnez un fichier .jsonl, un dossier, ou l'un de : {names}.",
    )


def _expected(path: Path) -> Iterator[Expected]:
    """The questions of a file."""
    for place, raw in rows(path):
        identifier = str(raw.get("id") or place)
        turns = raw.get("turns")
        if turns is None:
            yield _one(place, path.stem, identifier, raw)
            continue
        if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
            raise UsageError(f"{place} : « turns » doit être une liste d'objets.", fix=_FORMAT)
        for n, turn in enumerate(turns, start=1):
            named = {"style": f"tour {n}", **turn}
            yield _one(place, path.stem, f"{identifier}#{n}", named, conversation=identifier)


def _one(
    place: str, name: str, identifier: str, raw: dict[str, Any], conversation: str = ""
) -> Expected:
    """The question of a line or of a turn."""
    text = raw.get("question")
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f"{place} : « question » doit être un texte.", fix=_FORMAT)
    documents = _documents(place, raw)
    register = raw.get("style") or raw.get("kind") or (ON_CLAUSES if documents else FOREIGN)
    return Expected(
        id=identifier, set=name, text=text, register=str(register), documents=documents,
        mention=tuple(_patterns(place, group) for group in _list(place, raw, "must_mention")),
        cite=tuple(map(str, _list(place, raw, "must_cite_any"))),
        must_not=_patterns(place, _list(place, raw, "must_not")),
        conversation=conversation,
    )  # fmt: skip


def _documents(place: str, raw: dict[str, Any]) -> tuple[str, ...]:
    """The documents that answer; none for a question to decline."""
    if raw.get("topic"):
        return (f"kb:questions/{raw['topic']}",)
    if raw.get("clause"):
        names = (raw["clause"], *_list(place, raw, "also"))
        return tuple(f"kb:contract/{name}" for name in names)
    if "expected" in raw:
        return ()
    raise UsageError(f"{place} : ni « topic », ni « clause », ni « expected ».", fix=_FORMAT)


def _list(place: str, raw: dict[str, Any], name: str) -> list[Any]:
    """A field that is a list, empty where it is absent."""
    value = raw.get(name) or []
    if not isinstance(value, list):
        raise UsageError(f"{place} : « {name} » doit être une liste.", fix=_FORMAT)
    return value


def _patterns(place: str, values: object) -> tuple[str, ...]:
    """Regular expressions, known to compile."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise UsageError(f"{place} : des expressions régulières sont attendues.", fix=_FORMAT)
    for value in values:
        try:
            re.compile(value)
        except re.error as error:
            raise UsageError(f"{place} : expression {value!r} : {error}.", fix=_FORMAT) from error
    return tuple(values)
