"""What a model is given to write from, and what is taken from what it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Assistant
from assistant.answering.gather import MAX_CHARACTERS, MAX_PASSAGES, gather, openings
from assistant.answering.write import CHOSEN, UNANSWERED, _numbers, _stands_for, told
from evaluation.questions import Question
from evaluation.reader import by_model, measure
from prompts import load_prompt
from retrieval import Passage, Ranking
from tests.model.scripts import LEAVING, PRICE


def ranked(assistant: Assistant, question: str) -> Ranking:
    """The ranking of a question."""
    return assistant.retriever.rank(question)


def test_passages_come_by_what_they_are_worth(assistant: Assistant) -> None:
    """The first document's sections, how the second opens, then what the answer cites; none twice."""
    candidates = ranked(assistant, LEAVING).candidates
    found = gather(candidates, assistant.answer(LEAVING), assistant.retriever)
    names = [passage.id for passage in found]
    first, second = (candidate.document_id for candidate in candidates[:2])
    assert names[0] == f"{first}#reponse-courte" and names[4].startswith(second)
    assert "kb:law/c-civ-1231-5" in names and len(names) == len(set(names))


def test_passages_are_bounded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much an answer cites, what is given stays within the bounds."""
    candidates = ranked(assistant, LEAVING).candidates
    answer = assistant.answer(LEAVING)
    found = gather(candidates, answer, assistant.retriever)
    assert len(found) <= MAX_PASSAGES
    assert sum(len(passage.text) for passage in found) <= MAX_CHARACTERS
    monkeypatch.setattr("assistant.answering.gather.MAX_CHARACTERS", 100)
    short = gather(candidates, answer, assistant.retriever)
    assert short[0] == found[0] and len(short) < len(found)


def test_the_reader_sees_one_opening_a_document(assistant: Assistant) -> None:
    """Numbers that the reader gives are places in the ranking: none may shift."""
    candidates = ranked(assistant, PRICE).candidates
    shown = openings(candidates, assistant.retriever)
    assert [passage.document_id for passage in shown] == [c.document_id for c in candidates]


def test_a_passage_tells_which_others_it_cites() -> None:
    """The base's own citations become the markers of the passages given; the others are left out."""
    markdown = "Le juge réduit la clause [@c-civ-1231-5]. Voir [@clause:prix] et [@c-civ-1103]."
    section = Passage("kb:questions/x#explication", "kb:questions/x", "question", "X", "Texte.",
                      ("X", "Explication"), meta={"markdown": markdown})  # fmt: skip
    article = Passage("kb:law/c-civ-1231-5", "kb:law/c-civ-1231-5", "statute", "Clause pénale",
                      "Le juge peut réduire.", reference="C. civ., art. 1231-5")  # fmt: skip
    first, second = told([section, article])
    assert first == "X — Explication\nLe juge réduit la clause [2]. Voir et."
    assert second == "C. civ., art. 1231-5\nLe juge peut réduire."


@given(st.text(alphabet="[],0123456789 \n`json-", max_size=30), st.integers(0, 10))
def test_a_reader_gives_places_or_nothing(text: str, count: int) -> None:
    """Whatever is read, the numbers taken lie in the ranking, are few, and none comes twice."""
    numbers = _numbers(text, count)
    if numbers is not None:
        assert len(numbers) == len(set(numbers)) <= CHOSEN
        assert all(1 <= number <= count for number in numbers)


@given(st.permutations(range(1, 11)), st.integers(0, 3))
def test_a_proper_list_is_taken(numbers: list[int], size: int) -> None:
    """A JSON list of a few places is taken as it is."""
    assert _numbers(str(numbers[:size]), 10) == numbers[:size]


@given(st.text(max_size=60))
def test_a_completed_question_is_made_of_what_was_said(text: str) -> None:
    """What has nothing in common with the conversation never takes the question's place."""
    if _stands_for(text, ["Puis-je résilier le contrat de maintenance ?"]):
        assert re.search("contrat|maintenan|r.sili|puis", text, re.IGNORECASE) and "\n" not in text


def test_the_writer_is_told_the_words_for_no_answer() -> None:
    """The words that the code waits for are those that the prompt asks for."""
    assert f"écris seulement : {UNANSWERED}" in load_prompt("reponse").system


def test_a_model_can_be_measured_as_a_reader(generative: object, assistant: Assistant) -> None:
    """The measure of readers runs over a model, its requests and its refusals."""
    questions = [
        Question("1", LEAVING, ("kb:questions/indemnite-resiliation",), "lay"),
        Question("2", PRICE, ("kb:questions/augmentation-prix",), "lay"),
    ]
    right, wrong = (
        measure(
            assistant.retriever, questions, by_model(generative(name).writer, assistant.retriever)
        )  # type: ignore[operator]
        for name in ("honest", "reads-second")
    )
    assert (right.before.mean, right.after.mean, wrong.after.mean) == (1.0, 1.0, 0.0)
