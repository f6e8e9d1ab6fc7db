"""The command as a user calls it: a real process, its output and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.retrieval.small_base import write_base

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "id", "question", "status", "answer", "confidence", "reason", "language", "citations",
    "alternatives", "mode", "index", "timings_ms", "as_of",
}  # fmt: skip
TOLD = {"facts", "quick_replies"}  # there when the answer has some


def run(
    *arguments: str, index: Path, stdin: str = "", cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run `maintelex` in a process of its own."""
    environment = {**os.environ, "MAINTELEX_INDEX": str(index), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", "from interfaces.cli import main; main()", *arguments],
        input=stdin,
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_ask_json_prints_the_documented_object(kb_index: Path, tmp_path: Path) -> None:
    """`ask --json` prints one object with the documented keys, from any folder."""
    done = run("ask", "--json", "Puis-je résilier ?", index=kb_index, cwd=tmp_path)
    row = json.loads(done.stdout)
    assert done.returncode == 0 and KEYS <= set(row) <= KEYS | TOLD
    assert set(row["citations"][0]) == {
        "n", "passage_id", "kind", "title", "reference", "url", "quote", "page", "check",
    }  # fmt: skip


def test_ask_for_a_person_shows_sources_and_notice(kb_index: Path) -> None:
    """`ask` prints the answer, its sources, and that it is information, not advice."""
    done = run("ask", "Quid de l'indemnité de résiliation anticipée ?", index=kb_index)
    assert "Sources" in done.stdout and "C. civ., art. 1231-5" in done.stdout
    assert "non conseil" in done.stdout


def test_batch_keeps_ids_and_order(kb_index: Path) -> None:
    """A batch prints one object a line, with the same ids in the same order."""
    rows = [{"id": f"q{n}", "question": "Quel préavis ?"} for n in (3, 1, 2)]
    done = run(
        "ask", "--json", "--batch", "-", index=kb_index, stdin="\n".join(map(json.dumps, rows))
    )
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["q3", "q1", "q2"]


def test_batch_turns_share_a_conversation(kb_index: Path) -> None:
    """Rows of one conversation are its turns; other conversations do not see them."""
    rows = [
        {
            "id": "a1",
            "question": "Le plafond de responsabilité est-il valable ?",
            "conversation": "a",
        },
        {"id": "b1", "question": "Qui doit faire les sauvegardes ?", "conversation": "b"},
        {"id": "a2", "question": "Et si le contrat ne dit rien ?", "conversation": "a"},
        {"id": "b2", "question": "Et si le contrat ne dit rien ?", "conversation": "b"},
    ]
    done = run(
        "ask", "--json", "--batch", "-", index=kb_index, stdin="\n".join(map(json.dumps, rows))
    )
    answers = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert "clause-limitative" in json.dumps(answers["a2"]["citations"])
    assert "sauvegarde-donnees" in json.dumps(answers["b2"]["citations"])


@pytest.mark.parametrize("line", ["not json", '{"id": "x"}', '["a"]', '{"question": "x"}'])
def test_a_bad_line_is_named(kb_index: Path, line: str) -> None:
    """A bad line of a batch is told with its number; the exit code is 2."""
    good = json.dumps({"id": "1", "question": "Quel préavis ?"})
    done = run("ask", "--json", "--batch", "-", index=kb_index, stdin=f"{good}\n{line}\n")
    assert done.returncode == 2 and "Ligne 2" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["id"] == "1"


def test_a_bad_date_is_refused(kb_index: Path) -> None:
    """A date that is none is told with how to write it."""
    done = run("ask", "--as-of", "hier", "Quel préavis ?", index=kb_index)
    assert done.returncode == 2 and "AAAA-MM-JJ" in done.stderr


def test_search_prints_passages_with_reasons(kb_index: Path) -> None:
    """`search --json` prints ranked passages and the legs that found them."""
    done = run("search", "--json", "-k", "5", "article 1231-5", index=kb_index)
    hits = json.loads(done.stdout)["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert hits[0]["reference"] == "C. civ., art. 1231-5"
    assert "reference" in [reason["leg"] for reason in hits[0]["reasons"]]


def test_search_filters_by_kind(kb_index: Path) -> None:
    """Only the kinds asked for come back; an unknown kind is refused."""
    done = run("search", "--json", "--kind", "decision", "clause pénale", index=kb_index)
    assert {hit["kind"] for hit in json.loads(done.stdout)["hits"]} == {"decision"}
    assert run("search", "--kind", "loi", "x", index=kb_index).returncode == 2


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    """Without an index the command says to build one, in a line, with exit code 1."""
    done = run("ask", "Quel préavis ?", index=tmp_path)
    assert done.returncode == 1
    assert "maintelex ingest" in done.stderr and "Traceback" not in done.stderr


def test_no_question_is_a_usage_error(kb_index: Path) -> None:
    """`ask` without a question is a usage error with an example."""
    done = run("ask", index=kb_index)
    assert done.returncode == 2 and "Exemple" in done.stderr


def test_info_tells_the_generation(kb_index: Path) -> None:
    """`info --json` prints the manifest of the index in use."""
    row = json.loads(run("info", "--json", index=kb_index).stdout)
    assert row["passages"] > 500 and row["encoder"]


def test_check_is_clean() -> None:
    """The published base has no error."""
    done = run("check", index=ROOT)
    assert done.returncode == 0, done.stdout


def test_ingest_names_the_failures_and_keeps_the_rest(tmp_path: Path) -> None:
    """A broken file is named with a remedy, the others go through, the exit code says so."""
    index, folder, kb = tmp_path / "index", tmp_path / "docs", write_base(tmp_path / "kb")
    folder.mkdir()
    (folder / "bon.md").write_text(
        "# Notre contrat\n\nLe xylophone est révisé chaque année.", "utf-8"
    )
    (folder / "casse.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "vide.txt").write_bytes(b"")
    done = run("ingest", "--quiet", "--kb", str(kb), str(folder), index=index)
    assert done.returncode == 1
    assert "casse.pdf" in done.stderr and "vide.txt" in done.stderr and "→" in done.stderr
    found = run("search", "--json", "--kind", "document", "xylophone révisé", index=index)
    assert json.loads(found.stdout)["hits"][0]["title"] == "Notre contrat"


def test_help_lists_every_command(kb_index: Path) -> None:
    """The help names each command with what it does."""
    text = run("--help", index=kb_index).stdout
    for name in ("ask", "search", "ingest", "check", "serve", "info"):
        assert f"\n  {name} " in text


def test_no_question_is_logged(kb_index: Path) -> None:
    """Nothing of the question goes to standard error."""
    done = run("ask", "--json", "Puis-je résilier chez Zorglub SARL ?", index=kb_index)
    assert done.stderr == ""
