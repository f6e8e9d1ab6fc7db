"""What was answered to like questions: published answers first, then the base's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.desk.place import encoder_of
from interfaces.ui.desk.sources_of import linked
from interfaces.ui.language import day, say
from interfaces.ui.markup import label

if TYPE_CHECKING:
    from assistant.desk import Item, Publication, Store
    from retrieval import Retriever

SHOWN = 3
LIKE = 0.45  # likeness from which a published answer is worth a lawyer's look


def draw_similar(settings: Settings, store: Store, item: Item, retriever: Retriever) -> None:
    """Draw up to three published answers and three questions of the base, the likest first."""
    st.html(f'<h2 class="ml-title-2">{say("Déjà répondu")}</h2>')
    found = _like(settings, store, item.question)
    if not found:
        st.caption(
            say(
                "Aucune réponse publiée ne répond à une question semblable ; voici les fiches proches."
            )
        )
    for one in found:
        with st.expander(
            label(say("{question} (publiée le {date})", question=one.question, date=day(one.at)))
        ):
            st.markdown(linked(one.markdown, (), item.row.id))
    for identifier, title in near(retriever, item.question)[:SHOWN]:
        with st.expander(label(title)):
            for passage in retriever.document(identifier):
                st.markdown(linked(passage.text, (), item.row.id))


def near(retriever: Retriever, question: str) -> list[tuple[str, str]]:
    """The questions of the base nearest to one, the nearest first: document id and title."""
    ranked = retriever.rank(question).candidates
    return [
        (one.document_id, one.title)
        for one in ranked
        if one.document_id.startswith("kb:questions/")
    ][:10]


def _like(settings: Settings, store: Store, question: str) -> list[Publication]:
    """The published answers whose question is like one, the likest first."""
    from assistant.desk import Publications

    published = {one.document: one for one in Publications(store, settings.kb).all()}
    known = list(published.values())
    if not known:
        return []
    vectors = _vectors(settings.encoder, tuple(one.question for one in known))
    asked = encoder_of(settings.encoder).encode([question])[0]
    likeness = vectors @ asked
    order = sorted(range(len(known)), key=lambda place: -float(likeness[place]))
    return [known[place] for place in order[:SHOWN] if likeness[place] >= LIKE]


@st.cache_data(max_entries=4, show_spinner=False)
def _vectors(encoder: str, questions: tuple[str, ...]) -> object:
    """The vectors of questions."""
    return encoder_of(encoder).encode(list(questions))
