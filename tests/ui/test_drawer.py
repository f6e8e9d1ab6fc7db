"""Visitors' documents wait in memory, within bounds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from interfaces.ui.assistant.shelf import Contract, Drawer


def contract(size: int = 10) -> Contract:
    """A contract of some bytes."""
    document: Any = SimpleNamespace(name="contrat.pdf")
    return Contract(document, b"x" * size)


def test_a_document_is_found_by_its_key_alone() -> None:
    """Another key finds nothing; a dropped document is gone."""
    drawer, held = Drawer(), contract()
    drawer.put("a/1", held)
    assert drawer.get("a/1") is held
    assert drawer.get("b/1") is None
    drawer.drop("a/1")
    drawer.drop("a/1")
    assert drawer.get("a/1") is None


def test_the_latest_used_stay_when_there_is_too_much() -> None:
    """The oldest goes first; one that was looked at counts as used."""
    drawer = Drawer(most=25)
    for key in ("a", "b"):
        drawer.put(key, contract())
    assert drawer.get("a")
    drawer.put("c", contract())
    assert drawer.get("b") is None
    assert drawer.get("a") and drawer.get("c")


def test_a_document_larger_than_the_drawer_is_kept_alone() -> None:
    """The document under way is never the one to go."""
    drawer = Drawer(most=5)
    drawer.put("a", contract())
    drawer.put("b", contract())
    assert drawer.get("a") is None and drawer.get("b")


def test_what_nobody_came_back_for_goes() -> None:
    """After its time a document is no longer there."""
    drawer = Drawer(seconds=-1.0)
    drawer.put("a", contract())
    assert drawer.get("a") is None
