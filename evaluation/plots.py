"""The plots of a report, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from evaluation.calibration import Calibration
from evaluation.judgement import ALL
from evaluation.measures import Figure
from evaluation.packages import needed
from evaluation.run import Evaluation
from evaluation.tables import CROSSED, SHIPPED, label, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIRST, SECOND, GREY = "#1f5fa8", "#8f5310", "#8a8f98"  # white text is read on the first two
FEW = 5  # questions under which a mark says little: hollow, off the curve
_TALL, _WIDE = 0.42, 7.6  # inches: of a bar, of a plot


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot and what it shows, for those who cannot see it."""

    title: str
    said: str
    png: bytes


@dataclass(frozen=True, slots=True)
class _Bars:
    """One series of bars with intervals."""

    name: str
    colour: str
    figures: Sequence[Figure | None]


def plots(evaluation: Evaluation) -> list[Plot]:
    """Every plot of an evaluation that has something to show.

    Raises:
        MissingPackageError: matplotlib is not installed.
    """
    needed("matplotlib", "evaluation")
    found = [_registers(evaluation), _reliability(evaluation), _ablation(evaluation)]
    found.append(_comparison(evaluation))
    return [plot for plot in found if plot is not None]


def _registers(evaluation: Evaluation) -> Plot | None:
    """hit@1 by register."""
    groups = evaluation.headline.registers
    if not groups:
        return None
    series = [_Bars("hit@1", FIRST, [found["hit@1"] for found in groups.values()])]
    return _bars("hit@1 par registre", [label(name) for name in groups], series)


def _ablation(evaluation: Evaluation) -> Plot | None:
    """hit@1 without each leg."""
    if not evaluation.judged.answered:
        return None
    crossed = evaluation.crossed.documents[ALL]["hit@1"] if evaluation.crossed else None
    rows = evaluation.ablation
    silenced = [evaluation.shipped.documents[ALL]["hit@1"], *(one.silenced for one in rows)]
    series = [
        _Bars("son poids à 0", FIRST, silenced),
        _Bars("autres poids réappris", SECOND, [crossed, *(one.relearnt for one in rows)]),
    ]
    return _bars("hit@1 sans chaque voie", ["aucune", *(label(one.leg) for one in rows)], series)


def _comparison(evaluation: Evaluation) -> Plot | None:
    """hit@1 of MainteLex and the others."""
    if evaluation.comparison is None:
        return None
    known = [(CROSSED, evaluation.crossed), (SHIPPED, evaluation.shipped)]
    found = {f"MainteLex, {name}": one.documents for name, one in known if one is not None}
    found |= {one.name: one.documents for one in evaluation.comparison.others}
    series = [_Bars("hit@1", FIRST, [groups[ALL]["hit@1"] for groups in found.values()])]
    return _bars("hit@1 des moteurs, mêmes documents", list(found), series)


def _bars(title: str, names: Sequence[str], series: Sequence[_Bars]) -> Plot:
    """Horizontal bars with 95 % intervals, the first name on top."""
    axes = _axes(1.1 + _TALL * len(names) * len(series))
    height = 0.8 / len(series)
    for place, one in enumerate(series):
        for row, found in enumerate(one.figures):
            if found is not None:
                _bar(axes, row + height * (place - (len(series) - 1) / 2), height, found, one)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("hit@1, de 0 à 1 (trait : intervalle de confiance à 95 %)")
    _french(axes, "x")
    if len(series) > 1:
        _legend(axes)
    told = [f"{name} : {_told(row, series)}" for row, name in enumerate(names)]
    return Plot(title, f"{title}. {' ; '.join(told)}.", _png(axes))


def _bar(axes: Axes, at: float, height: float, found: Figure, series: _Bars) -> None:
    """One bar, its interval, its value; named once for the legend."""
    name = series.name if found is series.figures[0] else None
    axes.barh(at, found.mean, height * 0.92, color=series.colour, label=name)
    axes.plot([found.low, found.high], [at, at], color="black", linewidth=1.2)
    axes.text(0.012, at, number(found.mean), va="center", color="white")


def _told(row: int, series: Sequence[_Bars]) -> str:
    """The values of a row, in words."""
    values = [one.figures[row] for one in series]
    return ", ".join(number(v.mean) for v in values if v is not None)


def _reliability(evaluation: Evaluation) -> Plot | None:
    """What probabilities say against what came true."""
    axes = _axes(5.2)
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="juste")
    _curve(axes, evaluation.headline.scope, FIRST, "o", "la base répond")
    _curve(axes, evaluation.headline.top, SECOND, "s", "le premier document est le bon")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("probabilité annoncée")
    axes.set_ylabel("part observée")
    _french(axes, "both")
    _legend(axes)
    said = (
        "Part observée selon la probabilité annoncée ; les valeurs sont dans les tables. Marque creuse :"
        f" moins de {FEW} questions."
    )
    return Plot(f"Calibration (marque creuse : moins de {FEW} questions)", said, _png(axes))


def _curve(axes: Axes, found: Calibration, colour: str, marker: str, name: str) -> None:
    """One curve of reliability; a bigger mark has more questions."""
    many = [one for one in found.bins if one.count >= FEW]
    axes.plot([one.said for one in many], [one.seen for one in many], color=colour, label=name)
    for one in found.bins:
        size, inside = 20 + 180 * one.count / found.count, colour if one in many else "white"
        axes.scatter(one.said, one.seen, s=size, c=inside, edgecolors=colour, marker=marker)


def _french(axes: Axes, which: Literal["x", "both"]) -> None:
    """Numbers of the axes as French writes them."""
    axes.xaxis.set_major_formatter(lambda value, _: number(value, 1))
    if which == "both":
        axes.yaxis.set_major_formatter(lambda value, _: number(value, 1))


def _legend(axes: Axes) -> None:
    """The legend, above what is drawn."""
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False)


def _axes(height: float) -> Axes:
    """Empty axes, drawn without a screen."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(_WIDE, height), layout="constrained")
    FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _png(axes: Axes) -> bytes:
    """The picture of the axes' figure."""
    out, canvas = BytesIO(), axes.get_figure(root=True)
    if canvas is not None:
        canvas.savefig(out, format="png", dpi=110)
    return out.getvalue()
