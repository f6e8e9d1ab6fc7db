"""Pieces of HTML that the pages share."""

from __future__ import annotations

import pytest

from interfaces.ui.pages.frame import told_to_visitor
from interfaces.ui.pages.pieces import (
    badge,
    bullets,
    marked,
    numbers_for,
    prose,
    quoted,
    references,
    section,
    tiles,
)
from retrieval.errors import UsageError

ATTACK = "<script>alert('x')</script> & \"y\""


@pytest.mark.parametrize(
    "made",
    [
        prose(ATTACK), marked(ATTACK, "s"), quoted(ATTACK), badge(ATTACK, "low"), section(ATTACK, "<p></p>"),
        tiles([(ATTACK, ATTACK)]), references([(ATTACK, "javascript:alert(1)")], "s"),
    ],
)  # fmt: skip
def test_everything_is_escaped(made: str) -> None:
    """No piece lets a tag or a script address through."""
    assert "<script" not in made
    assert "javascript:" not in made


def test_markers_lead_to_references() -> None:
    """[2] becomes a link to the second reference of its scope, which has that address."""
    assert 'href="#calcul-2"' in marked("Une règle [2].", "calcul")
    assert 'id="calcul-2"' in references(
        [("C. civ., art. 1", None), ("C. civ., art. 2", None)], "calcul"
    )


def test_ids_become_numbers_in_order() -> None:
    """[@id] is the place of the id in the list; an unknown one goes."""
    assert numbers_for("A [@b] et [@a] [@z].", ["a", "b"]) == "A [2] et [1] ."


def test_prose_is_french() -> None:
    """Straight apostrophes are turned, and spaces before high signs do not break."""
    assert prose("L'avis : oui") == "L’avis\u00a0: oui"


def test_other_people_s_words_stay_as_they_are() -> None:
    """A quote keeps its own apostrophes and spaces."""
    assert "L'avis : oui" in quoted("L'avis : oui")


def test_nothing_gives_nothing() -> None:
    """Empty lists draw no title and no box."""
    assert not any([bullets([]), references([], "s"), section("Titre", ""), tiles([])])


def test_remedies_of_the_command_line_are_left_out() -> None:
    """A visitor is never told to type an option."""
    assert told_to_visitor(UsageError("Taux absent.", fix="--rate 12")) == "Taux absent."
    assert (
        told_to_visitor(UsageError("Taux absent.", fix="Donnez-le.")) == "Taux absent. Donnez-le."
    )
