"""A button that prints the page."""

from __future__ import annotations

from html import escape

import streamlit as st

_SCRIPT = """<script>
document.querySelectorAll(".ml-print").forEach(button => { button.onclick = () => window.print(); });
</script>"""


def print_button(name: str) -> None:
    """Draw a button that opens the browser's own printing."""
    st.html(f'<button type="button" class="ml-print">{escape(name)}</button>{_SCRIPT}',
            unsafe_allow_javascript=True)  # fmt: skip
