"""« Tableau de bord »: what was asked, how it was served, and what the base still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk.charts import Bar, bars, columns, legend
from interfaces.ui.desk.place import encoder_of
from interfaces.ui.desk.views import open_item
from interfaces.ui.desk.words import theme_name
from interfaces.ui.language import count, later, number, say
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import empty, tiles

if TYPE_CHECKING:
    from assistant.desk import Actor, Store
    from assistant.desk.figures import Asked, Gap, Work

_PERIODS = {4: later("4 semaines"), 12: later("12 semaines"), 52: later("Un an")}
_WAYS = {  # how a question was served, in the order of the bars
    "answered": later("répondues aussitôt"),
    "needs_review": later("à confirmer"),
    "waited": later("confiées d’abord à un juriste"),
    "declined": later("sans réponse"),
}


def draw_figures(settings: Settings, store: Store, actor: Actor) -> None:
    """Draw the figures of a period, then the gap report."""
    from assistant.desk.figures import Figures

    weeks = st.segmented_control(
        say("Période"), list(_PERIODS), default=12, format_func=lambda one: say(_PERIODS[one]),
        key="desk-period", required=True,
    )  # fmt: skip
    since = datetime.now(UTC) - timedelta(weeks=int(weeks or 12))
    figures = Figures(store, actor)
    asked = figures.asked(since)
    if asked:
        st.html(tiles(_totals(asked, figures.work(since))))
        _charts(asked, since.date(), datetime.now(UTC).date())
    else:
        told = say("Aucune question n’a été posée pendant cette période.")
        st.html(empty(say("Rien à compter"), told))
    _gaps(figures.gaps(encoder_of(settings.encoder)))


def served(asked: Asked) -> str:
    """How a question was served: its status, or "waited" where a lawyer came first."""
    return "waited" if asked.waited else asked.status


def _totals(asked: Sequence[Asked], work: Work) -> list[tuple[str, str]]:
    """The figures of the period, with their names."""
    total, how = len(asked), Counter(served(one) for one in asked)
    votes = [one.helpful for one in asked if one.helpful is not None]
    delay = "–" if work.hours is None else f"{number(work.hours, 1)}\u00a0h"
    ways = [(_share(how[way], total), say(name)) for way, name in _WAYS.items()]
    return [
        (number(total), say("questions posées")),
        *ways,
        (_share(sum(votes), len(votes)),
         count(len(votes), "d’avis favorables ({n} avis)", "d’avis favorables ({n} avis)")),
        (number(work.sent),
         say("envois des juristes, dont {unchanged} sans retouche", unchanged=work.unchanged)),
        (delay, say("délai médian d’un envoi")),
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    """A share of a whole, in percent."""
    return say("{share} %", share=round(100 * part / whole)) if whole else "–"


def _charts(asked: Sequence[Asked], since: date, until: date) -> None:
    """Draw the questions of each week and of each theme, by how they were served."""
    kinds = {way: say(name) for way, name in _WAYS.items()}
    st.html(legend(kinds))
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f'<h2 class="ml-title-2">{say("Par semaine")}</h2>')
        st.html(columns(by_week(asked, since, until), kinds))
    with right:
        st.html(f'<h2 class="ml-title-2">{say("Par thème")}</h2>')
        st.html(bars(by_theme(asked), kinds))


def by_week(asked: Sequence[Asked], since: date, until: date) -> list[Bar]:
    """The questions of each week, those without any among them, the oldest first.

    Args:
        since: first day of the period.
        until: its last day.
    """
    first = since - timedelta(days=since.weekday())
    weeks = range((until - first).days // 7 + 1)
    known = {first + timedelta(weeks=n): Counter[str]() for n in weeks}
    for one in asked:
        known.setdefault(one.week, Counter())[served(one)] += 1
    return [Bar(f"{week:%d/%m}", known[week]) for week in sorted(known)]


def by_theme(asked: Sequence[Asked]) -> list[Bar]:
    """The questions of each theme, the largest first."""
    known: dict[str, Counter[str]] = {}
    for one in asked:
        known.setdefault(one.theme, Counter())[served(one)] += 1
    drawn = [Bar(theme_name(theme), counts) for theme, counts in known.items()]
    return sorted(drawn, key=lambda bar: (-bar.total, bar.name))


def _gaps(gaps: Sequence[Gap]) -> None:
    """Draw what the base lacks: questions declined or badly voted, those that are alike together."""
    st.html(f'<h2 class="ml-title-2">{say("Ce qui manque à la base")}</h2>')
    if not gaps:
        st.caption(say("Aucune question sans réponse ni mal notée."))
        return
    st.caption(
        say("Questions sans réponse ou mal notées, depuis toujours, regroupées par ressemblance.")
    )
    for place, gap in enumerate(gaps):
        times = len(gap.questions)
        name = gap.questions[0] if times == 1 else f"{times} × {gap.questions[0]}"
        with st.expander(label(name)):
            for question in gap.questions[1:]:
                st.markdown(label(question))
            if gap.items:
                st.button(
                    say("Écrire cette réponse"), key=f"desk-gap-{place}", on_click=open_item,
                    args=(gap.items[0],), icon=":material/edit_note:",
                )  # fmt: skip
            else:
                st.caption(say("Aucun juriste n’a été demandé : rien n’attend dans la file."))
