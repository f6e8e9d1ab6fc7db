"""One question at the desk: what a lawyer sees and does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.desk import Following, Publications, Queue, Reviews, Target, return_stale
from assistant.desk.roles import anonymous
from tests.ui.conftest import QUESTION, Bureau, Open, names, press, seen, sign_in


@pytest.fixture
def item(bureau: Bureau, desk_page: AppTest) -> AppTest:
    """A waiting question on the screen of a lawyer."""
    bureau.receive()
    sign_in(desk_page, "anne")
    next(button for button in desk_page.button if str(button.key) == "open-1").click().run()
    assert not desk_page.exception
    return desk_page


def state(bureau: Bureau) -> str:
    """The state of the first item."""
    return Queue(bureau.store, bureau.actor("benoit")).item(1).row.state


def send(app: AppTest, key: str, text: str, name: str) -> AppTest:
    """Fill a field and send its form."""
    app.text_area(key=key).set_value(text)
    [button for button in app.button if button.label == name][-1].click().run()
    assert not app.exception
    return app


def test_an_item_shows_all_that_it_rests_on(item: AppTest) -> None:
    """The question, the suggestion, its passages, what the guard removed, like answers."""
    told = seen(item)
    assert QUESTION in told and "Réponse proposée" in told and "ml-source" in told
    assert "Retiré par le garde" in told and "Déjà répondu" in told


def test_taking_shows_what_may_be_done(bureau: Bureau, item: AppTest) -> None:
    """Before, nothing but taking; after, the whole work."""
    assert "Approuver" not in names(item)
    press(item, "Prendre")
    assert state(bureau) == "taken"
    assert {"Approuver", "Modifier", "Remettre dans la file", "Annuler la dernière action"} <= set(
        names(item)
    )


def test_a_colleague_who_was_first_is_told(bureau: Bureau, item: AppTest) -> None:
    """Taking what somebody took meanwhile does nothing, and says so."""
    Reviews(bureau.store, bureau.actor("benoit")).take(1, 1)
    press(item, "Prendre")
    assert "a changé entre-temps" in seen(item) and "prise par benoit" in seen(item)
    assert "Approuver" not in names(item)


def test_an_approved_answer_reaches_its_customer(bureau: Bureau, item: AppTest) -> None:
    """Approving sends nothing; sending does."""
    press(press(item, "Prendre"), "Approuver")
    assert "rien n’est encore parti" in seen(item)
    press(item, "Envoyer au client")
    reference = Queue(bureau.store, bureau.actor("anne")).item(1).row.reference
    followed = Following(bureau.store).by_reference(anonymous("other"), reference)
    assert followed.state == "published" and followed.markdown


def test_an_action_is_undone(bureau: Bureau, item: AppTest) -> None:
    """The last action of the lawyer is taken back."""
    press(press(item, "Prendre"), "Approuver")
    press(item, "Annuler la dernière action")
    assert state(bureau) == "taken"


def test_a_refusal_needs_its_reason(bureau: Bureau, item: AppTest) -> None:
    """Without one nothing happens; with one it waits to be sent."""
    press(item, "Prendre")
    send(item, "desk-refuse-text", " ", "Refuser")
    assert state(bureau) == "taken" and "est vide" in seen(item)
    send(item, "desk-refuse-text", "Cela relève d'un avocat.", "Refuser")
    assert state(bureau) == "refused" and "Envoyer le refus" in names(item)


def test_one_goes_on_to_the_next_question(bureau: Bureau, item: AppTest) -> None:
    """The way leads to the first that waits, another than this one; with none, there is no way."""
    assert "Question suivante" not in names(item)
    bureau.receive("Une pénalité de retard peut-elle être réduite par le juge ?")
    press(item.run(), "Question suivante")
    assert item.query_params["question"] == "2" and "Une pénalité de retard" in seen(item)


def test_a_fact_is_asked(bureau: Bureau, item: AppTest) -> None:
    """The customer's question goes out at once."""
    press(item, "Prendre")
    send(item, "desk-ask-text", "Quelle date porte le contrat ?", "Demander un fait")
    assert state(bureau) == "asked" and "Quelle date porte le contrat ?" in seen(item)


def test_an_item_is_handed_over(bureau: Bureau, item: AppTest) -> None:
    """The colleague holds it; the page becomes read only."""
    press(item, "Prendre")
    assert item.selectbox(key="desk-colleague").options == [
        "benoit"
    ]  # neither oneself nor a client
    item.selectbox(key="desk-colleague").set_value("benoit")
    press(item, "Passer la question")
    assert "prise par benoit" in seen(item) and "Approuver" not in names(item)


