"""Text made ready for the page."""

from __future__ import annotations

from datetime import date

import pytest

from interfaces.ui.markup import answer_markdown, french, french_date, label


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2016, 10, 1), "1er octobre 2016"), (date(2026, 11, 24), "24 novembre 2026")],
)
def test_dates_are_written_in_french(day: date, told: str) -> None:
    """The first of a month is « 1er »."""
    assert french_date(day).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui paie ?", "Qui paie\u202f?"),
        ("« art. 1231-5 »", "«\u00a0art.\u00a01231-5\u00a0»"),
        ("35 000 euros", "35\u202f000\u00a0euros"),
        ("deux : un", "deux\u00a0: un"),
        ("- puce", "- puce"),
    ],
)
def test_french_spaces_do_not_break(typed: str, shown: str) -> None:
    """High punctuation, quotes, references and numbers stay with their neighbours."""
    assert french(typed) == shown


def test_a_marker_becomes_a_link_named_by_its_reference() -> None:
    """[1] leads to its card and says the reference when pointed at."""
    text = answer_markdown("Oui [1].", 2, {1: 'Loi "A"'})
    assert text.endswith('[\\[1\\]](#source-2-1 "Loi  A ").')


def test_a_marker_without_a_source_is_not_a_link() -> None:
    """A number that no citation carries stays text."""
    assert "](#" not in answer_markdown("Oui [7].", 0, {1: "Loi"})


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "![i](http://a)", "$x$", ":red[x]", ":material/home:"],
)
def test_an_answer_holds_no_active_markup(text: str) -> None:
    """HTML, images, formulas and directives in a document are shown as they were written."""
    inert = answer_markdown(text, 0, {})
    assert "<" not in inert
    assert "\\" in inert or "&lt;" in inert


def test_a_label_is_plain() -> None:
    """Nothing in a button's text is taken for Markdown."""
    assert label("**a** [b](c)") == r"\*\*a\*\* \[b\]\(c\)"
