"""What has a shape of its own: references, postal addresses, machines, plates, company numbers."""

from __future__ import annotations

import pytest

from assistant.privacy import find
from tests.privacy.scoring import mistakes, read_case


def keys(text: str) -> list[str]:
    """The keys of what is found in a text."""
    return [one.key for one in find(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "le contrat n° {REFERENCE:2024-0456} est signé",
        "le contrat N°{REFERENCE:2024-0456}",
        "contrat no {REFERENCE:778812}",
        "contrat numéro {REFERENCE:778812}",
        "contrat de maintenance n° {REFERENCE:M-77812}",
        "contrat, réf. {REFERENCE:M-77812}",
        "contrat {REFERENCE:MAINT/2023/0087}",
        "notre numéro de client est {REFERENCE:C-204567}",
        "numéro client : {REFERENCE:204567}",
        "code client {REFERENCE:CLT88231}",
        "identifiant client {REFERENCE:CLT88231}",
        "client #{REFERENCE:45871}",
        "la facture {REFERENCE:FA-2024-00123} du 12 mars",
        "facture n° {REFERENCE:20250412-7}, impayée",
        "bon de commande {REFERENCE:BC20250017}",
        "Réf. : {REFERENCE:DEV/2025/118}",
        "votre référence {REFERENCE:LIT-55821}",
        "ticket {REFERENCE:88412} clos",
        "police n° {REFERENCE:RC 4455667}",
        "sinistre {REFERENCE:S-778120}",
        "numéro de série {REFERENCE:5CG1234XYZ}",
        "serial number {REFERENCE:5CG1234XYZ}",
        "marché n° {REFERENCE:2024M0152}",
        "invoice number {REFERENCE:INV-20310}",
    ],
)
def test_references(marked: str) -> None:
    """References of contracts, customers, invoices, tickets and machines are found just so."""
    assert mistakes([read_case(marked)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "contrat n° 12, avenant n° 3, annexe n° 2, lot n° 1",
        "facture de 2019, contrat du 01/02/2024, devis du 2025-03-12",
        "facture n° 2019",
        "facture de 1250 euros, devis n° 4500 €, commande de 12000 HT",
        "contrat de 36 mois pour 125 postes, 1500 heures",
        "clients 24h/24 et 7j/7",
        "un dossier n° 09-11.841",
        "le contrat L442-1 du code, l'article L. 442-1",
        "le contrat Microsoft 365, le compte Office365",
        "pourvoi n° 15-23.552, arrêt n° 22-20.466, loi n° 2016-131",
        "IDCC n° 1486 et convention n° 3018",
    ],
)
def test_no_reference(text: str) -> None:
    """Ranks, years, dates, amounts, durations and references of law are no customer's."""
    assert find(text) == []


@pytest.mark.parametrize(
    "marked",
    [
        "au {ADRESSE:12 rue des Lilas, 75011 Paris}, 2e étage",
        "au {ADRESSE:12, rue des Lilas 75011 PARIS}",
        "au {ADRESSE:12 bis avenue de l'Exemple 69003 Lyon} demain",
        "au {ADRESSE:12 rue des lilas 33000 bordeaux} et jamais",
        "{ADRESSE:8 av du test 06000 nice}",
        "{ADRESSE:4 bd. Imaginaire, 59000 Lille Cedex 9}",
        "{ADRESSE:1 chemin du Test, 74000 Annecy-le-Vieux}",
        "{ADRESSE:10 place de la Fiction\n13001 Marseille}",
        "{ADRESSE:ZA des Exemples, 8 impasse du Modèle, 35000 Rennes}",
        "livré {ADRESSE:45 boulevard Imaginaire} sans prévenir",
        "livré {ADRESSE:3 route des Fictions} à Annecy",
        "livré {ADRESSE:12 rue victoire} sans prévenir",
        "le magasin de la {ADRESSE:rue des Lilas}",
        "nous sommes à {ADRESSE:69003 Lyon}",
        "{ADRESSE:2 rue de Saint-Exemple, 97400 Saint-Denis}",
    ],
)
def test_addresses(marked: str) -> None:
    """Streets with their number, and postcodes with their city, are found whole."""
    assert mistakes([read_case(marked)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "12 cours de formation, 2 places de parking, 3 passages par mois, 5 routes",
        "la mise en place de Microsoft 365, en cours de contrat, par voie de recours",
        "12000 Euros, 15000 EUR, 10000 euros",
        "une panne à Lyon, la cour d'appel de Paris",
        "75011",
    ],
)
def test_no_address(text: str) -> None:
    """Courses, places, amounts and cities alone are no address."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("192.0.2.10", "le serveur 192.0.2.10 est tombé"),
        ("192.0.2.10", "192.0.2.10:8443"),
        ("192.0.2.10", "le réseau 192.0.2.10/24."),
        ("2001:db8::1", "l'hôte 2001:db8::1 répond"),
        ("2001:db8:0:0:0:0:0:1", "l'hôte 2001:DB8:0:0:0:0:0:1 répond"),
    ],
)
def test_machines(address: str, text: str) -> None:
    """IP addresses of both versions are found, whatever port or mask follows."""
    assert keys(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "999.0.2.10",
        "1.2.3.4.5",
        "version 10.0.1.2",
        "clause 7.2.1.1",
        "12:30:45",
        "aa:bb:cc:dd:ee:ff",
    ],
)
def test_no_machine(text: str) -> None:
    """What cannot be an address, a version, a clause, a time or a card's number is left alone."""
    assert find(text) == []


@pytest.mark.parametrize(
    "marked",
    [
        "le fourgon {PLAQUE:AB-123-CD} bloque",
        "immatriculé {PLAQUE:ab 123 cd}",
        "la plaque {PLAQUE:AB123CD}",
        "sans annonce, AB 123 CD et ab-123-cd restent",
    ],
)
def test_plates(marked: str) -> None:
    """A plate is known by its hyphens and capitals, or by the word that announces it."""
    assert mistakes([read_case(marked)]) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("123456782", "RCS Lyon 123 456 782"),
        ("123456782", "siren:123456782"),
        ("123456782", "Siren 123.456.782"),
        ("12345678200010", "siret 12345678200010"),
        ("FR11123456782", "TVA FR 11 123 456 782"),
        ("FR11123456782", "tva fr11123456782"),
        ("BE0428759497", "BE0428759497"),
        ("FR7630006000011234567890189", "fr76-3000-6000-0112-3456-7890-189"),
        ("4111111111111111", "4111-1111-1111-1111"),
        ("378282246310005", "3782 822463 10005"),
        ("356000000" + "48".zfill(5), "SIRET 356 000 000 00048"),
    ],
)
def test_numbers_under_one_key(key: str, text: str) -> None:
    """Account and company numbers share a key whatever stands between their digits."""
    assert key in keys(text)


@pytest.mark.parametrize(
    "text", ["123 456 782 000 €", "1 123 456 782", "123 456 782 %", "le lot 123456789"]
)
def test_quantities_are_no_company(text: str) -> None:
    """Part of a longer number, an amount, or nine digits with a wrong key, are no SIREN."""
    assert find(text) == []
