"""Contracts written for the purpose: what the audit finds of their faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.contract_audit import Auditor
from evaluation.contract_audit import Case, Score, measure, read_cases, table, total
from retrieval.errors import UsageError
from tests.contract_audit.conftest import CONTRACTS


@pytest.fixture(scope="module")
def scores(auditor: Auditor) -> list[tuple[Case, Score]]:
    """The score of every contract, read from Word or PDF files."""
    return measure(auditor, read_cases(CONTRACTS))


def in_set(scores: list[tuple[Case, Score]], *names: str) -> Score:
    """The scores of some sets, taken together."""
    return total(" ".join(names), [score for case, score in scores if case.set in names])


def test_known_contracts_are_read_right(scores: list[tuple[Case, Score]]) -> None:
    """On contracts read while the checks were mended, nearly every fault is found, and little else."""
    score = in_set(scores, "dev", "second", "third")
    assert score.precision >= 0.95 and score.recall >= 0.95


def test_unseen_contracts_are_read_well_enough(scores: list[tuple[Case, Score]]) -> None:
    """On contracts never read to mend the checks, most findings are faults."""
    score = in_set(scores, "held_out")
    assert score.precision >= 0.8 and score.recall >= 0.45


def test_clean_contracts_are_left_alone(scores: list[tuple[Case, Score]]) -> None:
    """A balanced contract gives no grave finding, and hardly any other."""
    clean = [score for case, score in scores if len(case.faults) <= 1]
    assert len(clean) >= 3
    assert all(len(score.false) <= 1 for score in clean)


def test_six_faulty_contracts_in_several_styles() -> None:
    """There are six faulty contracts at least, two clean ones, and unseen ones set apart."""
    cases = read_cases(CONTRACTS)
    assert sum(len(case.faults) >= 4 for case in cases) >= 6
    assert sum(not case.faults for case in cases) >= 2
    assert sum(case.set == "held_out" for case in cases) >= 2
    assert {case.format for case in cases} == {"docx", "pdf"}


def test_precision_and_recall_are_the_formulas() -> None:
    """Two of three findings right, two of four faults found."""
    score = Score("c", 2, ("x",), ("y", "z"))
    assert (score.precision, score.recall) == (2 / 3, 2 / 4)
    assert (Score("c", 0, (), ()).precision, Score("c", 0, (), ()).recall) == (1.0, 1.0)


def test_the_table_has_a_line_a_contract_and_a_set() -> None:
    """Each set has its total."""
    case = Case("un", "dev", "docx", "", frozenset({"a"}))
    lines = table([(case, Score("un", 1, (), ()))]).splitlines()
    assert lines[1].split() == ["un", "1", "1", "0", "1.00", "1.00"]
    assert lines[2].split()[:2] == ["=", "dev"]


def test_a_folder_without_a_list_is_told(tmp_path: Path) -> None:
    """The remedy names the list."""
    with pytest.raises(UsageError, match=r"contracts\.yaml"):
        read_cases(tmp_path)


def test_an_unknown_check_is_told(auditor: Auditor) -> None:
    """A fault that no check knows is a mistake of the list."""
    with pytest.raises(UsageError, match="nulle-part"):
        measure(auditor, [Case("c", "dev", "docx", "x", frozenset({"nulle-part"}))])
