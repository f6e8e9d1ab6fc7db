"""Publication: from an approved answer to the base, and back to the next customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from assistant.answering import Assistant
from assistant.desk.audit import entries
from assistant.desk.errors import AccessError, ConflictError, EditError
from assistant.desk.kb_file import NewQuestion
from assistant.desk.overlay import has_published, overlaid
from assistant.desk.personal import Person, Personal
from assistant.desk.publication import Publications, Target
from assistant.desk.queue import Queue
from assistant.desk.review import Reviews
from assistant.desk.roles import Actor, anonymous
from assistant.desk.tables import PUBLICATIONS
from assistant.desk.validated import Validated, in_words
from ingest.build import Plan, build
from ingest.readers.kb import read_kb
from retrieval import Retriever, open_encoder
from tests.desk.conftest import Open
from tests.desk.people import QUESTION, Desk
from tests.retrieval.small_base import write_base

LAW, CLAUSE = "kb:law/c-civ-1231-5", "kb:contract/resiliation#clause"
TEXT = """Le juge peut réduire la pénalité manifestement excessive [1].

### Explication

Chaque Partie peut résilier après mise en demeure [2].

### En pratique

- Le juge peut réduire ou augmenter la pénalité manifestement excessive [1].

### Limites

- Le juge peut augmenter une pénalité dérisoire [1]."""
ASKED = "Une pénalité de retard énorme peut-elle être baissée par un tribunal ?"
NEW = NewQuestion(
    "penalite-reduite", "prix", ASKED, "Can a court reduce a penalty?", "Yes, if excessive."
)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The folder of the small base."""
    return write_base(tmp_path / "kb")


@pytest.fixture
def publications(desk: Desk, kb: Path) -> Publications:
    """What is published into it."""
    return Publications(desk.store, kb)


def approved(desk: Desk, lawyer: Actor, text: str = TEXT) -> tuple[int, int]:
    """An item whose text is approved: number and version."""
    number, version = desk.taken(lawyer)
    reviews = Reviews(desk.store, lawyer)
    version, _ = reviews.edit(number, version, text, [LAW, CLAUSE], desk.base)
    return number, reviews.approve(number, version, despite="Relu.")


def publish(desk: Desk, lawyer: Actor, publications: Publications, target: Target) -> int:
    """Publish a new item; its number."""
    number, version = approved(desk, lawyer)
    publications.publish(lawyer, number, version, target, desk.base)
    return number


def test_a_new_question_enters_the_base(
    desk: Desk, lawyer: Actor, publications: Publications, kb: Path, tmp_path: Path
) -> None:
    """Its file is one that the base accepts, signed and dated, its sources listed."""
    target = Target("new", new=NEW, wordings=("pénalité trop forte, le juge peut-il aider",))
    publish(desk, lawyer, publications, target)
    written = publications.export(tmp_path / "published")
    assert [path.name for path in written] == ["penalite-reduite.md", "penalite-reduite.txt"]
    base = read_kb(overlaid(kb, tmp_path / "published", tmp_path / "base"))
    entry = base.questions["penalite-reduite"]
    assert base.findings == [] and entry.head["authorities"] == ["c-civ-1231-5"]
    assert (
        entry.head["clauses"] == ["resiliation"]
        and entry.head["reviewed_by"] == "Juriste du bureau"
    )
    assert (
        entry.sections[0].markdown
        == "Le juge peut réduire la pénalité manifestement excessive [@c-civ-1231-5]."
    )


