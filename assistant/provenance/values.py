"""Answers as JSON values and back, whatever version of MainteLex kept them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from assistant.answering.types import Answer


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values; dates as ISO 8601."""
    held = asdict(answer)
    held["as_of"] = answer.as_of.isoformat() if answer.as_of else None
    return held


def answer_from_json(held: Mapping[str, Any]) -> Answer:
    """An answer from what `answer_to_json` gave.

    What another version added is left out; what it lacked takes its default.

    Raises:
        KeyError, TypeError, ValueError: it is no answer.
    """
    made: Answer = _restored(Answer, held)
    return made


def _restored(hint: Any, value: Any) -> Any:
    """A value of a type, from JSON."""
    if is_dataclass(hint):
        return _dataclass(hint, value)
    if hint is date:
        return date.fromisoformat(value)
    if get_origin(hint) in (Union, types.UnionType):
        inner = [kind for kind in get_args(hint) if kind is not types.NoneType]
        return None if value is None else _restored(inner[0], value)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint), value)
    return value


def _tuple(kinds: tuple[Any, ...], values: Any) -> tuple[Any, ...]:
    """A tuple: of one kind and any length, or of one kind a place."""
    if not isinstance(values, list | tuple):
        raise TypeError(f"a list was expected, not {type(values).__name__}")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_restored(kinds[0], value) for value in values)
    return tuple(_restored(kind, value) for kind, value in zip(kinds, values, strict=True))


def _dataclass(kind: Any, held: Any) -> Any:
    """A dataclass, by the fields that this version knows."""
    from assistant.guard import Removal

    hints = get_type_hints(kind, localns={"Removal": Removal})
    made = {}
    for field in fields(kind):
        if field.name in held:
            made[field.name] = _restored(hints[field.name], held[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(field.name)
    return kind(**made)
