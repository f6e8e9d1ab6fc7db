"""A document is searched by its words and its sense, and says nothing when it holds nothing."""

from __future__ import annotations

import pytest

from assistant.answering.quotes import MAX_QUOTE, contains
from assistant.own_document import OwnDocument
from retrieval.errors import UsageError
from tests.own_document.small_contract import ORDER, pdf, read_own, word

NOTICE = "Comment résilier le contrat pour manquement grave ?"


@pytest.fixture(scope="module")
def contract() -> OwnDocument:
    """The contract with the sentence that speaks to an assistant."""
    return read_own("contrat.pdf", pdf(order=True))


def test_the_right_paragraph_is_first(contract: OwnDocument) -> None:
    """A question on termination finds the paragraph on termination."""
    first = contract.search(NOTICE, 1)[0]
    assert "mise en demeure" in first.passage.text and first.rank == 1


def test_lay_words_find_it_through_what_the_question_is_about(contract: OwnDocument) -> None:
    """« le contrat continue tout seul » shares no word with the clause; its topic does."""
    about = ["La tacite reconduction d'un contrat à durée déterminée"]
    assert contract.search("ça repart tout seul ?", 1) == []
    found = contract.search("ça repart tout seul ?", 1, about=about)
    assert "tacite reconduction" in found[0].passage.text


@pytest.mark.parametrize("question", ["Quelle est la capitale de l'Australie ?", "xyzzy", "", "?"])
def test_what_it_does_not_speak_of_finds_nothing(contract: OwnDocument, question: str) -> None:
    """A foreign question, rubbish and nothing at all find no passage."""
    assert contract.search(question) == []


def test_hits_are_ordered_and_say_why(contract: OwnDocument) -> None:
    """Scores fall with rank; the legs are those of the base."""
    hits = contract.search(NOTICE, 5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {reason.leg for hit in hits for reason in hit.reasons} == {"text", "dense"}


def test_searching_twice_gives_the_same(contract: OwnDocument) -> None:
    """The same question has the same hits."""
    assert contract.search(NOTICE) == contract.search(NOTICE)


@pytest.mark.parametrize("k", [0, -1, 10_000])
def test_k_out_of_range_is_refused(contract: OwnDocument, k: int) -> None:
    """As for the base."""
    with pytest.raises(UsageError, match=str(k)):
        contract.search(NOTICE, k)


def test_a_quote_stands_in_its_passage_and_is_a_whole_paragraph(contract: OwnDocument) -> None:
    """A sentence that the page cut in two is quoted whole, without its number."""
    passage = next(p for p in contract.passages if "indemnité" in p.text)
    quote = contract.quote(passage, "Quelle indemnité si je pars avant le terme ?")
    assert quote and contains(passage.text, quote.text)
    assert quote.text.startswith("Le client qui part") and quote.text.endswith("jusqu'au terme.")


def test_an_order_is_never_quoted(contract: OwnDocument) -> None:
    """Even asked in its own words, the sentence that speaks to an assistant is not quoted."""
    for passage in contract.passages:
        quote = contract.quote(passage, ORDER)
        assert quote is None or "10 000" not in quote.text


def test_a_passage_of_orders_alone_gives_no_quote() -> None:
    """Nothing can be quoted of it."""
    document = read_own("c.docx", word([ORDER]))
    assert document.quote(document.passages[0], "Que dois-je payer ?") is None


def test_a_long_paragraph_is_cut_at_a_word() -> None:
    """A quote is bounded."""
    text = "Le client verse une indemnité de résiliation " + "très lourde et longue " * 60
    document = read_own("c.docx", word([text]))
    quote = document.quote(document.passages[0], "indemnité de résiliation")
    assert quote and len(quote.text) <= MAX_QUOTE and contains(text, quote.text)


def test_documents_of_two_conversations_do_not_meet(contract: OwnDocument) -> None:
    """A document finds its own passages alone."""
    other = read_own("autre.docx", word(["La résiliation du bail se fait par huissier."]))
    mine = {p.id for p in contract.passages}
    assert not {hit.passage.id for hit in other.search("résiliation du bail")} & mine
    assert other.passage(contract.passages[0].id) is None


def test_a_contract_is_told_from_another_document(contract: OwnDocument) -> None:
    """« Votre contrat » is said of a contract alone."""
    assert contract.is_contract
    assert not read_own("d.docx", word(["Facture du mois de mai."])).is_contract
