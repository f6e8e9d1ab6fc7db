"""`ask --document`, `--dossier`, `--keep`, then `explain`, `answers`, `dossier`, as a user calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.dossier import is_intact
from interfaces.cli import main
from tests.own_document.small_contract import pdf

FEE = "Quid de l'indemnité de résiliation anticipée ?"


@pytest.fixture(autouse=True)
def place(kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real index, a data folder of the test's own, and the test's folder."""
    monkeypatch.setenv("MAINTELEX_INDEX", str(kb_index))
    monkeypatch.setenv("MAINTELEX_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def call(*arguments: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(main, [*arguments])


def keep(question: str = FEE) -> str:
    """Keep an answer, and give its id."""
    done = call("ask", "--keep", question)
    found = re.search(r"Réponse gardée : ([0-9a-f]{12})", done.stderr)
    assert found, done.output
    return found[1]


def test_nothing_is_kept_unless_asked(tmp_path: Path) -> None:
    """An answer leaves no trace by itself."""
    assert call("ask", FEE).exit_code == 0
    assert not (tmp_path / "data").exists() and call("answers", "list").stdout == ""


def test_a_kept_answer_is_explained_and_made_again() -> None:
    """Its id leads to how it came to be, and to the same answer again."""
    done = call("explain", keep())
    assert done.exit_code == 0, done.output
    assert "Ce qui a été retenu" in done.stdout and "identique mot pour mot" in done.stdout


def test_json_carries_the_id() -> None:
    """`--json --keep` prints one object whose id is the answer's."""
    row = json.loads(call("ask", "--json", "--keep", FEE).stdout)
    assert row["id"] in call("answers", "list").stdout


def test_an_answer_whose_generation_went_is_still_explained(
    kb_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept is told; that it cannot be made again is said."""
    identifier = keep()
    monkeypatch.setenv("MAINTELEX_INDEX", str(tmp_path / "other"))
    done = call("explain", identifier)
    assert done.exit_code == 0 and "Documents classés" in done.stdout
    assert "Réponse non refaite" in done.stderr and "n'est plus" in done.stderr


def test_an_unknown_id_says_what_to_do() -> None:
    """In a line, with exit code 1."""
    done = call("explain", "000000000000")
    assert done.exit_code == 1 and "answers list" in done.stderr


def test_answers_are_listed_deleted_and_purged() -> None:
    """A person's questions can be shown and erased."""
    first, second = keep(), keep("Quel préavis ?")
    assert f"{first}  2" in call("answers", "list").stdout
    assert call("answers", "delete", first).exit_code == 0
    assert call("answers", "delete", first).exit_code == 1
    assert "0." in call("answers", "purge", "--days", "30").stderr
    assert second in call("answers", "list").stdout
    assert "1." in call("answers", "purge", "--days", "0").stderr
    assert call("answers", "list").stdout == ""


def test_purging_asks_for_an_age() -> None:
    """Nothing is erased by mistake."""
    assert call("answers", "purge").exit_code == 2
    assert call("answers", "purge", "--days", "-1").exit_code == 2


def test_the_customers_document_is_set_beside_the_law(tmp_path: Path) -> None:
    """`ask --document` prints what the contract says, with article and page."""
    (tmp_path / "bail.pdf").write_bytes(pdf())
    done = call("ask", "--document", "bail.pdf", FEE)
    assert "Votre contrat dit, art. 7.1, p. 2 : « Le client qui part" in done.stdout
    row = json.loads(call("ask", "--json", "--document", "bail.pdf", FEE).stdout)
    assert {c["page"] for c in row["citations"] if c["kind"] == "document"} == {2}


def test_the_customers_document_is_never_kept(tmp_path: Path) -> None:
    """What is kept of an answer holds nothing of the document."""
    (tmp_path / "bail.pdf").write_bytes(pdf())
    call("ask", "--keep", "--document", "bail.pdf", FEE)
    kept = (tmp_path / "data" / "answers.sqlite").read_bytes()
    assert b"bail.pdf" not in kept and b"Le client qui part" not in kept


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("a.pdf", b"\x89PNG\r\n", "image PNG"), ("b.txt", b"Bonjour", "PDF ou un document Word")],
)
def test_a_document_that_cannot_be_read_is_told(
    name: str, data: bytes, told: str, tmp_path: Path
) -> None:
    """In French, with what to do, and no answer."""
    (tmp_path / name).write_bytes(data)
    done = call("ask", "--document", name, FEE)
    assert done.exit_code == 1 and told in done.stderr and "→" in done.stderr
    assert done.stdout == ""


def test_an_absent_document_is_told() -> None:
    """The file is named."""
    done = call("ask", "--document", "absent.pdf", FEE)
    assert done.exit_code == 1 and "absent.pdf : fichier introuvable" in done.stderr


def test_a_dossier_is_written_with_the_answer(tmp_path: Path) -> None:
    """`ask --dossier` writes it, the answer is printed all the same, nothing is kept."""
    done = call("ask", "--dossier", "d.md", FEE)
    assert (
        done.exit_code == 0 and "Sources" in done.stdout and "Dossier écrit : d.md" in done.stderr
    )
    assert is_intact((tmp_path / "d.md").read_text(encoding="utf-8"))
    assert not (tmp_path / "data").exists()


def test_a_dossier_is_made_of_kept_answers(tmp_path: Path) -> None:
    """`dossier ID ID -o FILE` holds both, in the order given, and who read it over."""
    first, second = keep(), keep("Qui doit faire les sauvegardes ?")
    done = call("dossier", first, second, "-o", "d.md", "--reviewer", "Cabinet Exemple")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "d.md").read_text(encoding="utf-8")
    assert text.index(first) < text.index(second) and "Cabinet Exemple" in text


@pytest.mark.parametrize("arguments", [("dossier", "000000000000"), ("ask", FEE, "--dossier")])
def test_an_unknown_format_is_refused_before_any_work(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    """The formats that are known are said."""
    output = ("-o", "d.odt") if arguments[0] == "dossier" else ("d.odt",)
    done = call(*arguments, *output)
    assert done.exit_code == 1 and ".docx, .pdf, .md" in done.stderr
    assert not (tmp_path / "d.odt").exists()


@pytest.mark.parametrize("option", [("--keep",), ("--dossier", "d.md"), ("--document", "d.pdf")])
def test_a_batch_takes_none_of_them(option: tuple[str, ...], tmp_path: Path) -> None:
    """They are for one question: a batch is refused with exit code 2."""
    (tmp_path / "b.jsonl").write_text(
        '{"id": "1", "question": "Quel préavis ?"}\n', encoding="utf-8"
    )
    done = call("ask", "--json", "--batch", "b.jsonl", *option)
    assert done.exit_code == 2 and "une seule question" in done.stderr