def test_an_edit_is_kept_and_previewed(bureau: Bureau, item: AppTest) -> None:
    """The preview follows the text; saving keeps it as the first version."""
    press(press(item, "Prendre"), "Modifier")
    assert "Approuver" not in names(item)  # it would approve the text before this one
    text = "Le juge peut réduire la pénalité manifestement excessive [1]."
    item.text_area(key="desk-text-1").set_value(text).run()
    assert "Le juge peut réduire la pénalité" in seen(item)
    press(item, "Enregistrer")
    found = Queue(bureau.store, bureau.actor("anne")).item(1)
    assert found.revision == 1 and found.revisions[0].markdown.startswith("Le juge peut réduire")


def test_a_text_that_the_guard_refuses_stays_in_the_editor(bureau: Bureau, item: AppTest) -> None:
    """Nothing is kept, the fault is told, and no word is lost."""
    press(press(item, "Prendre"), "Modifier")
    text = "Le plafond est de 47 000 euros [1]. <script>alert(1)</script>"
    item.text_area(key="desk-text-1").set_value(text).run()
    press(item, "Enregistrer")
    assert "contient du code" in seen(item)
    assert item.text_area(key="desk-text-1").value == text
    assert Queue(bureau.store, bureau.actor("anne")).item(1).revision is None


def test_a_source_is_inserted_from_a_search(item: AppTest) -> None:
    """The passage found takes the place of [?], under the next number."""
    press(press(item, "Prendre"), "Modifier")
    item.text_area(key="desk-text-1").set_value("Le contrat peut être résilié [?].").run()
    item.text_input(key="desk-search").set_value("résiliation mise en demeure").run()
    press(item, "Citer")
    value = item.text_area(key="desk-text-1").value
    assert value.startswith("Le contrat peut être résilié [") and "[?]" not in value


def test_a_question_that_is_gone_is_told(signed_in: AppTest) -> None:
    """A number of nothing shows the way back."""
    signed_in.query_params["question"] = "999"
    signed_in.run()
    assert "n'est plus dans la file" in seen(signed_in) and "Retour à la file" in names(signed_in)


def test_hostile_words_are_shown_as_words(bureau: Bureau, desk_page: AppTest) -> None:
    """HTML in a question reaches no browser as HTML."""
    bureau.receive("<img src=x onerror=alert(1)> pénalité du contrat ?")
    sign_in(desk_page, "anne")
    desk_page.query_params["question"] = "1"
    desk_page.run()
    assert "<img" not in seen(desk_page) and "&lt;img" in seen(desk_page)


def test_the_follow_page_tells_the_state(bureau: Bureau, open_page: Open) -> None:
    """A reference, however it is typed, opens the question; the answer that waits is not shown."""
    received = bureau.receive()
    page = open_page("follow_page")
    page.text_input(key="follow-reference").set_value(str(received.reference).lower())
    press(page, "Voir ma question")
    assert QUESTION in seen(page) and "attend un juriste" in seen(page)
    assert "ml-source" not in seen(page)


def test_a_guessed_reference_opens_nothing(bureau: Bureau, open_page: Open) -> None:
    """An account's question stays its own."""
    received = bureau.receive(by=bureau.actor("client"))
    page = open_page("follow_page")
    page.text_input(key="follow-reference").set_value(str(received.reference))
    press(page, "Voir ma question")
    assert "Aucune question" in seen(page) and QUESTION not in seen(page)
    sign_in(page, "client")
    assert QUESTION in seen(page)


def test_a_customer_gives_the_fact(bureau: Bureau, open_page: Open) -> None:
    """The reply goes back to the lawyer who asked."""
    received = bureau.receive()
    reviews = Reviews(bureau.store, bureau.actor("anne"))
    reviews.ask(1, reviews.take(1, 1), "Quelle date ?")
    page = open_page("follow_page")
    page.text_input(key="follow-reference").set_value(str(received.reference))
    press(page, "Voir ma question")
    page.text_area(key="follow-reply").set_value("Le 3 mars 2019.")
    press(page, "Envoyer")
    assert state(bureau) == "taken" and "Le 3 mars 2019." in seen(page)


def test_a_published_answer_that_came_back_is_read_again(
    bureau: Bureau, desk_page: AppTest, small: tuple[Path, Path]
) -> None:
    """Its reason, its text as published, and a form that revises the question it belongs to."""
    bureau.receive()
    anne = bureau.actor("anne")
    reviews, made = Reviews(bureau.store, anne), Publications(bureau.store, small[0])
    version = reviews.approve(1, reviews.take(1, 1))
    target = Target("revision", "indemnite-resiliation")
    made.publish(anne, 1, version, target, bureau.base)
    (back,) = return_stale(bureau.store, lambda name: None, 365, datetime.now(UTC))
    sign_in(desk_page, "anne")
    next(button for button in desk_page.button if str(button.key) == "open-2").click().run()
    told = seen(desk_page)
    assert back.reference in told and "Réponse publiée, à relire" in told
    assert "source changée ou disparue" in told
    press(press(desk_page, "Prendre"), "Approuver")
    assert desk_page.radio(key="desk-kind").value == "revision"
    assert desk_page.selectbox(key="desk-near").value == "kb:questions/indemnite-resiliation"
