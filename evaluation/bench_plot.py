"""Log-log plots of what an index costs as passages grow in number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.bench import Measure
from evaluation.packages import needed

_PANELS = (
    ("Construction", "secondes", {"build_s": "durée", "build_cpu_s": "processeur"}),
    (
        "Recherche",
        "millisecondes",
        {"query_p50_ms": "médiane", "query_p95_ms": "95e centile", "query_cpu_ms": "processeur"},
    ),
    ("Mémoire", "Mio", {"build_peak_mb": "construction", "query_peak_mb": "recherche"}),
    ("Disque", "Mio", {"disk_mb": "une génération"}),
)
_LEAST = 1e-3  # a cost rounded to nothing still has a place on a log scale
_COLOURS = ("#1f4e79", "#c55a11", "#7f7f7f")


def check_plotting() -> None:
    """Make sure that plots can be drawn, before an hour is spent on measures.

    Raises:
        MissingPackageError: matplotlib is not installed.
    """
    needed("matplotlib", "evaluation")


def growth(measures: Sequence[Measure], key: str) -> float:
    """The exponent e of a cost that grows like n^e with n passages: least squares, log on log.

    Args:
        measures: two sizes at least.
        key: field of `Measure`.
    """
    sizes = np.log([measure.passages for measure in measures])
    costs = np.log([max(float(getattr(measure, key)), _LEAST) for measure in measures])
    return float(np.polyfit(sizes, costs, 1)[0])


def draw_bench(measures: Sequence[Measure], path: Path) -> None:
    """Draw time, memory and disk against the number of passages, as a PNG.

    Raises:
        MissingPackageError: matplotlib is not installed.
    """
    figure = needed("matplotlib.figure", "evaluation").Figure(
        figsize=(9, 6.5), layout="constrained"
    )
    for axes, (title, unit, curves) in zip(figure.subplots(2, 2).flat, _PANELS, strict=True):
        _draw(axes, measures, curves)
        axes.set_title(title, loc="left", fontweight="bold")
        axes.set_xlabel("passages de l'index")
        axes.set_ylabel(unit)
    figure.savefig(path, dpi=130, format="png", metadata={"Software": None})


def _draw(axes: Any, measures: Sequence[Measure], curves: dict[str, str]) -> None:
    """Draw some costs in one panel, on log scales whose marks are written out."""
    sizes = [measure.passages for measure in measures]
    for colour, (key, label) in zip(_COLOURS, curves.items(), strict=False):
        told = f"{label}, n^{growth(measures, key):.2f}" if len(set(sizes)) > 1 else label
        values = [max(getattr(measure, key), _LEAST) for measure in measures]
        axes.plot(sizes, values, marker="o", color=colour, label=told.replace(".", ","))
    ticks = needed("matplotlib.ticker", "evaluation")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(sizes, [_count(size) for size in sizes])
    axes.xaxis.set_minor_locator(ticks.NullLocator())
    axes.yaxis.set_major_locator(ticks.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(ticks.FuncFormatter(lambda value, place: _count(value)))
    axes.yaxis.set_minor_formatter(ticks.NullFormatter())
    axes.grid(True, alpha=0.25)
    axes.legend(frameon=False)


def _count(value: float) -> str:
    """A mark of a scale as the French write it."""
    return f"{value:,.10g}".replace(",", " ").replace(".", ",")
