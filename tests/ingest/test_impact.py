"""What leans on an authority is listed, with where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.impact import impact_of
from ingest.readers.kb import read_kb
from interfaces.cli import main
from retrieval.errors import UsageError
from tests.ingest.small_kb import STATUTE, SmallKb

HEIR = STATUTE | {"id": "c-civ-1212", "citation": "C. civ., art. 1212", "replaces": ["c-civ-1211"]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A base where all kinds of entries lean on article 1211."""
    kb = SmallKb(tmp_path / "kb")
    kb.law(HEIR)
    return kb.root


def test_every_kind_of_dependent_is_listed(root: Path) -> None:
    """Questions and clauses that cite it, decisions that apply it, texts that replace it."""
    found = impact_of(read_kb(root), "c-civ-1211")
    named = [
        [d.id for d in group]
        for group in (found.questions, found.clauses, found.decisions, found.authorities)
    ]
    assert named == [["preavis"], ["resiliation"], ["cass-com-2010-06-29"], ["c-civ-1212"]]


def test_lines_are_those_of_the_citations(root: Path) -> None:
    """Each line named holds the citation."""
    (question,) = impact_of(read_kb(root), "c-civ-1211").questions
    rows = (root / question.path).read_text().split("\n")
    assert all("[@c-civ-1211]" in rows[line - 1] for line in question.lines)


def test_an_authority_nobody_uses_has_no_dependent(root: Path) -> None:
    """The lists are empty, and that is no error."""
    found = impact_of(read_kb(root), "c-civ-1212")
    assert not (found.questions or found.clauses or found.decisions or found.authorities)


@pytest.mark.parametrize(
    ("name", "fix"),
    [("c-civ-1213", "c-civ-1212, c-civ-1211"), ("zzz", "Les ids sont dans kb/law.")],
)
def test_an_unknown_id_gets_the_closest(root: Path, name: str, fix: str) -> None:
    """A typing mistake is answered with what was meant, when something is close."""
    with pytest.raises(UsageError) as raised:
        impact_of(read_kb(root), name)
    assert all(part in raised.value.fix for part in fix.split(", "))


@pytest.mark.parametrize("command", [["impact"], ["kb", "impact"]])
def test_the_command_prints_files_and_lines(root: Path, command: list[str]) -> None:
    """`maintelex impact` and `maintelex kb impact` are one."""
    result = CliRunner().invoke(main, [*command, "c-civ-1211", "--kb", str(root)])
    assert result.exit_code == 0
    assert "Questions : 1\n  questions/preavis.md:" in result.stdout


def test_the_command_prints_json(root: Path) -> None:
    """One object, stable keys."""
    result = CliRunner().invoke(main, ["impact", "c-civ-1211", "--json", "--kb", str(root)])
    row = json.loads(result.stdout)
    assert list(row) == [
        "authority",
        "citation",
        "questions",
        "clauses",
        "decisions",
        "authorities",
    ]


def test_the_command_refuses_an_unknown_id(root: Path) -> None:
    """Exit code 2, the proposal on standard error."""
    result = CliRunner().invoke(main, ["impact", "c-civ-1213", "--kb", str(root)])
    assert result.exit_code == 2
    assert "Vouliez-vous dire" in result.stderr
