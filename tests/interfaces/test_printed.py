"""An answer as it is read at a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Alternative, Answer, Citation, Part
from assistant.answering.types import QuickReply
from interfaces.printed import print_answer

ARTICLE = Citation(1, "kb:law/c-civ-1193", "statute", "Art. 1193", "C. civ., art. 1193",
                   "https://www.legifrance.gouv.fr/x", "le prix convenu")  # fmt: skip
SECTION = Citation(
    2, "kb:questions/prix#limites", "question", "Prix", "MainteLex, « Prix »", None, ""
)
ANSWER = Answer(
    question="Peut-on augmenter ?",
    status="answered",
    parts=(Part("", "Non [1] [2] [3]."),),
    citations=(ARTICLE, SECTION, replace(SECTION, n=3, passage_id="kb:questions/prix#en-pratique")),
    confidence=0.9,
    reason="question reconnue : « Prix »",
    language="fr",
    alternatives=(Alternative("indexation", "Comment réviser le prix ?"),),
    index="g1",
    quick_replies=(QuickReply("Vous êtes :", (("Le client", "Je suis le client."),)),),
    facts=("vous êtes un particulier",),
)
Capture = pytest.CaptureFixture[str]


def printed(answer: Answer, capsys: Capture) -> list[str]:
    """The lines printed for an answer."""
    print_answer(answer)
    return capsys.readouterr().out.splitlines()


def test_sections_of_one_question_are_one_source(capsys: Capture) -> None:
    """Two sections of one question make one line, with both numbers."""
    assert "[2][3] MainteLex, « Prix »" in printed(ANSWER, capsys)


def test_an_address_follows_its_source(capsys: Capture) -> None:
    """What has a public address shows it."""
    line = "[1] C. civ., art. 1193 — https://www.legifrance.gouv.fr/x"
    assert line in printed(ANSWER, capsys)


def test_facts_and_what_is_asked_are_shown(capsys: Capture) -> None:
    """What was understood comes first, what would decide after the text, with the words to send."""
    lines = printed(ANSWER, capsys)
    assert lines[0] == "Compris : vous êtes un particulier."
    assert "- Vous êtes : Je suis le client." in lines


def test_a_fact_that_the_text_tells_is_not_told_twice(capsys: Capture) -> None:
    """The remark under the short answer says it already."""
    told = replace(ANSWER, parts=(Part("", "*Ce que vous dites : vous êtes un particulier.*"),))
    assert not any(line.startswith("Compris") for line in printed(told, capsys))


def test_a_notice_opens_the_answer(capsys: Capture) -> None:
    """That a lawyer should look is read before the answer, not after."""
    lines = printed(replace(ANSWER, status="needs_review"), capsys)
    assert lines[0] == "À confirmer par un juriste (question reconnue : « Prix »)."


def test_a_quote_put_right_is_told(capsys: Capture) -> None:
    """A citation whose words were put right says so."""
    lines = printed(replace(ANSWER, citations=(replace(ARTICLE, check="reajuste"),)), capsys)
    assert any("art. 1193 (réajusté)" in line for line in lines)


def test_the_page_of_a_document_is_shown_once(capsys: Capture) -> None:
    """A page goes with its source, unless the reference names it."""
    own = Citation(
        1, "doc:1/c.pdf#p4.1", "document", "c.pdf", "Votre document « c.pdf »", None, "", 4
    )
    lines = printed(replace(ANSWER, citations=(own,)), capsys)
    assert "[1] Votre document « c.pdf », p. 4" in lines
    named = replace(own, reference="Votre document « c.pdf », art. 7, p. 4")
    lines = printed(replace(ANSWER, citations=(named,)), capsys)
    assert "[1] Votre document « c.pdf », art. 7, p. 4" in lines


def test_english_is_english_throughout(capsys: Capture) -> None:
    """An English answer has no French heading."""
    lines = printed(replace(ANSWER, language="en", status="needs_review"), capsys)
    said = {
        "Neighbouring questions",
        "To be told",
        "Automatic answer: legal information, not advice.",
    }
    assert said <= set(lines) and lines[0].startswith("To be confirmed")
