"""A conversation as JSON."""

from __future__ import annotations

import json

import pytest

from assistant.history import HistoryError, Kept
from assistant.history.values import from_json, to_json


def test_json_and_back_changes_nothing_more(kept: Kept) -> None:
    """What was read once stays as it is, however often it is kept again."""
    once = from_json(to_json(kept))
    assert from_json(to_json(once)) == once
    assert once.exchanges[0].answer.quick_replies == kept.exchanges[0].answer.quick_replies


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"exchanges": 3, "case": {}, "home": ""}', b"\xff"]
)
def test_another_form_is_told(data: bytes) -> None:
    """What another version kept otherwise is refused in words."""
    with pytest.raises(HistoryError):
        from_json(data)


def test_an_older_form_without_a_document_is_read(kept: Kept) -> None:
    """A field that an older version did not keep takes its default."""
    held = json.loads(to_json(kept))
    del held["document"]
    assert from_json(json.dumps(held).encode()).document == ""
