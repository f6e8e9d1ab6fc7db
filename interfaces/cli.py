"""The `maintelex` command: results on standard output, everything else on standard error.

Exit codes: 0, 1 failure (or a part of the work failed), 2 usage, 3 below a threshold.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retrieval.errors import AppError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from ingest.build import Report
    from interfaces.settings import Settings
    from retrieval import Retriever

MAX_LINE = 1_000_000  # characters of one line of a batch


# Commands that live in files of their own, imported when they are called: `maintelex ask` starts
# without them. To add one, add its line here.
_ELSEWHERE = {
    "answers": "interfaces.explain_command:answers",
    "audit": "interfaces.audit_command:audit",
    "bench": "interfaces.bench_command:bench",
    "check": "interfaces.kb_command:check",
    "contract": "interfaces.contract_command:contract",
    "convention": "interfaces.convention_command:convention",
    "deadlines": "interfaces.deadlines_command:deadlines",
    "demo": "interfaces.demo_command:demo",
    "desk": "interfaces.desk_command:desk",
    "dossier": "interfaces.dossier_command:dossier",
    "eval": "interfaces.eval_command:evaluate",
    "explain": "interfaces.explain_command:explain",
    "fit": "interfaces.learn_command:fit",
    "impact": "interfaces.kb_command:impact",
    "kb": "interfaces.desk_command:kb",  # with what the desk adds
    "search": "interfaces.search_command:search",
    "train-encoder": "interfaces.learn_command:train_encoder",
    "train-words": "interfaces.learn_command:train_words",
    "watch": "interfaces.watch_command:watch",
    "users": "interfaces.users_command:users",
}


class _Group(click.Group):
    """Finds commands in other files; shows an AppError as a plain message, exits with its code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = _ELSEWHERE[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except AppError as error:
            click.echo(f"maintelex : {error.problem}", err=True)
            if error.fix:
                click.echo(f"  → {error.fix}", err=True)
            raise SystemExit(error.exit_code) from error
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(0) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maintelex", prog_name="maintelex")
def main() -> None:
    """MainteLex : réponses juridiques sourcées sur les contrats d'assistance informatique.

    Information juridique, non conseil. Chaque réponse cite ses sources.
    """


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par réponse.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8"),
    help="Fichier JSON Lines {id, question, conversation?, as_of?} ; - pour l'entrée standard.",
)
@click.option("--as-of", "as_of", metavar="AAAA-MM-JJ", help="Date du contrat.")
@click.option("--no-model", is_flag=True, help="Sans le modèle de langage des réglages.")
@click.option("--document", type=click.Path(path_type=Path), metavar="FICHIER",
              help="Votre contrat, PDF ou DOCX : ce qu'il dit, à côté de la loi.")  # fmt: skip
@click.option("--dossier", type=click.Path(path_type=Path), metavar="FICHIER",
              help="Écrit aussi la réponse et ses sources : .docx, .pdf ou .md.")  # fmt: skip
@click.option("--keep", is_flag=True, help="Garde la réponse, pour « maintelex explain ».")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def ask(question: str | None, as_json: bool, batch: Any, as_of: str | None, no_model: bool,
        document: Path | None, dossier: Path | None, keep: bool,
        index: Path | None) -> None:  # fmt: skip
    """Répond à une question."""
    from interfaces.answer_options import Options, answer_one
    from interfaces.asking import open_assistant
    from interfaces.batch import answer_batch, answer_object
    from interfaces.printed import print_answer

    if (question is None) == (batch is None):
        raise UsageError(
            "Donnez une question, ou --batch.", fix='Exemple : maintelex ask "Puis-je résilier ?"'
        )
    options = Options(document, dossier, keep)
    options.check(batch=batch is not None)
    settings, retriever = settings_of(index=index), open_retriever(index)
    assistant = open_assistant(settings, retriever, model=not no_model)
    if batch is not None:
        for row in answer_batch(assistant, lines(batch)):
            print_json(row)
        return
    asked = (str(question), date_of(as_of))
    answer, identifier = answer_one(*asked, options, assistant, retriever, settings)
    if as_json:
        print_json(answer_object(identifier, answer))
    else:
        print_answer(answer)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Recalculer tous les vecteurs.")
