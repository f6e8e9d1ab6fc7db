"""Facts are read in the words of a case, and only there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.facts import (
    REFORM,
    Client,
    Facts,
    Span,
    dating,
    facts_of,
    flat,
    only_facts,
    read_facts,
)  # fmt: skip
from assistant.answering.types import Side


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Mon contrat signé en 2014 peut-il être résilié ?", (2014, 1, 1), (2014, 12, 31)),
        ("contrat du 3 mars 2015 : quelle indemnité ?", (2015, 3, 3), (2015, 3, 3)),
        ("contrat signé le 12/05/2014", (2014, 5, 12), (2014, 5, 12)),
        ("Signé en mars 2012 avec un informaticien", (2012, 3, 1), (2012, 3, 31)),
        ("nous sommes clients depuis 2013", (2013, 1, 1), (2013, 12, 31)),
        ("Contrat conclu avant le 1er octobre 2016.", (1950, 1, 1), (2016, 9, 30)),
        ("En mars 2023, nous avons signé un contrat de maintenance", (2023, 3, 1), (2023, 3, 31)),
        ("a contract signed on 3 March 2015", (2015, 3, 3), (2015, 3, 3)),
    ],
)
def test_the_date_of_the_contract(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """A day, a month, a year, or a side of the reform."""
    assert read_facts(text).contract == Span(date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "Facture du 3 mars 2015 impayée",
        "contrat résilié le 3 mars 2020",
        "j'ai signé la fiche le 4 mai 2022",
        "Le 3 mars 2015 nous avons signé le PV de recette",
        "Peut-on signer un contrat en 2090 ?",
        "contrat du 31 février 2015",
        "un contrat de 60 mois",
    ],
)
def test_other_dates_are_not_the_contract_s(text: str) -> None:
    """An invoice, an end, a sheet, the future and days that do not exist date no contract."""
    assert read_facts(text).contract is None


def test_a_contract_of_2016_may_be_of_either_law() -> None:
    """The year of the reform alone does not decide: nothing is supposed."""
    span = read_facts("Contrat signé en 2016").contract
    assert span is not None and span.before_reform is None


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("prestataire", "Mon client ne paie pas"),
        ("prestataire", "Je suis infogérant, puis-je couper ?"),
        ("prestataire", "un client ne règle plus depuis juillet"),
        ("prestataire", "Our customer is two invoices behind"),
        ("client", "Mon prestataire a perdu mes données"),
        ("client", "notre informaticien a tout effacé"),
        ("client", "Je suis avocate et mon infogérant lit mes dossiers"),
        ("client", "Le technicien a fait tomber notre écran"),
        ("client", "Mon technicien ne répond plus"),
        ("client", "Je suis un particulier"),
        ("prestataire", "Mon technicien d'astreinte doit-il être payé ?"),
        ("prestataire", "Mon salarié technicien part et mon client veut l'embaucher"),
        (None, "Le prestataire peut-il limiter sa responsabilité ?"),
        (None, "nos fiches clients ont fuité"),
    ],
)
def test_the_side(side: Side | None, text: str) -> None:
    """Whose the question is, by how it speaks of the other; nothing where it does not say."""
    assert read_facts(text).side == side


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("particulier", "Je suis un particulier"),
        ("particulier", "Mon client est un particulier."),
        ("association", "Nous sommes une association avec vingt postes"),
        ("professionnel", "Ma société n'a rien signé"),
        ("professionnel", "Nous sommes un cabinet comptable de douze personnes"),
        ("professionnel", "Je suis kiné seul"),
        ("public", "Nous sommes une mairie de 3 000 habitants"),
        ("public", "Quelles règles pour notre marché public ?"),
        (None, "Et si j'étais un particulier ?"),
        (None, "Et si je suis un particulier ?"),
    ],
)
def test_the_capacity(client: Client | None, text: str) -> None:
    """In what capacity the client contracted; a supposition is no fact."""
    assert read_facts(text).client == client


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (False, "Le contrat n'en dit rien."),
        (True, "Le contrat le prévoit."),
        (None, "Le contrat ?"),
    ],
)
def test_what_the_contract_says(written: bool | None, text: str) -> None:
    """Whether the contract deals with the point."""
    assert read_facts(text).written is written


def test_a_fact_alone_is_told_from_a_question() -> None:
    """A quick reply is only facts; a question that holds one is not."""
    assert only_facts("Je suis un particulier.")
    assert only_facts("Contrat conclu avant le 1er octobre 2016.")
    assert not only_facts("Je suis un particulier, puis-je résilier ?")
    assert not only_facts("Puis-je résilier ?")
    assert not only_facts("")


def test_where_the_date_stands() -> None:
    """The words that date the contract are known, to be left out of the search; others are not."""
    text = flat("Contrat signé en 2014 : l'indemnité est-elle due ?")
    ((start, end),) = dating(text)
    assert text[start:end] == "contrat signe en 2014"
    assert dating(flat("Le contrat s'est renouvelé tout seul")) == []


def test_the_last_word_wins() -> None:
    """A later fact replaces an earlier one, the others stay."""
    known = facts_of(["Mon prestataire tarde. Contrat de 2014.", "Pardon, contrat signé en 2019"])
    assert known.side == "client"
    assert known.contract and known.contract.first == date(2019, 1, 1)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """No text makes reading fail, and a date read is never in the future."""
    contract = read_facts(text).contract
    assert contract is None or contract.first <= date.today()


@given(st.dates(date(1950, 1, 1), date(2026, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    """A day written in figures is the day read, on its side of the reform."""
    span = read_facts(f"contrat signé le {day:%d/%m/%Y}").contract
    assert span == Span(day, day) and span.before_reform is (day < REFORM)


def test_facts_complete_older_ones() -> None:
    """What is not said is taken from before."""
    assert Facts(side="client").over(Facts(side="prestataire", written=True)) == Facts(
        side="client", written=True
    )
