"""The interface in two languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from streamlit.testing.v1 import AppTest

from interfaces.ui import language
from interfaces.ui.language import count, day, number, say

INTERFACES = Path(__file__).resolve().parents[2] / "interfaces"
FIELD = re.compile(r"\{\w+\}")
Text = str | tuple[str, ...]


@cache
def english() -> Catalog:
    """The catalogue, its texts by their French."""
    with language.CATALOGUE.open("rb") as file:
        return read_po(file, "en", abort_invalid=True)


@cache
def drawn() -> dict[Text, str]:
    """The texts that the pages mark, and where each is first."""
    found: dict[Text, str] = {}
    for path in sorted(INTERFACES.rglob("*.py")):
        for text, line in marked(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(text, f"{path.relative_to(INTERFACES)}:{line}")
    return found


def marked(module: ast.Module) -> Iterator[tuple[Text, int]]:
    """The literals given to `say` (or `_said`, which escapes it), `later` and `count`, and their lines."""
    ours = {name.name for node in ast.walk(module) if isinstance(node, ast.ImportFrom)
            and node.module == "interfaces.ui.language" for name in node.names}  # fmt: skip
    escaping = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)
                and node.name == "_said" and node.args.kwarg}  # fmt: skip
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        texts = [text for text in texts if isinstance(text, str)]
        if node.func.id in (ours & {"say", "later"}) | escaping and texts:
            yield texts[0], node.lineno
        elif node.func.id in ours & {"count"} and len(texts) == 2:
            yield (texts[0], texts[1]), node.lineno


def page_in(chosen: str) -> AppTest:
    """A page of one sentence and one number, asked for in a language."""

    def draw() -> None:
        import streamlit as st

        from interfaces.ui.language import choose, count, say

        st.button("switch", on_click=choose, args=("fr",))
        st.markdown(f"{say('Aide')}|{count(1234, '{n} question', '{n} questions')}")

    app = AppTest.from_function(draw)
    if chosen:
        app.query_params["lang"] = chosen
    return app.run()


def test_every_text_has_its_english() -> None:
    """No text that a page marks is without an English entry."""
    known = {message.id for message in english() if message.id and all(_forms(message.string))}
    missing = [f"{place}: {text}" for text, place in drawn().items() if text not in known]
    assert not missing


def test_no_entry_is_left_over() -> None:
    """The catalogue holds no text that no page marks."""
    assert not [message.id for message in english() if message.id and message.id not in drawn()]


def test_english_keeps_what_is_filled_in() -> None:
    """Each entry holds the same {names} as its French: none is lost, none would fail."""
    for message in english():
        asked = {frozenset(FIELD.findall(text)) for text in _forms(message.id)}
        assert {frozenset(FIELD.findall(text)) for text in _forms(message.string)} <= asked


def test_english_has_no_french_marks() -> None:
    """No guillemet nor space before a double sign in an English entry."""
    wrong = re.compile(r"[«»]|\s[;:!?](?:\s|$)")
    assert not [m.string for m in english() if m.id and wrong.search(" ".join(_forms(m.string)))]


@pytest.mark.parametrize(("asked", "shown"), [
    ("", "Aide|1 234 questions"),
    ("fr", "Aide|1 234 questions"),
    ("en", "Help|1,234 questions"),
    ("<script>", "Aide|1 234 questions"),
])  # fmt: skip
def test_the_address_chooses(asked: str, shown: str) -> None:
    """`?lang=en` gives English; anything else is French."""
    assert page_in(asked).markdown[0].value.replace("\u202f", " ") == shown


def test_the_choice_lasts() -> None:
    """What the address chose holds when another page's address says nothing; a switch changes it."""
    app = page_in("en")
    app.query_params.clear()
    assert app.run().markdown[0].value.startswith("Help")
    assert app.button[0].click().run().markdown[0].value.startswith("Aide")
    assert app.run().markdown[0].value.startswith("Aide")


def test_the_switch_wins_over_the_address() -> None:
    """After `?lang=en`, choosing French takes the word out of the address."""
    app = page_in("en").button[0].click().run()
    assert "lang" not in app.query_params
    assert app.markdown[0].value.startswith("Aide")


def test_outside_a_page_it_is_french() -> None:
    """The command line and the tests of functions read French."""
    assert language.language() == "fr"
    assert say("Aide") == "Aide"


@pytest.mark.parametrize(("n", "told"), [(0, "0 article"), (1, "1 article"), (2, "2 articles")])
def test_none_is_singular_in_french(n: int, told: str) -> None:
    """« 0 article »: French plural begins at two."""
    assert count(n, "{n} article", "{n} articles") == told


@pytest.mark.parametrize(("value", "decimals", "told"), [
    (1234567, None, "1 234 567"),
    (1234.5, None, "1 234,5"),
    (12, 2, "12,00"),
    (Decimal("0.126"), 2, "0,13"),
])  # fmt: skip
def test_numbers_are_french(value: float | Decimal, decimals: int | None, told: str) -> None:
    """A comma, and narrow spaces that do not break."""
    assert number(value, decimals) == told.replace(" ", "\u202f")


def test_a_first_day_is_french() -> None:
    """« 1er octobre 2016 »."""
    assert day(date(2016, 10, 1)).replace("\u00a0", " ") == "1er octobre 2016"


def test_values_with_braces_stand_as_they_are() -> None:
    """What a visitor typed is never read as a place to fill."""
    assert say("Connecté : {name}", name="{n} {0}") == "Connecté : {n} {0}"
    assert say("{n} {0}") == "{n} {0}"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """No catalogue left from another test."""
    yield
    language._english.cache_clear()


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The singular and the plural, or the one form."""
    return (text,) if isinstance(text, str) else tuple(text)
