"""Two questions that say the same are told, once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.check_likeness import likeness
from tests.ingest.small_kb import SHORT, SmallKb

BAGS = st.frozensets(st.sampled_from("abcdef"))


def test_a_near_copy_is_advice(tmp_path: Path) -> None:
    """Another wording over the same answer: the second of the pair is named, with the first."""
    kb = SmallKb(tmp_path / "kb")
    kb.question("resilier", question="Combien de temps avant de partir ?")
    (finding,) = kb.findings()
    assert finding.path == "questions/resilier.md"
    assert "presque la même question que « preavis »" in finding.problem
    assert finding.level == "avis"


def test_neighbours_that_answer_differently_pass(tmp_path: Path) -> None:
    """Shared words of the trade don't make a duplicate."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(
        "paiement",
        short="Le client règle les factures du contrat à l'échéance. Un retard coûte des intérêts.",
        question="Quand payer le prestataire ?",
    )
    assert kb.problems() == ""
    assert SHORT


@given(BAGS, BAGS)
def test_likeness_is_symmetric_and_bounded(first: frozenset[str], second: frozenset[str]) -> None:
    """Order doesn't matter; 1 is for equal bags alone."""
    value = likeness(first, second)
    assert value == likeness(second, first)
    assert 0 <= value <= 1
    assert (value == 1) == (first == second and bool(first))
