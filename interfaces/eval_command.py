"""`maintelex eval`: how well the search finds and declines, and how good the answers are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.answers.run import AnswersEvaluation
    from evaluation.run import Evaluation

BELOW = 3  # exit code


@click.command("eval")
@click.argument("sets", nargs=-1)
@click.option(
    "--answers",
    is_flag=True,
    help="Mesurer les réponses et non la recherche : justes, déclinées, vérifiées, à quel coût. SETS :"
    " fichiers, dossiers ou noms de jeux (questions, clauses, conversations, out_of_scope) ; tous sinon.",
)
@click.option(
    "--model",
    metavar="MODÈLE",
    help="Avec --answers : un modèle de langage, écrit comme MAINTELEX_MODEL. Chaque question lui est posée.",
)
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
    help="Dossier où écrire report.json, report.md et report.html (answers.* avec --answers).",
)
@click.option(
    "--min-hit1",
    type=click.FloatRange(0.0, 1.0),
    help="Sortir avec le code 3 si hit@1 (validation croisée, ensemble) est plus bas.",
)
@click.option(
    "--min-right",
    type=click.FloatRange(0.0, 1.0),
    help="Avec --answers : sortir avec le code 3 si la part des réponses justes est plus basse, ou si une"
    " réponse montre ce que la base n'a pas.",
)
@click.option("--quiet", is_flag=True, help="Pas de barre de progression.")
def evaluate(
    sets: tuple[str, ...], answers: bool, model: str | None, folder: Path | None,
    index: Path | None, baselines: bool, kb: Path | None, as_json: bool, report: Path | None,
    min_hit1: float | None, min_right: float | None, quiet: bool,
) -> None:  # fmt: skip
    """Mesure la recherche, ou les réponses, sur des questions dont on connaît la bonne réponse."""
    if answers:
        _refuse(baselines or min_hit1 is not None, "--baselines et --min-hit1", "sans --answers")
        names = (*sets, str(folder)) if folder else sets
        found = _answers(names, index, model, quiet)
        _show_answers(found, as_json, report)
        _hold_answers(found, min_right)
        return
    _refuse(
        bool(sets or model) or min_right is not None,
        "SETS, --model et --min-right",
        "avec --answers",
    )
    judged = _search(folder, index, kb, baselines, report, quiet)
    _show(judged, as_json, report)
    _hold(judged, min_hit1)


def _refuse(given: bool, options: str, when: str) -> None:
    """Refuse options that do nothing here."""
    from retrieval import UsageError

    if given:
        raise UsageError(f"{options} ne valent que {when}.", fix="Voyez « maintelex eval --help ».")


def _search(
    folder: Path | None, index: Path | None, kb: Path | None, baselines: bool,
    report: Path | None, quiet: bool,
) -> Evaluation:  # fmt: skip
    """The evaluation of the search."""
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
        return judge(
            retriever,
            questions,
            progress,
            baselines=settings.kb if baselines else None,
            also=() if folder else read_questions(OTHER_HANDS),
        )


def _answers(
    sets: Sequence[str], index: Path | None, model: str | None, quiet: bool
) -> AnswersEvaluation:
    """The evaluation of the answers."""
    from evaluation.answers.run import evaluate_answers
    from evaluation.answers.sets import read_sets
    from interfaces.asking import open_assistant
    from interfaces.progress import shown
    from interfaces.settings import load_settings
    from retrieval import Retriever

    questions = read_sets(sets)
    settings = load_settings(index=index, model=model)
    retriever = Retriever.open(settings.served, encoder=settings.encoder)
    assistant = open_assistant(settings, retriever, model=bool(model))
    writer = getattr(assistant, "writer", None)
    with shown(quiet) as progress:
        return evaluate_answers(
            assistant, retriever, questions, progress, model=writer.model.label if writer else ""
        )


def _show_answers(found: AnswersEvaluation, as_json: bool, report: Path | None) -> None:
    """Print an evaluation of answers, and write its report."""
    from evaluation.answers.report import as_text, write_report
    from evaluation.answers.run import as_json as json_of

    click.echo(json.dumps(json_of(found), ensure_ascii=False) if as_json else as_text(found))
    if report is not None:
        for path in write_report(found, report):
            click.echo(f"Écrit : {path}", err=True)


def _hold_answers(found: AnswersEvaluation, least: float | None) -> None:
    """Exit with 3 when too few answers are right, or when one shows what the base doesn't hold."""
    if least is None:
        return
    right, foreign = found.summary.right, found.summary.shown.total
    told = f"{right:.3f}".replace(".", ",")
    if not right >= least:
        click.echo(f"Réponses justes {told} : sous le seuil de {least:g}.", err=True)
    if foreign:
        click.echo(f"Montré et absent de la base : {foreign}.", err=True)
    if foreign or not right >= least:
        raise SystemExit(BELOW)


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
