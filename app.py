"""The web application: it registers the pages, nothing else. Run it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.desk.pages import desk_pages

PAGES = "interfaces/ui/pages"

st.navigation(
    [
        st.Page("interfaces/ui/assistant_page.py", title="Assistant", default=True),
        st.Page(
            f"{PAGES}/contract_page.py", title="Modèle de contrat", url_path="modele-de-contrat"
        ),
        st.Page(
            f"{PAGES}/convention_page.py",
            title="Convention collective",
            url_path="convention-collective",
        ),
        st.Page(
            f"{PAGES}/audit_page.py", title="Analyser mon contrat", url_path="analyser-mon-contrat"
        ),
        st.Page(f"{PAGES}/deadlines_page.py", title="Échéances", url_path="echeances"),
        st.Page(f"{PAGES}/watch_page.py", title="Veille", url_path="veille"),
        st.Page(f"{PAGES}/help_page.py", title="Aide", url_path="aide"),
        *desk_pages(),
    ],
    position="top",
).run()
