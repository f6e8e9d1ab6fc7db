"""A dossier gathers what proves an answer: version, address, check, generation, hash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering import Answer, Citation
from assistant.dossier import Dossier, DossierError, Exchange, Quote, dossier_of
from assistant.dossier.gather import MAX_ENTRIES
from retrieval import Retriever
from tests.dossier.conftest import FEE, NOW


def quote(dossier: Dossier, reference: str, entry: int = 0) -> Quote:
    """The source with this reference."""
    return next(q for q in dossier.entries[entry].quotes if q.reference == reference)


def made(answer: Answer, retriever: Retriever) -> Dossier:
    """The dossier of one answer."""
    return dossier_of([Exchange(answer)], retriever, NOW)


def test_every_citation_is_there_with_its_words(
    dossier: Dossier, answers: tuple[Answer, Answer]
) -> None:
    """Same numbers, same order; the words are those relied on."""
    for entry, answer in zip(dossier.entries, answers, strict=True):
        assert [q.n for q in entry.quotes] == [c.n for c in answer.citations]
        assert all(
            q.text in " ".join(c.quote.split())
            for q, c in zip(entry.quotes, answer.citations, strict=True)
        )


def test_a_statute_has_its_date_its_address_and_its_review(dossier: Dossier) -> None:
    """The version relied on can be found again."""
    article = quote(dossier, "C. civ., art. 1231-5")
    assert article.version == "en vigueur depuis le 1er\u00a0octobre\u00a02016"
    assert article.url.startswith("https://www.legifrance.gouv.fr/")
    assert article.check == "vérifiée"


def test_a_summary_says_that_it_is_one(dossier: Dossier) -> None:
    """Words between quotation marks beside an article are MainteLex's, and are said to be."""
    assert quote(dossier, "C. civ., art. 1231-5").reviewed.startswith("résumé relu le ")
    sheets = [q for e in dossier.entries for q in e.quotes if q.kind == "Fiche MainteLex"]
    assert sheets and all(q.reviewed.startswith("relu le ") for q in sheets)


def test_a_repealed_article_says_until_when(dossier: Dossier) -> None:
    """The old article of a contract of before the reform has both its dates."""
    old = [q.version for q in dossier.entries[1].quotes if "ancien" in q.reference]
    assert old and all("jusqu'au 30\u00a0septembre\u00a02016" in version for version in old)


def test_a_decision_has_its_date(dossier: Dossier) -> None:
    """« du 25 septembre 2019 »."""
    decisions = [q for q in dossier.entries[0].quotes if q.kind == "Décision"]
    assert decisions and all(q.version.startswith("du ") for q in decisions)


def test_facts_are_those_told_and_the_date_of_the_contract(dossier: Dossier) -> None:
    """What the answer rests on is written with it, the date of the contract once."""
    assert "Le client est une association." in dossier.entries[0].facts
    dated = [fact for fact in dossier.entries[1].facts if "mars" in fact]
    assert len(dated) == 1 and dated[0].endswith("2015")


def test_the_date_of_the_contract_is_told_even_if_the_answer_does_not(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """An answer that holds a date and no fact has it among its facts."""
    silent = replace(answers[1], facts=())
    assert made(silent, retriever).entries[0].facts == (
        "Date du contrat : 1er\u00a0mars\u00a02015",
    )


def test_it_names_generation_base_and_reviewer(dossier: Dossier, retriever: Retriever) -> None:
    """One generation, named once; the hash of the base; no model."""
    manifest = retriever.manifest
    assert dossier.generations == (manifest.generation,)
    assert dossier.kb_hash == manifest.kb_hash
    assert (dossier.models, dossier.prompts, dossier.reviewer) == ((), (), "Cabinet Exemple")


def test_a_model_and_its_prompts_are_named(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """Who wrote, and from which version of which prompt."""
    told = {"model": "fournisseur:m-1", "prompts": {"reponse": 3, "lecture": 1}}
    made_ = made(replace(answers[0], provenance=told), retriever)
    assert made_.models == ("fournisseur:m-1",)
    assert made_.prompts == ("reponse (version 3)", "lecture (version 1)")


def test_the_check_of_each_quote_is_told(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """« réajustée » is said as such."""
    first = replace(answers[0].citations[0], check="reajuste")
    answer = replace(answers[0], citations=(first, *answers[0].citations[1:]))
    assert made(answer, retriever).entries[0].quotes[0].check == "réajustée"


def test_a_passage_that_left_the_base_is_told(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """Its words stay; its version is said not to be found."""
    gone = replace(answers[0].citations[0], passage_id="kb:law/absent")
    answer = replace(answers[0], citations=(gone,))
    assert "n'est plus dans la base" in made(answer, retriever).entries[0].quotes[0].version


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://a.fr/\n", None]
)
def test_only_public_addresses_are_printed(
    url: str | None, answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """Nothing but http and https becomes a link."""
    one = replace(answers[0].citations[0], url=url)
    answer = replace(answers[0], citations=(one,))
    assert made(answer, retriever).entries[0].quotes[0].url == ""


def test_a_customers_own_document_is_named_so(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """Its words are the customer's, with their page in the reference, once."""
    own = Citation(1, "doc:0/c.pdf#p4.1", "document", "c", "Votre document « c.pdf », art. 7, p. 4",
                   None, "Le client paie.", 4)  # fmt: skip
    quoted = made(replace(answers[0], citations=(own,)), retriever).entries[0].quotes[0]
    assert (quoted.kind, quoted.version) == ("Votre document", "document de l'utilisateur")
    assert quoted.reference.count("p. 4") == 1


@pytest.mark.parametrize("count", [0, MAX_ENTRIES + 1])
def test_too_few_or_too_many_answers_are_refused(
    count: int, answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """A dossier is of one conversation."""
    with pytest.raises(DossierError, match=str(count)):
        dossier_of([Exchange(answers[0])] * count, retriever, NOW)


def test_a_hostile_question_is_made_printable(
    answers: tuple[Answer, Answer], retriever: Retriever
) -> None:
    """Control characters, which no Word file holds, are left out."""
    answer = replace(answers[0], question=f"{FEE}\x00\x1b[31m\n\n# Titre \ud800")
    assert made(answer, retriever).entries[0].question == f"{FEE}[31m # Titre "
