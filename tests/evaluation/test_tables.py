"""Tables: what is told of an evaluation whose every figure is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.calibration import Calibration
from evaluation.judgement import ALL
from evaluation.measures import MEASURES, Figure
from evaluation.run import Evaluation
from evaluation.tables import Table, interval, label, number, tables
from tests.evaluation.made_evaluation import (
    GOLDEN,
    comparison,
    golden,
    judgement,
    known,
    made,
    measured,
)


def titled(evaluation: Evaluation, start: str) -> Table:
    """The only table whose title starts so."""
    (found,) = (table for table in tables(evaluation) if table.title.startswith(start))
    return found


def plain(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row without its no-break spaces."""
    return tuple(cell.replace("\u00a0", " ") for cell in row)


def test_the_report_is_the_golden_one() -> None:
    """The whole Markdown report is as it was last read; the module above says how to renew it."""
    assert golden() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.5, 3, "0,500"), (1234.56, 1, "1234,6"), (float("nan"), 3, "–"), (0.0, 2, "0,00")],
)
def test_numbers_are_french(value: float, digits: int, text: str) -> None:
    """A comma for decimals, a dash for what could not be measured."""
    assert number(value, digits) == text


def test_an_interval_stays_on_its_line() -> None:
    """A figure and its interval hold together, without a space where a line may break."""
    assert interval(Figure(0.7, 0.65, 0.754, 10)) == "0,700\u00a0[0,65\u00a0;\u00a00,75]"
    assert interval(Figure(float("nan"), 0, 0, 0)) == interval(None) == "–"


def test_groups_without_a_name_keep_their_own() -> None:
    """A register of somebody's own set is shown as it is written."""
    assert label("lay-story") == "profane, récit"
    assert label("téléphone") == "téléphone"


def test_the_first_table_tells_both_weights() -> None:
    """Cross-validation comes first, then the shipped weights; all, questions, clauses, passages."""
    table = titled(made(), "Retrouver")
    assert table.head[3:] == MEASURES
    assert [row[1] for row in table.rows] == ["validation croisée"] * 5 + ["poids livrés"] * 5
    assert plain(table.rows[0]) == (
        "Ensemble", "validation croisée", "10", "0,700 [0,60 ; 0,80]", "0,720", "0,740", "0,760", "0,780",
    )  # fmt: skip
    assert plain(table.rows[5])[3] == "0,750 [0,65 ; 0,85]"
    assert plain(table.rows[4])[:4] == (
        "Passages",
        "validation croisée",
        "10",
        "0,500 [0,40 ; 0,60]",
    )


def test_without_cross_validation_one_weight_is_told() -> None:
    """With too few questions the shipped weights are the figures, everywhere."""
    alone = made(crossed=False)
    assert {row[1] for row in titled(alone, "Retrouver").rows} == {"poids livrés"}
    assert titled(alone, "Décliner").head == ("Questions", "Nombre", "poids livrés")
    assert plain(titled(alone, "Ablation").rows[0])[2:] == ("0,750 [0,65 ; 0,85]", "–")
    assert plain(titled(alone, "Par registre").rows[0])[2] == "0,650 [0,55 ; 0,75]"


def test_declining_is_told_on_both_sides() -> None:
    """Rightly declined, wrongly declined, then each kind, with counts."""
    rows = [plain(row)[:3] for row in titled(made(), "Décliner").rows]
    assert rows == [
        ("Déclinées à raison", "20", "0,900 [0,80 ; 1,00]"),
        ("Déclinées à tort", "10", "0,020 [0,00 ; 0,12]"),
        ("  à raison : impôts", "20", "0,900 [0,80 ; 1,00]"),
    ]


def test_groups_show_the_shipped_weights_beside() -> None:
    """A register has its figures in cross-validation, and hit@1 as shipped in the last column."""
    row = plain(titled(made(), "Par registre").rows[0])
    assert row[:3] == ("SMS", "4", "0,600 [0,50 ; 0,70]")
    assert row[-1] == "0,650 [0,55 ; 0,75]"
    assert titled(made(), "Par thème").rows[0][0] == "prix-et-paiement"


