"""What may leave the page, and what may be asked next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.desk import Received
from assistant.dossier import to_markdown
from assistant.history import Exchange
from interfaces.ui.assistant.exporting import dossier, shown
from interfaces.ui.assistant.follow_up import leaning, related
from retrieval import Retriever
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
    made = to_markdown(dossier([exchange, second], bureau.retriever))
    text = made.replace("\u202f", " ").replace("\u00a0", " ")
    assert text.index(QUESTION) < text.index("Une autre ?")
    assert text.count("### Sources") == 2


def test_what_goes_with_an_answer_is_of_the_base(kb_index: Path) -> None:
    """Suggestions are the questions that lawyers tied to the one read: none twice, none itself."""
    retriever = Retriever.open(kb_index)
    answer = Assistant(retriever).answer("Le prestataire peut-il limiter sa responsabilité ?")
    found = list(related(answer, retriever))
    titles = {retriever.document(name)[0].title for name in leaning(answer)[:1]}
    assert len(found) >= 3
    assert len(set(found)) == len(found)
    assert not titles & set(found)
    assert all(Assistant(retriever).answer(question).status != "declined" for question in found[:3])
    retriever.close()
