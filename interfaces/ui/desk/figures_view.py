"""« Tableau de bord »: what was asked, how it was served, and what the base still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk.place import encoder_of
from interfaces.ui.desk.views import open_item
from interfaces.ui.desk.words import status_name, theme_name
from interfaces.ui.markup import label
from interfaces.ui.pages.pieces import empty, tiles

if TYPE_CHECKING:
    from assistant.desk import Actor, Store
    from assistant.desk.figures import Asked, Gap, Work

_PERIODS = {4: "4 semaines", 12: "12 semaines", 52: "Un an"}
_COLOURS = {
    "répondue": "#2F8C9B", "à confirmer": "#C98A2B", "attend un juriste": "#7C6BB0",
    "sans réponse": "#B5493B",
}  # fmt: skip
_NONE = empty("Rien à compter", "Aucune question n’a été posée pendant cette période.")


def draw_figures(settings: Settings, store: Store, actor: Actor) -> None:
    """Draw the figures of a period, then the gap report."""
    from assistant.desk.figures import Figures

    weeks = st.segmented_control(
        "Période", list(_PERIODS), default=12, format_func=lambda one: _PERIODS[one],
        key="desk-period", required=True,
    )  # fmt: skip
    since = datetime.now(UTC) - timedelta(weeks=int(weeks or 12))
    figures = Figures(store, actor)
    asked = figures.asked(since)
    if not asked:
        st.html(_NONE)
        return
    st.html(tiles(_totals(asked, figures.work(since))))
    left, right = st.columns(2, gap="large")
    with left:
        _by_week(asked)
    with right:
        _by_theme(asked)
    _gaps(figures.gaps(encoder_of(settings.encoder)))


def served(asked: Asked) -> str:
    """How a question was served, in words."""
    return "attend un juriste" if asked.waited else status_name(asked.status)


def _totals(asked: Sequence[Asked], work: Work) -> list[tuple[str, str]]:
    """The figures of the period, with their names."""
    total, how = len(asked), Counter(served(one) for one in asked)
    votes = [one.helpful for one in asked if one.helpful is not None]
    delay = "–" if work.hours is None else f"{work.hours:.1f} h".replace(".", ",")
    return [
        (str(total), "questions posées"),
        (_share(how["répondue"], total), "répondues aussitôt"),
        (_share(how["à confirmer"], total), "à confirmer"),
        (_share(how["sans réponse"], total), "sans réponse"),
        (_share(how["attend un juriste"], total), "confiées d’abord à un juriste"),
        (_share(sum(votes), len(votes)), f"d’avis favorables ({len(votes)} avis)"),
        (str(work.sent), f"envois des juristes, dont {work.unchanged} sans retouche"),
        (delay, "délai médian d’un envoi"),
    ]


def _share(part: int, whole: int) -> str:
    """A share of a whole, in percent."""
    return f"{part / whole:.0%}".replace("%", "\u00a0%") if whole else "–"


def _by_week(asked: Sequence[Asked]) -> None:
    """Draw the questions of each week by how they were served."""
    st.html('<h2 class="ml-title-2">Par semaine</h2>')
    counts = Counter((one.week, served(one)) for one in asked)
    rows = [
        {"Semaine du": f"{week:%d/%m}", "Questions": count, "Suite": how}
        for (week, how), count in sorted(counts.items())
    ]
    _chart(rows, "Semaine du")


def _by_theme(asked: Sequence[Asked]) -> None:
    """Draw the questions of each theme by how they were served."""
    st.html('<h2 class="ml-title-2">Par thème</h2>')
    counts = Counter((theme_name(one.theme), served(one)) for one in asked)
    rows = [
        {"Thème": theme, "Questions": count, "Suite": how}
        for (theme, how), count in sorted(counts.items())
    ]
    _chart(rows, "Thème", horizontal=True)


def _chart(rows: list[dict[str, object]], name: str, *, horizontal: bool = False) -> None:
    """Draw stacked bars, a colour for each way of being served."""
    ways = [way for way in _COLOURS if any(row["Suite"] == way for row in rows)]
    wide: dict[object, dict[str, object]] = {}
    for row in rows:
        line = wide.setdefault(row[name], {name: row[name], **dict.fromkeys(ways, 0)})
        line[str(row["Suite"])] = row["Questions"]
    st.bar_chart(
        list(wide.values()), x=name, y=ways, color=[_COLOURS[way] for way in ways],
        horizontal=horizontal, stack=True, height=max(300, 34 * len(wide)), sort=False,
        x_label="",
        y_label="",
    )  # fmt: skip


def _gaps(gaps: Sequence[Gap]) -> None:
    """Draw what the base lacks: questions declined or badly voted, those that are alike together."""
    st.html('<h2 class="ml-title-2">Ce qui manque à la base</h2>')
    if not gaps:
        st.caption("Aucune question sans réponse ni mal notée.")
        return
    st.caption("Questions sans réponse ou mal notées, regroupées par ressemblance.")
    for place, gap in enumerate(gaps):
        count = len(gap.questions)
        with st.expander(label(f"{count} × {gap.questions[0]}")):
            for question in gap.questions[1:]:
                st.markdown(label(question))
            if gap.items:
                st.button(
                    "Écrire cette réponse", key=f"desk-gap-{place}", on_click=open_item,
                    args=(gap.items[0],), icon=":material/edit_note:",
                )  # fmt: skip
            else:
                st.caption("Aucun juriste n’a été demandé : rien n’attend dans la file.")
