"""`maintelex contract audit`, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main
from tests.contract_audit.conftest import FILLER, word


@pytest.fixture(autouse=True)
def in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a contract in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    Path("contrat.docx").write_bytes(word(FILLER, "Le préavis est de six mois."))


def audit(*arguments: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(main, ["contract", "audit", *arguments])


def test_an_audit_is_printed() -> None:
    """The passage, the rule, the source, the advice and the wording are shown."""
    result = audit("contrat.docx")
    assert result.exit_code == 0, result.output
    for text in ("Le préavis est de six mois.", "Règle :", "[1] C. civ., art. 1211", "À demander :",
                 "Rédaction proposée :", "non un conseil"):  # fmt: skip
        assert text in result.stdout


def test_an_audit_is_one_json_object() -> None:
    """--json gives stable keys."""
    row = json.loads(audit("contrat.docx", "--json").stdout)
    assert set(row) == {
        "file",
        "model_version",
        "warnings",
        "risks",
        "present",
        "missing",
        "unusual",
        "passed",
    }
    risk = next(item for item in row["risks"] if item["check"] == "preavis-long")
    assert risk["quotes"] == [{"text": "Le préavis est de six mois.", "heading": "", "page": None}]


def test_a_report_is_written() -> None:
    """--output writes the Word file and says where on standard error."""
    result = audit("contrat.docx", "--output", "rapport.docx")
    assert result.exit_code == 0 and result.stdout == "" and "rapport.docx" in result.stderr
    assert "Préavis de sortie" in "\n".join(
        p.text for p in docx.Document("rapport.docx").paragraphs
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Donnez un contrat"),
        (("contrat.docx", "--output", "rapport.odt"), 2, "Format de rapport inconnu"),
        (("absent.pdf",), 1, "fichier introuvable"),
        (("contrat.docx", "--kb", "nulle-part"), 1, "Aucune clause"),
    ],
)
def test_a_wrong_call_is_told(arguments: tuple[str, ...], code: int, said: str) -> None:
    """The message says what to do; the code is that of the failure."""
    result = audit(*arguments)
    assert result.exit_code == code
    assert said in result.stderr


def test_the_model_is_still_written() -> None:
    """`maintelex contract` without a subcommand writes the model as before."""
    result = CliRunner().invoke(main, ["contract", "-o", "modele.docx"])
    assert result.exit_code == 0 and Path("modele.docx").is_file()
