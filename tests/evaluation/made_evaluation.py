"""An evaluation made by hand, every figure known: what reports are tested on.

`python -m tests.evaluation.made_evaluation` writes the golden report again; read its diff.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evaluation.ablation import Ablated
from evaluation.baselines.compare import RECIPE, Absent, Compared, Comparison, Timings
from evaluation.calibration import Bin, Calibration
from evaluation.judgement import ALL, AMONG, CLAUSES, QUESTIONS, Judgement, Miss
from evaluation.measures import MEASURES, Figure
from evaluation.report import as_markdown
from evaluation.run import Evaluation, Judged

GOLDEN = Path(__file__).parent / "golden" / "report.md"


def known(mean: float, count: int = 10) -> Figure:
    """A figure with an interval of 0.1 on both sides, within 0 and 1."""
    return Figure(mean, max(mean - 0.1, 0.0), min(mean + 0.1, 1.0), count)


def measured(hit1: float, count: int = 10) -> Mapping[str, Figure]:
    """Every measure, each a little above the one before it."""
    return {name: known(min(hit1 + 0.02 * n, 1.0), count) for n, name in enumerate(MEASURES)}


def judgement(hit1: float) -> Judgement:
    """Figures around a value of hit@1."""
    groups = {ALL: 10, QUESTIONS: 7, CLAUSES: 3, AMONG: 3}
    return Judgement(
        documents={name: measured(hit1, count) for name, count in groups.items()},
        registers={"sms": measured(hit1 - 0.1, 4), "a|b <i>": measured(hit1, 6)},
        themes={"prix-et-paiement": measured(hit1)},
        passages=measured(hit1 - 0.2),
        declined=known(0.9, 20),
        kinds={"tax": known(0.9, 20)},
        lost=known(0.02, 10),
        scope=Calibration((Bin(0.0, 0.1, 19, 0.02, 0.0), Bin(0.9, 1.0, 11, 0.96, 1.0)), 0.0274, 0.01, 30),
        top=Calibration((Bin(0.5, 0.6, 4, 0.55, 0.5), Bin(0.8, 0.9, 6, 0.85, 0.8333)), 0.03, 0.12, 10),
    )  # fmt: skip


def made(*, crossed: bool = True, comparison: Comparison | None = None) -> Evaluation:
    """The evaluation; without cross-validation when there were too few questions."""
    return Evaluation(
        Judged("20261124t000000-0123abcd", "f" * 64, "encodeur-essai", 10, 20, ()),
        judgement(0.7) if crossed else None,
        judgement(0.75),
        (
            Ablated("senses", 0.25, known(0.6), known(0.55) if crossed else None),
            Ablated("essai", 0.0, known(0.75), known(0.7) if crossed else None),
        ),
        (
            Miss("q1", "Que dit <b>ceci</b> ?", ("kb:questions/prix",),
                 ("kb:questions/sla", "kb:contract/prix", "kb:questions/prix"), 0.875, False),
            Miss("q2", "Une recette ?", (), ("kb:questions/sla",), 0.6, False),
        ),
        comparison,
    )  # fmt: skip


def comparison(*, load: float = 0.5, recipe: float = 0.35) -> Comparison:
    """MainteLex beside a recipe and an engine that could not run; two cores."""
    documents = {name: measured(recipe) for name in (ALL, QUESTIONS, CLAUSES, AMONG)}
    return Comparison(
        Timings(10.0, 5.0, 2.0),
        (Compared(RECIPE, documents, 120, Timings(40.0, 20.0)),),
        (Absent("Autre", "Le paquet Python autre n'est pas installé.", "Installez-le."),),
        load,
        2,
    )


def golden() -> str:
    """The report that the golden file holds."""
    return as_markdown(made(comparison=comparison()))


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
