"""The real model under every set of options: complete, numbered, coherent."""

from __future__ import annotations

import re

import pytest

from assistant.contract import Draft, Model, draft, load_model
from assistant.contract.blocks import short_label
from assistant.contract.select import LABEL, labels
from assistant.contract.types import Item, Paragraph, Table
from assistant.contract.typography import NBSP, french
from tests.contract.conftest import ROOT
from tests.contract.small_model import combinations, lines, printed, small_model

COMBINATIONS = combinations(load_model(ROOT / "kb"))


@pytest.fixture(params=COMBINATIONS, ids=lambda choices: "-".join(choices.values()))
def contract(model: Model, request: pytest.FixtureRequest) -> Draft:
    """The contract of one set of options, nothing filled."""
    return draft(model, request.param, {})


def test_every_contract_is_whole(contract: Draft) -> None:
    """Nothing of the model's marks is printed, numbers follow each other, references lead somewhere."""
    text = printed(contract)
    assert not re.search(r"\[\[|\]\]|\{\{|\}\}|\*\*|\[@", text)
    articles = (*contract.articles, *contract.annexes)
    numbers = {article.clause.number: _numbers(article.blocks) for article in articles}
    for number, found in numbers.items():
        assert found == [f"{number}.{n}" for n in range(1, len(found) + 1)]
    every = {label for found in numbers.values() for label in found}
    assert set(LABEL.findall(text.replace(NBSP, " "))) <= every
    assert _named(text, r"[Aa]rticles?") <= {int(n) for n in numbers if not n.startswith("A")}
    assert _named(text, r"Annexes?") <= {int(n[1:]) for n in numbers if n.startswith("A")}
    assert all(article.blocks for article in articles)


def _numbers(blocks: tuple[Paragraph | Item | Table, ...]) -> list[str]:
    """The numbers of the paragraphs."""
    return [block.number for block in blocks if isinstance(block, Paragraph) and block.number]


def _named(text: str, word: str) -> set[int]:
    """The numbers that follow « article » or « Annexe », but for those of the law."""
    plain = re.sub(r"articles? \d+ du RGPD|articles [LRD]\..*?Code", "", text.replace(NBSP, " "))
    found = re.findall(rf"\b{word} ((?:\d+(?:, | et | ou | à )?)+)", plain)
    return {int(number) for group in found for number in re.findall(r"\d+", group)}


def test_the_combinations_are_all_there(model: Model) -> None:
    """Places and equipment (5), clients (3), billing, commitments and backups (7): 105 contracts."""
    assert len(COMBINATIONS) == 5 * 3 * 7
    assert {choices["particulier"] for choices in COMBINATIONS} == {"exclu", "admis"}


def test_options_change_the_text(model: Model) -> None:
    """Each value of each option prints another contract."""
    for option in model.options:
        texts = {printed(draft(model, {option.id: value.id}, {})) for value in option.values}
        assert len(texts) == len(option.values), option.id


def test_a_consumer_is_not_asked_for_a_company(model: Model) -> None:
    """The fields of a company vanish when the client is a consumer."""
    used = {field.id for field in draft(model, {"particulier": "admis"}, {}).used}
    company = {"client_forme", "client_siren", "client_activite", "client_representant"}
    assert not used & company
    assert "mediateur_consommation" in used


def test_documents_to_join_follow_the_options(model: Model) -> None:
    """The consumer's contract joins the texts of the Code that article 31 announces."""
    joined = " ".join(draft(model, {"particulier": "admis"}, {}).attachments)
    assert "L. 215-1" in joined.replace(NBSP, " ")
    assert "L. 215-1" not in " ".join(draft(model, {}, {}).attachments).replace(NBSP, " ")


def test_filled_missing_and_unused_fields_are_told(model: Model) -> None:
    """A contract knows what was filled, what remains, and what was filled for nothing."""
    made = draft(model, {}, {"client_nom": "Boulangerie Exemple", "prix_intervention_ht": "120"})
    assert "Boulangerie Exemple" in printed(made)
    assert made.unused == ("prix_intervention_ht",)
    assert "client_nom" not in {field.id for field in made.missing}
    assert len(made.missing) == len(made.used) - 1


