"""A number in an answer stands in what the answer cites."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.english_numbers import in_french
from ingest.quantities import Known, quantities
from tests.ingest.small_kb import DECISION, NOTE, STATUTE, SmallKb

PAYMENT = STATUTE | {
    "id": "c-com-l441-10", "citation": "C. com., art. L. 441-10", "article": "L441-10",
    "summary": "Trente jours, ou soixante au plus ; une indemnité de 40 euros ; trois fois l'intérêt légal.",
    "note": "Modifié par la loi n° 2019-486 du 22 mai 2019.", "in_force_since": "2019-05-24",
}  # fmt: skip
OLD = STATUTE | {
    "id": "c-civ-ancien-1134", "citation": "C. civ., ancien art. 1134", "article": "1134",
    "in_force_since": None, "in_force_until": "2016-09-30", "replaced_by": ["c-civ-1211"],
}  # fmt: skip


@pytest.fixture
def kb(tmp_path: Path) -> SmallKb:
    """A base that knows payment terms and an old article."""
    base = SmallKb(tmp_path / "kb")
    base.law(PAYMENT, OLD)
    return base


@pytest.mark.parametrize(
    "sentence",
    [
        "Payez sous 45 jours [@c-com-l441-10].",
        "Payez sous trente mois [@c-com-l441-10].",
        "L'indemnité est de 50 euros [@c-com-l441-10].",
        "Le taux est de quatre fois le taux légal [@c-com-l441-10].",
        "Le texte vaut depuis le 1er janvier 2020 [@c-com-l441-10].",
        "L'article D. 441-10 le dit [@c-com-l441-10].",
        "L'article 1212 le dit [@c-civ-1211].",
        "Un arrêt n° 09-11.842 le dit [@cass-com-2010-06-29].",
        "Le modèle donne soixante jours [@clause:resiliation].",
        "Prévoyez 61 interventions.",
    ],
)
def test_a_number_without_source_is_found(kb: SmallKb, sentence: str) -> None:
    """Another value, another unit, another article, or none of the page's sources."""
    kb.question(body=sentence)
    (finding,) = kb.findings()
    assert "n'est dans aucune source" in finding.problem
    assert finding.level == "erreur"
    assert sentence in (kb.root / finding.path).read_text().split("\n")[finding.line - 1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Payez sous 30 jours, soixante au plus [@c-com-l441-10].",
        "L'indemnité est de quarante euros [@c-com-l441-10].",
        "Au moins trois fois l'intérêt légal, loi n° 2019-486 du 22 mai 2019 [@c-com-l441-10].",
        "Le texte vaut depuis le 24 mai 2019, soit mai 2019 [@c-com-l441-10].",
        "L'article L. 441-10 du Code de commerce le dit [@c-com-l441-10].",
        "Avant le 1er octobre 2016, c'était l'ancien article 1134 [@c-civ-ancien-1134].",
        "Un arrêt du 29 juin 2010 (n° 09-11.841) le dit [@cass-com-2010-06-29].",
        "L'article 33 du modèle, au 33.1, donne 30 jours [@clause:resiliation].",
        "Une durée de cinq ans, par exemple, est longue [@c-civ-1211].",
        "Écrire « sous 24 heures » engage [@c-civ-1211].",
        "Voir l'Annexe 2 pour une priorité P1 [@clause:resiliation].",
        "On ne paie pas deux fois, même les deux parties d'accord, un jour ou l'autre [@c-civ-1211].",
        "Le modèle donne trente jours.",
    ],
)
def test_a_number_that_has_its_source_passes(kb: SmallKb, sentence: str) -> None:
    """Digits or words, dates of the law, the clause's own, and what states no law."""
    kb.question(body=sentence)
    assert kb.problems() == ""


def test_a_drafting_note_may_name_its_own_clause(kb: SmallKb) -> None:
    """Its paragraphs and delays are in view: no citation is needed, a wrong one is found."""
    kb.clause(note=NOTE + " Le 33.1 fixe trente jours, à discuter [@c-civ-1211].")
    assert kb.problems() == ""
    kb.clause(note=NOTE + " Le 33.2 fixe quinze jours [@c-civ-1211].")
    assert "« 33.2 »" in kb.problems()
    assert "« quinze jours »" in kb.problems()


