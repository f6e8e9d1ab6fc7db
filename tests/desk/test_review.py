"""The lawyers' actions: one at a time, checked, undone until released."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.desk.accounts import Accounts
from assistant.desk.audit import entries, verify
from assistant.desk.edits import MAX_LENGTH, MAX_SOURCES
from assistant.desk.errors import (
    AccessError,
    ConflictError,
    EditError,
    MissingError,
)
from assistant.desk.queue import Queue
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.types import Item
from retrieval.errors import UsageError
from tests.desk.people import Desk

LAW = "kb:law/c-civ-1231-5"
TEXT = "Le juge peut réduire la pénalité manifestement excessive [1]."


@pytest.fixture
def reviews(desk: Desk, lawyer: Actor) -> Reviews:
    """What the lawyer does."""
    return Reviews(desk.store, lawyer)


def item(desk: Desk, lawyer: Actor, number: int) -> Item:
    """An item as the lawyer sees it now."""
    return Queue(desk.store, lawyer).item(number)


def test_the_whole_way_of_an_answer(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """Taken, edited, approved, released: the customer reads the lawyer's text, word for word."""
    number, version = desk.taken(lawyer)
    version, edit = reviews.edit(number, version, TEXT, [LAW], desk.base)
    version = reviews.approve(number, version)
    reference = item(desk, lawyer, number).row.reference
    assert desk.following.by_reference(anonymous("token"), reference).markdown is None
    reviews.release(number, version)
    seen = desk.following.by_reference(anonymous("token"), reference)
    assert seen.markdown == edit.markdown == TEXT and seen.state == "published"
    assert seen.by_lawyer is not None and seen.citations[0]["passage_id"] == LAW


