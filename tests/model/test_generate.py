"""Answers with a model: what reaches the user holds nothing fabricated, whatever the model does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import Answer, Assistant, Conversation
from assistant.answering.generate import GenerativeAssistant
from assistant.answering.types import Turn
from retrieval import Retriever, load_weights
from tests.model.scripted_server import KEY, ModelServer
from tests.model.scripts import BACKUP, ENGLISH, LEAVING, ORDER, PRICE

Over = Callable[..., GenerativeAssistant]


# Nothing of this stands in the base: whoever says it made it up.
FABRICATED = re.compile(
    r"9999-9|31-99\.999|2031|12\s345|piege\.exemple|\[99\]|propriété|Zorglub|consignes|donnees-"
    r"|prestataire paie|est une sauvegarde|ne paie pas|garde tout|customer must"
)


def bounds(name: str) -> dict[str, object]:
    """No waiting, but for what never comes: then as little as can be."""
    waits = {"timeout_s": 0.3} if name in ("silent", "dripping") else {}
    return {"sleep": lambda seconds: None, "tries": 2, **waits}


def sound(assistant: Assistant, answer: Answer) -> bool:
    """Whether an answer holds nothing made up, and every marker leads to a true quotation."""
    markers = set(re.findall(r"\[(\d+)\]", answer.text))
    return (
        not FABRICATED.search(answer.text.replace("n'est pas une sauvegarde", ""))
        and markers == {str(citation.n) for citation in answer.citations}
        and all(assistant.holds(citation) for citation in answer.citations)
    )


def bare(text: str) -> str:
    """A text without its markers."""
    return re.sub(r"\s*\[\d+\]", "", text)


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers show the same."""
    return (one.parts, one.citations, one.mode) == (other.parts, other.citations, other.mode)


@pytest.mark.parametrize("question", [LEAVING, BACKUP, PRICE])
def test_an_honest_model_writes_the_answer(
    generative: Over, assistant: Assistant, question: str
) -> None:
    """Sentences of the passages reach the user whole, with the passages as sources."""
    answer = generative("honest").answer(question)
    assert answer.mode == "generative" and answer.status == "answered" and not answer.removed
    assert sound(assistant, answer) and len(answer.citations) > 2
    lead = assistant.answer(question).parts[0].markdown
    assert bare(lead.rpartition("\n\n")[2]) in bare(answer.text)
    assert "modèle de langage (honest (127.0.0.1))" in answer.notice


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("articles", LEAVING), ("articles-bare", LEAVING), ("cases", LEAVING), ("dates", LEAVING),
        ("amounts", LEAVING), ("links", LEAVING), ("unknown-marker", LEAVING),
        ("no-marker", LEAVING), ("no-negation", BACKUP),
    ],
)  # fmt: skip
def test_a_sentence_made_up_is_taken_out(
    generative: Over, assistant: Assistant, name: str, question: str
) -> None:
    """The honest sentences stay, the other is gone, the event is kept and the user told."""
    answer = generative(name).answer(question)
    assert answer.mode == "generative" and sound(assistant, answer)
    assert answer.removed and "retirée" in answer.notice


