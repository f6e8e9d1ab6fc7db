"""Customers: what is recorded, what they see, and whose it is."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import func, select

from assistant.desk.errors import AccessError, ConflictError, MissingError
from assistant.desk.intake import Intake, theme_of
from assistant.desk.policy import Policy
from assistant.desk.queue import Queue, Wanted
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.tables import ANSWERS, ITEMS, QUESTIONS, VOTES
from retrieval.errors import UsageError
from tests.desk.people import QUESTION, Desk

ANNE = anonymous("anne")


def policy(sinon: str, anonymes: str = "oui", **rule: object) -> Policy:
    """A policy of one rule at most."""
    rules = [{"si": rule, "alors": "attendre", "urgence": "haute"}] if rule else []
    return Policy.model_validate(
        {"regles": rules, "sinon": sinon, "clients_anonymes": anonymes, "conservation_jours": 30}
    )


def test_an_answer_is_kept_with_what_made_it(desk: Desk) -> None:
    """Text, sources, confidence and the index stand in the store."""
    answer = desk.answer()
    received = desk.intake.record(ANNE, answer, theme="prix-et-paiement")
    with desk.store.read() as connection:
        row = connection.execute(select(ANSWERS)).mappings().one()
    assert (row["id"], row["markdown"], row["theme"]) == (
        received.answer_id,
        answer.text,
        "prix-et-paiement",
    )
    assert row["citations"][0]["passage_id"] == answer.citations[0].passage_id
    assert row["provenance"]["index"] == answer.index and row["document"].startswith(
        "kb:questions/"
    )


def test_the_theme_is_that_of_the_question_that_answered(desk: Desk) -> None:
    """The base says it; an answer without source has none."""
    assert theme_of(desk.answer(), desk.retriever.passage) != ""
    assert theme_of(desk.answer("Bonjour"), desk.retriever.passage) == ""


def test_an_answer_that_waits_is_not_shown(desk: Desk) -> None:
    """The customer gets a reference and the state, and no word of the suggestion."""
    received = desk.receive(ANNE)
    seen = desk.following.by_reference(ANNE, received.reference or "")
    assert received.route == "attendre" and seen.markdown is None and seen.citations == ()
    assert seen.state == "waiting" and seen.told == "Votre question attend un juriste."


def test_an_answer_that_is_reviewed_after_is_shown(desk: Desk) -> None:
    """It goes out at once, and stands in the queue."""
    desk.policy = policy("publier et relire")
    received = desk.receive(ANNE)
    assert desk.following.by_reference(ANNE, received.reference or "").markdown


def test_an_answer_that_goes_out_makes_no_item(desk: Desk) -> None:
    """No reference; the conversation shows it."""
    desk.policy = policy("publier")
    received = desk.receive(ANNE)
    (seen,) = desk.following.conversation(ANNE, received.conversation_id)
    assert received.reference is None and seen.state is None and seen.markdown


def test_a_reference_is_read_as_people_write_it(desk: Desk) -> None:
    """Small letters, spaces, no dashes, O for 0: the same question."""
    reference = desk.receive(ANNE).reference or ""
    for typed in (reference.lower(), reference.replace("-", " "), reference[3:].replace("0", "o")):
        assert desk.following.by_reference(ANNE, typed).reference == reference


@pytest.mark.parametrize(
    "typed", ["", "ML", "ML-0000-0000-0000", "x" * 10_000, "ML-é\0-%", "' OR '1'='1"]
)
def test_a_reference_of_nothing_is_told(desk: Desk, typed: str) -> None:
    """A guess, a slip or an attack: no question, and the same words."""
    desk.receive(ANNE)
    with pytest.raises(MissingError, match="Aucune question"):
        desk.following.by_reference(ANNE, typed)


def test_a_lost_browser_comes_back_by_reference(desk: Desk) -> None:
    """An anonymous customer's reference is enough; the conversation is not shown with it."""
    received, other = desk.receive(ANNE), anonymous("another browser")
    assert desk.following.by_reference(other, received.reference or "").question == QUESTION
    with pytest.raises(AccessError):
        desk.following.conversation(other, received.conversation_id)


def test_the_reference_of_an_account_is_for_the_account(desk: Desk) -> None:
    """Somebody else who has it is told what a wrong one is told."""
    owner, other = desk.account("anne", "client"), desk.account("luc", "client")
    reference = desk.receive(owner).reference or ""
    assert desk.following.by_reference(owner, reference)
    for stranger in (other, ANNE):
        with pytest.raises(MissingError, match="Aucune question"):
            desk.following.by_reference(stranger, reference)


def test_nobody_reaches_into_somebody_elses_conversation(desk: Desk) -> None:
    """Neither reading, nor asking, voting or calling a lawyer there; nor without any token."""
    received = desk.receive(desk.account("anne", "client"))
    for stranger in (desk.account("luc", "client"), ANNE, Actor("client")):
        for call in (
            partial(desk.following.conversation, stranger, received.conversation_id),
            partial(
                desk.intake.record, stranger, desk.answer(), conversation=received.conversation_id
            ),
            partial(desk.intake.vote, stranger, received.answer_id, helpful=False),
            partial(desk.intake.ask_lawyer, stranger, received.question_id),
        ):
            with pytest.raises(AccessError):
                call()


