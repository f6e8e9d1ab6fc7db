"""`maintelex eval`: how well the search finds, declines and knows what it does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.run import Evaluation

BELOW = 3  # exit code


@click.command("eval")
@click.option(
    "--sets",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Dossier de questions (JSON Lines) ; celles de développement sinon.",
)
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
@click.option(
    "--baselines",
    is_flag=True,
    help="Comparer à d'autres moteurs (recette des tutoriels, BM25, Haystack, txtai) : plusieurs minutes.",
)
@click.option("--kb", type=click.Path(path_type=Path), help="Base à reconstruire pour --baselines.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire report.json, report.md et report.html.",
)
@click.option(
    "--min-hit1",
    type=click.FloatRange(0.0, 1.0),
    help="Sortir avec le code 3 si hit@1 (validation croisée, ensemble) est plus bas.",
)
@click.option("--quiet", is_flag=True, help="Pas de barre de progression.")
def evaluate(
    folder: Path | None, index: Path | None, baselines: bool, kb: Path | None, as_json: bool,
    report: Path | None, min_hit1: float | None, quiet: bool,
) -> None:  # fmt: skip
    """Mesure la recherche sur des questions dont on connaît la bonne réponse."""
    from evaluation.packages import needed
    from evaluation.questions import OTHER_HANDS, SETS, read_questions
    from evaluation.run import evaluate as judge
    from interfaces.progress import shown
    from interfaces.settings import load_settings
    from retrieval import Retriever

    if report is not None:
        needed("matplotlib", "evaluation")  # said now rather than after a minute
    settings = load_settings(index=index, kb=kb)
    questions = read_questions(folder or SETS)
    retriever = Retriever.open(settings.served, encoder=settings.encoder)
    with shown(quiet) as progress:
        found = judge(
            retriever,
            questions,
            progress,
            baselines=settings.kb if baselines else None,
            also=() if folder else read_questions(OTHER_HANDS),
        )
    _show(found, as_json, report)
    _hold(found, min_hit1)


def _show(found: Evaluation, as_json: bool, report: Path | None) -> None:
    """Print an evaluation, and write its report."""
    from evaluation.report import as_text, write_report
    from evaluation.run import as_json as json_of

    click.echo(json.dumps(json_of(found), ensure_ascii=False) if as_json else as_text(found))
    for one in found.comparison.absent if found.comparison else ():
        click.echo(f"Non comparé — {one.name} : {one.problem}\n  → {one.fix}", err=True)
    if report is not None:
        for path in write_report(found, report):
            click.echo(f"Écrit : {path}", err=True)


def _hold(found: Evaluation, least: float | None) -> None:
    """Exit with 3 when hit@1 is under a threshold."""
    hit1 = found.hit1.mean
    if least is not None and not hit1 >= least:
        told = f"{hit1:.3f}".replace(".", ",")
        click.echo(f"hit@1 {told} : sous le seuil de {least:g}.", err=True)
        raise SystemExit(BELOW)
