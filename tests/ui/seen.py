"""What a page sends to the browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def html(app: AppTest) -> str:
    """All HTML of the page, but for its style sheets and scripts."""
    bodies = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


def words(app: AppTest) -> str:
    """All HTML and Markdown of the page, on plain spaces."""
    text = "\n".join([html(app), *(element.value for element in app.markdown)])
    return text.replace("\u00a0", " ").replace("\u202f", " ")
