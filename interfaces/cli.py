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

    from assistant.answering import Answer, Assistant
    from ingest.build import Report
    from interfaces.settings import Settings
    from retrieval import Hit, Retriever

MAX_LINE = 1_000_000  # characters of one line of a batch


# Commands that live in files of their own, imported when they are called: `maintelex ask` starts
# without them. To add one, add its line here.
_ELSEWHERE = {
    "check": "interfaces.kb_command:check",
    "contract": "interfaces.contract_command:contract",
    "convention": "interfaces.convention_command:convention",
    "fit": "interfaces.learn_command:fit",
    "impact": "interfaces.kb_command:impact",
    "kb": "interfaces.kb_command:kb",
    "train-encoder": "interfaces.learn_command:train_encoder",
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
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def ask(
    question: str | None, as_json: bool, batch: Any, as_of: str | None, index: Path | None
) -> None:
    """Répond à une question."""
    from interfaces.batch import answer_batch, answer_object

    if (question is None) == (batch is None):
        raise UsageError(
            "Donnez une question, ou --batch.", fix='Exemple : maintelex ask "Puis-je résilier ?"'
        )
    assistant = _assistant(index)
    if batch is not None:
        for row in answer_batch(assistant, _lines(batch)):
            _print_json(row)
        return
    answer = assistant.answer(str(question), as_of=_date(as_of))
    if as_json:
        _print_json(answer_object("", answer))
    else:
        _print_answer(answer)


@main.command()
@click.argument("question", required=False)
@click.option("-k", default=8, show_default=True, help="Nombre de passages.")
@click.option("--kind", "kinds", multiple=True, help="Genre de passage ; plusieurs fois possible.")
@click.option("--theme", "themes", multiple=True, help="Thème ; plusieurs fois possible.")
@click.option("--as-of", "as_of", metavar="AAAA-MM-JJ", help="Droit en vigueur ce jour-là.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par question.")
@click.option("--batch", type=click.File("r", encoding="utf-8"), help="JSON Lines {id, question}.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def search(question: str | None, k: int, kinds: tuple[str, ...], themes: tuple[str, ...],
           as_of: str | None, as_json: bool, batch: Any, index: Path | None) -> None:  # fmt: skip
    """Cherche des passages."""
    from interfaces.batch import batch_rows, hits_object
    from retrieval import Filters
    from retrieval.types import KINDS

    if (question is None) == (batch is None):
        raise UsageError(
            "Donnez une question, ou --batch.", fix='Exemple : maintelex search "clause pénale"'
        )
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise UsageError(
            f"Genre inconnu : {', '.join(unknown)}.", fix="Genres : " + ", ".join(KINDS) + "."
        )
    retriever = _retriever(index)
    filters = Filters(kinds=frozenset(kinds), themes=frozenset(themes))
    rows = batch_rows(_lines(batch)) if batch is not None else [{"id": "", "question": question}]
    for row in rows:
        text = str(row["question"])
        hits = retriever.search(text, k, filters=filters, as_of=_date(row.get("as_of") or as_of))
        if as_json or batch is not None:
            _print_json(hits_object(str(row["id"]), text, hits, retriever.manifest.generation))
        else:
            _print_hits(hits)


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

    PDF, DOCX, HTML, Markdown et texte. Les dossiers donnés auparavant sont relus : ce qui en a
    disparu quitte l'index. L'ancien index est servi jusqu'à la fin.
    """
    from ingest.build import Plan, build, is_stale
    from ingest.types import Limits
    from interfaces.progress import shown

    settings = settings_of(kb=kb, index=index)
    limits = Limits(max_bytes=settings.max_file_mb * 1024 * 1024, max_pages=settings.max_pages)
    plan = Plan(settings.kb, settings.index, tuple(paths), settings.encoder, limits, rebuild, only)
    if if_stale and not is_stale(plan):
        click.echo("Index à jour.", err=True)
        return
    with shown(quiet) as progress:
        report = build(plan, progress)
    _print_report(report)
    if report.failures:
        raise SystemExit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def info(as_json: bool, index: Path | None) -> None:
    """Dit de quoi l'index est fait."""
    from dataclasses import asdict

    from retrieval.generation import current, read_manifest

    manifest = asdict(read_manifest(current(settings_of(index=index).index)))
    if as_json:
        _print_json(manifest)
        return
    for name, value in manifest.items():
        click.echo(f"{name:20} {value}")


@main.command()
@click.option("--port", type=int, help="Port de la page.")
@click.option("--host", help="Adresse où écouter.")
def serve(port: int | None, host: str | None) -> None:
    """Ouvre la page de discussion, l'index construit d'abord s'il manque."""
    import os

    from interfaces.settings import ROOT

    settings = settings_of(port=port, host=host)
    if not (settings.index / "CURRENT").is_file():
        click.echo("Premier démarrage : construction de l'index…", err=True)
        click.get_current_context().invoke(ingest)
    click.echo(f"MainteLex : http://{settings.host}:{settings.port}", err=True)
    os.execv(sys.executable, [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
        "--server.port", str(settings.port), "--server.address", settings.host,
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ])  # fmt: skip


def settings_of(**overrides: Any) -> Settings:
    """The settings, with what the command line says."""
    from interfaces.settings import load_settings

    return load_settings(**overrides)


def _retriever(index: Path | None) -> Retriever:
    """The retriever that the settings name."""
    from retrieval import Retriever

    settings = settings_of(index=index)
    return Retriever.open(settings.index, encoder=settings.encoder)


def _assistant(index: Path | None) -> Assistant:
    """The assistant over that retriever."""
    from assistant.answering import Assistant

    return Assistant(_retriever(index))


def _date(text: object) -> date | None:
    """A date from the command line or a batch line."""
    from datetime import date

    if text is None or text == "":
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise UsageError(f"Date incorrecte : {text!r}.", fix="Écrivez AAAA-MM-JJ.") from error


def _lines(batch: Any) -> Iterator[str]:
    """The lines of a batch, bounded."""
    while line := batch.readline(MAX_LINE):
        yield line


def _print_json(row: Any) -> None:
    """One object a line, sent at once."""
    click.echo(json.dumps(row, ensure_ascii=False))


def _print_answer(answer: Answer) -> None:
    """An answer for a person."""
    click.echo(answer.text)
    if answer.citations:
        click.echo("\nSources")
    for citation in answer.citations:
        click.echo(
            f"[{citation.n}] {citation.reference}" + (f" — {citation.url}" if citation.url else "")
        )
    if answer.status == "needs_review":
        click.echo(f"\nÀ confirmer par un juriste ({answer.reason}).")
    if answer.alternatives:
        click.echo("\nQuestions voisines")
    for alternative in answer.alternatives:
        click.echo(f"- {alternative.question}")
    click.echo("\nRéponse automatique : information juridique, non conseil.")


def _print_hits(hits: list[Hit]) -> None:
    """Hits for a person."""
    for hit in hits:
        first = hit.passage.text.split("\n", 1)[0]
        click.echo(f"{hit.rank:2}. {hit.score:6.2f}  {hit.passage.id}\n    {first[:110]}")


def _print_report(report: Report) -> None:
    """What a build did, and the files left out."""
    manifest = report.manifest
    click.echo(
        f"Index {manifest.generation} : {manifest.documents} documents, {manifest.passages} passages,"
        f" {manifest.wordings} formulations ({report.embedded} vecteurs calculés, {report.reused} repris)."
    )
    for failure in report.failures:
        click.echo(f"Laissé de côté — {failure.problem}\n  → {failure.fix}", err=True)
