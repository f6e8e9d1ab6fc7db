"""The document beside the law: what is said, what is cited, what is never obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Answer, Assistant, Part
from assistant.answering.quotes import contains
from assistant.own_document import OwnDocument, with_document
from assistant.own_document.part import _opened, plain_markdown
from retrieval import Retriever
from tests.own_document.small_contract import ORDER, pdf, read_own, word

FEE = "Quid de l'indemnité de résiliation anticipée ?"
TITLE = "Votre contrat et la loi"


@pytest.fixture(scope="module")
def retriever(kb_index: Path) -> Retriever:
    """The whole base."""
    return Retriever.open(kb_index)


@pytest.fixture(scope="module")
def contract() -> OwnDocument:
    """The contract with the sentence that speaks to an assistant."""
    return read_own("contrat.pdf", pdf(order=True))


@pytest.fixture(scope="module")
def answer(retriever: Retriever, contract: OwnDocument) -> Answer:
    """The answer on the fee, with the contract beside."""
    return with_document(Assistant(retriever).answer(FEE), contract, retriever)


def part(answer: Answer) -> str:
    """What the part on the document says: the first that has a title."""
    return titled(answer).markdown


def titled(answer: Answer) -> Part:
    """The first part that has a title."""
    return next(part for part in answer.parts if part.title)


def test_the_contract_is_quoted_with_its_article_and_page(answer: Answer) -> None:
    """« Votre contrat dit, art. 7.1, p. 2 : « … » [n] »."""
    assert titled(answer).title == TITLE
    assert re.search(
        r"Votre contrat dit, art\. 7\.1, p\. 2 : « Le client .+ » \[\d+\]", part(answer)
    )


def test_the_part_is_open(answer: Answer) -> None:
    """Who adds a contract reads at once what it says."""
    assert titled(answer).opened


@pytest.mark.parametrize("message", ["Merci !", "Qui êtes-vous ?", "Je suis le client."])
def test_small_talk_is_not_looked_for(
    message: str, retriever: Retriever, contract: OwnDocument
) -> None:
    """Nothing was asked: the contract is not searched for it."""
    said = Assistant(retriever).answer(message)
    assert with_document(said, contract, retriever) == said


def test_the_law_stands_beside_as_a_summary(answer: Answer) -> None:
    """The law is told as summed up, out of quotation marks, with the article and its marker."""
    said = re.search(
        r"La loi dit, en résumé \((C\. civ\., art\. [\d-]+)\) : [^«»]+ \[(\d+)\]\.", part(answer)
    )
    assert said
    assert answer.citations[int(said[2]) - 1].reference == said[1]


def test_the_citation_is_a_document_with_page_and_verbatim_quote(
    answer: Answer, contract: OwnDocument
) -> None:
    """Its quote stands in the passage that its id names."""
    cited = [c for c in answer.citations if c.kind == "document"]
    passage = contract.passage(cited[0].passage_id)
    assert passage and contains(passage.text, cited[0].quote)
    assert (cited[0].page, cited[0].url) == (2, None)
    assert "contrat.pdf" in cited[0].reference and "art. 7.1" in cited[0].reference


def test_markers_count_up_and_each_leads_to_a_citation(answer: Answer) -> None:
    """Numbers follow the order of reading, across the part that was put in."""
    seen = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", answer.text)))
    assert seen == list(range(1, len(seen) + 1)) == [c.n for c in answer.citations]


def test_no_source_of_the_answer_is_lost(answer: Answer, retriever: Retriever) -> None:
    """Every citation of the answer is still there, with the same words behind its marker."""
    alone = Assistant(retriever).answer(FEE)
    kept = {c.passage_id: c.quote for c in answer.citations}
    assert all(kept[c.passage_id] == c.quote for c in alone.citations)


def test_an_order_in_the_document_is_shown_and_not_obeyed(
    answer: Answer, retriever: Retriever
) -> None:
    """It is told as text read as text; the rest of the answer is the same as without it."""
    assert "s'adresse à un assistant (p. 2) ; elle a été lue comme du texte" in part(answer)
    clean = read_own("contrat.pdf", pdf())
    without = with_document(Assistant(retriever).answer(FEE), clean, retriever)
    assert [p for p in without.parts if p.title != TITLE] == [
        p for p in answer.parts if p.title != TITLE
    ]
    assert not any("10 000" in c.quote for c in answer.citations)


def test_what_the_document_does_not_speak_of_is_said(retriever: Retriever) -> None:
    """« Votre document ne semble pas en parler », with its name, and no citation of it."""
    other = read_own("recette.docx", word(["Battre les œufs avec le sucre et la farine."]))
    made = with_document(Assistant(retriever).answer(FEE), other, retriever)
    assert "Votre document ne semble pas en parler" in part(made)
    assert "recette.docx" in part(made)
    assert not [c for c in made.citations if c.kind == "document"]


def test_a_greeting_stays_a_greeting(retriever: Retriever, contract: OwnDocument) -> None:
    """Nobody asked anything of the document."""
    hello = Assistant(retriever).answer("Bonjour")
    assert with_document(hello, contract, retriever) == hello


def test_a_foreign_question_stays_declined(retriever: Retriever) -> None:
    """Neither the base nor the document answers."""
    foreign = Assistant(retriever).answer("Quelle est la capitale de l'Australie ?")
    made = with_document(foreign, read_own("c.pdf", pdf()), retriever)
    assert made == foreign


def test_what_the_document_alone_says_is_for_a_lawyer(
    retriever: Retriever, contract: OwnDocument
) -> None:
    """The base declines, the contract speaks: its words are shown, to be confirmed."""
    question = "Combien de temps dure le contrat, et se renouvelle-t-il ?"
    declined = replace(
        Assistant(retriever).answer("Quelle est la capitale de l'Australie ?"), question=question
    )
    made = with_document(declined, contract, retriever)
    assert (made.status, titled(made).title) == ("needs_review", "Ce que dit votre contrat")
    assert "Le contrat dure trois ans" in part(made) and "La loi" not in part(made)


def test_an_english_question_is_told_in_english(
    retriever: Retriever, contract: OwnDocument
) -> None:
    """The frame is English; the words of the contract stay as they are."""
    asked = Assistant(retriever).answer("Is the early termination fee due under the contract?")
    assert asked.language == "en"
    assert "Your contract says, art. 7.1, p. 2: « Le client" in part(
        with_document(asked, contract, retriever)
    )


def test_under_the_former_law_the_law_of_today_is_named_so(
    retriever: Retriever, contract: OwnDocument
) -> None:
    """A contract of before the reform is not told that today's article is its law."""
    old = Assistant(retriever).answer(FEE, as_of=date(2015, 1, 1))
    assert "La loi actuelle dit" in part(with_document(old, contract, retriever))


