"""The editor: Markdown on one side, what it gives beside it, and a search that inserts sources."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

import streamlit as st

from assistant.citation import Citation
from interfaces.ui.desk import session
from interfaces.ui.desk.actions import edit_off
from interfaces.ui.desk.place import base_for
from interfaces.ui.desk.retold import retold
from interfaces.ui.desk.sources_of import citations_of, linked, numbered
from interfaces.ui.language import count, say
from interfaces.ui.markup import label
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Item, Reviews
    from retrieval import Passage, Retriever

FOUND = 6  # passages that a search shows
MAX_SOURCES = 60
PLACE = "[?]"  # where the next citation goes
_EXCERPT = 320  # characters
_RESULTS = 380  # pixels
_SKELETON = "\n\n### Explication\n\n\n\n### En pratique\n\n- \n\n### Limites\n\n- "


def draw_editor(item: Item, reviews: Reviews, retriever: Retriever) -> None:
    """Draw the editor over the text in force."""
    text, sources = f"desk-text-{item.row.id}", f"desk-sources-{item.row.id}"
    _start(item, text, sources)
    st.html(f'<h2 class="ml-title-2">{say("Votre texte")}</h2>')
    st.text_area(say("Texte en Markdown"), key=text, height=420, persist_state="session")
    st.caption(say("L’aperçu suit dès que vous quittez le champ, ou par Ctrl+Entrée."))
    with st.container(key="desk-save", horizontal=True, vertical_alignment="center"):
        st.button(
            say("Enregistrer"), key="desk-save-button", type="primary", icon=":material/save:",
            on_click=_save, args=(item, reviews, retriever, text, sources),
            shortcut="Alt+Shift+S",
        )  # fmt: skip
        st.button(
            say("Abandonner"), key="desk-cancel", on_click=_leave, args=(item, text, sources),
        )  # fmt: skip
        st.caption(say("Le garde lit chaque phrase à l’enregistrement."))
    _search(retriever, text, sources)
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
        session.tell(str(retold(error)), "wrong")
        st.session_state[text] = written
        return
    doubts = len(edit.faults)
    told = count(
        doubts,
        "Texte enregistré ; {n} phrase à justifier ou à corriger.",
        "Texte enregistré ; {n} phrases à justifier ou à corriger.",
    )
    session.tell(told if doubts else say("Texte enregistré."), "done")
    _leave(item, text, sources)


def _leave(item: Item, text: str, sources: str) -> None:
    """Close the editor and forget its text."""
    for key in (text, sources):
        st.session_state.pop(key, None)
    edit_off(item)


def _search(retriever: Retriever, text: str, sources: str) -> None:
    """Draw the search for passages; what it finds scrolls by itself, the preview stays near."""
    with st.expander(say("Chercher une source à citer"), icon=":material/search:"):
        st.caption(
            say("Écrivez {place} dans le texte là où la source doit aller ; sinon elle va à la fin.",
                place=PLACE)
        )  # fmt: skip
        asked = st.text_input(say("Mots, article ou décision"), key="desk-search", max_chars=300)
        if not asked.strip():
            return
        with st.container(height=_RESULTS, border=False, key="desk-found"):
            for hit in retriever.search(asked, FOUND):
                _found(hit.passage, text, sources)


def _found(passage: Passage, text: str, sources: str) -> None:
    """Draw a passage with the button that cites it."""
    key = f"desk-hit-{passage.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        st.button(
            say("Citer"), key=f"desk-cite-{passage.id}", on_click=_cite,
            args=(passage.id, text, sources), icon=":material/format_quote:",
        )  # fmt: skip
        st.markdown(f"**{label(passage.reference or passage.title)}**")
    st.caption(label(shorten(passage.text, _EXCERPT, placeholder=" […]")))


def _cite(passage: str, text: str, sources: str) -> None:
    """Insert a source: its marker in the text, the passage in the list."""
    known: list[str] = st.session_state.get(sources, [])
    if passage not in known:
        if len(known) >= MAX_SOURCES:
            session.tell(say("{most} sources au plus.", most=MAX_SOURCES), "wrong")
            return
        known = [*known, passage]
    st.session_state[sources] = known
    marker = f"[{known.index(passage) + 1}]"
    st.session_state[text] = insert(str(st.session_state.get(text, "")), marker)


def _preview(item: Item, retriever: Retriever, text: str, sources: list[str]) -> None:
    """Draw the text as the customer will read it, and which source each number is."""
    st.html(f'<h2 class="ml-title-2">{say("Aperçu")}</h2>')
    found = [retriever.passage(identifier) for identifier in sources]
    citations = [_citation(n, passage) for n, passage in enumerate(found, start=1) if passage]
    with st.container(key="desk-preview", border=True):
        st.markdown(linked(text, citations, item.row.id))
    if citations:
        name = count(len(citations), "{n} source à citer", "{n} sources à citer, par leur numéro")
        with st.expander(name, key="desk-sources"):
            listed = (f"- **[{one.n}]** {label(one.reference or one.title)}" for one in citations)
            st.markdown("\n".join(listed))


def _citation(number: int, passage: Passage) -> Citation:
    """A passage under a number."""
    return Citation(
        number, passage.id, passage.kind, passage.title, passage.reference, passage.url,
        passage.text[:400], passage.page,
    )  # fmt: skip
