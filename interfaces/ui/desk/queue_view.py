"""The queue: the urgent first, then the oldest, with filters that say how many each would show."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from interfaces.ui.desk.views import open_item
from interfaces.ui.desk.words import STATES, URGENCIES, ago, theme_name
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import badge, empty, prose

if TYPE_CHECKING:
    from assistant.desk import Actor, Page, Row, Store, Wanted

SIZE = 50  # items of a page
_TONES = {3: "high", 2: "medium", 1: "plain"}
_WHOSE: dict[str, Literal["any", "mine", "nobody"]] = {
    "Toutes": "any", "Les miennes": "mine", "Sans titulaire": "nobody",
}  # fmt: skip
_NONE = empty("Rien à relire", "Aucune question ne passe ces filtres.")


def draw_queue(store: Store, actor: Actor) -> None:
    """Draw the filters and a page of the queue."""
    from assistant.desk import Queue

    queue = Queue(store, actor)
    wanted = _wanted()
    number = int(st.session_state.get("desk-page", 1))
    page = queue.page(wanted, number=number, size=SIZE)
    if not page.rows and number > 1:  # the queue has become shorter
        number = st.session_state["desk-page"] = 1
        page = queue.page(wanted, size=SIZE)
    _filters(page)
    st.html(f'<p class="ml-lead" role="status">{_total(page.total, number)}</p>')
    for row in page.rows:
        _row(row)
    if not page.rows:
        st.html(_NONE)
    _pager(page.total, number)


def _wanted() -> Wanted:
    """What the filters ask for; they keep their choice in the session."""
    from assistant.desk import Wanted
    from assistant.desk.types import OPEN

    chosen = st.session_state
    states = tuple(chosen.get("desk-states", ())) or OPEN
    return Wanted(
        states=states,
        themes=tuple(chosen.get("desk-themes", ())),
        urgencies=tuple(chosen.get("desk-urgencies", ())),
        holder=_WHOSE.get(str(chosen.get("desk-whose")), "any"),
        reference=str(chosen.get("desk-reference", "")).strip(),
    )


def _filters(page: Page) -> None:
    """Draw the filters, each value with how many items it would show."""
    counts = page.counts
    with st.container(key="desk-filters"):
        _pills("État", "desk-states", STATES, counts.states)
        _pills("Urgence", "desk-urgencies", URGENCIES, counts.urgencies)
        st.segmented_control(
            "Titulaire", list(_WHOSE), default="Toutes", key="desk-whose", on_change=_first,
            required=True, persist_state="session",
        )  # fmt: skip
        themes = sorted({*counts.themes, *st.session_state.get("desk-themes", ())})
        st.multiselect(
            "Thème", themes, key="desk-themes", on_change=_first, placeholder="Tous",
            format_func=lambda theme: f"{theme_name(theme)} ({counts.themes.get(theme, 0)})",
            persist_state="session",
        )  # fmt: skip
        st.text_input(
            "Référence", key="desk-reference", max_chars=60, placeholder="ML-…",
            on_change=_first, persist_state="session",
        )  # fmt: skip


def _pills(name: str, key: str, values: Mapping[Any, str], counts: Mapping[Any, int]) -> None:
    """Draw the values of a filter."""
    st.pills(
        name, list(values), key=key, selection_mode="multi", on_change=_first,
        format_func=lambda value: f"{values[value]} ({counts.get(value, 0)})",
        persist_state="session",
    )  # fmt: skip


def _first() -> None:
    """Other filters start at their first page."""
    st.session_state["desk-page"] = 1


def _total(total: int, number: int) -> str:
    """How many questions there are, and which of them are below."""
    if total <= SIZE:
        return f"{total} question{'s' if total > 1 else ''}"
    first = (number - 1) * SIZE + 1
    return (
        f"{total} questions, de la {first}<sup>e</sup> à la {min(total, number * SIZE)}<sup>e</sup>"
    )


def _row(row: Row) -> None:
    """Draw an item of the queue."""
    holder = f" · <b>{escape(row.holder)}</b>" if row.holder else ""
    about = (
        f"{badge(URGENCIES[row.urgency], _TONES[row.urgency])}"
        f"{badge(STATES[row.state], 'low')}<span>{escape(row.reference)}</span>"
        f"<span>{prose(theme_name(row.theme))}</span><span>{prose(row.reason)}</span>"
        f"<span>{ago(row.created)}{holder}</span>"
    )
    with st.container(key=f"desk-row-{row.id}", gap=None):
        excerpt = " ".join(row.excerpt.split())
        st.button(
            label(excerpt), key=f"open-{row.id}", on_click=open_item, args=(row.id,),
            width="stretch", type="tertiary",
        )  # fmt: skip
        st.html(f'<p class="ml-about-row">{about}</p>')


def _pager(total: int, number: int) -> None:
    """Draw the way to other pages."""
    last = max(1, -(-total // SIZE))
    if last == 1:
        return
    with st.container(key="desk-pager", horizontal=True, vertical_alignment="center"):
        st.button(
            "Page précédente", disabled=number <= 1, on_click=_go, args=(number - 1,),
            icon=":material/chevron_left:",
        )  # fmt: skip
        st.html(f"<span>Page {number} sur {last}</span>", width="content")
        st.button(
            "Page suivante", disabled=number >= last, on_click=_go, args=(number + 1,),
            icon=":material/chevron_right:",
        )  # fmt: skip


def _go(number: int) -> None:
    """Show another page."""
    st.session_state["desk-page"] = number
