"""What is heard while a model writes: whole verified sentences, as they come, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering import Assistant
from assistant.answering.gather import gather
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.heard import Gate
from assistant.guard import RetrieverBase, verify
from retrieval import Passage
from tests.model.scripted_server import ModelServer
from tests.model.scripts import BACKUP, LEAVING, said
from tests.model.test_generate import FABRICATED

Over = Callable[..., GenerativeAssistant]
Given = tuple[list[Passage], RetrieverBase]


@pytest.fixture(scope="module")
def given(assistant: Assistant) -> Given:
    """Passages to write from, and the base that holds them."""
    retriever = assistant.retriever
    candidates = retriever.rank(LEAVING).candidates
    return gather(candidates, assistant.answer(LEAVING), retriever), RetrieverBase(retriever)


WRITTEN = (
    "Le client paie l'indemnité prévue, que le juge peut réduire si elle est excessive [1]."
    " L'article 9999-9 l'interdit [1]. Voici :\n\n- Écrivez au prestataire [3].\n"
    "- Chaque contrat a ses propres clauses [4].\n"
)


@pytest.mark.parametrize("size", [1, 7, 50, 1000])
def test_pieces_do_not_matter(given: Given, size: int) -> None:
    """However the text is cut on its way, what is heard in the end is the verified text."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append)
    for start in range(0, len(WRITTEN), size):
        gate.hear(WRITTEN[start : start + size])
    gate.end(WRITTEN)
    assert "".join(heard) == verify(WRITTEN, passages, base=base).markdown
    assert "9999" not in "".join(heard)


def test_a_sentence_is_heard_once_it_is_whole(given: Given) -> None:
    """Half a sentence is not heard; it is once the next one begins."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append)
    gate.hear("Chaque contrat a ses propres clauses")
    gate.hear(" [4].")
    assert heard == []
    gate.hear(" Écr")
    assert heard == ["Chaque contrat a ses propres clauses [1]."]


def test_an_abbreviation_ends_no_sentence(given: Given) -> None:
    """What stops at « art. » is not taken for a sentence that nothing supports."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append)
    gate.hear("Le juge peut réduire la pénalité excessive (C. civ., art. 1231-5) [6]. Le")
    assert len(heard) == 1 and "1231-5" in heard[0]


def test_nobody_listening_checks_nothing(given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a listener the text is not verified on its way, only once it is whole."""
    passages, base = given
    gate = Gate(passages, base, None)
    with monkeypatch.context() as patched:
        patched.setattr("assistant.answering.heard.verify", None)
        gate.hear(WRITTEN)
    assert gate.end(WRITTEN) == verify(WRITTEN, passages, base=base)


def test_what_does_not_stand_as_an_answer_is_not_heard(given: Given) -> None:
    """When the sentence that answers is taken out, nothing of what follows is let out."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append)
    text = (
        "L'article 9999-9 interdit toute indemnité [1]. Chaque contrat a ses propres clauses [4]. "
    )
    gate.hear(f"{text}Le")
    assert not gate.end(text).answered and heard == []


def test_a_sentence_taken_back_stops_the_stream(given: Given) -> None:
    """What was let out always begins what is let out next: a text that changes is heard no more."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append)
    gate.hear("Chaque contrat a ses propres clauses [4].\n\nLe")
    gate.written = "Le client garde tout [1].\n\n"
    gate.checked = 0
    gate.hear("Écrivez au prestataire [3].\n")
    assert heard == ["Chaque contrat a ses propres clauses [1]."]


def test_names_are_put_back_before_they_are_checked(given: Given) -> None:
    """What is heard is restored, even when a tag comes in two pieces."""
    passages, base = given
    heard: list[str] = []
    gate = Gate(passages, base, heard.append, lambda text: text.replace("[NOM_1]", "contrat"))
    for piece in ("Chaque [NO", "M_1] a ses propres", " clauses [4]. Le"):
        gate.hear(piece)
    assert heard == ["Chaque contrat a ses propres clauses [1]."]


def test_checks_are_bounded(given: Given) -> None:
    """A text of endless sentences is not verified at each of them."""
    passages, base = given
    gate = Gate(passages, base, lambda text: None)
    for _ in range(60):
        gate.hear("Chaque contrat a ses propres clauses [4]. A")
    assert gate.checks == 40


def test_sentences_are_heard_while_the_model_writes(generative: Over, server: ModelServer) -> None:
    """The server waits half-way for the client to have heard something: it has."""
    heard: list[str] = []

    def hear(text: str) -> None:
        heard.append(text)
        server.heard.set()

    answer = generative("waits").answer(LEAVING, on_text=hear)
    assert answer.mode == "generative" and len(heard) == len(said(server.asked("reponse")[0]))
    assert "".join(heard) == answer.text


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("articles", LEAVING), ("cases", LEAVING), ("dates", LEAVING), ("amounts", LEAVING),
        ("links", LEAVING), ("unknown-marker", LEAVING), ("no-marker", LEAVING),
        ("swapped", LEAVING), ("negation", LEAVING), ("no-negation", BACKUP), ("obeying", BACKUP),
        ("leaking", LEAVING), ("rules", LEAVING), ("english", LEAVING), ("invented", LEAVING),
        ("cut", LEAVING), ("at-limit", LEAVING), ("huge", LEAVING),
    ],
)  # fmt: skip
def test_nothing_made_up_is_ever_heard(generative: Over, name: str, question: str) -> None:
    """Whatever the model writes, what is heard on the way holds nothing fabricated."""
    heard: list[str] = []
    answer = generative(name).answer(question, on_text=heard.append)
    assert not FABRICATED.search("".join(heard).replace("n'est pas une sauvegarde", ""))
    if answer.mode == "generative":
        assert "".join(heard) == answer.text
