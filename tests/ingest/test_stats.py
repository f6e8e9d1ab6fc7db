"""The counts of the base, and the exit code of its check."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.readers.kb import read_kb
from ingest.stats import kb_stats
from interfaces.cli import main
from tests.ingest.small_kb import STATUTE, SmallKb


@pytest.fixture
def kb(tmp_path: Path) -> SmallKb:
    """A small base with wordings, and a statute that nobody cites."""
    base = SmallKb(tmp_path / "kb")
    base.law(STATUTE | {"id": "c-civ-1212", "confidence": "low", "reviewed_on": "2025-01-31"})
    (base.root / "variants" / "preavis.txt").write_text(
        "Combien de temps ?\n# note\nQuel délai ?\n"
    )
    (base.root / "variants" / "clauses" / "resiliation.txt").write_text("Montre la résiliation\n")
    (base.root / "variants" / "out-of-scope.yaml").write_text("cuisine: [Une recette ?]\n")
    return base


def test_everything_is_counted(kb: SmallKb) -> None:
    """Entries by kind, authorities by kind and confidence, wordings by kind, questions by theme."""
    stats = kb_stats(read_kb(kb.root))
    assert (stats.questions, stats.clauses, stats.annexes) == (1, 1, 0)
    assert stats.authorities == {"statute": 2, "decision": 1}
    assert stats.confidence == {"high": 2, "low": 1}
    assert stats.standing == {"actuelle": 1}
    assert stats.wordings == {"question": 2, "clause": 1, "out_of_scope": 1}
    assert stats.themes == {"duree": 1}


def test_what_nobody_cites_and_the_oldest_review_are_named(kb: SmallKb) -> None:
    """What to cite or to drop, and how far back the reviews go."""
    stats = kb_stats(read_kb(kb.root))
    assert stats.never_cited == ("c-civ-1212", "cass-com-2010-06-29")
    assert stats.oldest_review == date(2025, 1, 31)


def test_words_leave_out_citations(kb: SmallKb) -> None:
    """Two sentences of the short answer: 11 and 5 words."""
    stats = kb_stats(read_kb(kb.root))
    assert stats.sentence_words == 8.0
    assert stats.words["question"] == 16 + 3 + 1 + 1  # and the three other sections


def test_an_empty_base_counts_nothing(tmp_path: Path) -> None:
    """No entry, no division by zero."""
    stats = kb_stats(read_kb(tmp_path))
    assert (stats.questions, stats.reading_score, stats.oldest_review) == (0, 0.0, None)


def test_the_command_speaks_to_people_and_to_machines(kb: SmallKb) -> None:
    """French lines, or one JSON object with the same counts."""
    shown = CliRunner().invoke(main, ["kb", "stats", "--kb", str(kb.root)])
    assert "Autorités : 3 (textes 2, décisions 1)" in shown.stdout
    assert "Autorités jamais citées : 2\n  c-civ-1212" in shown.stdout
    row = json.loads(
        CliRunner().invoke(main, ["kb", "stats", "--json", "--kb", str(kb.root)]).stdout
    )
    assert row["authorities"] == {"statute": 2, "decision": 1}
    assert row["oldest_review"] == "2025-01-31"


@pytest.mark.parametrize(
    ("body", "on", "code", "last"),
    [
        ("Voir le contrat.", "2026-11-24", 0, "aucune erreur, 0 avis."),
        ("Voir le contrat.", "2028-01-01", 0, "aucune erreur, 2 avis."),
        ("Voir l'article 1211.", "2026-11-24", 1, "1 erreur(s), 0 avis."),
    ],
)
def test_check_fails_on_errors_alone(
    tmp_path: Path, body: str, on: str, code: int, last: str
) -> None:
    """An advice is printed and fails nothing; `--on` sets the day."""
    kb = SmallKb(tmp_path / "kb")
    kb.question(body=body)
    result = CliRunner().invoke(main, ["check", "--kb", str(kb.root), "--on", on])
    assert result.exit_code == code
    assert last in result.stderr
    assert ("avis : " in result.stdout) == ("2 avis" in last)
