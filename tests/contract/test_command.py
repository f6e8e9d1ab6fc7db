"""`maintelex contract`, as a user calls it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from interfaces.cli import main


@pytest.fixture(autouse=True)
def in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test writes in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def contract(*arguments: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(main, ["contract", *arguments])


def test_a_contract_is_written(tmp_path: Path) -> None:
    """The file is written where -o says, its name printed, what remains said on standard error."""
    result = contract(
        "--option", "facturation=regie", "--field", "client_nom=Café = Thé", "-o", "c.docx"
    )
    assert result.exit_code == 0, result.output
    assert result.stdout == "c.docx\n"
    assert "champs à compléter" in result.stderr
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "c.docx")).paragraphs)
    assert "Café = Thé" in text and "au temps passé" in text


def test_the_default_file_is_a_docx(tmp_path: Path) -> None:
    """Without -o nor --format, contrat.docx is written here."""
    assert contract().stdout == "contrat.docx\n"
    assert (tmp_path / "contrat.docx").read_bytes()[:2] == b"PK"


def test_fields_come_from_a_file_and_the_command_line_wins(tmp_path: Path) -> None:
    """A YAML file fills the fields, every value read as text; --field wins over it."""
    Path("f.yaml").write_text(
        "client_nom: Ancien\nduree_mois: 012\nsite_adresse: oui\n", encoding="utf-8"
    )
    result = contract("--fields", "f.yaml", "--field", "client_nom=Nouveau", "-o", "c.docx")
    assert result.exit_code == 0, result.output
    cells = [cell.text for table in docx.Document("c.docx").tables[:2] for cell in table._cells]
    assert {"Nouveau", "012", "oui"} <= set(cells) and "Ancien" not in cells


def test_a_field_filled_for_nothing_is_said() -> None:
    """A field that the options do not print is told on standard error."""
    result = contract("--field", "prix_intervention_ht=120")
    assert "Sans objet avec ces options : prix_intervention_ht" in result.stderr


def test_the_list_shows_options_and_fields() -> None:
    """--list gives each option, its values, the default, and the fields of the options chosen."""
    result = contract("--list", "--option", "facturation=intervention")
    assert result.exit_code == 0
    assert "* intervention : À l'intervention" in result.stdout
    assert "forfait : Forfait mensuel (par défaut)" in result.stdout
    assert (
        "client_nom — Nom ou dénomination du client (exemple : Boulangerie Exemple)"
        in result.stdout
    )
    assert "redevance_mensuelle_ht" in result.stdout.split("Champs sans objet")[1]
    assert not Path("contrat.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--option", "facturation"], "--option mal écrit"),
        (["--option", "facturation=gratuit"], "forfait, regie, intervention"),
        (["--option", "couleur=bleu"], "Option inconnue : couleur"),
        (["--option", "facturation=regie", "--option", "facturation=forfait"], "deux fois"),
        (["--option", "lieux=distance", "--option", "materiel=avec"], "suppose une livraison"),
        (["--field", "client_non=x"], "client_nom"),
        (["--field", "=x"], "--field mal écrit"),
        (["--field", "client_nom=" + "x" * 501], "trop long"),
        (["--fields", "absent.yaml"], "illisible"),
        (["--format", "docx", "-o", "c.pdf"], "ne va pas avec"),
        (["--format", "odt"], "odt"),
    ],
)
def test_a_wrong_call_is_refused(arguments: list[str], problem: str) -> None:
    """A wrong call says what is wrong on standard error, exits with 2, and writes nothing."""
    result = contract(*arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "Traceback" not in result.output
    assert not list(Path().glob("c*"))


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: {b: c}\n", "a: [", "\ufffd\x00"])
def test_a_file_of_fields_that_is_not_one_is_refused(text: str) -> None:
    """A YAML file of another form is refused with the form to follow."""
    Path("f.yaml").write_text(text, encoding="utf-8")
    result = contract("--fields", "f.yaml")
    assert result.exit_code == 2
    assert "f.yaml" in result.stderr


def test_a_pdf_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The format asked by the name of the file; without LibreOffice, the remedy and nothing written."""
    monkeypatch.setenv("PATH", "")
    result = contract("-o", "c.pdf")
    assert result.exit_code == 1
    assert "Installez LibreOffice, ou demandez le format docx." in result.stderr
    assert not Path("c.pdf").exists()


def test_a_folder_that_does_not_exist() -> None:
    """A place where nothing can be written gives a message, not a traceback."""
    result = contract("-o", "absent/c.docx")
    assert result.exit_code == 1
    assert "Impossible d'écrire" in result.stderr
