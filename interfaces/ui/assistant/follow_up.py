"""What may be asked next: questions of the base that go with the answer, or that were meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from assistant.answering.types import Answer
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.conversation import Exchange, exchanges, submit
from interfaces.ui.language import say
from interfaces.ui.markup import french, label
from retrieval import Retriever

SHOWN = 3
SURE = 0.6  # confidence from which the question was understood: what goes with it is offered


def suggestions(exchange: Exchange, retriever: Retriever) -> None:
    """Draw questions to go on with, as buttons."""
    answer = exchange.answer
    found = list(related(answer, retriever)) if answer.confidence >= SURE else []
    title = say("Pour aller plus loin") if found else say("Vouliez-vous demander ?")
    named = found or [other.question for other in answer.alternatives]
    asked = {one.question for one in exchanges()}
    fresh = [question for question in dict.fromkeys(named) if question not in asked][:SHOWN]
    if not fresh:
        return
    st.html(f'<h3 class="ml-label">{french(title)}</h3>')
    for place, question in enumerate(fresh):
        key = f"alternative-{exchange.id}-{place}"
        st.button(label(typographic(question)), key=key, on_click=submit, args=(question,),
                  width="stretch")  # fmt: skip


def related(answer: Answer, retriever: Retriever) -> Iterator[str]:
    """The questions that lawyers have tied to those that an answer leans on, in their order."""
    seen = set()
    for document in leaning(answer):
        for passage in retriever.document(document)[:1]:
            for name in _names(passage.meta.get("related")):
                found = retriever.document(f"kb:questions/{name}")[:1]
                if found and name not in seen:
                    seen.add(name)
                    english = found[0].meta.get("question_en") if answer.language == "en" else None
                    yield str(english or found[0].title)


def leaning(answer: Answer) -> Sequence[str]:
    """The questions of the base that an answer cites, by document."""
    cited = [c.passage_id.partition("#")[0] for c in answer.citations if c.kind == "question"]
    return list(dict.fromkeys(cited))


def _names(value: object) -> list[str]:
    """The ids of a list of the base."""
    return [str(name) for name in value] if isinstance(value, list) else []
