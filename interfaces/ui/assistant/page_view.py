"""The page of a PDF that an answer quotes, the words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answering.types import Citation
from interfaces.ui.assistant.pdf_source import pdf_of
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.conversation import Exchange, contract
from interfaces.ui.language import say
from interfaces.ui.markup import label
from retrieval.errors import AppError, DocumentError

if TYPE_CHECKING:
    from retrieval import Retriever

_PAGE = re.compile(r"\bp\. (?=\d)")
SHOWN = 3  # pages that one answer offers
# Bring the marked words to the middle of the screen, once the picture is there.
_SCROLL = """<script>(() => {{
  const go = tries => {{
    const image = document.querySelector('[role="dialog"] [data-testid="stImage"] img');
    if (!image?.clientHeight) {{ if (tries) setTimeout(go, 100, tries - 1); return; }}
    const mark = document.createElement("span");
    image.parentElement.style.position = "relative";
    mark.style.cssText = "position: absolute; top: {at}%";
    image.after(mark);
    mark.scrollIntoView({{block: "center"}});
  }};
  go(50);
}})()</script>"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that may be seen."""

    name: str  # of its button
    citation: Citation
    read: Callable[[], bytes]  # gives the file


def page_buttons(exchange: Exchange, retriever: Retriever) -> None:
    """Draw a button for each page of a PDF that the answer quotes."""
    found = {shown.name: shown for shown in _pages(exchange, retriever)}
    if not found:
        return
    with st.container(key=f"pages-{exchange.id}", horizontal=True):
        for place, (name, shown) in enumerate(list(found.items())[:SHOWN]):
            if st.button(label(name), key=f"page-{exchange.id}-{place}",
                         icon=":material/visibility:"):  # fmt: skip
                _show(shown)


def _pages(exchange: Exchange, retriever: Retriever) -> Iterator[Shown]:
    """The pages that may be seen: of the visitor's own PDF, of those that were indexed."""
    beside = contract()
    for citation in exchange.answer.citations:
        if citation.kind != "document" or not citation.page:
            continue
        page = str(citation.page)
        passage = exchange.passages.get(citation.passage_id)
        if beside is not None and beside.document.passage(citation.passage_id):
            if beside.document.name.lower().endswith(".pdf"):
                name = say("Voir la page {page} de votre contrat", page=page)
                yield Shown(name, citation, lambda: beside.data)
        elif passage and (path := pdf_of(passage, retriever.manifest.sources)):
            name = say("Voir la page {page} de {file}", page=page, file=path.name)
            yield Shown(name, citation, path.read_bytes)


def _show(shown: Shown) -> None:
    """Open a page over the conversation."""
    citation = shown.citation

    @st.dialog(label(typographic(_PAGE.sub("p.\u00a0", citation.reference))), width="large")
    def opened() -> None:
        """Draw the page."""
        from ingest.page_image import page_image

        try:
            picture = page_image(_read(shown), citation.page or 1, citation.quote)
        except AppError as error:
            st.error(label(str(error)))
            return
        if not picture.found:
            st.caption(say("Les mots cités n’ont pas été retrouvés sur l’image de la page."))
        told = say(
            "Page {page} du document, les mots cités surlignés", page=str(citation.page or 1)
        )
        st.image(picture.png, width="stretch", alt=told)
        st.html(_SCROLL.format(at=f"{100 * picture.at:.1f}"), unsafe_allow_javascript=True)

    opened()


def _read(shown: Shown) -> bytes:
    """The file of a page.

    Raises:
        DocumentError: it is no longer there.
    """
    try:
        return shown.read()
    except OSError as error:
        raise DocumentError("Ce document n'est plus là.", fix="Rechargez la page.") from error
