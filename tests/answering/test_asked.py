"""What a question asks for, and the block of the base that it is about."""

from __future__ import annotations

import pytest

from assistant.answering.asked import Want, read
from assistant.answering.blocks import blocks, focus, joined, of_side
from assistant.answering.facts import Facts

EXPLAINED = """Une entrée en matière.

### La règle

Le prix convenu s'impose [@c-civ-1103].

### Silence et paiement

Payer longtemps affaiblit votre position : un silence ne suffit pas.

### Le prestataire menace de couper

Suspendre le service pour obtenir une hausse l'expose à réparer.

### Quand le contrat se tait

Le délai est raisonnable : quelques jours selon l'urgence.
"""


@pytest.mark.parametrize(
    ("want", "question"),
    [
        ("do", "Mon contrat est mal exécuté, que faire ?"),
        ("do", "Comment récupérer mes données ?"),
        ("do", "cmt recupere mes donnee, je fais quoi"),
        ("do", "How do I terminate the contract?"),
        ("cost", "Combien dois-je payer ?"),
        ("cost", "How much is the early termination fee?"),
        ("duration", "Combien de temps ai-je pour agir ?"),
        ("duration", "Quel préavis respecter ?"),
        ("clause", "Que dit le contrat sur les sauvegardes ?"),
        ("possible", "Peut-on résilier ?"),
    ],
)
def test_wants(want: Want, question: str) -> None:
    """The words of a question say which part of the answer it wants."""
    assert want in read(question, "fr", Facts()).wants


def test_how_long_is_no_price() -> None:
    """« Combien de temps » asks for no amount."""
    assert "cost" not in read("Combien de temps dure la garantie ?", "fr", Facts()).wants


def test_a_statement_wants_nothing() -> None:
    """A message that does not say what it wants gets the sections in their usual order."""
    assert read("Clause limitative de responsabilité", "fr", Facts()).wants == frozenset()


def test_blocks_are_the_section() -> None:
    """Cutting a section loses nothing of it."""
    found = blocks(EXPLAINED)
    assert [block.heading for block in found][:2] == ["", "La règle"]
    assert joined(found) == EXPLAINED.strip()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Le prestataire menace de couper", "Il menace de couper le service, a-t-il le droit ?"),
        ("Silence et paiement", "J'ai gardé le silence et payé longtemps"),
        (None, "Est-ce valable ?"),
    ],
)
def test_the_block_a_question_is_about(heading: str | None, question: str) -> None:
    """A block stands out by the words it shares with the question; else none does."""
    found = focus(blocks(EXPLAINED), "Peut-il augmenter ?", read(question, "fr", Facts()))
    assert (found.heading if found else None) == heading


def test_a_silent_contract_leads_to_its_block() -> None:
    """When the contract says nothing, the block on silent contracts is the one."""
    asked = read("Quel est le délai ?", "fr", Facts(written=False))
    found = focus(blocks(EXPLAINED), "Peut-il augmenter ?", asked)
    assert found and found.heading == "Quand le contrat se tait"


def test_the_block_of_a_side() -> None:
    """The base's own words for each side."""
    found = blocks("### Si vous êtes le client\n\n- A.\n\n### Si vous êtes le prestataire\n\n- B.")
    block = of_side(found, "prestataire")
    assert block and block.text == "- B."
    assert of_side(found[:1], "prestataire") is None