def test_calibration_is_told_bin_by_bin() -> None:
    """Each bin has its bounds, its questions, what was said and what was seen; sums are noted."""
    table = titled(made(), "Calibration : la base")
    assert table.rows == (
        ("0,0 à 0,1", "19", "0,020", "0,000"),
        ("0,9 à 1,0", "11", "0,960", "1,000"),
    )
    assert "ECE 0,027" in table.note
    assert "Brier 0,010" in table.note


def test_ablation_starts_from_everything() -> None:
    """The first row leaves no leg out; each other names its leg, its weight and both figures."""
    rows = [plain(row) for row in titled(made(), "Ablation").rows]
    assert rows == [
        ("aucune", "–", "0,750 [0,65 ; 0,85]", "0,700 [0,60 ; 0,80]"),
        ("sens des mots (senses)", "0,250", "0,600 [0,50 ; 0,70]", "0,550 [0,45 ; 0,65]"),
        ("essai", "0,000", "0,750 [0,65 ; 0,85]", "0,700 [0,60 ; 0,80]"),
    ]


def test_nothing_compared_is_no_table() -> None:
    """Without --baselines there is no table of comparison."""
    assert not [table for table in tables(made()) if table.title == "Comparaisons"]


def test_ratios_are_to_the_recipe() -> None:
    """Against a recipe half as good and four times as slow: 2 in hit@1, 0.25 in time."""
    rows = {row[0]: row for row in titled(made(comparison=comparison()), "Comparaisons").rows}
    assert rows["MainteLex, validation croisée"][-3:] == ("2,00", "0,25", "0,25")
    assert rows["MainteLex, poids livrés"][-3:] == ("2,14", "0,25", "0,25")
    assert rows["Recette des tutoriels"][-5:] == ("40,0", "20,0", "1,00", "1,00", "1,00")


def test_a_recipe_that_finds_nothing_has_no_ratio() -> None:
    """Nothing is a hundred times nothing: the ratio is left out, times stay."""
    row = titled(made(comparison=comparison(recipe=0.0)), "Comparaisons").rows[0]
    assert row[-3:] == ("–", "0,25", "0,25")


def test_without_the_recipe_there_is_no_ratio() -> None:
    """When the recipe could not run, the others are told without ratios."""
    found = replace(comparison(), others=())
    assert titled(made(comparison=found), "Comparaisons").rows[0][-3:] == ("–", "–", "–")


@pytest.mark.parametrize(("load", "rough"), [(0.5, False), (1.0, False), (1.1, True)])
def test_a_busy_machine_is_told(load: float, rough: bool) -> None:
    """Times taken while others work are called rough: more than half the cores busy."""
    note = titled(made(comparison=comparison(load=load)), "Comparaisons").note
    assert ("durées approximatives" in note) == rough
    assert "2 cœurs" in note


def test_an_engine_that_did_not_run_is_told() -> None:
    """The note names the engine whose package is missing, and the remedy."""
    note = titled(made(comparison=comparison()), "Comparaisons").note
    assert "Autre n'a pas tourné : Le paquet Python autre n'est pas installé. Installez-le." in note


def test_errors_are_listed_with_what_was_found() -> None:
    """Each error has its question, what was expected, the first three found, and the decision."""
    table = titled(made(), "Erreurs (2)")
    assert table.long
    assert table.rows == (
        ("q1", "Que dit <b>ceci</b> ?", "prix", "sla, contract/prix, prix", "0,88", "non"),
        ("q2", "Une recette ?", "à décliner", "sla", "0,60", "non"),
    )


def test_what_has_nothing_to_show_is_left_out() -> None:
    """A table without rows is not shown: no bins, no errors."""
    empty = replace(judgement(0.7), scope=Calibration((), float("nan"), float("nan"), 0))
    evaluation = replace(made(), crossed=empty, misses=())
    titles = [table.title for table in tables(evaluation)]
    assert not [title for title in titles if title.startswith(("Calibration : la base", "Erreurs"))]


def test_a_set_of_clauses_alone_has_its_rows() -> None:
    """Groups that a set does not have are simply not told."""
    clauses = replace(judgement(0.7), documents={ALL: measured(0.7), "clauses": measured(0.7)})
    evaluation = replace(made(comparison=comparison()), crossed=clauses)
    row = titled(evaluation, "Comparaisons").rows[0]
    assert row[3] == "–"
    assert row[4] == interval(known(0.7))
