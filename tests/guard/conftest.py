"""The real base, and a small one made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.guard import RetrieverBase, Verified, verify
from retrieval import Passage, Retriever

FEE = Passage(
    "kb:questions/fee#reponse-courte", "kb:questions/fee", "question", "Partir avant la fin ?",
    "Le client paie l'indemnité prévue. Le juge peut réduire une indemnité manifestement excessive."
    " Le préavis est de trois mois, sauf faute grave du prestataire. Le prestataire ne peut pas"
    " garder le matériel du client.",
    ("Partir avant la fin ?", "Réponse courte"),
    meta={"markdown": "Le client paie l'indemnité prévue [@c-civ-1103]. Le juge peut réduire une"
          " indemnité manifestement excessive [@c-civ-1231-5]. Le préavis est de trois mois, sauf"
          " faute grave du prestataire [@clause:preavis]. Le prestataire ne peut pas garder le"
          " matériel du client [@c-civ-1103]."},
)  # fmt: skip
PENALTY = Passage(
    "kb:law/c-civ-1231-5", "kb:law/c-civ-1231-5", "statute", "Clause pénale",
    "Le juge peut, même d'office, modérer ou augmenter la pénalité ainsi convenue si elle est"
    " manifestement excessive ou dérisoire.",
    reference="C. civ., art. 1231-5", url="https://www.legifrance.gouv.fr/codes/article_lc/X",
)  # fmt: skip
CONTRACT = Passage(
    "kb:law/c-civ-1103", "kb:law/c-civ-1103", "statute", "Force obligatoire",
    "Les contrats légalement formés tiennent lieu de loi à ceux qui les ont faits.",
    reference="C. civ., art. 1103",
)  # fmt: skip
PASSAGES = (FEE, PENALTY, CONTRACT)


@dataclass
class Shelf:
    """A base of a few passages; counts what it is asked."""

    passages: Sequence[Passage] = PASSAGES
    asked: list[str] = field(default_factory=list)

    def passage(self, identifier: str) -> Passage | None:
        """The passage of this id."""
        self.asked.append(identifier)
        return next((p for p in self.passages if p.id == identifier), None)

    def knows(self, text: str) -> Sequence[Passage]:
        """The passages whose article number stands in a text."""
        return [p for p in self.passages if p.reference and p.reference.split()[-1] in text]

    def likeness(self, sentence: str, evidence: Sequence[str]) -> float | None:
        """Nothing: there are no vectors here."""
        return None


@pytest.fixture
def shelf() -> Shelf:
    """The small base."""
    return Shelf()


@pytest.fixture
def kept(shelf: Shelf) -> Callable[[str], Verified]:
    """Verifies an answer written from the small base: [1] the section, [2] and [3] the law."""
    return lambda markdown: verify(markdown, PASSAGES, base=shelf)


@pytest.fixture(scope="session")
def retriever(kb_index: Path) -> Retriever:
    """The retriever over the real base."""
    return Retriever.open(kb_index)


@pytest.fixture(scope="session")
def base(retriever: Retriever) -> RetrieverBase:
    """The real base."""
    return RetrieverBase(retriever)
