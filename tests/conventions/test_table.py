"""The decision table holds together, and says what does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.readers.agreements_table import (
    RULES,
    AgreementTable,
    check_agreement_table,
    read_agreement_table,
)
from ingest.readers.kb import KnowledgeBase, read_kb
from retrieval.errors import KnowledgeBaseError

LAW = Path(__file__).parents[2] / "kb" / "law"


def base_with(folder: Path, edit: Any) -> KnowledgeBase:
    """A base whose table was changed."""
    (folder / "law").mkdir()
    for name in ("statutes.yaml", "case_law.yaml"):
        (folder / "law" / name).write_text((LAW / name).read_text("utf-8"), "utf-8")
    data = yaml.load((LAW / "collective_agreements.yaml").read_text("utf-8"), yaml.CSafeLoader)
    edit(data)
    path = folder / "law" / "collective_agreements.yaml"
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8")
    return read_kb(folder)


def problems(base: KnowledgeBase) -> list[str]:
    """What `check` finds in the table."""
    before = len(base.findings)
    check_agreement_table(base)
    return [finding.problem for finding in base.findings[before:]]


def test_rules_have_their_sources(table: AgreementTable) -> None:
    """Every rule that the finder may tell has words and sources."""
    assert set(table.rules) == set(RULES)
    assert all(rule.text and rule.sources for rule in table.rules.values())


def test_every_agreement_of_the_base_can_be_met(table: AgreementTable) -> None:
    """An agreement of the base is a candidate or a neighbour."""
    candidates = {name for a in table.activities.values() for name in a.candidates}
    assert candidates | set(table.neighbours) == set(table.agreements)


def test_codes_are_written_in_full(table: AgreementTable) -> None:
    """Each code is a whole NAF rev. 2 code."""
    assert all(len(name) == 6 and name[2] == "." and name[-1].isalpha() for name in table.naf)


def test_a_code_of_both_lists_keeps_all_its_agreements(table: AgreementTable) -> None:
    """62.02A is cited by Syntec and by IDCC 1539."""
    assert table.naf["62.02A"].agreements == ("idcc-1486", "idcc-1539")
    assert table.naf["62.02A"].partial


def test_real_table_has_no_fault() -> None:
    """The table of the base breaks no rule."""
    assert problems(read_kb(LAW.parent)) == []


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (lambda d: d["finder"]["activities"][0]["candidates"].append("idcc-9"), "« idcc-9 »"),
        (lambda d: d["finder"]["activities"][0]["naf"].append("00.00Z"), "« 00.00Z »"),
        (lambda d: d["finder"]["neighbours"].append("idcc-9"), "« idcc-9 »"),
        (lambda d: d["finder"]["rules"]["ape"]["authorities"].append("rien"), "« rien »"),
        (lambda d: d["finder"]["rules"].pop("option"), "« option » absente"),
        (lambda d: d["finder"].pop("natures"), "sans natures"),
    ],
)
def test_fault_is_found_by_check_and_stops_reading(tmp_path: Path, edit: Any, problem: str) -> None:
    """What the table names and the base lacks is a finding, and the finder refuses to work."""
    base = base_with(tmp_path, edit)
    assert any(problem in found for found in problems(base))
    with pytest.raises(KnowledgeBaseError, match=problem.strip("« »")):
        read_agreement_table(base)


def test_base_without_table(tmp_path: Path) -> None:
    """Without a table `check` is silent, and the finder says what is missing."""
    base = base_with(tmp_path, lambda data: data.pop("finder"))
    assert problems(base) == []
    with pytest.raises(KnowledgeBaseError, match="finder"):
        read_agreement_table(base)


def test_base_without_file(tmp_path: Path) -> None:
    """An empty folder is no crash."""
    with pytest.raises(KnowledgeBaseError):
        read_agreement_table(KnowledgeBase(tmp_path))
