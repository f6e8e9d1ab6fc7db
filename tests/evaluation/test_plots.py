"""Plots: real PNG pictures, each with a text that says the same."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from evaluation.calibration import Bin, Calibration
from evaluation.packages import MissingPackageError
from evaluation.plots import FIRST, SECOND, Plot, plots
from tests.evaluation.made_evaluation import comparison, judgement, made


def picture(png: bytes) -> Image.Image:
    """A picture, read again."""
    return Image.open(BytesIO(png)).convert("RGB")


def colours(png: bytes) -> set[str]:
    """The colours of a picture, as CSS writes them."""
    found = picture(png).getcolors(maxcolors=1_000_000) or []
    return {
        "#{:02x}{:02x}{:02x}".format(*colour) for _, colour in found if isinstance(colour, tuple)
    }


@pytest.fixture(scope="module")
def drawn() -> list[Plot]:
    """Every plot there is, drawn once."""
    return plots(made(comparison=comparison()))


def test_there_is_one_plot_a_part(drawn: list[Plot]) -> None:
    """Registers, calibration and ablation; the engines too when they were compared."""
    assert [plot.title.split(" (")[0] for plot in drawn] == [
        "hit@1 par registre", "Calibration", "hit@1 sans chaque voie",
        "hit@1 des moteurs, mêmes documents",
    ]  # fmt: skip


def test_plots_are_png_that_can_be_read(drawn: list[Plot]) -> None:
    """Every plot is a PNG picture of some size, not all of one colour."""
    for plot in drawn:
        assert plot.png.startswith(b"\x89PNG\r\n")
        assert min(picture(plot.png).size) > 100
        assert len(colours(plot.png)) > 2


def test_both_series_are_drawn(drawn: list[Plot]) -> None:
    """Ablation draws two series of bars; the registers only one."""
    registers, _, ablation, _ = drawn
    assert FIRST in colours(registers.png)
    assert SECOND not in colours(registers.png)
    assert {FIRST, SECOND} <= colours(ablation.png)


def test_the_text_gives_the_figures(drawn: list[Plot]) -> None:
    """Who cannot see the bars hears their values."""
    registers, _, ablation, engines = drawn
    assert "SMS : 0,600 ; a|b <i> : 0,700" in registers.said
    assert "aucune : 0,750, 0,700" in ablation.said
    assert "sens des mots (senses) : 0,600, 0,550" in ablation.said
    assert "MainteLex, validation croisée : 0,700" in engines.said
    assert "Recette des tutoriels : 0,350" in engines.said


def test_without_cross_validation_one_series_is_left() -> None:
    """Bars that were not measured are not drawn, nor engines that were not compared."""
    (_, _, ablation) = plots(made(crossed=False))
    assert SECOND not in colours(ablation.png)
    assert "aucune : 0,750 ;" in ablation.said


def test_a_longer_list_makes_a_taller_plot(drawn: list[Plot]) -> None:
    """Each register has its own room."""
    few = replace(judgement(0.7), registers={"sms": judgement(0.7).registers["sms"]})
    small = picture(plots(replace(made(), crossed=few))[0].png)
    assert small.height < picture(drawn[0].png).height


def test_the_curve_leaves_out_bins_of_few_questions() -> None:
    """A bin of one question does not bend the curve: it is a mark of its own."""
    flat = Calibration(
        (Bin(0.1, 0.2, 50, 0.15, 0.15), Bin(0.8, 0.9, 50, 0.85, 0.85)), 0.0, 0.1, 100
    )
    lone = replace(flat, bins=(flat.bins[0], Bin(0.5, 0.6, 1, 0.55, 1.0), flat.bins[1]))
    marks = []
    for scope in (flat, lone):
        found = replace(judgement(0.7), scope=scope, top=Calibration((), 0.0, 0.0, 0))
        png = plots(replace(made(), crossed=found))[1].png
        marks.append(int((np.asarray(picture(png)) == (31, 95, 168)).all(axis=2).sum()))
    # A hollow mark adds its outline; two lines up to it and down would add far more.
    assert 0 < marks[1] - marks[0] < 150


def test_a_set_without_answers_has_no_bars() -> None:
    """Nothing to rank: only calibration is drawn."""
    none = replace(judgement(0.7), registers={})
    evaluation = replace(made(), crossed=none, judged=replace(made().judged, answered=0))
    assert [plot.title.split(" (")[0] for plot in plots(evaluation)] == ["Calibration"]


def test_without_matplotlib_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that draws is named, with the command that installs it."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPackageError, match="matplotlib") as caught:
        plots(made())
    assert "maintelex[evaluation]" in caught.value.fix
