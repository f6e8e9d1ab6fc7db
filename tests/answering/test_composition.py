"""What an answer shows first, what it supposes, and what it asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import Answer, Assistant, Conversation
from assistant.answering.blocks import blocks
from assistant.answering.facts import Facts
from assistant.answering.hypotheses import addressee
from retrieval import Retriever

PRICES = "Mon prestataire augmente ses prix en cours de contrat, que faire ?"
Talk = Callable[..., Answer]


@pytest.fixture(scope="module")
def assistant(kb_index: Path) -> Assistant:
    """The assistant over the whole base."""
    return Assistant(Retriever.open(kb_index))


@pytest.fixture(scope="module")
def talk(assistant: Assistant) -> Talk:
    """The last answer of a conversation."""

    def last(*questions: str) -> Answer:
        before = Conversation()
        for question in questions:
            answer = assistant.answer(question, conversation=before)
            before = before.after(question, answer)
        return answer

    return last


def titles(answer: Answer, *, opened: bool) -> list[str]:
    """Titles of the parts that are open, or folded."""
    return [part.title for part in answer.parts if part.title and part.opened is opened]


def test_what_to_do_is_open(talk: Talk) -> None:
    """« que faire ? » opens the practice of the asker's side; the rest is folded."""
    answer = talk(PRICES)
    assert titles(answer, opened=True)[0] == "En pratique, si vous êtes le client"
    assert "Explication" in titles(answer, opened=False)


def test_the_provider_reads_its_own_side_first(assistant: Assistant) -> None:
    """A side given by the caller puts its advice before the other's."""
    told = assistant.answer("Le prestataire peut-il augmenter ses prix ?", side="prestataire")
    names = [part.title for part in told.parts]
    own, other = "En pratique, si vous êtes le prestataire", "En pratique, du côté du client"
    assert names.index(own) < names.index(other)


def test_nothing_of_the_base_is_lost(assistant: Assistant, talk: Talk) -> None:
    """Whatever is shown first, each sentence of the sections is there once, limits included."""
    answer = talk(PRICES)
    plain = re.sub(r"\s*\[\d+\]", "", answer.text)
    sections = assistant.retriever.document("kb:questions/augmentation-unilaterale-prix")
    for passage in sections:
        for block in blocks(str(passage.meta["markdown"])):
            bare = re.sub(r"\s*\[@[^\]]+\]", "", block.text)
            first = bare.split("\n")[0].removeprefix("- ").rstrip(" .")
            assert plain.count(first) == 1, first


def test_hypotheses_are_told(talk: Talk) -> None:
    """What the answer took for granted is said, and asked."""
    answer = talk(PRICES)
    assert (
        "Hypothèses : contrat entre professionnels, conclu depuis le 1er octobre 2016"
        in answer.text
    )
    assert [fact.asks for fact in answer.quick_replies] == [
        "À quel titre avez-vous conclu le contrat ?",
        "Quand le contrat a-t-il été conclu ?",
    ]


def test_a_quick_reply_asks_the_question_again_with_the_fact(talk: Talk) -> None:
    """The reply « avant 2016 » brings the former law to the same question."""
    answer = talk(PRICES, "Contrat conclu avant le 1er octobre 2016.")
    assert answer.status == "needs_review" and answer.as_of == date(2016, 9, 30)
    assert "1134 ancien" in answer.text and "ancien droit" in answer.text
    assert "contrat conclu avant le 1er octobre 2016" in answer.facts


def test_facts_are_carried_from_turn_to_turn(talk: Talk) -> None:
    """A date told once still holds three questions later."""
    answer = talk(
        "Contrat signé en 2014 : l'indemnité de résiliation anticipée est-elle due ?",
        "Qui doit faire les sauvegardes ?",
        "Le prestataire peut-il limiter sa responsabilité ?",
    )
    assert "contrat conclu en 2014" in answer.facts
    assert "1150 ancien" in answer.text or "ancien" in answer.text


def test_every_quick_reply_is_understood(assistant: Assistant, talk: Talk) -> None:
    """No reply that a button offers is declined, and it is not asked again."""
    for first in (PRICES, "Can the provider raise its prices during the contract?"):
        for fact in talk(first).quick_replies:
            for _, says in fact.replies:
                answer = talk(first, says)
                assert answer.status != "declined" and fact not in answer.quick_replies, says


def test_a_consumer_is_told_of_its_own_rules(talk: Talk) -> None:
    """A consumer reads the rules that protect it, whatever the subject."""
    answer = talk(PRICES, "Je suis un particulier.")
    assert "Le client est un particulier : règles particulières" in titles(answer, opened=True)
    assert any("C. consom." in c.reference for c in answer.citations)


def test_a_public_buyer_is_told_of_its_own_rules(talk: Talk) -> None:
    """A town hall is no business: the answer does not suppose it, and says which law comes first."""
    answer = talk("Nous sommes une mairie : le prestataire peut-il augmenter ses prix ?")
    assert "Le client est un acheteur public : règles particulières" in titles(answer, opened=True)
    assert "entre professionnels" not in answer.parts[1].markdown


def test_a_renewal_is_told_only_where_it_counts(talk: Talk) -> None:
    """A renewal changes the law of an old contract alone: it is not repeated to others."""
    answer = talk("Le contrat s'est renouvelé tout seul, est-ce légal ?")
    assert "contrat renouvelé" not in answer.text
    answer = talk(
        "Contrat signé en 2014 et renouvelé depuis : l'indemnité de sortie est-elle due ?"
    )
    assert "Ce que vous dites : contrat conclu en 2014" in answer.text


