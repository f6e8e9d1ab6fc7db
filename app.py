"""The web application: it registers the pages, nothing else. Run it with `streamlit run app.py`."""

from __future__ import annotations

from interfaces.ui.navigation import navigate

navigate()