def test_a_clause_that_names_an_article_has_the_authority(kb: SmallKb) -> None:
    """The contract's own articles are free; those of a code must be among its authorities."""
    kb.clause(
        text="33.1 Selon l'article 7. L'article 1211 du Code civil s'applique. Sous trente jours."
    )
    assert kb.problems() == ""
    kb.clause(text="33.1 L'article L. 441-10 du Code de commerce s'applique. Sous trente jours.")
    assert "« l. 441-10 »" in kb.problems()


def test_the_english_answer_is_held_to_the_same_sources(kb: SmallKb) -> None:
    """A translation may not say forty-five where the French sources say thirty."""
    body = "Payez sous trente jours [@c-com-l441-10]."
    kb.question(body=body, reponse_courte_en="Within thirty days, and EUR 40. It may take longer.")
    assert kb.problems() == ""
    kb.question(body=body, reponse_courte_en="Within 45 days.")
    (finding,) = kb.findings()
    assert "« 45 jours »" in finding.problem


def test_naf_codes_belong_to_their_agreement(kb: SmallKb) -> None:
    """A code listed for an agreement is one of its words."""
    (kb.root / "law" / "collective_agreements.yaml").write_text(
        "agreements:\n- id: idcc-1486\n  citation: Syntec (IDCC 1486)\n  confidence: high\n"
        "  reviewed_on: '2026-11-24'\n  reviewed_by: Test\n"
        "naf_codes:\n- naf: 62.02B\n  agreements: [idcc-1486]\n",
        encoding="utf-8",
    )
    kb.question(body="Le code 62.02B en est un repère [@idcc-1486].")
    assert kb.problems() == ""
    kb.question(body="Le code 95.11Z en est un repère [@idcc-1486].")
    assert "« 95.11z »" in kb.problems()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trente jours", [("30", "jour")]),
        ("un an", [("12", "mois")]),
        ("dix-huit mois", [("18", "mois")]),
        ("vingt et un jours", [("21", "jour")]),
        ("quatre-vingt-dix jours", [("90", "jour")]),
        ("cent vingt jours", [("120", "jour")]),
        ("deux mille euros", [("2000", "euro")]),
        ("10 000 €", [("10000", "euro")]),
        ("20 millions d'euros", [("20000000", "euro")]),
        ("99,5 %", [("99.5", "%")]),
        ("deux à quatre ans", [("24", "mois"), ("48", "mois")]),
        ("les douze derniers mois", [("12", "mois")]),
        ("le 1er octobre 2016", [("2016-10-01", "")]),
        ("18 oct. 2023", [("2023-10-18", "")]),
        ("janvier 2014", [("2014-01", "")]),
        ("articles 24, 25 ou 27", [("24", ""), ("25", ""), ("27", "")]),
        ("L. 215-1 à L. 215-3", [("l215-1", ""), ("l215-3", "")]),
        ("n° 09-11.841", [("09-11.841", "")]),
        ("les deux parties, une fois, P1, NIS2", []),
    ],
)
def test_quantities_are_written_one_way(text: str, expected: list[tuple[str, str]]) -> None:
    """Words, digits, dates and references come out in one normal form."""
    assert [(quantity.value, quantity.unit) for quantity in quantities(text)] == expected


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("within thirty days", "within trente jours"),
        ("EUR 5,000", "EUR 5 000"),
        ("99.5 percent", "99,5 pour cent"),
        ("1 October 2016", "1er octobre 2016"),
        ("you may end it in May 2027", "you may end it in mai 2027"),
    ],
)
def test_english_numbers_become_french(english: str, french: str) -> None:
    """Words, separators and dates; the verb « may » is not a month."""
    assert in_french(english) == french


@given(st.integers(1, 10**9), st.sampled_from(["jours", "mois", "euros", "%"]))
def test_a_number_is_known_to_its_own_text(number: int, unit: str) -> None:
    """Grouped by thousands or not, a number equals itself; with another unit it doesn't."""
    grouped = f"{number:,}".replace(",", " ")
    known = Known.of([f"Au plus {grouped} {unit}."])
    (quantity,) = quantities(f"{number} {unit}")
    (other,) = quantities(f"{number} heures")
    assert known.has(quantity)
    assert not known.has(other)


def test_the_decision_of_the_small_base_is_dated() -> None:
    """A decision's date is known by day, month and year."""
    known = Known.of([str(DECISION["date"])])
    assert all(
        known.has(quantities(text)[0]) for text in ("29 juin 2010", "juin 2010", "2010", "29 juin")
    )
