"""How many of a contract's known faults the audit finds, and how many of its findings are faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from assistant.contract_audit import Auditor

LIST = "contracts.yaml"
FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Case:
    """A contract whose faults are known."""

    name: str
    set: str  # "dev", or "held_out": written after the checks and never read to mend them
    format: str  # one of FORMATS
    text: str  # Markdown
    faults: frozenset[str]  # ids of checks


@dataclass(frozen=True, slots=True)
class Score:
    """What the audit of one contract, or of several, was worth."""

    name: str
    right: int  # faults found
    false: tuple[str, ...]  # found, and no faults
    missed: tuple[str, ...]  # faults not found

    @property
    def precision(self) -> float:
        """Share of the findings that are faults; 1 when nothing was found."""
        found = self.right + len(self.false)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the faults that were found; 1 when there is none."""
        known = self.right + len(self.missed)
        return self.right / known if known else 1.0


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The contracts of a folder, as its `contracts.yaml` lists them.

    Raises:
        UsageError: the list or a contract cannot be read.
    """
    try:
        rows = yaml.safe_load((folder / LIST).read_text(encoding="utf-8"))["contracts"]
        return tuple(_case(folder, row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UsageError(
            f"Contrats de mesure illisibles dans {folder} ({type(error).__name__}).",
            fix=f"Donnez un dossier avec {LIST} et les fichiers qu'il nomme.",
        ) from error


def measure(auditor: Auditor, cases: Iterable[Case]) -> list[tuple[Case, Score]]:
    """The score of each contract, in order.

    Raises:
        UsageError: a contract names an unknown check.
        ContractError: LibreOffice, which makes the PDFs, is absent.
    """
    from assistant.contract_audit import read_contract
    from ingest.bounded import read_here

    known = {check.id for check in auditor.checks}
    scores = []
    for case in cases:
        if unknown := sorted(case.faults - known):
            raise UsageError(
                f"{case.name} : contrôles inconnus : {', '.join(unknown)}.",
                fix="Corrigez faults, ou ajoutez-les à kb/contract/checks.yaml.",
            )
        contract = read_contract(f"contrat.{case.format}", as_file(case), reads=read_here)
        audit = auditor.audit(contract)
        found = {risk.check.id for risk in audit.risks}
        scores.append((case, _score(case.name, found, case.faults)))
    return scores


def total(name: str, scores: Sequence[Score]) -> Score:
    """Several scores taken together: each finding counts once (micro-average)."""
    return Score(
        name,
        sum(score.right for score in scores),
        tuple(item for score in scores for item in score.false),
        tuple(item for score in scores for item in score.missed),
    )


def table(scores: Sequence[tuple[Case, Score]]) -> str:
    """The scores as lines of text, each set apart with its total."""
    lines = [
        f"{'contrat':34} {'défauts':>7} {'trouvés':>7} {'à tort':>6} {'précision':>9} {'rappel':>6}"
    ]
    for name in dict.fromkeys(case.set for case, _ in scores):
        rows = [score for case, score in scores if case.set == name]
        lines += [_line(score) for score in rows]
        lines += [_line(total(f"= {name}", rows)), ""]
    return "\n".join(lines).rstrip()


def as_file(case: Case) -> bytes:
    """A contract as the bytes of a DOCX or a PDF: headings where the Markdown has them."""
    import docx

    document = docx.Document()
    for line in case.text.splitlines():
        marks = len(line) - len(line.lstrip("#"))
        text = line.lstrip("# ").strip()
        if text:
            document.add_paragraph(text, style=f"Heading {min(marks, 3)}" if marks else None)
    stream = BytesIO()
    document.save(stream)
    if case.format == "docx":
        return stream.getvalue()
    from assistant.contract.pdf import convert

    return convert(stream.getvalue())


def _case(folder: Path, row: dict[str, Any]) -> Case:
    """One contract of the list."""
    if row["format"] not in FORMATS:
        raise ValueError(row["format"])
    path = folder / Path(row["file"]).name
    return Case(
        path.stem, str(row["set"]), row["format"], path.read_text(encoding="utf-8"),
        frozenset(row["faults"]),
    )  # fmt: skip


def _score(name: str, found: set[str], faults: frozenset[str]) -> Score:
    """What was found beside what is known."""
    return Score(
        name, len(found & faults), tuple(sorted(found - faults)), tuple(sorted(faults - found))
    )


def _line(score: Score) -> str:
    """One line of the table."""
    return (
        f"{score.name:34} {score.right + len(score.missed):>7} {score.right:>7} {len(score.false):>6}"
        f" {score.precision:>9.2f} {score.recall:>6.2f}"
    )
