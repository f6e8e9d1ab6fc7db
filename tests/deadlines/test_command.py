"""`maintelex deadlines`, as a user calls it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from ingest.readers.kb import KnowledgeBase
from interfaces.cli import main


def deadlines(*arguments: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(main, ["deadlines", *arguments])


NOTICE = (
    "notice",
    "--start",
    "2026-01-01",
    "--months",
    "12",
    "--renewal",
    "12",
    "--on",
    "2026-05-01",
)
PENALTIES = (
    "penalties",
    "--amount",
    "1 000,00",
    "--due",
    "2026-01-31",
    "--paid",
    "2026-03-02",
    "--rate",
    "12",
)
PRESCRIPTION = ("prescription", "--start", "2024-02-29", "--on", "2026-11-24")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*NOTICE, "--notice", "3m"), "au plus tard le 30 septembre 2026"),
        ((*NOTICE, "--notice", "60j", "--client", "consommateur"), "C. consom., art. L. 215-1"),
        (PENALTIES, "Total : 49,86 €, dont 9,86 € de pénalités et 40 €"),
        ((*PENALTIES, "--legal", "3"), "le taux est régulier"),
        (PRESCRIPTION, "Agissez avant le 28 février 2029"),
        ((*PRESCRIPTION, "--recognised", "2025-05-31"), "31 mai 2030"),
        ((*PRESCRIPTION, "--mediation", "2026-01-01:2026-03-02"), "29 avril 2029"),
        ((*PRESCRIPTION, "--court", "2025-01-01"), "Le juge est saisi"),
    ],
)
def test_a_result_and_its_working(arguments: tuple[str, ...], said: str) -> None:
    """The result, the steps, the sources and the cautions are printed."""
    result = deadlines(*arguments)
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    for title in ("Calcul", "Sources", "À savoir"):
        assert f"\n{title}\n" in result.stdout
    assert "[@" not in result.stdout


def test_every_number_has_its_source(base: KnowledgeBase) -> None:
    """Each [n] of the working stands in the list of sources, which the base holds."""
    out = deadlines(*PENALTIES).stdout
    working, sources = out.split("Sources")
    assert set(re.findall(r"\[(\d)\]", working)) <= set(re.findall(r"\[(\d)\]", sources))
    citations = {authority.citation for authority in base.authorities.values()}
    assert {line.split("] ")[1] for line in sources.splitlines() if "] " in line} <= citations


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*NOTICE, "--notice", "trois"), "Préavis mal écrit"),
        ((*NOTICE, "--notice", "3m", "--client", "ami"), "Client inconnu"),
        (
            ("penalties", "--amount", "mille", "--due", "2026-01-31", "--rate", "12"),
            "Nombre mal écrit",
        ),
        (
            ("penalties", "--amount", "NaN", "--due", "2026-01-31", "--rate", "12"),
            "Nombre mal écrit",
        ),
        (("penalties", "--amount", "1000", "--rate", "12"), "Donnez l'échéance"),
        ((*PRESCRIPTION, "--mediation", "hier"), "Médiation mal écrite"),
        ((*PRESCRIPTION, "--rule", "autre"), "Action inconnue"),
    ],
)
def test_a_wrong_call_is_told(arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, and a plain message."""
    result = deadlines(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
