"""The watch: changes of the law, what they touch, how fresh the base is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import later, say
from interfaces.ui.pages.frame import ask_button, page, site

if TYPE_CHECKING:
    from assistant.watch import Bulletin, Update

LEAD = later(
    "Ce qui change dans le droit, les questions et les clauses que cela touche, et l’âge de la base."
)
LATEST = 20  # pages published lately


def draw(settings: Settings) -> None:
    """Draw the freshness, the changes, then what was published."""
    from datetime import date

    from assistant.watch import bulletin
    from interfaces.ui.pages.resources import open_base
    from interfaces.ui.pages.watch_html import freshness_html, published_html

    with st.spinner(say("Ouverture de la base…")):
        found = bulletin(open_base(settings.kb), date.today(), latest=LATEST)
    st.html(freshness_html(found))
    _feed(found)
    st.html(f'<h2 class="ml-title-2">{say("Changements du droit")}</h2>')
    for update in found.updates:
        _update(update)
    st.html(published_html(found))


def _update(update: Update) -> None:
    """Draw a change, with the questions that it touches."""
    from interfaces.ui.markup import label
    from interfaces.ui.pages.watch_html import state, update_html, when

    change = update.change
    with st.expander(f"{label(change.title)} · :gray[{label(when(change))}, {state(change)}]"):
        st.html(update_html(update))
        if update.questions:
            st.html(f'<h3 class="ml-label">{say("Questions touchées")}</h3>')
        for question in update.questions:
            ask_button(question.title, f"ask-{change.id}-{question.id}")


def _feed(found: Bulletin) -> None:
    """Draw the download of the feed."""
    from datetime import UTC, datetime

    from assistant.watch import rss

    address = site(st.context.url)  # now: the feed is made when the visitor's request is over
    st.download_button(
        say("Flux RSS de la veille"), lambda: rss(found, address, datetime.now(UTC)),
        "maintelex-veille.xml", "application/rss+xml", key="rss", on_click="ignore",
        icon=":material/rss_feed:",
    )  # fmt: skip


page(later("Veille"), LEAD, draw)
