"""The concordance and the watch agree with the authorities of the base."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.check import check_kb
from ingest.readers.kb import Authority, Entry, KnowledgeBase, read_kb
from ingest.readers.law_tables import Change, FormerArticle, read_concordance, read_watch

KB = Path(__file__).parents[2] / "kb"
ENTRY: dict[str, Any] = {
    "former": "1226",
    "code": "Code civil",
    "former_id": "c-civ-ancien-1226",
    "new": ["c-civ-1231-5"],
    "subject": "Clause pénale",
    "effective": date(2016, 10, 1),
    "old_law_applies_to": "contrats conclus avant le 1er octobre 2016",
    "stays": "La définition d'un contrat antérieur.",
    "today": "c-civ-1226",
    "false_friend": "Aujourd'hui, la résolution par notification.",
    "reviewed_on": date(2026, 11, 24),
    "reviewed_by": "MainteLex",
}
CHANGE: dict[str, Any] = {
    "id": "reforme",
    "kind": "loi",
    "status": "in_force",
    "title": "Réforme",
    "in_force_since": date(2016, 10, 1),
    "what": "Le code change.",
    "authorities": ["c-civ-1226"],
    "questions": ["penalites"],
    "clauses": ["resiliation"],
    "reviewed_on": date(2026, 11, 24),
    "reviewed_by": "MainteLex",
}


def authority(identifier: str, kind: str = "statute", **data: Any) -> Authority:
    """An authority of the Code civil."""
    told = {"code": "Code civil", **data}
    return Authority(identifier, kind, identifier, told, "law/statutes.yaml", 1)


def base_of(folder: Path, name: str, key: str, *rows: dict[str, Any]) -> KnowledgeBase:
    """A small base with one table."""
    (folder / "law").mkdir()
    text = yaml.safe_dump({key: list(rows)}, allow_unicode=True, sort_keys=False)
    (folder / "law" / name).write_text(text, encoding="utf-8")
    authorities = [
        authority("c-civ-1231-5", former_articles=["1226"]),
        authority("c-civ-1226", in_force_since="2016-10-01", summary="Dès le 1er mars 2020."),
        authority("c-civ-ancien-1226", code="Code civil (ancien)", replaced_by=["c-civ-1231-5"]),
        authority("cass", "decision", date="2024-01-10", note="Confirmé le 5 février 2025."),
    ]
    entry = Entry("x.md", "x", {}, (), "")
    return KnowledgeBase(
        folder,
        questions={"penalites": entry},
        clauses={"resiliation": entry},
        authorities={item.id: item for item in authorities},
    )


def concordance(folder: Path, *rows: dict[str, Any]) -> tuple[tuple[FormerArticle, ...], list[str]]:
    """The entries read, and the problems found."""
    base = base_of(folder, "concordance.yaml", "entries", *rows)
    return read_concordance(base), [finding.problem for finding in base.findings]


def watch(folder: Path, *rows: dict[str, Any]) -> tuple[tuple[Change, ...], list[str]]:
    """The changes read, and the problems found."""
    base = base_of(folder, "watch.yaml", "changes", *rows)
    return read_watch(base), [finding.problem for finding in base.findings]


def test_right_entry_is_read_typed(tmp_path: Path) -> None:
    """An entry that breaks no rule comes out with its date and its ids."""
    (entry,), problems = concordance(tmp_path, ENTRY)
    assert problems == []
    assert entry.new == ("c-civ-1231-5",)
    assert entry.effective == date(2016, 10, 1)
    assert entry.note is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"new": ["c-civ-9999"]}, "autorité « c-civ-9999 » inconnue"),
        ({"new": [["x"]]}, "new n'est pas une liste d'ids"),
        ({"new": []}, "aucun texte nouveau"),
        ({"new": "c-civ-1231-5"}, "new n'est pas une liste"),
        ({"new": ["c-civ-1226"]}, "rien dans la base ne dit que « c-civ-1226 » remplace"),
        ({"former_id": "c-civ-ancien-0"}, "autorité « c-civ-ancien-0 » inconnue"),
        ({"today": None}, "est aujourd'hui celui de « c-civ-1226 »"),
        ({"false_friend": None}, "porte ce numéro aujourd'hui"),
        ({"effective": "octobre 2016"}, "effective « octobre 2016 » incorrecte"),
        ({"stays": ""}, "champ « stays » vide"),
        ({"remarque": "x"}, "champ « remarque » inconnu"),
    ],
)
def test_fault_of_an_entry_is_found(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    """A wrong entry is left out and told."""
    entries, problems = concordance(tmp_path, {**ENTRY, **change})
    assert entries == ()
    assert any(problem in found for found in problems)


def test_missing_field_is_found(tmp_path: Path) -> None:
    """A field that an entry lacks is told by name."""
    entries, problems = concordance(tmp_path, {k: v for k, v in ENTRY.items() if k != "stays"})
    assert entries == ()
    assert "champ « stays » absent" in problems


def test_entry_written_twice_is_found(tmp_path: Path) -> None:
    """The second of two entries for one article is told."""
    entries, problems = concordance(tmp_path, ENTRY, ENTRY)
    assert len(entries) == 1
    assert problems == ["« 1226 Code civil » en double"]


def test_old_article_without_entry_is_found(tmp_path: Path) -> None:
    """An old article that the authorities know must stand in the concordance."""
    base = base_of(tmp_path, "concordance.yaml", "entries")
    assert read_concordance(base) == ()
    assert [f.problem for f in base.findings] == [
        "ancien article 1226 (Code civil) absent ou fautif, connu de « c-civ-1231-5 »"
    ]


def test_right_change_is_read_typed(tmp_path: Path) -> None:
    """A change that breaks no rule comes out with its date and its ids."""
    (change,), problems = watch(tmp_path, CHANGE)
    assert problems == []
    assert change.in_force_since == date(2016, 10, 1)
    assert change.questions == ("penalites",)


@pytest.mark.parametrize(
    "change",
    [
        {"in_force_since": date(2020, 3, 1)},  # told in the words of the authority
        {"kind": "decision", "authorities": ["cass"], "in_force_since": date(2024, 1, 10)},
        {"status": "pending", "in_force_since": None, "note": "Transposition attendue."},
        {"status": "upcoming", "reviewed_on": date(2016, 1, 1)},
    ],
)
def test_dates_that_the_base_gives_are_right(tmp_path: Path, change: dict[str, Any]) -> None:
    """A date stands in an authority cited, or its absence is explained."""
    changes, problems = watch(tmp_path, {**CHANGE, **change})
    assert (len(changes), problems) == (1, [])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "usage"}, "kind « usage » inconnu"),
        ({"status": "bientôt"}, "status « bientôt » inconnu"),
        ({"authorities": []}, "aucune autorité"),
        ({"authorities": ["rien"]}, "autorité « rien » inconnue"),
        ({"questions": ["rien"]}, "question « rien » inconnue"),
        ({"clauses": ["rien"]}, "clause « rien » inconnue"),
        ({"in_force_since": date(2016, 10, 2)}, "aucune autorité citée ne donne le 2016-10-02"),
        (
            {"kind": "decision", "authorities": ["cass"], "in_force_since": date(2025, 2, 5)},
            "aucune autorité citée ne donne le 2025-02-05",
        ),
        ({"in_force_since": None}, "in_force_since vide"),
        ({"status": "undated", "in_force_since": None}, "pas de date"),
        ({"status": "pending"}, "status pending avec une date"),
        ({"status": "upcoming"}, "ne vont pas ensemble"),
        ({"reviewed_on": date(2016, 1, 1)}, "ne vont pas ensemble"),
        ({"in_force_since": "2016-13-01"}, "in_force_since « 2016-13-01 » incorrecte"),
        ({"reviewed_by": None}, "champ « reviewed_by » vide"),
    ],
)
def test_fault_of_a_change_is_found(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    """A wrong change is left out and told."""
    changes, problems = watch(tmp_path, {**CHANGE, **change})
    assert changes == ()
    assert any(problem in found for found in problems)


def test_finding_gives_the_line_of_the_row(tmp_path: Path) -> None:
    """A finding points at the row, in the file."""
    base = base_of(tmp_path, "watch.yaml", "changes", CHANGE, {**CHANGE, "kind": "usage"})
    read_watch(base)
    text = (tmp_path / "law" / "watch.yaml").read_text(encoding="utf-8").split("\n")
    lines = {finding.line for finding in base.findings}
    assert lines == {n for n, line in enumerate(text, start=1) if line.startswith("- id")} - {2}


@pytest.mark.parametrize(
    "text", ["changes: [", "changes: un", "- a", "", "changes: [un]", "changes: [2016-13-45]"]
)
def test_unreadable_table_is_a_finding(tmp_path: Path, text: str) -> None:
    """A file that is no table of rows is told, never a crash."""
    base = base_of(tmp_path, "watch.yaml", "changes")
    (tmp_path / "law" / "watch.yaml").write_text(text, encoding="utf-8")
    assert read_watch(base) == ()
    assert [finding.path for finding in base.findings] == ["law/watch.yaml"]


def test_table_in_another_encoding_is_a_finding(tmp_path: Path) -> None:
    """Latin-1 bytes are told as such."""
    base = base_of(tmp_path, "watch.yaml", "changes")
    (tmp_path / "law" / "watch.yaml").write_bytes("changes: [é]".encode("latin-1"))
    assert read_watch(base) == ()
    assert "UTF-8" in base.findings[0].remedy


def test_base_without_tables_is_right(tmp_path: Path) -> None:
    """A base may do without these files."""
    base = KnowledgeBase(tmp_path)
    assert (read_concordance(base), read_watch(base), base.findings) == ((), (), [])


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    """The real base."""
    return read_kb(KB)


def test_real_concordance_covers_the_reform(real: KnowledgeBase) -> None:
    """Every old article of the base has its entry, with what remains under the old law."""
    entries = {(e.code, e.former): e for e in read_concordance(real)}
    old = [name for name in real.authorities if name.startswith("c-civ-ancien-")]
    assert {entry.former_id for entry in entries.values()} >= set(old)
    assert entries["Code civil", "1134"].new == ("c-civ-1103", "c-civ-1104", "c-civ-1193")
    assert entries["Code civil", "1152"].new == ("c-civ-1231-5",)
    assert entries["Code de commerce", "L. 442-6"].new == ("c-com-l442-1", "c-com-l442-4")


@pytest.mark.parametrize("former", ["1165", "1184", "1226", "1229"])
def test_real_false_friends_are_told(real: KnowledgeBase, former: str) -> None:
    """A number that says something else now carries its warning."""
    entry = next(entry for entry in read_concordance(real) if entry.former == former)
    assert entry.today == f"c-civ-{former}"
    assert entry.false_friend


def test_real_watch_holds_its_rules(real: KnowledgeBase) -> None:
    """At least fifteen changes are followed, laws and decisions, NIS 2 pending."""
    changes = {change.id: change for change in read_watch(real)}
    assert len(changes) >= 15
    assert {change.kind for change in changes.values()} == {"loi", "decision"}
    assert changes["nis2-transposition"].status == "pending"
    assert changes["data-act-frais-2027"].in_force_since == date(2027, 1, 12)


def test_check_reads_the_tables(tmp_path: Path) -> None:
    """`check` tells what is wrong in the tables."""
    base_of(tmp_path, "watch.yaml", "changes", {**CHANGE, "kind": "usage"})
    assert any(finding.path == "law/watch.yaml" for finding in check_kb(tmp_path))
