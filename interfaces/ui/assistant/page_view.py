"""The page of a PDF that an answer quotes, the words marked."""

from __future__ import annotations

import streamlit as st

from assistant.answering.types import Citation
from interfaces.ui.conversation import Exchange, contract
from interfaces.ui.language import say
from interfaces.ui.markup import label
from retrieval.errors import AppError

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


def page_buttons(exchange: Exchange) -> None:
    """Draw a button for each page of the visitor's own PDF that the answer quotes."""
    beside = contract()
    if beside is None or not beside.document.name.lower().endswith(".pdf"):
        return
    cited = {
        c.page: c for c in reversed(exchange.answer.citations)
        if c.page and beside.document.passage(c.passage_id) is not None
    }  # fmt: skip
    with st.container(key=f"pages-{exchange.id}", horizontal=True):
        for page in sorted(cited)[:SHOWN]:
            name = say("Voir la page {page} de votre contrat", page=str(page))
            if st.button(
                label(name), key=f"page-{exchange.id}-{page}", icon=":material/visibility:"
            ):
                _show(cited[page], beside.data)


def _show(citation: Citation, data: bytes) -> None:
    """Open a page over the conversation."""
    title = label(citation.reference)

    @st.dialog(title, width="large")
    def opened() -> None:
        from ingest.page_image import page_image

        try:
            picture = page_image(data, citation.page or 1, citation.quote)
        except AppError as error:
            st.error(label(str(error)))
            return
        if not picture.found:
            st.caption(say("Les mots cités n’ont pas été retrouvés sur l’image de la page."))
        st.image(picture.png, width="stretch")
        st.html(_SCROLL.format(at=f"{100 * picture.at:.1f}"), unsafe_allow_javascript=True)

    opened()
