"""The chat, run in process by Streamlit's own AppTest."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.desk import Votes
from interfaces.ui.greeting import EXAMPLES
from interfaces.ui.sidebar import NOTICE

APP = Path(__file__).resolve().parents[2] / "app.py"
QUESTION = "Le prestataire peut-il limiter sa responsabilité ?"
FOREIGN = "Quelle est la recette du cassoulet ?"
DOUBTFUL = "Mon prestataire ne répond plus et veut me faire payer la fin du contrat"
NEAR = "Mon imprimante est en panne depuis hier, qui appeler ?"  # declined, but near the base


@pytest.fixture
def app(kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page as a visitor opens it."""
    monkeypatch.setenv("MAINTELEX_INDEX", str(kb_index))
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path))
    return opened()


def opened() -> AppTest:
    """A visitor's own session."""
    return AppTest.from_file(str(APP), default_timeout=60).run()


def ask(app: AppTest, question: str) -> AppTest:
    """Type a question."""
    app.chat_input(key="question").set_value(question).run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """All HTML that the page sends to the browser, but for the style sheet."""
    bodies = (str(element.proto.body) for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def cards(app: AppTest) -> list[str]:
    """The blocks of source cards, one an answer."""
    bodies = (str(element.proto.body) for element in app.get("html"))
    return [body for body in bodies if "ml-sources" in body and not body.startswith("<style")]


def words(app: AppTest) -> str:
    """All Markdown of the page, on plain spaces."""
    text = "\n".join(element.value for element in app.markdown)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def click(app: AppTest, key: str) -> AppTest:
    """Click the first button whose key starts so."""
    next(button for button in app.button if str(button.key).startswith(key)).click().run()
    assert not app.exception
    return app


def vote(app: AppTest, thumb: int) -> AppTest:
    """Press a thumb of the first answer: 1 up, 0 down."""
    app.feedback[0].set_value(thumb).run()
    assert not app.exception
    return app


def test_the_greeting_says_what_it_is_and_is_not(app: AppTest) -> None:
    """A visitor reads what the service is, what it is not, and that a machine answers."""
    assert not app.exception
    assert "Ce que c’est" in html(app)
    assert "Ni un avocat, ni un conseil" in html(app)
    assert NOTICE in html(app)
    assert "2024/1689" in NOTICE


def test_an_example_gives_an_answer_with_its_sources(app: AppTest) -> None:
    """One click on an example shows an answer whose markers lead to cards with marked words."""
    click(app, "example-0")
    assert app.text[0].value == EXAMPLES[0]
    assert "](#source-0-1 " in words(app)
    assert 'id="source-0-1"' in html(app)
    assert "<mark>" in html(app)
    assert "Dernière relecture" in html(app)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_is_answered(app: AppTest, number: int) -> None:
    """No example of the greeting is declined or doubtful."""
    click(app, f"example-{number}")
    assert 'id="source-0-1"' in html(app)
    assert not app.warning


def test_every_marker_has_a_card_and_every_card_is_cited(app: AppTest) -> None:
    """The cards are the cited sources, no more and no fewer (pain: all retrieved documents listed)."""
    ask(app, QUESTION)
    shown = {part for part in html(app).split('"') if part.startswith("source-0-")}
    linked = {f"source-0-{part.split(' ')[0]}" for part in words(app).split("#source-0-")[1:]}
    assert shown == linked


def test_the_short_answer_is_open_and_the_rest_is_folded(app: AppTest) -> None:
    """The short answer is read at once; what has a title waits in its section."""
    ask(app, QUESTION)
    assert [section.label for section in app.expander][:3] == [
        "Explication",
        "En pratique",
        "Limites",
    ]
    assert not any(section.proto.expanded for section in app.expander)


def test_a_declined_question_shows_no_source(app: AppTest) -> None:
    """« I don't know » comes without sources, votes or alternatives (pain: a source is shown)."""
    ask(app, FOREIGN)
    assert "Je ne peux pas répondre" in words(app)
    assert "ml-source" not in html(app)
    assert not app.feedback


def test_a_declined_question_offers_a_lawyer(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an address is set, a declined question leads to it (pain: the customer wants a human)."""
    monkeypatch.setenv("MAINTELEX_LAWYER_CONTACT", "juristes@exemple.fr")
    ask(app, FOREIGN)
    assert any("mailto:juristes@exemple.fr" in e.proto.url for e in app.get("link_button"))


def test_a_greeting_is_not_handed_to_a_lawyer(app: AppTest) -> None:
    """« Bonjour » is greeted back, and nobody is offered a lawyer for it."""
    ask(app, "bonjour")
    assert "Bonjour" in words(app)
    assert not any("avocat" in caption.value for caption in app.caption)


@pytest.mark.parametrize("said", ["qui es-tu ?", "tu es nul", "who are you?"])
def test_a_word_about_the_assistant_is_not_handed_to_a_lawyer(app: AppTest, said: str) -> None:
    """Who asks what answers, or complains of it, is offered no lawyer and nothing to save."""
    ask(app, said)
    assert not any("avocat" in caption.value for caption in app.caption)
    assert not app.get("download_button")


def test_a_declined_question_near_the_base_offers_others(app: AppTest) -> None:
    """Where the answer says to choose a neighbouring question, they are there to click."""
    ask(app, NEAR)
    assert "choisissez l’une des questions voisines" in words(app)
    assert "Vouliez-vous demander" in html(app)
    click(app, "alternative-")
    assert 'id="source-1-1"' in html(app)


def test_apostrophes_are_those_of_printers(app: AppTest) -> None:
    """Neither the question, nor the answer, nor its sources show a typewriter's apostrophe."""
    ask(app, "Qu'est-ce qu'une obligation de moyens ?")
    assert app.text[0].value == "Qu’est-ce qu’une obligation de moyens ?"
    shown = re.sub(r"<[^>]*>", "", html(app)) + words(app)
    assert not re.search(r"\w(?:'|&#x27;)\w", re.sub(r"<script.*?</script>", "", shown, flags=re.S))


def test_a_doubtful_answer_offers_what_was_meant_before_its_sources(app: AppTest) -> None:
    """Who was misunderstood finds the right question without reading twenty sources."""
    ask(app, DOUBTFUL)
    assert "Réponse à confirmer" in app.warning[0].value
    drawn = html(app)
    assert -1 < drawn.find("Vouliez-vous demander") < drawn.find("ml-sources")
    assert "Pour aller plus loin" not in drawn


def test_alternatives_are_questions_to_click(app: AppTest) -> None:
    """A click on a neighbouring question asks it."""
    ask(app, QUESTION)
    click(app, "alternative-")
    assert len(app.text) == 2
    assert 'id="source-1-1"' in html(app)


def test_a_new_conversation_is_empty(app: AppTest) -> None:
    """The button brings the greeting back and forgets what was said."""
    ask(app, QUESTION)
    click(app, "new-conversation")
    assert not app.text
    assert "Ce que c’est" in html(app)


def test_a_rerun_keeps_the_conversation(app: AppTest) -> None:
    """Markers and cards are the same after a rerun (pain: markers lost or shifted after a reload)."""
    before = cards(ask(app, QUESTION)), words(app)
    app.run()
    assert [text.value for text in app.text] == [QUESTION]
    assert (cards(app), words(app)) == before


def test_a_second_question_is_answered(app: AppTest) -> None:
    """Two questions, two answers, two sets of cards (pain: the rerun breaks the second question)."""
    ask(ask(app, QUESTION), "Mon contrat peut-il être reconduit tacitement ?")
    assert len(app.text) == 2
    assert 'id="source-0-1"' in html(app)
    assert 'id="source-1-1"' in html(app)


def test_visitors_do_not_see_each_other(app: AppTest) -> None:
    """A second visitor finds the greeting (pain: conversations shared between visitors)."""
    ask(app, QUESTION)
    other = opened()
    assert not other.text
    assert "Ce que c’est" in html(other)
    ask(other, FOREIGN)
    app.run()
    assert [text.value for text in app.text] == [QUESTION]


def test_html_in_a_question_is_text(app: AppTest) -> None:
    """Tags typed by a visitor are shown as typed, never run."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)> limiter sa responsabilité ?"
    ask(app, attack)
    assert app.text[0].value == attack
    assert "alert(1)" not in html(app)
    assert "alert(1)" not in words(app)


def test_a_long_question_is_read_in_part_and_told(app: AppTest) -> None:
    """A question over 4,000 characters is answered, with a word on what was read."""
    ask(app, f"{QUESTION} " * 100)
    assert "4 000" in app.info[0].value
    assert 'id="source-0-1"' in html(app)


def test_the_contract_date_reaches_the_answer(app: AppTest) -> None:
    """A contract older than the reform gets the old articles and a notice to confirm."""
    app.date_input(key="contract-date").set_value(date(2014, 5, 3)).run()
    ask(app, QUESTION)
    assert "Réponse à confirmer par un juriste" in app.warning[0].value
    assert any("2014" in caption.value for caption in app.caption)


def test_a_vote_is_kept_without_the_question(app: AppTest, tmp_path: Path) -> None:
    """A thumb up is recorded with the document and the generation; the question's words are not."""
    vote(ask(app, QUESTION), 1)
    (kept,) = Votes(tmp_path / "desk.sqlite").all()
    assert kept.helpful
    assert kept.document == "kb:questions/clause-limitative-responsabilite"
    assert kept.generation
    assert b"prestataire peut-il" not in (tmp_path / "desk.sqlite").read_bytes()


def test_a_thumb_down_asks_why(app: AppTest, tmp_path: Path) -> None:
    """The reason of a thumb down is kept (pain: where does the feedback go?)."""
    vote(ask(app, QUESTION), 0)
    app.text_area[0].set_value("Il manque les marchés publics")
    choice = next(group for group in app.button_group if str(group.key).startswith("choice-"))
    choice.set_value("Elle est incomplète")
    next(b for b in app.button if b.label == "Envoyer mon avis").click().run()
    app.run()
    (kept,) = Votes(tmp_path / "desk.sqlite").all()
    assert not kept.helpful
    assert kept.reason == "Elle est incomplète : Il manque les marchés publics"


def test_a_vote_that_cannot_be_kept_is_told(app: AppTest, tmp_path: Path) -> None:
    """When the file refuses, a message says so and the answer stays."""
    (tmp_path / "desk.sqlite").mkdir()
    vote(ask(app, QUESTION), 1)
    assert "n'a pas pu être enregistré" in app.warning[0].value
    assert 'id="source-0-1"' in html(app)


def test_a_missing_index_shows_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first build, the page names the command, and no folder of the machine."""
    monkeypatch.setenv("MAINTELEX_INDEX", str(tmp_path / "none"))
    app = opened()
    assert not app.exception
    assert app.code[0].value == "maintelex ingest"
    assert app.warning[0].value == "Aucun index n’a encore été construit."
    assert not app.chat_input


def test_a_corrupt_index_shows_how_to_rebuild_it(
    kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation whose manifest cannot be read gives the first-run page, not a traceback."""
    broken = tmp_path / "broken"
    shutil.copytree(kb_index, broken)
    next(broken.glob("generations/*/manifest.json")).write_text("{", encoding="utf-8")
    monkeypatch.setenv("MAINTELEX_INDEX", str(broken))
    app = opened()
    assert not app.exception
    assert app.code[0].value == "maintelex ingest --rebuild"
    assert "abîmés" in app.warning[0].value
    assert str(tmp_path) not in app.warning[0].value


def test_a_new_generation_is_served_without_restart(
    kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open page answers from the generation that CURRENT names (pain: stale index)."""
    index = tmp_path / "moving"
    shutil.copytree(kb_index, index)
    monkeypatch.setenv("MAINTELEX_INDEX", str(index))
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path))
    app = ask(opened(), QUESTION)
    name = (index / "CURRENT").read_text(encoding="utf-8").strip()
    newer = f"{name}-b"
    (index / "generations" / name).rename(index / "generations" / newer)
    manifest = index / "generations" / newer / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(name, newer), encoding="utf-8")
    (index / "CURRENT").write_text(newer, encoding="utf-8")
    vote(ask(app, QUESTION), 1)
    assert app.session_state["exchanges"][-1].answer.index == newer


def test_a_misspelt_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown setting gives a message that names it, not a traceback."""
    monkeypatch.setenv("MAINTELEX_INDXE", "somewhere")
    app = opened()
    assert not app.exception
    assert "INDXE" in app.warning[0].value
    assert not app.code


def test_what_the_question_asks_for_is_open(app: AppTest) -> None:
    """« que faire ? » opens the practice; the explanation stays folded."""
    ask(app, "Mon prestataire augmente ses prix en cours de contrat, que faire ?")
    opened = [section.label for section in app.expander if section.proto.expanded]
    assert opened == ["En pratique, si vous êtes le client"]


def test_a_quick_reply_is_one_click(app: AppTest) -> None:
    """A missing fact is a button; once said, its control shows it and it is not asked again."""
    ask(app, "Mon prestataire augmente ses prix en cours de contrat, que faire ?")
    click(app, "reply-")
    assert app.text[1].value == "Contrat conclu entre professionnels."
    assert app.selectbox(key="case-client").value == "professionnel"
    assert not any("À titre professionnel" in button.label for button in app.button)