def test_scanned_pages_are_told(retriever: Retriever) -> None:
    """The customer knows which pages were not read."""
    document = replace(read_own("c.pdf", pdf()), scanned=(3, 5))
    made = with_document(Assistant(retriever).answer(FEE), document, retriever)
    assert "Pages non lues, car ce sont des images sans texte : 3, 5." in part(made)


def test_a_hostile_clause_makes_neither_marker_nor_link(retriever: Retriever) -> None:
    """« [3] », links and Markdown in a contract are shown as they are written."""
    clause = ("Article 7 - Résiliation anticipée. L'indemnité de résiliation anticipée [99] est due"
              " avant le terme [voir](https://exemple.fr) **et** `code` www.exemple.fr.")  # fmt: skip
    document = read_own("contrat.docx", word(["Contrat de maintenance", clause]))
    made = with_document(Assistant(retriever).answer(FEE), document, retriever)
    line = next(line for line in part(made).split("\n") if "anticipée" in line)
    assert "\\[99\\]" in line and "](http" not in line.replace("\\]", "")
    assert "https://" not in line and "www.exemple" not in line
    assert {int(n) for n in re.findall(r"\[(\d+)\]", made.text)} == {c.n for c in made.citations}


@given(st.text(max_size=200))
def test_no_text_makes_a_marker_or_a_live_address(text: str) -> None:
    """Whatever the words of a document, what is shown of them does nothing."""
    shown = plain_markdown(f"{text} [1] https://a.fr www.a.fr x@a.fr")
    assert not re.search(r"\[\d+\]|https?://|www\.|\w@", shown)
    assert "\n" not in shown


def test_a_summary_is_told_without_what_ties_it_to_its_text() -> None:
    """« Mais le juge peut… » alone reads as a sentence that begins."""
    assert _opened("Mais le juge peut la réduire.") == "Le juge peut la réduire"


def test_the_order_is_escaped_where_it_is_shown() -> None:
    """Even shown, the sentence that speaks to an assistant is inert."""
    assert plain_markdown(f"{ORDER} [2]").endswith("\\[2\\]")
