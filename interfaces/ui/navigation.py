"""The pages and the bar that leads to them, in the visitor's language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import load_settings
from interfaces.ui.desk import session
from interfaces.ui.desk.pages import desk_pages
from interfaces.ui.desk.place import open_place
from interfaces.ui.language import later, one_language, say
from retrieval.errors import AppError

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_UI = Path(__file__).parent
# title in the bar, file, address. The order is that of the bar.
_PAGES = (
    (later("Modèle de contrat"), "pages/contract_page.py", "modele-de-contrat"),
    (later("Analyser mon contrat"), "pages/audit_page.py", "analyser-mon-contrat"),
    (later("Convention collective"), "pages/convention_page.py", "convention-collective"),
    (later("Échéances"), "pages/deadlines_page.py", "echeances"),
    (later("Signature"), "pages/signature_page.py", "signature"),
    (later("Veille"), "pages/watch_page.py", "veille"),
    (later("Aide"), "pages/help_page.py", "aide"),
)


def navigate() -> None:
    """Draw the bar and the page of the address; in a frame of another site, the assistant alone."""
    with one_language():
        _navigate()


def _navigate() -> None:
    """Draw the bar and the page."""
    assistant = st.Page(_UI / "assistant_page.py", title=say("Assistant"), default=True)
    if st.context.is_embedded:
        st.navigation([assistant], position="hidden").run()
        return
    pages = [
        st.Page(_UI / file, title=say(title), url_path=address) for title, file, address in _PAGES
    ]
    follow, desk = desk_pages()
    staff = {say("Équipe"): [desk, _administration()]} if _is_staff() else {}
    hidden = _hidden() if staff else [*_hidden(), desk, _administration()]
    st.navigation({"": [assistant, *pages, follow, *hidden], **staff}, position="top").run()


def _hidden() -> list[StreamlitPage]:
    """Pages that another page leads to."""
    return [
        st.Page(
            _UI / "pages/embed_page.py", title=say("Sur votre site"), url_path="sur-votre-site",
            visibility="hidden",
        ),
    ]  # fmt: skip


def _administration() -> StreamlitPage:
    """« Administration », in the bar for administrators; its address asks everybody who they are."""
    return st.Page(
        _UI / "admin" / "admin_page.py", title=say("Administration"), url_path="administration",
        visibility="visible" if _role() == "admin" else "hidden",
    )  # fmt: skip


def _is_staff() -> bool:
    """Whether a lawyer or an administrator is at the screen."""
    return _role() in ("lawyer", "admin")


def _role() -> str:
    """The role of whoever is signed in; empty for nobody. The pages ask again what one may do."""
    try:
        store = open_place(load_settings())
        actor = session.current(store) if store else None
    except AppError:
        return ""  # the page itself says what is wrong
    return actor.role if actor else ""
