"""A conversation as JSON and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.answering.facts import Facts
from assistant.history.types import Exchange, HistoryError, Kept
from assistant.provenance.values import answer_from_json, answer_to_json
from retrieval.types import Passage

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_SHOWN = ("standing", "confidence", "related")  # what a page shows of what a kind adds to a passage


def to_json(kept: Kept) -> bytes:
    """A conversation as JSON in UTF-8."""
    held = {
        "exchanges": [_exchange(exchange) for exchange in kept.exchanges],
        "case": _adapter(Facts).dump_python(kept.case, mode="json"),
        "home": kept.home,
        "document": kept.document,
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def from_json(data: bytes) -> Kept:
    """A conversation from what `to_json` gave.

    Raises:
        HistoryError: another version kept it, in a form that this one does not read.
    """
    try:
        held = json.loads(data)
        return Kept(
            tuple(_restored(exchange) for exchange in held["exchanges"]),
            _adapter(Facts).validate_python(held["case"]),
            str(held["home"]),
            str(held.get("document", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HistoryError(
            "Cette conversation a été gardée par une autre version et ne se lit plus.",
            fix="Supprimez-la, et posez la question de nouveau.",
        ) from error


@lru_cache(maxsize=4)
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """What turns values of a dataclass into JSON and back."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _exchange(exchange: Exchange) -> dict[str, object]:
    """An exchange as JSON values."""
    passages = [
        _adapter(Passage).dump_python(_light(passage), mode="json")
        for passage in exchange.passages.values()
    ]
    received = exchange.received
    return {
        "id": exchange.id,
        "question": exchange.question,
        "answer": answer_to_json(exchange.answer),
        "passages": passages,
        "received": _received().dump_python(received, mode="json") if received else None,
    }


def _light(passage: Passage) -> Passage:
    """A passage without what no page shows of it."""
    return replace(passage, meta={k: passage.meta[k] for k in _SHOWN if k in passage.meta})


def _restored(held: Mapping[str, Any]) -> Exchange:
    """An exchange from JSON values."""
    passages = [_adapter(Passage).validate_python(passage) for passage in held["passages"]]
    received = held["received"]
    return Exchange(
        str(held["id"]),
        str(held["question"]),
        answer_from_json(held["answer"]),
        {passage.id: passage for passage in passages},
        _received().validate_python(received) if received else None,
    )


def _received() -> TypeAdapter[Any]:
    """The adapter of what the desk says of a question; the desk is imported where there is one."""
    from assistant.desk import Received

    return _adapter(Received)
