"""The queue: the urgent first, then the oldest, with filters that say how many each would show."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from interfaces.ui.desk.retold import reason_told
from interfaces.ui.desk.views import open_item
from interfaces.ui.desk.words import STATES, URGENCIES, ago, theme_name
from interfaces.ui.language import count, later, say
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import badge, empty, prose

if TYPE_CHECKING:
    from assistant.desk import Actor, Page, Row, Store, Wanted

Whose = Literal["any", "mine", "nobody"]
SIZE = 50  # items of a page
_TONES = {3: "high", 2: "medium", 1: "plain"}
_WHOSE: dict[Whose, str] = {
    "any": later("Toutes"), "mine": later("Les miennes"), "nobody": later("Sans titulaire"),
}  # fmt: skip


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
        st.html(empty(say("Rien à relire"), say("Aucune question ne passe ces filtres.")))
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
        holder=next((one for one in _WHOSE if one == chosen.get("desk-whose")), "any"),
        reference=str(chosen.get("desk-reference", "")).strip(),
    )


def _filters(page: Page) -> None:
    """Draw the filters, each value with how many items it would show."""
    counts = page.counts
    with st.container(key="desk-filters"):
        _pills(say("État"), "desk-states", STATES, counts.states)
        _pills(say("Urgence"), "desk-urgencies", URGENCIES, counts.urgencies)
        st.segmented_control(
            say("Titulaire"), list(_WHOSE), default="any", key="desk-whose", on_change=_first,
            format_func=lambda whose: say(_WHOSE[whose]), required=True, persist_state="session",
        )  # fmt: skip
        themes = sorted({*counts.themes, *st.session_state.get("desk-themes", ())})
        st.multiselect(
            say("Thème"), themes, key="desk-themes", on_change=_first, placeholder=say("Tous"),
            format_func=lambda theme: f"{theme_name(theme)} ({counts.themes.get(theme, 0)})",
            persist_state="session",
        )  # fmt: skip
        st.text_input(
            say("Référence"), key="desk-reference", max_chars=60, placeholder="ML-…",
            on_change=_first, persist_state="session",
        )  # fmt: skip


def _pills(name: str, key: str, values: Mapping[Any, str], counts: Mapping[Any, int]) -> None:
    """Draw the values of a filter."""
    st.pills(
        name, list(values), key=key, selection_mode="multi", on_change=_first,
        format_func=lambda value: f"{say(values[value])} ({counts.get(value, 0)})",
        persist_state="session",
    )  # fmt: skip


def _first() -> None:
    """Other filters start at their first page."""
    st.session_state["desk-page"] = 1


def _total(total: int, number: int) -> str:
    """How many questions there are, and which of them are below."""
    if total <= SIZE:
        return count(total, "{n} question", "{n} questions")
    first, last = (number - 1) * SIZE + 1, min(total, number * SIZE)
    return say(
        "{total} questions ; ici de la {first} à la {last}", total=total, first=first, last=last
    )


def _row(row: Row) -> None:
    """Draw an item of the queue."""
    holder = f" · <b>{escape(row.holder)}</b>" if row.holder else ""
    about = (
        f"{badge(say(URGENCIES[row.urgency]), _TONES[row.urgency])}"
        f"{badge(say(STATES[row.state]), 'low')}<span>{escape(row.reference)}</span>"
        f"<span>{prose(theme_name(row.theme))}</span><span>{prose(reason_told(row.reason))}</span>"
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
            say("Page précédente"), disabled=number <= 1, on_click=_go, args=(number - 1,),
            icon=":material/chevron_left:",
        )  # fmt: skip
        st.html(
            f"<span>{say('Page {number} sur {last}', number=number, last=last)}</span>",
            width="content",
        )
        st.button(
            say("Page suivante"), disabled=number >= last, on_click=_go, args=(number + 1,),
            icon=":material/chevron_right:",
        )  # fmt: skip


def _go(number: int) -> None:
    """Show another page."""
    st.session_state["desk-page"] = number