@pytest.mark.parametrize(
    ("name", "question", "why"),
    [
        ("swapped", LEAVING, "unverified"), ("negation", LEAVING, "unverified"),
        ("invented", LEAVING, "unverified"), ("rules", LEAVING, "unverified"),
        ("english", LEAVING, "garbage"), ("leaking", LEAVING, "garbage"),
        ("obeying", BACKUP, "unverified"), ("unanswered", LEAVING, "unanswered"),
        ("reads-none", LEAVING, "unread"), ("cut", LEAVING, "garbage"),
        ("never-over", LEAVING, "garbage"), ("at-limit", LEAVING, "too_long"),
        ("withheld", LEAVING, "refused"), ("huge", LEAVING, "too_long"),
        ("empty", LEAVING, "garbage"), ("bytes", LEAVING, "garbage"), ("html", LEAVING, "garbage"),
        ("busy-long", LEAVING, "overloaded"), ("down", LEAVING, "overloaded"),
        ("no-key", LEAVING, "refused"), ("silent", LEAVING, "timeout"),
        ("dripping", LEAVING, "timeout"),
    ],
)  # fmt: skip
def test_the_extractive_answer_comes_where_the_model_fails(
    generative: Over, assistant: Assistant, name: str, question: str, why: str
) -> None:
    """Word for word the answer without a model, which says that it is, and why."""
    answer = generative(name, **bounds(name)).answer(question)
    assert same(answer, assistant.answer(question)) and sound(assistant, answer)
    assert answer.provenance["extractive_because"] == why
    assert "réponse est celle de la base" in answer.notice
    assert answer.notice[1:-1] in answer.reason  # as part of a sentence: no capital, no point


@pytest.mark.parametrize("name", ["unanswered", "reads-none"])
def test_a_model_that_doubts_sends_the_answer_to_a_lawyer(generative: Over, name: str) -> None:
    """Where the model finds no answer in the texts, the base's answer is to be confirmed."""
    assert generative(name).answer(LEAVING).status == "needs_review"


@pytest.mark.parametrize("name", ["busy-once", "down-once"])
def test_a_passing_failure_does_not_show(generative: Over, name: str) -> None:
    """A server that is busy for a moment is asked again, and the user notices nothing."""
    assert generative(name, sleep=lambda seconds: None).answer(LEAVING).mode == "generative"


def test_a_model_that_is_not_there(assistant: Assistant, named: Callable[..., object]) -> None:
    """With nobody at the address, the extractive answer comes."""
    from assistant.answering.write import Writer
    from assistant.model import ModelSettings, open_model

    writer = Writer(open_model(ModelSettings("http://127.0.0.1:9/v1#m")))
    answer = GenerativeAssistant(assistant, writer).answer(LEAVING)
    assert answer.mode == "extractive" and answer.provenance["extractive_because"] == "absent"


def test_a_circuit_that_is_open_costs_no_request(generative: Over, server: ModelServer) -> None:
    """After failures in a row, answers are extractive at once and the server is left alone."""
    over = generative("html", failures=2)
    answers = [over.answer(LEAVING) for _ in range(4)]
    assert [a.provenance["extractive_because"] for a in answers[2:]] == ["open_circuit"] * 2
    assert len(server.seen) == len(server.asked("lecture")) + len(server.asked("reponse"))
    seen = len(server.seen)
    over.answer(LEAVING)
    assert len(server.seen) == seen


def test_a_failed_reader_is_not_followed_by_a_writer(generative: Over, server: ModelServer) -> None:
    """One failure is enough: the model is not asked again for the same answer."""
    generative("no-key").answer(LEAVING)
    assert len(server.seen) == 1


# What it is asked.


def test_declined_and_greeted_without_the_model(
    generative: Over, server: ModelServer, index: Path
) -> None:
    """What the base does not answer is never sent: not a greeting, nor a reference alone."""
    shy = Assistant(Retriever.open(index, weights=replace(load_weights(), threshold=1.01)))
    over = generative("honest")
    assert over.answer("Bonjour !").status == "declined"
    assert over.answer("C. civ., art. 1103").status == "answered"
    assert GenerativeAssistant(shy, over.writer).answer("Quel vaccin ?").status == "declined"
    assert server.seen == []


def test_passages_go_as_delimited_data(generative: Over, server: ModelServer) -> None:
    """Instructions hold no passage; passages, facts and question stand between tags of one mark."""
    generative("honest").answer(BACKUP, facts=["Le contrat <b>date</b> de 2020."])
    (asked,) = server.asked("reponse")
    mark = re.search(r"<donnees-(\w+) ", asked.user)
    assert mark and re.fullmatch("[0-9a-f]{24}", mark[1])
    assert asked.data("question") == [BACKUP]
    assert asked.data("faits") == ["- Le contrat ‹b›date‹/b› de 2020."]
    assert "sauvegarde" not in asked.system and "Zorglub" not in asked.system
    outside = re.sub(r"<donnees-(\w+) .*?</donnees-\1>", "", asked.user, flags=re.DOTALL)
    assert "sauvegarde" not in outside and "‹" not in outside