def test_a_clause_goes_with_the_answer_that_names_it(talk: Talk) -> None:
    """The clause told after an answer is one that its question names, not a chance neighbour."""
    answer = talk("Quel délai pour agir en justice contre mon prestataire ?")
    told = [p.title for p in answer.parts if p.title.startswith("Ce que prévoit")]
    assert not any("Cession" in title for title in told)


def test_a_fact_before_any_question_is_noted(talk: Talk) -> None:
    """A fact alone is acknowledged, and counts for the question that follows."""
    assert talk("Je suis le prestataire.").text.startswith("C'est noté : vous êtes le prestataire")
    assert "vous êtes le prestataire" in talk("Je suis le prestataire.", PRICES[16:]).facts


def test_the_given_date_wins_over_the_words(assistant: Assistant) -> None:
    """A date given by the caller is the one applied."""
    answer = assistant.answer(
        "Contrat signé en 2014 : l'indemnité de résiliation anticipée est-elle due ?",
        as_of=date(2020, 5, 1),
    )
    assert answer.as_of == date(2020, 5, 1) and "contrat conclu le 1er mai 2020" in answer.facts


def test_facts_given_by_the_caller_count(assistant: Assistant) -> None:
    """A caller may give any fact."""
    answer = assistant.answer(PRICES, facts=Facts(client="association"))
    assert any("association" in fact for fact in answer.facts)


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        (PRICES, "*À la question : Le prestataire peut-il augmenter ses tarifs"),
        ("Can the provider raise its prices during the contract?", "*To the question: Can the"),
        ("Quel préavis respecter pour résilier le contrat ?", "Cela dépend"),
    ],
)
def test_a_verdict_says_what_it_answers(talk: Talk, asked: str, opening: str) -> None:
    """« Oui » and « Non » answer the question of the base, which is told: the asker's may be the reverse."""
    assert talk(asked).parts[0].markdown.startswith(opening)


def test_two_answers_do_not_repeat_their_headings(talk: Talk) -> None:
    """Where a heading names the question, the verdict follows at once."""
    answer = talk("Le prestataire peut-il augmenter ses prix ? Que contient une mise en demeure ?")
    assert answer.parts[1].title.startswith("1. ") and answer.parts[1].markdown.startswith("Non")


def test_the_old_law_is_short(talk: Talk) -> None:
    """Each former article has its marker, none says twice that it is old, and the rest is not listed."""
    answer = talk(PRICES, "Contrat conclu avant le 1er octobre 2016.")
    told = next(p.markdown for p in answer.parts if p.title == "Contrat antérieur à la réforme")
    former = [line for line in told.split("\n") if "avant la réforme" in line]
    assert former and not any("avant le 1er oct. 2016" in line for line in former)
    assert all(re.search(r"\[\d+\]\.$", line) for line in former)
    (unmatched,) = [line for line in told.split("\n") if line.startswith("- Sans ancien")]
    assert unmatched.count("art.") <= 4


def test_the_clause_comes_first_when_it_is_asked_for(talk: Talk) -> None:
    """« Que dit le contrat… » opens the clause of the model before the explanation."""
    answer = talk("Que dit le contrat sur les sauvegardes avant une intervention ?")
    assert titles(answer, opened=True)[0].startswith("Ce que prévoit le modèle")


def test_english_is_english_throughout(talk: Talk) -> None:
    """Headings, remarks, reasons, replies and neighbours are in English; the sources are French."""
    answer = talk("Can the provider raise its prices during the contract?")
    said = [answer.reason, *(part.title for part in answer.parts)]
    said += [fact.asks for fact in answer.quick_replies] + [a.question for a in answer.alternatives]
    assert not any(
        re.search(r"\b(?:réponse|question reconnue|En pratique|Vous|Le |Limites)\b", text)
        for text in said
    )
    assert "Assumptions: a contract between businesses" in answer.text


@pytest.mark.parametrize(
    ("called", "text"),
    [
        ("client", "Vous pouvez refuser la hausse du prestataire."),
        ("prestataire", "Votre client doit accepter."),
        (None, "Le client peut refuser."),
        (None, "Vous ou le client pouvez saisir le prestataire."),
    ],
)
def test_addressee(called: str | None, text: str) -> None:
    """« vous » is the side that the text does not name."""
    assert addressee(text) == called


@pytest.mark.parametrize(
    "message",
    [
        "on peux arreter le contra avant 3 ans si il vien jamais ?",
        "on peut arreter le contra avant 3 ans si il vien jamais ?",
    ],
)
def test_every_subject_nearly_as_likely_is_told_of(talk: Talk, message: str) -> None:
    """Leaving early, notice, a long term: where none stands out, the reader is told of each."""
    answer = talk(message)
    told = next(p.markdown for p in answer.parts if p.markdown.startswith("*Plusieurs sujets"))
    offered = [one.question for one in answer.alternatives]
    named = [name for name in offered if f"« {name} »" in told]
    assert named == offered[:2]
    assert any("avant le terme" in name for name in named)


def test_a_reader_of_english_is_told_of_other_subjects_in_english(talk: Talk) -> None:
    """The subjects nearly as likely bear their English names."""
    answer = talk("Our invoice is wrong and the work was late, what can we do?")
    told = next(p.markdown for p in answer.parts if p.markdown.startswith("*Several subjects"))
    assert "« How can an IT support invoice be disputed? »" in told
    assert any(f"« {one.question} »" in told for one in answer.alternatives)
