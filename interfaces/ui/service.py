"""The assistant behind the page, opened once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.asking import open_assistant as open_answers
from interfaces.settings import Settings
from interfaces.ui.assistant.context import in_context

if TYPE_CHECKING:  # heavy to import: only where a visitor needs it
    from assistant.answering import Answer, Answers, Assistant, Conversation
    from assistant.privacy import Pseudonyms
    from interfaces.ui.assistant.shelf import Contract
    from retrieval import Passage, Retriever
    from retrieval.connections import Connections


@dataclass(frozen=True, slots=True)
class Service:
    """What answers the page's questions, over one generation."""

    retriever: Retriever
    answers: Answers
    model: str = ""  # the language model that writes; nothing without one

    def answer(
        self, question: str, before: Conversation, names: Pseudonyms | None,
        on_text: Callable[[str], None] | None,
    ) -> Answer:  # fmt: skip
        """The answer to a question.

        Args:
            before: what was said.
            names: of the conversation, for what a model is shown in their place.
            on_text: called with each verified sentence that a model writes, as it comes.
        """
        if not self.model:
            return self.answers.answer(question, conversation=before)
        from assistant.answering.generate import GenerativeAssistant

        if not isinstance(self.answers, GenerativeAssistant):
            return self.answers.answer(question, conversation=before)
        side = before.told(question).side
        return self.answers.answer(
            question, conversation=before, side=side, on_text=on_text, pseudonyms=names
        )

    def beside(self, answer: Answer, contract: Contract) -> Answer:
        """The answer with what the visitor's own document says, which is read at once."""
        from assistant.own_document import with_document

        joined = with_document(answer, contract.document, self.retriever)
        titles = {part.title for part in answer.parts}
        parts = [p if p.title in titles else replace(p, opened=True) for p in joined.parts]
        return replace(joined, parts=tuple(parts))

    def passages(self, answer: Answer, contract: Contract | None) -> Mapping[str, Passage]:
        """The passages that an answer cites, by id; those of a document among their neighbours."""
        found = {}
        for citation in answer.citations:
            own = contract.document.passage(citation.passage_id) if contract else None
            passage = own or self.retriever.passage(citation.passage_id)
            if passage is None:
                continue
            if own and contract:
                passage = in_context(passage, contract.document.passages)
            elif passage.kind == "document":
                passage = in_context(passage, self.retriever.document(passage.document_id))
            found[passage.id] = passage
        return found


def open_service(settings: Settings) -> Service:
    """What answers over the generation in use; a new generation is served at the next run.

    Raises:
        AppError: there is no index, or it cannot be used; the model's setting names none.
    """
    retriever = _opened(settings)
    return Service(retriever, open_answers(settings, retriever), settings.model)


def open_assistant(settings: Settings) -> Assistant:
    """The assistant without a language model, over the generation in use.

    Raises:
        AppError: there is no index, or it cannot be used.
    """
    from assistant.answering import Assistant

    return Assistant(_opened(settings))


def _opened(settings: Settings) -> Retriever:
    """The retriever of the generation in use."""
    return _open(str(settings.served), _generation(settings), settings.encoder)


def _generation(settings: Settings) -> str:
    """The name of the generation in use."""
    address = settings.database_url.get_secret_value()
    if address:
        from retrieval.postgres import served

        return served(_connections(address)).generation
    from retrieval.generation import current

    return current(settings.index).name


@st.cache_resource(max_entries=1, show_spinner=False)
def _connections(address: str) -> Connections:
    """What asks a database for its generation, kept open between visitors' runs."""
    from retrieval.connections import Connections

    return Connections(address)


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(index: str, generation: str, encoder: str) -> Retriever:
    """The retriever of a generation. `generation` is a key: another one opens anew."""
    import gc

    from retrieval import Retriever

    opened = Retriever.open(index, encoder=encoder)
    # What lives as long as the server is looked through at no collection any more: with the base in
    # memory, each took longer than an answer.
    gc.collect()
    gc.freeze()
    return opened