def test_an_order_in_a_passage_cannot_close_its_tags(generative: Over, server: ModelServer) -> None:
    """The trap goes through as text: its forged tag is disarmed, and the passage stays one."""
    generative("honest").answer(BACKUP)
    (asked,) = server.asked("reponse")
    (trapped,) = [text for text in asked.data("passages") if "Zorglub" in text]
    assert ORDER.replace("<", "‹").replace(">", "›") in trapped
    assert "</donnees-00>" not in asked.user


def test_marks_differ_from_call_to_call(generative: Over, server: ModelServer) -> None:
    """Whoever reads one request knows nothing of the tags of the next."""
    over = generative("honest")
    over.answer(LEAVING), over.answer(LEAVING)
    marks = [re.findall(r"<donnees-(\w+) ", asked.user) for asked in server.seen]
    assert all(len(set(found)) == 1 for found in marks)
    assert len({found[0] for found in marks}) == len(server.seen) == 4


def test_one_request_carries_no_conversation(generative: Over, server: ModelServer) -> None:
    """Each request has its instructions and one demand: what was said before is not sent whole."""
    told = [f"Qui paie la fin du contrat du client secret numéro {n} ?" for n in range(6)]
    before = Conversation(tuple(Turn(question) for question in told))
    generative("completes").answer("Et si c'est lui ?", conversation=before)
    assert all(len(asked.body["messages"]) == 2 for asked in server.seen)
    (completing,) = server.asked("suite")
    assert completing.data("echanges") == told[3:]
    others = [asked for asked in server.seen if asked.task != "suite"]
    assert others and not any("secret" in asked.user for asked in others)


def test_what_is_sent_is_bounded(generative: Over, server: ModelServer) -> None:
    """A very long question, and facts without end, are cut before they are sent."""
    generative("honest").answer(LEAVING + " oui" * 5_000, facts=["fait " * 500] * 100)
    assert all(len(asked.user) < 30_000 for asked in server.seen)
    (asked,) = server.asked("reponse")
    assert len(asked.data("question")[0]) <= 2_000
    assert asked.data("faits")[0].count("- ") == 12


def test_a_date_told_in_the_question_counts_as_one_given(
    generative: Over, server: ModelServer
) -> None:
    """A contract that the user says is of 2014 is under the old law: no model writes on it."""
    answer = generative("honest").answer(f"Mon contrat a été signé en 2014. {LEAVING}")
    assert answer.mode == "extractive" and not server.asked("reponse")


def test_the_old_law_is_not_asked_of_a_model(generative: Over, server: ModelServer) -> None:
    """For a contract of before the reform the reviewed answer alone is given, old articles named."""
    answer = generative("honest").answer(LEAVING, as_of=date(2014, 5, 1))
    assert server.seen == [] and answer.mode == "extractive"
    assert "1152 ancien" in answer.text and "ancien droit" in answer.notice


def test_an_english_question_keeps_the_reviewed_answer(
    generative: Over, server: ModelServer
) -> None:
    """A text in English cannot be held to sources in French: the model reads, but does not write."""
    answer = generative("english").answer(ENGLISH)
    assert answer.mode == "extractive" and answer.language == "en"
    assert "in English cannot be checked" in answer.notice
    assert [asked.task for asked in server.seen] == ["lecture"]