def test_the_customer_gets_it_at_once(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """Publishing sends the answer too."""
    number = publish(desk, lawyer, publications, Target("new", new=NEW))
    reference = Queue(desk.store, lawyer).item(number).row.reference
    seen = desk.following.by_reference(anonymous("token"), reference)
    assert seen.state == "published" and (seen.markdown or "").startswith("Le juge peut réduire")


def test_a_published_question_is_found_after_the_next_build(
    desk: Desk, lawyer: Actor, publications: Publications, kb: Path, tmp_path: Path
) -> None:
    """Indexed like any other; the answer is the lawyer's, word for word."""
    publish(desk, lawyer, publications, Target("new", new=NEW))
    publications.export(tmp_path / "published")
    build(Plan(overlaid(kb, tmp_path / "published", tmp_path / "base"), tmp_path / "index"))
    retriever = Retriever.open(tmp_path / "index")
    assert retriever.rank(ASKED).candidates[0].document_id == "kb:questions/penalite-reduite"
    retriever.close()


def test_the_next_customer_gets_it_word_for_word_at_once(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """A close question, before any build; another question is left alone."""
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    before = desk.answer(ASKED)
    assert validated.over(before) == before
    publish(desk, lawyer, publications, Target("new", new=NEW))
    close = ASKED.replace("énorme ", "").replace("?", "")
    answer = validated.over(desk.answer(close))
    assert answer.text == TEXT and answer.status == "answered"
    assert answer.reason.startswith("validée par un juriste le ") and answer.notice
    assert answer.provenance["publication"] == 1
    other = desk.answer("Qui répond de la perte des données sans sauvegarde ?")
    assert validated.over(other) == other


def test_another_process_gives_it_at_once(
    desk: Desk, lawyer: Actor, publications: Publications, open_store: Open
) -> None:
    """One that was open before, and had read what was published then, needs no restart."""
    elsewhere = Validated(open_store(), desk.retriever, open_encoder(""))
    asked = desk.answer(ASKED)
    assert elsewhere.over(asked) == asked
    publish(desk, lawyer, publications, Target("new", new=NEW))
    assert elsewhere.over(asked).text == TEXT


def test_a_revised_question_answers_in_all_its_wordings(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """Whatever the base takes for the same question gets the revision."""
    publish(desk, lawyer, publications, Target("revision", "indemnite-resiliation"))
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    assert validated.over(desk.answer("Puis-je casser le contrat avant la fin ?")).text == TEXT


def test_an_answer_at_a_date_or_on_changed_law_stays_automatic(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """The old law is the base's to tell; an authority that changed brings the lawyer's answer down."""
    publish(desk, lawyer, publications, Target("new", new=NEW))
    validated = Validated(desk.store, desk.retriever, open_encoder(""))
    dated = Assistant(desk.retriever).answer(ASKED, as_of=date(2015, 1, 1))
    assert validated.over(dated) == dated
    assert validated.over(desk.answer(ASKED)).text == TEXT
    with desk.store.write() as work:
        work.connection.execute(update(PUBLICATIONS).values(sources={LAW: "autre"}, id=2))
    now = desk.answer(ASKED)
    assert validated.over(now) == now


def test_a_revision_keeps_what_it_does_not_change(
    desk: Desk, lawyer: Actor, publications: Publications, kb: Path, tmp_path: Path
) -> None:
    """Theme, English question and related questions stay; the review is signed anew."""
    publish(desk, lawyer, publications, Target("revision", "indemnite-resiliation"))
    publications.export(tmp_path / "out")
    before = read_kb(kb).questions["indemnite-resiliation"].head
    after = (
        read_kb(overlaid(kb, tmp_path / "out", tmp_path / "base"))
        .questions["indemnite-resiliation"]
        .head
    )
    assert {key for key in before if before[key] != after[key]} <= {"reviewed_on", "reviewed_by"}
    assert list(after) == list(before)


def test_a_variant_adds_wordings_only(
    desk: Desk, lawyer: Actor, publications: Publications, kb: Path, tmp_path: Path
) -> None:
    """The base's own stay, each once."""
    known = (kb / "variants/indemnite-resiliation.txt").read_text(encoding="utf-8").splitlines()
    target = Target(
        "variant", "indemnite-resiliation", wordings=("Sortir coûte combien ?", known[0])
    )
    publish(desk, lawyer, publications, target)
    (path,) = publications.export(tmp_path / "out")
    assert path.read_text(encoding="utf-8").splitlines() == [*known, "Sortir coûte combien ?"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (Target("new"), "titre"),
        (Target("new", new=replace(NEW, id="../../etc/passwd")), "Identifiant refusé"),
        (Target("new", new=replace(NEW, id="indemnite-resiliation")), "déjà pris"),
        (Target("new", new=replace(NEW, theme="jardinage")), "Thème inconnu"),
        (Target("new", new=replace(NEW, audience="chat")), "Public inconnu"),
        (
            Target("new", new=replace(NEW, question="Mme Anne Dupuis peut-elle partir ?")),
            "désigner",
        ),
        (Target("new", new=NEW, wordings=("Appelez-moi au 06 12 34 56 78 svp",)), "désigner"),
        (Target("variant", "indemnite-resiliation"), "formulation"),
        (Target("variant", "indemnite-resiliation", wordings=("# caché",)), "formulations"),
        (Target("revision", "personne"), "personne"),
    ],
)
def test_what_cannot_enter_the_base_is_refused_whole(
    desk: Desk, lawyer: Actor, publications: Publications, what: Target, told: str
) -> None:
    """Nothing is published, nothing is sent."""
    number, version = approved(desk, lawyer)
    with pytest.raises(EditError, match=told):
        publications.publish(lawyer, number, version, what, desk.base)
    assert publications.all() == []
    assert Queue(desk.store, lawyer).item(number).row.state == "approved"


def test_what_an_answer_adds_of_the_model_stays_out(
    desk: Desk, lawyer: Actor, publications: Publications, tmp_path: Path
) -> None:
    """The clause has a file of its own."""
    text = (
        TEXT
        + "\n\n### Ce que prévoit le modèle : art. 3, Résiliation\n\n3.1 Chaque Partie peut résilier après mise en demeure [2]."
    )
    number, version = approved(desk, lawyer, text)
    publications.publish(lawyer, number, version, Target("new", new=NEW), desk.base)
    (path,) = publications.export(tmp_path / "out")
    written = path.read_text(encoding="utf-8")
    assert "3.1" not in written and "authorities: [c-civ-1231-5]" in written


def test_an_answer_without_the_four_parts_is_refused(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """Those that are missing are named."""
    number, version = approved(
        desk, lawyer, "Le juge peut réduire la pénalité manifestement excessive [1]."
    )
    with pytest.raises(EditError, match="Explication, En pratique, Limites"):
        publications.publish(lawyer, number, version, Target("new", new=NEW), desk.base)


def test_only_an_approved_answer_is_published_by_its_lawyer(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """Not one that is only taken, not another's, not twice."""
    number, version = desk.taken(lawyer)
    target = Target("new", new=NEW)
    with pytest.raises(ConflictError, match="pas approuvée"):
        publications.publish(lawyer, number, version, target, desk.base)
    number, version = approved(desk, lawyer)
    with pytest.raises(AccessError):
        publications.publish(desk.account("autre", "lawyer"), number, version, target, desk.base)
    with pytest.raises(AccessError):
        publications.publish(desk.account("client", "client"), number, version, target, desk.base)
    version = publications.publish(lawyer, number, version, target, desk.base)
    with pytest.raises(ConflictError):
        publications.publish(lawyer, number, version, target, desk.base)
    with desk.store.read() as connection:
        assert [e.action for e in entries(connection)][-2:] == ["release", "publish"]


def test_what_is_published_survives_its_customer(
    desk: Desk, lawyer: Actor, publications: Publications
) -> None:
    """Erasing the conversation leaves the lawyer's text."""
    number = publish(desk, lawyer, publications, Target("new", new=NEW))
    reference = Queue(desk.store, lawyer).item(number).row.reference
    assert Personal(desk.store).erase(Person(reference=reference)) == 1
    (left,) = publications.all()
    assert left.markdown == TEXT and QUESTION not in str(left)


def test_nothing_published_is_no_overlay(tmp_path: Path) -> None:
    """The base is indexed as it is."""
    assert not has_published(tmp_path)


def test_a_day_in_words() -> None:
    """As lawyers write it."""
    assert in_words(datetime(2026, 10, 1, tzinfo=UTC)) == "1er octobre 2026"
