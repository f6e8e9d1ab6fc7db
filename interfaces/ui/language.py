"""The interface in two languages. French is the source; `locale/en.po` holds the English.

    from interfaces.ui.language import count, day, later, number, say

    say("Nouvelle conversation")
    say("Connecté : {name}", name=account.name)
    count(3, "{n} article", "{n} articles")
    LEAD = later("Ce qui change dans le droit.")  # a constant: say(LEAD) where it is drawn

Texts are literals, which tests/ui/test_language.py finds in the code: it tells which have no English
yet. Numbers among the values are written by the language: give a year or an id as text. Law, answers and contracts stay French in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from interfaces.ui.markup import french_date

if TYPE_CHECKING:
    from babel.support import Translations

__all__ = [
    "Language", "choose", "count", "cookie", "day", "language", "later", "number", "one_language",
    "say",
]  # fmt: skip

Language = Literal["fr", "en"]
PARAMETER = "lang"  # in the address
COOKIE = "maintelex-lang"  # gone when the browser closes
CATALOGUE = Path(__file__).with_name("locale") / "en.po"
_CHOSEN = "language"  # in the visitor's session
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_settled: ContextVar[Language | None] = ContextVar("language", default=None)


def language() -> Language:
    """The visitor's language: that of the address, else the one chosen before, else French.

    Outside a page it is French.
    """
    if settled := _settled.get():
        return settled
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    if get_script_run_ctx(suppress_warning=True) is None:
        return "fr"
    asked = st.query_params.get(PARAMETER) or st.session_state.get(_CHOSEN)
    chosen: Language = "en" if (asked or st.context.cookies.get(COOKIE)) == "en" else "fr"
    st.session_state[_CHOSEN] = chosen
    return chosen


@contextmanager
def one_language() -> Iterator[None]:
    """Ask for the language once for all that is written meanwhile: hundreds of texts, say."""
    before = _settled.set(language())
    try:
        yield
    finally:
        _settled.reset(before)


def choose(chosen: Language) -> None:
    """Keep a language for the rest of the visit."""
    st.session_state[_CHOSEN] = chosen
    st.query_params.pop(PARAMETER, None)


def cookie() -> str:
    """What `document.cookie` takes, for a page opened anew to speak the same language."""
    return f"{COOKIE}={language()}; path=/; SameSite=Lax"


def say(text: str, /, **values: object) -> str:
    """A text of the interface in the visitor's language.

    Args:
        text: in French, a literal or a constant marked by `later`.
        values: what stands in the place of `{name}` in it; numbers are written by the language.
    """
    told = text if language() == "fr" else _english().gettext(text)
    return told.format(**_written(values)) if values else told


def count(n: int, one: str, many: str, /, **values: object) -> str:
    """A text about a number of things in the visitor's language; `{n}` is the number.

    Args:
        n: how many, 0 or more.
        one: the French for none or one thing, a literal.
        many: the French for several, a literal.
        values: what stands in the place of other `{name}`.
    """
    if language() == "fr":
        told = one if abs(n) < 2 else many
    else:
        told = _english().ngettext(one, many, n)
    return told.format(n=number(n), **_written(values))


def later(text: str) -> str:
    """The text itself: marks a constant that `say` translates where it is drawn."""
    return text


def number(value: float | Decimal, decimals: int | None = None) -> str:
    """A number as the visitor's language writes it: « 1 234,5 » or "1,234.5".

    Args:
        decimals: how many to write; those that count, three at most, when None.
    """
    from babel.numbers import format_decimal

    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, _LOCALES[language()])


def day(value: date) -> str:
    """A day as the visitor's language writes it: « 1er octobre 2016 » or "1 October 2016"."""
    if language() == "fr":
        return french_date(value)
    from babel.dates import format_date

    return format_date(value, "long", _LOCALES["en"])


def _written(values: dict[str, object]) -> dict[str, object]:
    """Values as they stand in a text: numbers by the language."""
    return {
        name: number(value)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        else value
        for name, value in values.items()
    }


@cache
def _english() -> Translations:
    """The English catalogue, read once a process."""
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file, "en"))
    compiled.seek(0)
    return Translations(compiled)
