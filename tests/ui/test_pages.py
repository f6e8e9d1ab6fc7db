"""The pages beside the assistant, run in process by Streamlit's own AppTest."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.seen import html, words

PAGES = Path(__file__).resolve().parents[2] / "interfaces" / "ui" / "pages"
NAMES = sorted(path.stem.removesuffix("_page") for path in PAGES.glob("*_page.py"))


def opened(name: str, **query: str) -> AppTest:
    """A page as a visitor opens it, at an address."""
    app = AppTest.from_file(str(PAGES / f"{name}_page.py"), default_timeout=120)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_with_its_title(name: str) -> None:
    """Each page draws a first-level heading and says that it gives no advice."""
    shown = html(opened(name))
    assert "<h1>" in shown
    assert "Information juridique, non conseil" in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_misspelt_setting_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown setting gives a message that names it, on every page."""
    monkeypatch.setenv("MAINTELEX_INDXE", "somewhere")
    assert "INDXE" in opened(name).warning[0].value


@pytest.mark.parametrize("name", ["contract", "convention"])
def test_a_base_without_its_files_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty knowledge base gives a message, not a traceback, and no command to a visitor."""
    monkeypatch.setenv("MAINTELEX_KB", str(tmp_path))
    app = opened(name)
    assert app.error
    assert "maintelex " not in app.error[0].value


def test_an_article_shows_its_note_and_its_authorities() -> None:
    """The article of the address is shown with its note, authorities and questions."""
    app = opened("contract", article="resiliation")
    shown = html(app)
    assert "Article 33 – Résiliation" in shown
    assert "Note de rédaction" in shown
    assert "art. 1225" in words(app)
    assert any(str(button.key).startswith("ask-") for button in app.button)


def test_an_unknown_article_is_the_first() -> None:
    """An address that names no article shows the first one, and none of its own words."""
    shown = html(opened("contract", article="<script>alert(1)</script>"))
    assert "Article 1 – Objet du contrat" in shown
    assert "alert(1)" not in shown


def test_a_search_ignores_accents_and_leads_to_an_article() -> None:
    """« reversibilite » finds the article; a click on it opens it."""
    app = opened("contract")
    app.text_input(key="recherche").set_value("réversibilite").run()
    next(button for button in app.button if button.key == "open-reversibilite").click().run()
    assert not app.exception
    assert "Article 34 – Réversibilité" in html(app)


def test_a_search_that_finds_nothing_says_so() -> None:
    """Words that no article holds give a clear empty state, the words left out."""
    app = opened("contract")
    app.text_input(key="recherche").set_value("<b>cassoulet</b>").run()
    assert "Aucun article ne contient" in html(app)
    assert "cassoulet" not in html(app)


def test_options_are_compared_side_by_side() -> None:
    """Every value of an option has its column, with only what differs."""
    shown = html(opened("contract", vue="Comparer"))
    for told in ("Forfait mensuel", "Régie, au temps passé", "À l’intervention"):
        assert told in shown
    assert "Article 33 – Résiliation" in shown
    assert "Article 1 –" not in shown


def test_a_field_shows_in_the_preview_escaped_and_stays() -> None:
    """What is written appears at once in the preview as text, and survives another article."""
    app = opened("contract", vue="Remplir")
    app.text_input(key="field-client_nom").set_value("<img src=x> Boulangerie").run()
    assert "&lt;img src=x&gt; Boulangerie" in html(app)
    assert "<img" not in html(app)
    app.selectbox(key="article-rempli").set_value("prix").run()
    app.selectbox(key="article-rempli").set_value("objet").run()
    assert app.text_input(key="field-client_nom").value == "<img src=x> Boulangerie"


def test_contradicting_options_are_explained() -> None:
    """Two choices that exclude each other give the reason and leave the options to change."""
    app = opened("contract", vue="Remplir")
    app.selectbox(key="choice-particulier").set_value("admis").run()
    app.selectbox(key="choice-petite-entreprise").set_value("oui").run()
    assert "déjà protégé comme consommateur" in app.error[0].value
    app.selectbox(key="choice-petite-entreprise").set_value("non").run()
    assert not app.error


def test_the_finder_waits_for_a_hundred() -> None:
    """Until the shares make 100 %, the page says what is missing."""
    app = opened("convention")
    app.number_input(key="part-maintenance").set_value(70).run()
    assert "il reste 30" in words(app)
    assert "La réponse apparaîtra ici" in html(app)


def test_the_finder_answers_with_reasons_and_sources() -> None:
    """Shares that make 100 give an agreement, reasons whose markers have a source, and a way to print."""
    app = opened("convention")
    app.number_input(key="part-maintenance").set_value(70).run()
    app.number_input(key="part-services").set_value(30).run()
    assert not app.exception
    shown = html(app)
    assert "IDCC 1539" in shown
    assert "Ce qui changerait la réponse" in shown
    linked = {part.split('"')[0] for part in shown.split('href="#')[1:]}
    assert linked
    assert all(f'id="{name}"' in shown for name in linked)
    assert "(--" not in shown
    assert "Imprimer" in shown


def test_a_hostile_naf_code_is_text() -> None:
    """A code that is HTML is shown as typed."""
    app = opened("convention")
    app.number_input(key="part-services").set_value(100).run()
    app.text_input(key="naf").set_value("<svg/on>").run()
    assert "<svg" not in html(app)
    assert "inconnu de la base" in html(app)


def test_a_notice_shows_its_working() -> None:
    """The last day to write, the steps that give it, and their authorities."""
    app = opened("deadlines")
    shown = html(app)
    assert "Le calcul" in shown
    assert "art. 1212" in words(app)
    assert "[@" not in shown


def test_a_consumer_gets_the_reminder() -> None:
    """For a consumer, the window in which the professional reminds is shown."""
    app = opened("deadlines")
    app.selectbox(key="preavis-client").set_value("consommateur").run()
    assert "rappel dû par le professionnel" in html(app)


def test_a_contract_that_has_ended_is_told_without_a_command() -> None:
    """A contract without renewal that is over gives a clear word."""
    app = opened("deadlines")
    app.number_input(key="preavis-duree").set_value(1).run()
    app.number_input(key="preavis-reconduction").set_value(0).run()
    assert "a pris fin" in app.error[0].value
    assert not app.exception


def test_late_payment_adds_the_indemnity() -> None:
    """The penalties, the 40 euros and the days of delay are shown."""
    app = opened("deadlines", calcul="Retard de paiement")
    assert "indemnité de recouvrement" in html(app)
    assert "40 €" in words(app)


def test_a_silent_contract_asks_for_the_published_rate() -> None:
    """Without an agreed rate the page asks for the central bank's, which the base does not give."""
    app = opened("deadlines", calcul="Retard de paiement")
    app.selectbox(key="retard-taux").set_value("Le contrat ne dit rien").run()
    assert "reportez celui du semestre" in html(app)
    app.number_input(key="retard-bce").set_value(2.0).run()
    assert "majoré de dix points" in html(app)


def test_a_court_stops_the_time() -> None:
    """A case before a court makes the time run no more; a mediation without an end is refused."""
    app = opened("deadlines", calcul="Prescription")
    start = app.date_input(key="prescription-depart").value
    app.date_input(key="prescription-mediation").set_value(start).run()
    assert "date de fin" in app.error[0].value
    app.date_input(key="prescription-mediation").set_value(None).run()
    app.date_input(key="prescription-juge").set_value(start).run()
    assert "Le délai ne court plus" in html(app)


def test_the_watch_lists_changes_and_freshness() -> None:
    """Changes with what they touch, and the age of each part of the base."""
    app = opened("watch")
    assert "Fraîcheur de la base" in html(app)
    assert any("NIS 2" in section.label for section in app.expander)
    assert "Clauses du modèle touchées" in html(app)


def test_the_help_says_limits_and_privacy() -> None:
    """The help tells what the service is not and what becomes of a visitor's words."""
    told = words(opened("help"))
    assert "Ce que ce n’est pas" in told
    assert "Vos données" in told