def test_a_suggestion_can_be_approved_as_it_stands(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """Without an edit the customer reads the suggested answer."""
    number, version = desk.taken(lawyer)
    reviews.release(number, reviews.approve(number, version))
    shown = item(desk, lawyer, number)
    seen = desk.following.by_reference(anonymous("token"), shown.row.reference)
    assert seen.markdown == shown.suggested.markdown


def test_two_lawyers_never_both_take_an_item(desk: Desk, lawyer: Actor) -> None:
    """Of twelve who try at once one has it; the others are told, and nothing of theirs is kept."""
    row = desk.item(lawyer, desk.receive()).row
    second = desk.account("consœur".replace("œ", "oe"), "lawyer")
    told: list[str] = []

    def take(actor: Actor) -> None:
        try:
            Reviews(desk.store, actor).take(row.id, row.version)
            told.append("taken")
        except ConflictError:
            told.append("conflict")

    threads = [threading.Thread(target=take, args=((lawyer, second)[n % 2],)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["conflict"] * 11 + ["taken"]
    assert [r.action for r in item(desk, lawyer, row.id).reviews] == ["receive", "take"]


def test_what_was_changed_meanwhile_is_not_overwritten(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """An edit from a page that was opened before is refused whole."""
    number, old = desk.taken(lawyer)
    reviews.edit(number, old, TEXT, [LAW], desk.base)
    with pytest.raises(ConflictError, match="a changé entre-temps"):
        reviews.edit(
            number, old, "Le juge peut réduire la pénalité excessive [1].", [LAW], desk.base
        )
    assert [r.markdown for r in item(desk, lawyer, number).revisions] == [TEXT]


def test_another_lawyers_item_is_left_alone(desk: Desk, lawyer: Actor) -> None:
    """Only its holder acts on it, or an admin."""
    number, version = desk.taken(lawyer)
    other = Reviews(desk.store, desk.account("autre", "lawyer"))
    for call in (
        lambda: other.approve(number, version),
        lambda: other.refuse(number, version, "Non"),
        lambda: other.put_back(number, version),
        lambda: other.undo(number, version),
        lambda: other.edit(number, version, TEXT, [LAW], desk.base),
    ):
        with pytest.raises(AccessError):
            call()
    assert Reviews(desk.store, desk.account("chef", "admin")).put_back(number, version)


def actions(reviews: Reviews, desk: Desk, number: int) -> list[Callable[[], object]]:
    """Every action on an item."""
    return [
        lambda: reviews.take(number, 1),
        lambda: reviews.put_back(number, 1),
        lambda: reviews.hand_over(number, 1, "juriste"),
        lambda: reviews.edit(number, 1, TEXT, [LAW], desk.base),
        lambda: reviews.approve(number, 1),
        lambda: reviews.refuse(number, 1, "Non"),
        lambda: reviews.ask(number, 1, "Qui ?"),
        lambda: reviews.undo(number, 1),
        lambda: reviews.release(number, 1),
    ]


def test_every_action_refuses_whoever_is_no_lawyer(desk: Desk, lawyer: Actor) -> None:
    """A client, nobody, a client who says to be a lawyer, an account that is none, one just closed."""
    number = desk.item(lawyer, desk.receive()).row.id
    client, closed = desk.account("client", "client"), desk.account("parti", "lawyer")
    Accounts(desk.store).disable("parti")
    forged = Actor("lawyer", client.account_id)
    for actor in (client, anonymous("token"), forged, Actor("admin", 9_999), closed):
        for call in actions(Reviews(desk.store, actor), desk, number):
            with pytest.raises(AccessError):
                call()
        with pytest.raises(AccessError):
            Queue(desk.store, actor).item(number)
    assert [r.action for r in item(desk, lawyer, number).reviews] == ["receive"]


def test_every_action_has_its_audit_entry(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """Who, what, on which version; never a word of the texts."""
    number, version = desk.taken(lawyer)
    version = reviews.ask(number, version, "Quelle est la durée du contrat ?")
    version = reviews.undo(number, version)
    version, _ = reviews.edit(number, version, TEXT, [LAW], desk.base)
    version = reviews.approve(number, version)
    reviews.release(number, version)
    with desk.store.read() as connection:
        verify(connection)
        found = [e for e in entries(connection) if e.subject == f"item:{number}"]
    assert [e.action for e in found] == [
        "receive", "take", "ask", "undo", "edit", "text", "approve", "release",
    ]  # fmt: skip
    assert found[6].actor == lawyer.name and found[6].details["version"] == version
    assert "pénalité" not in str(found) and "durée" not in str(found)


def test_an_action_and_its_audit_are_one(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """When the audit cannot be written, the action is not done."""
    number, version = desk.taken(lawyer)
    with desk.store.write() as work:  # an entry that nothing can follow
        work.connection.exec_driver_sql(
            "INSERT INTO audit(number, entry, previous, hash)"
            " SELECT max(number) + 2, '', 'x', 'y' FROM audit"
        )
        work.connection.exec_driver_sql(
            "INSERT INTO audit(number, entry, previous, hash)"
            " SELECT max(number) - 1, '', 'y', 'z' FROM audit"
        )
    with pytest.raises(ConflictError):
        reviews.approve(number, version)
    assert item(desk, lawyer, number).row.state == "taken"


def test_each_action_can_be_undone(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """One after the other, back to an item that nobody has touched."""
    number, version = desk.taken(lawyer)
    version, _ = reviews.edit(number, version, TEXT, [LAW], desk.base)
    version, _ = reviews.edit(number, version, TEXT.replace("peut", "peut donc"), [LAW], desk.base)
    version = reviews.approve(number, version)
    states = []
    for _ in range(4):
        version = reviews.undo(number, version)
        shown = item(desk, lawyer, number)
        states.append((shown.row.state, shown.revision, shown.row.holder))
    assert states == [
        ("taken", 2, "juriste"), ("taken", 1, "juriste"), ("taken", None, "juriste"),
        ("waiting", None, None),
    ]  # fmt: skip
    with pytest.raises(ConflictError, match="rien à annuler"):
        reviews.undo(number, version)


def test_a_question_to_the_customer_can_be_withdrawn(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """Until the customer has answered."""
    number, version = desk.taken(lawyer)
    version = reviews.undo(number, reviews.ask(number, version, "Qui a signé ?"))
    assert (
        item(desk, lawyer, number).messages == ()
        and item(desk, lawyer, number).row.state == "taken"
    )


def test_what_was_released_cannot_be_undone(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """The customer has read it."""
    number, version = desk.taken(lawyer)
    version = reviews.release(number, reviews.approve(number, version))
    with pytest.raises(ConflictError, match="sa réponse est partie"):
        reviews.undo(number, version)
    with pytest.raises(ConflictError, match="sa réponse est partie"):
        reviews.approve(number, version)


def test_a_refusal_is_told_to_the_customer_once_released(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """With its reason; not before."""
    number, version = desk.taken(lawyer)
    version = reviews.refuse(number, version, "Un avocat doit voir le dossier.")
    reference = item(desk, lawyer, number).row.reference
    assert "avocat" not in desk.following.by_reference(anonymous("token"), reference).told
    reviews.release(number, version)
    seen = desk.following.by_reference(anonymous("token"), reference)
    assert seen.state == "closed" and seen.told.endswith("Un avocat doit voir le dossier.")
    assert seen.markdown is None


def test_a_colleague_takes_over(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """The item is theirs, with the note; a client or nobody is no colleague."""
    number, version = desk.taken(lawyer)
    colleague = desk.account("autre", "lawyer")
    desk.account("client", "client")
    for name in ("client", "personne"):
        with pytest.raises(MissingError, match="Aucun juriste"):
            reviews.hand_over(number, version, name)
    version = reviews.hand_over(number, version, "AUTRE", "Contrat mixte : tu connais mieux.")
    shown = item(desk, colleague, number)
    assert shown.row.holder == "autre" and shown.reviews[-1].note.startswith("Contrat mixte")
    assert Reviews(desk.store, colleague).approve(number, version)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<script>alert(1)</script> Le juge peut réduire la pénalité [1].", "code"),
        ("Le juge <img src=x onerror=alert(1)> peut réduire la pénalité [1].", "code"),
        ("Voir [ici](javascript:alert(1)) la pénalité excessive [1].", "code"),
        ("Le juge peut réduire la pénalité à 3 000 euros [1].", "3 000"),
        ("L'article 1999-9 du Code civil permet de réduire la pénalité [1].", "1999-9"),
        ("Le juge peut réduire la pénalité manifestement excessive.", "publié"),
        ("Le juge peut réduire la pénalité manifestement excessive [7].", "publié"),
        (
            "Le juge peut réduire la pénalité, dit-il : « toute clause est nulle et sans effet » [1].",
            "publié",
        ),
    ],
)
def test_the_guard_refuses_what_no_source_can_hold(
    desk: Desk, lawyer: Actor, reviews: Reviews, text: str, told: str
) -> None:
    """Code, a made-up number or reference, no source, a false quotation: nothing is kept."""
    number, version = desk.taken(lawyer)
    with pytest.raises(EditError, match=told):
        reviews.edit(number, version, text, [LAW], desk.base)
    shown = item(desk, lawyer, number)
    assert shown.revisions == () and shown.row.version == version


def test_a_doubtful_sentence_needs_a_lawyers_word(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """It is kept with its fault; to approve it the lawyer says why it is right."""
    number, version = desk.taken(lawyer)
    text = TEXT + "\n\nLe prestataire garde aussi les sauvegardes du serveur après la fin [1]."
    version, edit = reviews.edit(number, version, text, [LAW], desk.base)
    assert [fault.rule for fault in edit.faults] == ["unsupported"]
    with pytest.raises(EditError, match="sauvegardes du serveur"):
        reviews.approve(number, version)
    assert reviews.approve(number, version, despite="Clause 9 du contrat du client.")
    assert item(desk, lawyer, number).reviews[-1].note == "Clause 9 du contrat du client."


def test_what_lawyers_wrote_before_is_not_doubted_again(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """The suggestion's own sentences come from the base; only what is new is held to the sources."""
    number, version = desk.taken(lawyer)
    suggested = item(desk, lawyer, number).suggested
    sources = [citation["passage_id"] for citation in suggested.citations]
    new = "Le prestataire garde aussi les sauvegardes du serveur après la fin [1]."
    _, edit = reviews.edit(number, version, f"{suggested.markdown}\n\n{new}", sources, desk.base)
    assert [fault.sentence for fault in edit.faults] == [new]


def test_an_edit_is_bounded(desk: Desk, lawyer: Actor, reviews: Reviews) -> None:
    """A thousand sources, a book, a passage that is none, an empty text."""
    number, version = desk.taken(lawyer)
    for text, sources, error in (
        (TEXT, [LAW] * (MAX_SOURCES + 1), EditError),
        ("x" * (MAX_LENGTH + 1), [LAW], UsageError),
        (TEXT, ["kb:law/../../etc/passwd"], EditError),
        (TEXT, [], EditError),
        (" \n", [LAW], UsageError),
    ):
        with pytest.raises(error):
            reviews.edit(number, version, text, sources, desk.base)


def test_an_item_that_is_gone_is_told(reviews: Reviews) -> None:
    """A number that is none, as an erasure leaves it."""
    with pytest.raises(MissingError, match="n'est plus dans la file"):
        reviews.take(404, 1)


def test_the_answer_to_a_declined_question_must_be_written(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """There is nothing to approve in « je ne peux pas répondre »."""
    received = desk.intake.record(anonymous("token"), desk.answer("Comment tailler mes rosiers ?"))
    row = desk.item(lawyer, received).row
    version = reviews.take(row.id, row.version)
    with pytest.raises(EditError, match="aucune source"):
        reviews.approve(row.id, version)


def test_an_answer_that_was_released_stays_when_the_item_comes_back(
    desk: Desk, lawyer: Actor, reviews: Reviews
) -> None:
    """A negative vote on a lawyer's answer calls a lawyer again; the customer keeps the answer."""
    received = desk.receive(anonymous("token"))
    row = desk.item(lawyer, received).row
    version, _ = reviews.edit(row.id, reviews.take(row.id, 1), TEXT, [LAW], desk.base)
    reviews.release(row.id, reviews.approve(row.id, version))
    desk.intake.vote(anonymous("token"), received.answer_id, helpful=False, reason="Trop court")
    seen = desk.following.by_reference(anonymous("token"), row.reference)
    assert seen.state == "waiting" and seen.markdown == TEXT