def test_a_value_is_never_read_as_a_mark() -> None:
    """What the user types is printed as typed, even if it looks like the model's own marks."""
    value = "{{ prix }} [[option:a=oui]] **x** | 1.1 <b> & \\"
    made = draft(small_model("1.1 Pour {{ nom }}."), {}, {"nom": value})
    assert lines(made.articles[0].blocks) == [f"Pour {value}."]


def test_bold_lists_and_tables_are_read() -> None:
    """Markdown's bold, list items and tables become spans, items and tables."""
    text = "1.1 **Un {{ nom }}.** Deux :\n\na) trois ;\n\n- quatre\n\n| A | B |\n|---|---|\n| {{ prix }} | ☐ |"
    paragraph, first, second, table = draft(small_model(text), {}, {"nom": "X"}).articles[0].blocks
    assert isinstance(paragraph, Paragraph) and paragraph.number == "1.1"
    assert [(span.text, span.bold) for span in paragraph.spans][:2] == [("Un ", True), ("X", True)]
    assert isinstance(first, Item) and isinstance(second, Item)
    assert (first.marker, second.marker) == ("a)", "–")
    assert isinstance(table, Table) and len(table.rows) == 2
    assert table.rows[1][0][0].missing


def test_an_article_that_options_empty_says_so() -> None:
    """An article without text keeps its number, so that references stay right."""
    made = draft(small_model("[[option:a=oui]]\n1.1 Un.\n[[/option]]", "2.1 Deux."), {}, {})
    assert lines(made.articles[0].blocks) == ["Sans objet, compte tenu des options choisies."]


def test_notes_cite_as_lawyers_do(model: Model) -> None:
    """A drafting note names the authorities and the clauses, never their identifiers."""
    for article in draft(model, {}, {}).articles:
        assert not re.search(r"\[@|clause:|c-civ-", " ".join(lines(article.note)))
    first = " ".join(lines(draft(model, {}, {}).articles[0].note)).replace(NBSP, " ")
    assert "(C. civ., art. 1163)" in first
    assert "(article 15)" in first


@pytest.mark.parametrize(
    ("typed", "set_in_type"),
    [
        (
            "Quoi ? Si : « oui » ; non !",
            f"Quoi{NBSP}? Si{NBSP}: «{NBSP}oui{NBSP}»{NBSP}; non{NBSP}!",
        ),
        ("l'article 12 et l'Annexe 2", f"l’article{NBSP}12 et l’Annexe{NBSP}2"),
        ("10 000 euros, 3 %, n° 5", f"10{NBSP}000 euros, 3{NBSP}%, n°{NBSP}5"),
        ("art. L. 215-1", f"art.{NBSP}L.{NBSP}215-1"),
        ("☐ oui ☐ non", f"☐{NBSP}oui ☐{NBSP}non"),
    ],
)
def test_french_typography(typed: str, set_in_type: str) -> None:
    """Lines do not break before : ; ? ! », after «, nor inside a reference or a number."""
    assert french(typed) == set_in_type


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("Durée initiale, en mois", "durée initiale"),
        ("P1 : délai de prise en compte", "P1 : délai de prise en compte"),
        ("Redevance mensuelle hors taxes, en euros (forfait)", "redevance mensuelle"),
        (
            "Représentant du client, nom et qualité (sauf particulier)",
            "représentant du client, nom et qualité",
        ),
    ],
)
def test_a_blank_reads_inside_a_sentence(label: str, short: str) -> None:
    """The label of a blank loses its explanations and its unit, which the sentence says."""
    assert short_label(label) == short


def test_labels_are_those_of_the_model(model: Model) -> None:
    """Every paragraph of the model has a number."""
    assert {"1.1", "33.4", "A5.11"} <= set(labels(model.clauses))
