"""The checks of contracts: the real ones are right, and what is wrong is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from ingest.readers.contract_checks import CHECKS, Bounds, read_checks, read_signs
from ingest.readers.kb import KnowledgeBase, read_kb

ROOT = Path(__file__).resolve().parents[2]

ONE = {
    "id": "plafond", "title": "Plafond", "severity": "eleve", "side": "client",
    "clauses": ["responsabilite"], "looks_for": {"present": ["limite* # mois"], "value": {"unit": "mois", "less_than": 6}},
    "rule": "La clause est réputée non écrite [@c-civ-1170].", "advice": "Négociez.",
    "authorities": ["c-civ-1170"], "suggestion": ["28.6"], "reviewed_on": "2026-11-24", "reviewed_by": "MainteLex",
}  # fmt: skip


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    """The knowledge base."""
    return read_kb(ROOT / "kb")


def copy_base(tmp_path: Path) -> None:
    """Copy what checks need of the base: the model and the law."""
    for name in ("contract", "law"):
        shutil.copytree(ROOT / "kb" / name, tmp_path / "kb" / name)


def base_with(tmp_path: Path, **changes: object) -> KnowledgeBase:
    """The real base with one check, changed."""
    copy_base(tmp_path)
    row = {key: value for key, value in (ONE | changes).items() if value is not ...}
    text = yaml.safe_dump({"words": [], "signs": [], "checks": [row]}, allow_unicode=True)
    (tmp_path / "kb" / CHECKS).write_text(text, encoding="utf-8")
    return read_kb(tmp_path / "kb")


def test_the_real_checks_are_right(real: KnowledgeBase) -> None:
    """There are forty checks at least, none with a fault, and signs for the clauses."""
    checks, signs = read_checks(real), read_signs(real)
    assert len(checks) >= 40
    assert len(signs) >= 30
    assert not [finding for finding in real.findings if finding.path == CHECKS]


def test_the_checks_asked_for_are_there(real: KnowledgeBase) -> None:
    """The faults that customers suffer from most have their check."""
    assert {
        "plafond-derisoire", "aucun-preavis", "reconduction-sans-information", "indemnite-loyers-restants",
        "reversibilite-absente", "rgpd-absent", "sauvegardes-non-dites", "revision-unilaterale", "sla-absents",
    } <= {check.id for check in read_checks(real)}  # fmt: skip


def test_a_base_without_checks_is_right(tmp_path: Path) -> None:
    """No file, no check, no finding."""
    base = KnowledgeBase(tmp_path)
    assert read_checks(base) == () and read_signs(base) == {} and not base.findings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"severity": "grave"}, "severity « grave » inconnu"),
        ({"side": "tous"}, "side « tous » inconnu"),
        ({"rule": ...}, "champ « rule » absent"),
        ({"colour": "red"}, "champ « colour » inconnu"),
        ({"clauses": ["nulle-part"]}, "clause « nulle-part » inconnue"),
        ({"authorities": ["c-civ-9999"], "rule": "Règle [@c-civ-9999]."}, "autorité « c-civ-9999 » inconnue"),
        ({"rule": "Sans source."}, "« c-civ-1170 » listée mais non citée"),
        ({"rule": "Deux [@c-civ-1170] [@c-civ-1171]."}, "« c-civ-1171 » citée mais non listée"),
        ({"suggestion": ["28.99"]}, "paragraphe 28.99 absent"),
        ({"looks_for": {"present": ["(a+)+"]}}, "illisible"),
        ({"looks_for": {"present": ["@societe limite"]}}, "groupe « @societe » inconnu"),
        ({"looks_for": {"unless": ["a b"]}}, "looks_for ne cherche rien"),
        ({"looks_for": {"present": ["limite"], "value": {"unit": "mois", "less_than": 6}}}, "aucun motif de present n'a de nombre"),
        ({"looks_for": {"present": ["# mois"], "value": {"unit": "lunes"}}}, "value illisible"),
        ({"looks_for": {"present": ["# mois"], "value": {"unit": "mois"}}}, "value sans borne"),
        ({"looks_for": {"present": "limite"}}, "present n'est pas une liste"),
        ({"looks_for": {"present": ["limite"], "near": 3}}, "champ « near » inconnu"),
        ({"reviewed_on": "hier"}, "reviewed_on « hier » incorrecte"),
        ({"authorities": ["c-com-l441-1"], "rule": "Règle [@c-com-l441-1]."}, "aucune autorité sûre"),
    ],
)  # fmt: skip
def test_a_fault_is_told(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    """The finding names the file, the line, the check, the problem and a remedy."""
    base = base_with(tmp_path, **changes)
    assert read_checks(base) == ()
    finding = next(f for f in base.findings if f.path == CHECKS and said in f.problem)
    assert finding.line == 2 and finding.remedy


def test_a_row_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    """A list of texts in place of checks gives findings, not a traceback."""
    copy_base(tmp_path)
    (tmp_path / "kb" / CHECKS).write_text(
        "words: []\nsigns: []\nchecks: [un, deux]\n", encoding="utf-8"
    )
    base = read_kb(tmp_path / "kb")
    assert read_checks(base) == ()
    assert sum(finding.path == CHECKS for finding in base.findings) == 2


@pytest.mark.parametrize(
    ("value", "unit", "held"),
    [
        (2, "mois", True),
        (6, "mois", False),
        (1, "an", False),
        (90, "jours", True),
        (3, "euros", False),
    ],
)
def test_bounds_convert_units(value: float, unit: str, held: bool) -> None:
    """« Less than six months » understands years and days, and nothing else."""
    assert Bounds("mois", less_than=6).hold(value, unit) is held
