"""What an audit finds, quotes and proposes."""

from __future__ import annotations

import pytest

from assistant.contract_audit import Auditor
from tests.contract_audit.conftest import audit_of, found

CAP = "L'indemnité due par le Prestataire est limitée à deux mois de redevance."


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (CAP, "plafond-derisoire"),
        ("Le prestataire pourra réviser ses tarifs à tout moment.", "revision-unilaterale"),
        ("Le préavis est de six mois.", "preavis-long"),
        ("Le contrat est conclu pour une durée de cinq ans.", "duree-longue"),
        ("En cas de résiliation, la totalité des loyers restant à courir est due.", "indemnite-loyers-restants"),
        ("Le prestataire pourra librement sous-traiter tout ou partie des services.", "sous-traitance-libre"),
        ("Les relevés du prestataire font seuls foi.", "preuve-unilaterale"),
        ("Les factures sont payées à quatre-vingt-dix jours de leur réception.", "paiement-delai-illegal"),
        ("Les contrats de location et de maintenance sont indépendants.", "contrats-declares-independants"),
    ],
)  # fmt: skip
def test_a_fault_is_found(auditor: Auditor, text: str, check: str) -> None:
    """Each of these sentences makes its risk, and is what is quoted."""
    risks = {risk.check.id: risk for risk in audit_of(auditor, text).risks}
    assert check in risks
    assert [quote.text for quote in risks[check].quotes] == [text]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("L'indemnité due par le Prestataire est limitée à douze mois de redevance.", "plafond-derisoire"),
        ("Le prix est révisé chaque année par le prestataire selon l'indice Syntec.", "revision-unilaterale"),
        ("Le préavis est de deux mois.", "preavis-long"),
        ("Le client paie 30 % de la redevance restant à courir.", "indemnite-loyers-restants"),
        ("Le prestataire peut sous-traiter avec l'accord écrit et préalable du client.", "sous-traitance-libre"),
        ("Les relevés font foi jusqu'à preuve contraire.", "preuve-unilaterale"),
        ("Le prestataire ne retient ni données ni accès, même en cas d'impayé.", "retention-des-donnees"),
    ],
)  # fmt: skip
def test_a_sound_clause_is_no_fault(auditor: Auditor, text: str, check: str) -> None:
    """A clause that says the opposite, or within bounds, makes no risk."""
    assert check not in found(audit_of(auditor, text))


def test_what_is_left_unsaid_is_found(auditor: Auditor) -> None:
    """A contract silent on data, exit and levels of service is told so, without a quote."""
    audit = audit_of(auditor)
    silent = {risk.check.id for risk in audit.risks if not risk.quotes}
    assert {
        "sauvegardes-non-dites",
        "rgpd-absent",
        "reversibilite-absente",
        "sla-absents",
    } <= silent


def test_quotes_are_verbatim(auditor: Auditor) -> None:
    """A quote keeps the contract's own characters, apostrophes and spaces included."""
    text = "L’indemnité du Prestataire est «\u00a0limitée\u00a0» à 2 mois de redevance."
    risks = {risk.check.id: risk for risk in audit_of(auditor, text).risks}
    assert risks["plafond-derisoire"].quotes[0].text == " ".join(text.split())


def test_a_quote_says_its_article(auditor: Auditor) -> None:
    """A quote carries the heading that it stands under."""
    audit = audit_of(auditor, "# Article 8 – Responsabilité", CAP)
    quote = next(r for r in audit.risks if r.check.id == "plafond-derisoire").quotes[0]
    assert quote.heading == "Article 8 – Responsabilité"


def test_a_risk_has_its_rule_sources_and_wording(auditor: Auditor) -> None:
    """Every risk has numbered sources that its rule cites, advice and a wording of the model."""
    for risk in audit_of(auditor, CAP).risks:
        assert risk.sources and risk.suggestion.paragraphs and risk.check.advice
        assert all(
            f"[{n}]" in risk.rule + risk.check.advice for n in range(1, len(risk.sources) + 1)
        )
        assert "[@" not in risk.rule


def test_the_gravest_come_first(auditor: Auditor) -> None:
    """Risks are ordered by severity."""
    order = ["eleve", "moyen", "faible"]
    severities = [order.index(risk.check.severity) for risk in audit_of(auditor, CAP).risks]
    assert severities == sorted(severities)


def test_every_check_is_told_of(auditor: Auditor) -> None:
    """A check is either a risk or passed, never both, never lost."""
    audit = audit_of(auditor, CAP)
    passed = {check.id for check in audit.passed}
    assert passed.isdisjoint(found(audit))
    assert passed | found(audit) == {check.id for check in auditor.checks}


def test_clauses_are_present_or_missing(auditor: Auditor) -> None:
    """Each clause of the model is present, with a quote, or missing."""
    audit = audit_of(auditor, "# Force majeure", "La force majeure suspend les obligations.")
    present = {alignment.clause for alignment in audit.present}
    missing = {alignment.clause for alignment in audit.missing}
    assert "force-majeure" in present and "cession" in missing
    assert present.isdisjoint(missing) and len(present | missing) == 50
    assert all(alignment.quotes for alignment in audit.present)


def test_a_foreign_clause_is_unusual(auditor: Auditor) -> None:
    """A part that looks like no clause of the model is told."""
    audit = audit_of(
        auditor,
        "# Article 9 – Espaces verts",
        "Le jardinier taille la haie, tond la pelouse, arrose les massifs et ramasse les feuilles mortes.",
    )
    assert [quote.heading for quote in audit.unusual] == ["Article 9 – Espaces verts"]


def test_a_text_that_is_no_such_contract_is_told(auditor: Auditor) -> None:
    """A recipe is audited with a warning."""
    from assistant.contract_audit import Contract, Part
    from assistant.contract_audit.types import Line

    recipe = Contract(
        "recette.txt", (Part("", (Line("Battez les œufs avec le sucre et la farine."),)),)
    )
    assert any("ressemble peu" in warning for warning in auditor.audit(recipe).warnings)


def test_an_audit_is_the_same_twice(auditor: Auditor) -> None:
    """Auditing changes nothing in the auditor."""
    assert audit_of(auditor, CAP) == audit_of(auditor, CAP)
