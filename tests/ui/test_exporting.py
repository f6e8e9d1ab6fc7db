"""What may leave the page, and what may be asked next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Assistant
from assistant.desk import Received
from assistant.dossier import to_markdown
from assistant.history import Exchange
from interfaces.ui.assistant.exporting import dossier, shown
from interfaces.ui.assistant.follow_up import leaning, related
from tests.ui.conftest import QUESTION, Bureau


@pytest.fixture
def exchange(bureau: Bureau) -> Exchange:
    """A question that was answered."""
    return Exchange("e1", QUESTION, Assistant(bureau.retriever).answer(QUESTION), {})


def test_an_answer_that_waits_for_a_lawyer_stays(exchange: Exchange) -> None:
    """Neither a file nor a link gives what the page itself withholds."""
    waiting = replace(exchange, received=Received("c", "q", "a", "attendre", "ML-1"))
    told = replace(exchange, received=Received("c", "q", "a", "publier", None))
    assert shown([waiting, told, exchange]) == [told, exchange]


def test_the_dossier_holds_the_conversation(exchange: Exchange, bureau: Bureau) -> None:
    """Each question with its answer and its sources, in order."""
    second = replace(exchange, answer=replace(exchange.answer, question="Une autre ?"))
    text = to_markdown(dossier([exchange, second], bureau.retriever)).replace("\u202f", " ")
    assert text.index(QUESTION) < text.index("Une autre ?")
    assert text.count("### Sources") == 2


def test_what_goes_with_an_answer_is_of_the_base(exchange: Exchange, bureau: Bureau) -> None:
    """Each suggestion is a question that the base answers, none twice, none the one just read."""
    found = list(related(exchange.answer, bureau.retriever))
    titles = {bureau.retriever.document(name)[0].title for name in leaning(exchange.answer)}
    assert len(set(found)) == len(found)
    assert not titles & set(found)
    for question in found:
        assert Assistant(bureau.retriever).answer(question).status != "declined"
