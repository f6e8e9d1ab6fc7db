"""The web server of the pages: app.py with what Streamlit alone does not send.

`streamlit run web.py`, which `maintelex serve` does. It names the sites that may show the page in
a frame, and tells the browser where the site begins: Streamlit otherwise asks for the page's own address first,
and leaves two answers 404 in the browser's console at each direct opening.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from interfaces.settings import ROOT
from interfaces.ui.doorway import Doorway

app = st.App(ROOT / "app.py", middleware=[Middleware(Doorway)])