def test_a_conversation_keeps_its_turns_in_order(desk: Desk) -> None:
    """The second question stands after the first, and the list shows the first."""
    first = desk.receive(ANNE)
    second = desk.intake.record(
        ANNE, desk.answer("Et le préavis ?"), conversation=first.conversation_id
    )
    assert second.conversation_id == first.conversation_id
    seen = desk.following.conversation(ANNE, first.conversation_id)
    assert [turn.question for turn in seen] == [QUESTION, "Et le préavis ?"]
    ((found, text, _),) = desk.following.conversations(ANNE)
    assert (found, text) == (first.conversation_id, QUESTION)
    assert desk.following.conversations(Actor("client")) == []


def test_a_desk_may_ask_for_an_account(desk: Desk) -> None:
    """Without one nothing is recorded."""
    desk.policy = policy("publier", anonymes="non")
    with pytest.raises(AccessError, match="compte est nécessaire"):
        desk.receive(ANNE)
    assert desk.receive(desk.account("anne", "client")).question_id


@pytest.mark.parametrize("question", [" \n", "x" * 20_001])
def test_a_question_is_bounded(desk: Desk, question: str) -> None:
    """Neither nothing nor a book is recorded, not even in part."""
    with pytest.raises(UsageError):
        desk.receive(ANNE, question=question)
    with desk.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(QUESTIONS)).scalar_one() == 0


def test_signs_that_a_database_or_a_page_cannot_bear_are_left_out(desk: Desk) -> None:
    """NUL, half a surrogate pair and signs that turn the text around do not get in."""
    received = desk.receive(ANNE, question="Le\0 contrat\u202e est\ud800 long\r\nou non ?")
    (seen,) = desk.following.conversation(ANNE, received.conversation_id)
    assert seen.question == "Le contrat est? long\nou non ?"


def test_a_vote_replaces_the_one_before(desk: Desk) -> None:
    """One vote an answer, with its reason."""
    desk.policy = policy("publier")
    received = desk.receive(ANNE)
    desk.intake.vote(ANNE, received.answer_id, helpful=False, reason="Incomplète")
    desk.intake.vote(ANNE, received.answer_id, helpful=True)
    with desk.store.read() as connection:
        (vote,) = connection.execute(select(VOTES)).all()
    assert vote.helpful is True and vote.reason == ""


def test_a_negative_vote_may_call_a_lawyer(desk: Desk, lawyer: Actor) -> None:
    """The policy says so: the answer enters the queue, urgent, and stays shown."""
    desk.policy = policy("publier", vote="negatif")
    received = desk.receive(ANNE)
    reference = desk.intake.vote(ANNE, received.answer_id, helpful=False, reason="Inexacte")
    (row,) = Queue(desk.store, lawyer).page().rows
    assert (row.reference, row.urgency, row.reason) == (reference, 3, "vote négatif")
    assert desk.following.by_reference(ANNE, reference or "").markdown
    assert Queue(desk.store, lawyer).item(row.id).suggested.vote_reason == "Inexacte"


def test_a_second_reason_makes_an_item_more_urgent_and_no_second_one(
    desk: Desk, lawyer: Actor
) -> None:
    """A question stands in the queue once."""
    desk.policy = policy("attendre", vote="negatif")
    received = desk.receive(ANNE)
    assert desk.intake.ask_lawyer(ANNE, received.question_id) == received.reference
    assert desk.intake.vote(ANNE, received.answer_id, helpful=False) == received.reference
    (row,) = Queue(desk.store, lawyer).page().rows
    assert row.urgency == 3


def test_a_customer_calls_a_lawyer(desk: Desk, lawyer: Actor) -> None:
    """Whatever the policy says, a customer may ask for somebody."""
    desk.policy = policy("publier")
    received = desk.receive(ANNE)
    reference = desk.intake.ask_lawyer(ANNE, received.question_id)
    (row,) = Queue(desk.store, lawyer).page().rows
    assert row.reference == reference and row.reason == "le client demande un juriste"


def test_a_reply_goes_back_to_the_lawyer_who_asked(desk: Desk, lawyer: Actor) -> None:
    """The customer sees the question, answers, and the item is the lawyer's again."""
    number, version = desk.taken(lawyer)
    reviews = Reviews(desk.store, lawyer)
    version = reviews.ask(number, version, "Le contrat est-il signé par une société ?")
    item = Queue(desk.store, lawyer).item(number)
    seen = desk.following.by_reference(ANNE, item.row.reference)
    assert seen.state == "asked" and seen.messages[0].text.startswith("Le contrat est-il")
    seen = desk.following.reply(ANNE, item.row.reference, "Oui, une SARL.")
    assert seen.state == "taken" and seen.messages[1].author == "customer"
    with pytest.raises(ConflictError, match="Aucun juriste n'attend"):
        desk.following.reply(ANNE, item.row.reference, "Encore")
    with pytest.raises(ConflictError, match="le client a répondu"):
        reviews.undo(number, version + 1)


def test_a_failure_in_the_middle_leaves_nothing(desk: Desk) -> None:
    """The question, the answer and the item are one action."""
    broken = Intake(desk.store, desk.policy)
    bad = desk.answer(provenance={"model": {1, 2}})  # no JSON
    with pytest.raises(Exception, match="JSON"):
        broken.record(ANNE, bad)
    with desk.store.read() as connection:
        for table in (QUESTIONS, ANSWERS, ITEMS):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_the_queue_of_a_customer_is_refused(desk: Desk) -> None:
    """No page of the queue without a lawyer's account."""
    for actor in (ANNE, desk.account("anne", "client")):
        with pytest.raises(AccessError):
            Queue(desk.store, actor).page(Wanted())
