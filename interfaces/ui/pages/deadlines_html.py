"""The result of a calculator and its working, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from assistant.deadlines import Working
from ingest.readers.kb import KnowledgeBase
from interfaces.ui.language import say
from interfaces.ui.pages.frame import show_error
from interfaces.ui.pages.pieces import (
    bullets,
    marked,
    numbers_for,
    prose,
    references,
    section,
    tiles,
)
from retrieval.errors import AppError

FIRST = date(1950, 1, 1)
LAST = date(2100, 12, 31)
_SCOPE = "calcul"

Tiles = Sequence[tuple[str, str]]


def result_html(
    kicker: str, headline: str, figures: Tiles, working: Working, base: KnowledgeBase
) -> str:
    """A result, how it was reached, the authorities, and what it does not know.

    Args:
        kicker: what the headline is.
        headline: the result in a few words.
        figures: (figure, name) pairs, beside it.
        working: how it was reached.
        base: where the authorities are.
    """
    steps = [marked(numbers_for(step, working.authorities), _SCOPE) for step in working.steps]
    known = [base.authorities[name] for name in working.authorities if name in base.authorities]
    cited = references(((a.citation, a.data.get("url")) for a in known), _SCOPE, say("Sources"))
    return (
        f'<div class="ml-result" role="status"><p>{prose(kicker)}</p><h2>{prose(headline)}</h2></div>'
        f"{tiles(figures)}{section(say('Le calcul'), bullets(steps, kind='ol'))}{cited}"
        f"{section(say('À savoir'), bullets(map(prose, working.cautions)))}"
    )


def show(compute: Callable[[], str]) -> None:
    """Draw what a calculation gives, or why there is none."""
    try:
        st.html(compute())
    except AppError as error:
        show_error(error)


def day_input(name: str, key: str, value: date | None, told: str = "") -> date | None:
    """A day that the visitor gives."""
    found: date | None = st.date_input(name, value=value, min_value=FIRST, max_value=LAST, key=key,
                                       format="DD/MM/YYYY", help=told or None,
                                       persist_state="session")  # fmt: skip
    return found
