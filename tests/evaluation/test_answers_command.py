"""`maintelex eval --answers`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main
from tests.evaluation.small_set import write_rows
from tests.retrieval.small_base import TOPICS

ROWS: list[dict[str, object]] = [
    {"id": "a", "topic": TOPICS[0].id, "style": "sms", "question": TOPICS[0].question},
    {"id": "b", "topic": TOPICS[7].id, "question": TOPICS[7].question, "must_mention": [["introuvable"]]},
    {"id": "c", "expected": "decline", "kind": "cuisine", "question": "Quel vaccin pour mon chat ?"},
]  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three questions, of which one cannot be right."""
    return write_rows(tmp_path_factory.mktemp("answers"), ROWS)


def evaluate(home: Path, *options: str) -> Result:
    """Run the command on the small index."""
    given = ["eval", "--index", str(home / "index"), "--quiet", *options]
    return CliRunner().invoke(main, given)


def test_the_tables_are_printed(judged_home: Path, rows: Path) -> None:
    """The figures come on standard output, in French."""
    done = evaluate(judged_home, "--answers", str(rows))
    assert done.exit_code == 0, done.output
    for told in (
        "RÉPONSES JUSTES",
        "0,500",
        "MONTRÉ ET ABSENT DE LA BASE",
        "VÉRIFICATION",
        "TEMPS",
    ):
        assert told in done.stdout


def test_json_and_the_report(judged_home: Path, rows: Path, tmp_path: Path) -> None:
    """One object; three files, and where they are."""
    folder = tmp_path / "r"
    done = evaluate(
        judged_home, "--answers", "--sets", str(rows), "--json", "--report", str(folder)
    )
    found = json.loads(done.stdout)
    assert [one["id"] for one in found["summary"]["missed"]] == ["b"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "answers.html", "answers.json", "answers.md",
    ]  # fmt: skip
    assert str(folder / "answers.html") in done.stderr


@pytest.mark.parametrize(("least", "code"), [("0.5", 0), ("0.6", 3)])
def test_a_threshold_sets_the_exit_code(
    judged_home: Path, rows: Path, least: str, code: int
) -> None:
    """One of two is right."""
    done = evaluate(judged_home, "--answers", str(rows), "--min-right", least)
    assert done.exit_code == code and ("sous le seuil" in done.stderr) == (code == 3)


@pytest.mark.parametrize(
    "options",
    [
        ("questions",), ("--model", "openai:x"), ("--min-right", "0.5"), ("--answers", "--baselines"),
        ("--answers", "--min-hit1", "0.5"), ("--answers", "introuvable"),
    ],
)  # fmt: skip
def test_options_that_do_nothing_are_refused(judged_home: Path, options: tuple[str, ...]) -> None:
    """A usage error, with its remedy, before anything is asked."""
    done = evaluate(judged_home, *options)
    assert done.exit_code == 2 and "→" in done.stderr


def test_a_model_that_is_no_model_is_told(judged_home: Path, rows: Path) -> None:
    """At once, with what to write."""
    done = evaluate(judged_home, "--answers", str(rows), "--model", "rien-du-tout")
    assert done.exit_code != 0 and "rien-du-tout" in done.stderr
