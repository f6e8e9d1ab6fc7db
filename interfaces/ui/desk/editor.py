"""The editor: Markdown on one side, what it gives beside it, and a search that inserts sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.citation import Citation
from interfaces.ui.desk import session
from interfaces.ui.desk.actions import edit_off
from interfaces.ui.desk.place import base_for
from interfaces.ui.desk.sources_of import citations_of, linked, numbered
from interfaces.ui.markup import label
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Item, Reviews
    from retrieval import Passage, Retriever

FOUND = 6  # passages that a search shows
MAX_SOURCES = 60
PLACE = "[?]"  # where the next citation goes
_EXCERPT = 320
_SKELETON = "\n\n### Explication\n\n\n\n### En pratique\n\n- \n\n### Limites\n\n- "


def draw_editor(item: Item, reviews: Reviews, retriever: Retriever) -> None:
    """Draw the editor over the text in force."""
    text, sources = f"desk-text-{item.row.id}", f"desk-sources-{item.row.id}"
    _start(item, text, sources)
    st.html('<h2 class="ml-title-2">Votre texte</h2>')
    st.text_area("Texte en Markdown", key=text, height=420, persist_state="session")
    st.caption("L’aperçu suit dès que vous quittez le champ, ou par Ctrl+Entrée.")
    with st.container(key="desk-save", horizontal=True):
        st.button(
            "Enregistrer", key="desk-save-button", type="primary", icon=":material/save:",
            on_click=_save, args=(item, reviews, retriever, text, sources),
            shortcut="Alt+Shift+S",
        )  # fmt: skip
        st.button(
            "Abandonner", key="desk-cancel", on_click=_leave, args=(item, text, sources),
        )  # fmt: skip
        st.caption("Le garde lit chaque phrase à l’enregistrement.")
    _search(item, retriever, text, sources)
    _preview(item, retriever, st.session_state[text], st.session_state[sources])


def insert(text: str, marker: str) -> str:
    """A text with a marker at the first [?], or at its end."""
    if PLACE in text:
        return text.replace(PLACE, marker, 1)
    return f"{text.rstrip()} {marker}"


def _start(item: Item, text: str, sources: str) -> None:
    """Begin with the text in force and its sources."""
    if text in st.session_state:
        st.session_state.setdefault(sources, [])
        return
    citations = citations_of(item.text.citations)
    empty = item.revision is None and item.suggested.status == "declined"
    st.session_state[text] = _SKELETON if empty else item.text.markdown
    st.session_state[sources] = numbered(citations)


def _save(
    item: Item, reviews: Reviews, retriever: Retriever, text: str, sources: str
) -> None:  # fmt: skip
    """Have the guard read the text, and keep it; whatever goes wrong, the text stays here."""
    written = str(st.session_state.get(text, ""))
    try:
        _, edit = reviews.edit(
            item.row.id, item.row.version, written, st.session_state.get(sources, []),
            base_for(retriever),
        )  # fmt: skip
    except AppError as error:
        session.tell(str(error), "wrong")
        st.session_state[text] = written
        return
    doubts = len(edit.faults)
    told = f" ; {doubts} phrase(s) à justifier ou à corriger." if doubts else "."
    session.tell(f"Texte enregistré{told}", "done")
    _leave(item, text, sources)


def _leave(item: Item, text: str, sources: str) -> None:
    """Close the editor and forget its text."""
    for key in (text, sources):
        st.session_state.pop(key, None)
    edit_off(item)


def _search(item: Item, retriever: Retriever, text: str, sources: str) -> None:
    """Draw the search for passages, each with a button that cites it."""
    with st.expander("Chercher une source à citer", expanded=False, icon=":material/search:"):
        st.caption(
            f"Écrivez {PLACE} dans le texte là où la source doit aller ; sinon elle va à la fin."
        )
        asked = st.text_input("Mots, article ou décision", key="desk-search", max_chars=300)
        if not asked.strip():
            return
        for hit in retriever.search(asked, FOUND):
            passage = hit.passage
            st.markdown(f"**{label(passage.reference or passage.title)}**")
            st.caption(label(" ".join(passage.text.split())[:_EXCERPT]))
            st.button(
                "Citer", key=f"desk-cite-{passage.id}", on_click=_cite,
                args=(passage.id, text, sources), icon=":material/format_quote:",
            )  # fmt: skip


def _cite(passage: str, text: str, sources: str) -> None:
    """Insert a source: its marker in the text, the passage in the list."""
    known: list[str] = st.session_state.get(sources, [])
    if passage not in known:
        if len(known) >= MAX_SOURCES:
            session.tell(f"{MAX_SOURCES} sources au plus.", "wrong")
            return
        known = [*known, passage]
    st.session_state[sources] = known
    marker = f"[{known.index(passage) + 1}]"
    st.session_state[text] = insert(str(st.session_state.get(text, "")), marker)


def _preview(item: Item, retriever: Retriever, text: str, sources: list[str]) -> None:
    """Draw the text as the customer will read it, and which source each number is."""
    st.html('<h2 class="ml-title-2">Aperçu</h2>')
    found = [retriever.passage(identifier) for identifier in sources]
    citations = [_citation(n, passage) for n, passage in enumerate(found, start=1) if passage]
    with st.container(key="desk-preview", border=True):
        st.markdown(linked(text, citations, item.row.id))
    listed = "\n".join(f"- **[{one.n}]** {label(one.reference or one.title)}" for one in citations)
    if listed:
        st.markdown(listed)


def _citation(number: int, passage: Passage) -> Citation:
    """A passage under a number."""
    return Citation(
        number, passage.id, passage.kind, passage.title, passage.reference, passage.url,
        passage.text[:400], passage.page,
    )  # fmt: skip