@click.option("--only", is_flag=True, help="Oublier les documents indexés avant ceux-ci.")
@click.option("--if-stale", is_flag=True, help="Ne rien faire si l'index est à jour.")
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
@click.option("--quiet", is_flag=True, help="Pas de barre de progression.")
def ingest(
    paths: tuple[Path, ...], rebuild: bool, only: bool, if_stale: bool,
    kb: Path | None, index: Path | None, quiet: bool,
) -> None:  # fmt: skip
    """Indexe la base de connaissances, et les documents ou dossiers donnés.

    PDF, DOCX, HTML, Markdown, texte, et codes de loi en Markdown (base LEGI). Les dossiers donnés
    auparavant sont relus : ce qui en a disparu quitte l'index. L'ancien index est servi jusqu'à
    la fin.
    """
    from ingest.build import Plan
    from ingest.types import Limits
    from interfaces.desk_command import base_of, send_back
    from interfaces.place import build_index, index_is_stale
    from interfaces.progress import shown

    settings = settings_of(kb=kb, index=index)
    limits = Limits(max_bytes=settings.max_file_mb * 1024 * 1024, max_pages=settings.max_pages)
    base = settings.kb if kb else base_of(settings)
    plan = Plan(base, settings.index, tuple(paths), settings.encoder, limits, rebuild, only)
    if if_stale and not index_is_stale(settings, plan):
        click.echo("Index à jour.", err=True)
        return
    with shown(quiet) as progress:
        report = build_index(settings, plan, progress)
    _print_report(report)
    for one in send_back(settings):
        click.echo(f"Réponse publiée à relire : {one.document}, {one.reason}.", err=True)
    if report.failures:
        raise SystemExit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def info(as_json: bool, index: Path | None) -> None:
    """Dit de quoi l'index est fait."""
    from dataclasses import asdict

    from interfaces.place import manifest

    made = asdict(manifest(settings_of(index=index)))
    if as_json:
        print_json(made)
        return
    for name, value in made.items():
        click.echo(f"{name:20} {value}")


@main.command()
@click.option("--port", type=int, help="Port de la page.")
@click.option("--host", help="Adresse où écouter.")
def serve(port: int | None, host: str | None) -> None:
    """Ouvre la page de discussion, l'index construit d'abord s'il manque."""
    import os

    from interfaces.place import is_missing
    from interfaces.ui.server import command

    settings = settings_of(port=port, host=host)
    if is_missing(settings):
        click.echo("Premier démarrage : construction de l'index…", err=True)
        click.get_current_context().invoke(ingest)
    click.echo(f"MainteLex : http://{settings.host}:{settings.port}", err=True)
    os.execv(sys.executable, command(settings.host, settings.port))


def settings_of(**overrides: Any) -> Settings:
    """The settings, with what the command line says."""
    from interfaces.settings import load_settings

    return load_settings(**overrides)


def open_retriever(index: Path | None) -> Retriever:
    """The retriever that the settings name."""
    from retrieval import Retriever

    settings = settings_of(index=index)
    return Retriever.open(settings.served, encoder=settings.encoder)


def date_of(text: object) -> date | None:
    """A date from the command line or a batch line."""
    from datetime import date

    if text is None or text == "":
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise UsageError(f"Date incorrecte : {text!r}.", fix="Écrivez AAAA-MM-JJ.") from error


def lines(batch: Any) -> Iterator[str]:
    """The lines of a batch, bounded."""
    while line := batch.readline(MAX_LINE):
        yield line


def print_json(row: Any) -> None:
    """One object a line, sent at once."""
    click.echo(json.dumps(row, ensure_ascii=False))


def _print_report(report: Report) -> None:
    """What a build did, and the files left out."""
    manifest = report.manifest
    click.echo(
        f"Index {manifest.generation} : {manifest.documents} documents, {manifest.passages} passages,"
        f" {manifest.wordings} formulations ({report.embedded} vecteurs calculés, {report.reused} repris)."
    )
    for failure in report.failures:
        click.echo(f"Laissé de côté — {failure.problem}\n  → {failure.fix}", err=True)
