"""`maintelex convention` prints the finder's answer."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from ingest.readers.agreements_table import AgreementTable
from interfaces.cli import main
from interfaces.convention_command import ACTIVITIES


def run(*arguments: str) -> Result:
    """The command, run in process."""
    return CliRunner().invoke(main, ["convention", *arguments])


def test_options_are_the_activities_of_the_table(table: AgreementTable) -> None:
    """The command has one option an activity of the base, in the base's order."""
    assert [name for name, _ in ACTIVITIES] == list(table.activities)


def test_answer_for_a_person() -> None:
    """The text gives the agreement, numbered sources with addresses, and the notice."""
    result = run("--maintenance", "70", "--services", "30")
    assert result.exit_code == 0
    assert result.stdout.startswith("Convention probable : IDCC 1539")
    assert "[1] Convention collective nationale des entreprises du bureau" in result.stdout
    assert "https://www.legifrance.gouv.fr/conv_coll/id/KALICONT000005635434" in result.stdout
    assert "information juridique, non conseil" in result.stdout


def test_tie_is_undetermined() -> None:
    """Equal shares print « Indéterminé » and both agreements."""
    text = run("--maintenance", "50", "--services", "50").stdout
    assert text.startswith("Indéterminé")
    assert "1. IDCC 1486" in text
    assert "2. IDCC 1539" in text


def test_json_is_one_object() -> None:
    """`--json` prints one line that holds status, candidates and reasons."""
    result = run("--services", "100", "--naf", "6202A", "--json")
    row = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert row["status"] == "probable"
    assert row["candidates"][0]["agreement"]["idcc"] == 1486
    assert set(row) == {
        "status", "candidates", "why", "would_change", "naf", "to_check", "neighbours",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["33,5", "33.5", "33,5 %"])
def test_shares_as_the_french_write_them(written: str) -> None:
    """A comma, a point and the sign are read alike."""
    assert "33,5\u00a0%" in run("--services", written, "--maintenance", "66,5").stdout


def test_sum_received_is_told() -> None:
    """A sum that is not 100 exits 2 and says the sum on standard error."""
    result = run("--maintenance", "70")
    assert result.exit_code == 2
    assert "reçu : 70\u00a0%" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["--services", "beaucoup"], ["--services", "100", "--basis", "x"], ["--xyz", "1"]]
)
def test_bad_option_is_a_usage_error(arguments: list[str]) -> None:
    """A value that means nothing exits 2."""
    assert run(*arguments).exit_code == 2


def test_unknown_code_is_not_fatal() -> None:
    """An unknown NAF code is said, and the answer still comes."""
    result = run("--services", "100", "--naf", "00.00X")
    assert result.exit_code == 0
    assert "inconnu de la base" in result.stdout
