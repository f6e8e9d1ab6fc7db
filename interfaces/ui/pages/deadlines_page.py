"""Calculators of dates and sums, each with its rule and its working."""

from __future__ import annotations

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import later, say
from interfaces.ui.pages.frame import page

LEAD = later(
    "Préavis, pénalités de retard, prescription : un résultat, le calcul pas à pas, et la règle."
)
VIEWS = (later("Préavis et reconduction"), later("Retard de paiement"), later("Prescription"))


def draw(settings: Settings) -> None:
    """Draw the calculator that the visitor chose."""
    from interfaces.ui.pages.deadlines_late import late
    from interfaces.ui.pages.deadlines_notice import notice
    from interfaces.ui.pages.deadlines_sue import sue
    from interfaces.ui.pages.resources import open_base

    view = st.segmented_control(
        say("Que voulez-vous calculer ?"), VIEWS, default=VIEWS[0], required=True, key="calcul",
        format_func=say, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    with st.spinner(say("Ouverture de la base…")):
        base = open_base(settings.kb)
    {VIEWS[1]: late, VIEWS[2]: sue}.get(view or "", notice)(base)


page(later("Échéances"), LEAD, draw)
