"""The web application: it registers the pages, nothing else. Run it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st

ASSISTANT = st.Page("interfaces/ui/assistant_page.py", title="MainteLex", default=True)

st.navigation([ASSISTANT], position="hidden").run()