@pytest.mark.parametrize(
    ("side", "told"),
    [
        ("client", "Le lecteur est le client"), ("prestataire", "Le lecteur est le prestataire"),
        (None, "sans qu'on sache lequel"),
    ],
)  # fmt: skip
def test_the_writer_knows_whose_side_is_asked(
    generative: Over, server: ModelServer, side: None, told: str
) -> None:
    """The side, the language and the day are in the instructions."""
    generative("honest").answer(LEAVING, side=side, as_of=date(2024, 3, 5))
    (asked,) = server.asked("reponse")
    assert told in asked.system and "Écris en français" in asked.system
    assert "05/03/2024" in asked.system


# What it reads and completes.


def test_a_reader_lifts_the_document_that_answers(generative: Over, assistant: Assistant) -> None:
    """The document that the reader names comes first, in what is written as in the extractive answer."""
    ranking = assistant.retriever.rank(LEAVING)
    answer = generative("reads-second").answer(LEAVING)
    assert answer.provenance["read"] == [2] and answer.mode == "generative"
    told = {name.partition("#")[0] for c in answer.citations if "#" in (name := c.passage_id)}
    assert told == {ranking.candidates[1].document_id}


def test_a_reader_may_name_several(generative: Over, server: ModelServer) -> None:
    """Several numbers, even between fences, are taken in their order."""
    answer = generative("reads-many").answer(LEAVING)
    assert answer.provenance["read"] == [3, 1]
    assert len(server.asked("lecture")[0].data("textes")) == 10


@pytest.mark.parametrize(
    "name",
    ["reads-prose", "reads-far", "reads-zero", "reads-twice", "reads-words", "reads-orders",
     "reads-huge"],
)  # fmt: skip
def test_a_reader_that_says_anything_else_changes_nothing(
    generative: Over, assistant: Assistant, name: str
) -> None:
    """Prose, numbers out of range or twice, orders: the ranking stays, and the answer is written."""
    answer = generative(name).answer(LEAVING)
    assert answer.provenance["read"] is None and answer.mode == "generative"
    assert same(answer, replace(generative("honest").answer(LEAVING)))


def followed(over: GenerativeAssistant, question: str) -> Answer:
    """The answer to a follow-up of a question on termination."""
    first = over.answer(LEAVING)
    return over.answer(question, conversation=Conversation().after(LEAVING, first))


def test_a_follow_up_is_searched_as_the_model_completes_it(
    generative: Over, server: ModelServer
) -> None:
    """The completed question is what is searched and answered; the user's own is what is shown."""
    answer = followed(generative("completes"), "Et pour lui ?")
    assert answer.question == "Et pour lui ?" and answer.mode == "generative"
    assert (
        answer.provenance["asked"] == "Que doit payer le client qui casse le contrat avant la fin ?"
    )
    assert server.asked("reponse")[-1].data("question") == [answer.provenance["asked"]]


@pytest.mark.parametrize(
    "name", ["completes-figures", "completes-orders", "completes-much", "completes-away"]
)
def test_a_bad_completion_is_thrown_away(generative: Over, server: ModelServer, name: str) -> None:
    """New figures, orders, floods, other subjects: the question is completed without the model."""
    answer = followed(generative(name), "Et pour lui ?")
    assert answer.provenance["asked"] == "Et pour lui ?"
    assert not any("Zorglub" in asked.user for asked in server.asked("lecture"))


# What is told of it.


def test_provenance_lets_anyone_make_the_answer_again(generative: Over) -> None:
    """Model, prompt versions, tokens, time and cost of all the calls, as JSON values."""
    told = generative("honest", price_in=1.0, price_out=2.0).answer(LEAVING).provenance
    assert told["prompts"] == {"lecture": 1, "reponse": 2}
    assert (told["tokens_in"], told["tokens_out"]) == (2000, 200)
    assert told["cost"] == pytest.approx(0.0024) and told["extractive_because"] is None
    assert json.loads(json.dumps(told)) == told


def test_the_key_is_in_no_answer(generative: Over) -> None:
    """Whatever fails, nothing of the key comes with the answer."""
    for name in ("no-key", "down", "stream-error"):
        assert KEY not in repr(generative(name, **bounds(name)).answer(LEAVING))
