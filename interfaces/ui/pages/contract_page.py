"""The model contract: to read, to compare, to fill in."""

from __future__ import annotations

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import later, say
from interfaces.ui.pages.frame import page

LEAD = later(
    "Quarante-quatre articles et six annexes, avec leurs notes : à lire, à comparer, à remplir, puis à"
    " télécharger en Word ou en PDF."
)
VIEWS = (later("Lire"), later("Comparer"), later("Remplir"))


def draw(settings: Settings) -> None:
    """Draw the view that the visitor chose."""
    view = st.segmented_control(
        say("Que voulez-vous faire du modèle ?"), VIEWS, default=VIEWS[0], required=True, key="vue",
        format_func=say, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    with st.spinner(say("Ouverture du modèle…")):  # the title is painted before this is imported
        from interfaces.ui.pages.contract_compare import compare
        from interfaces.ui.pages.contract_fill import fill
        from interfaces.ui.pages.contract_read import read
        from interfaces.ui.pages.resources import open_model

        open_model(settings.kb)
    {"Comparer": compare, "Remplir": fill}.get(view or "", read)(settings.kb)


page(later("Modèle de contrat"), LEAD, draw)
