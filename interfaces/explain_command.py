"""`maintelex explain` and `maintelex answers`: answers that were kept, and how they came to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.provenance import Again, AnswerStore, Record
    from interfaces.settings import Settings

INDEX = click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")


@click.command()
@click.argument("answer_id")
@click.option("--no-again", is_flag=True, help="Ne pas refaire la réponse.")
@INDEX
def explain(answer_id: str, no_again: bool, index: Path | None) -> None:
    """Dit comment une réponse gardée a été faite, et la refait.

    « maintelex ask --keep "QUESTION" » garde une réponse et donne son identifiant.
    """
    from assistant.provenance import explain as explained
    from interfaces.settings import load_settings

    settings = load_settings(index=index)
    record = kept_answers(settings).get(answer_id)
    again, problem = (None, "") if no_again else _again(record, settings)
    click.echo(explained(record, again))
    if problem:
        click.echo(f"\nRéponse non refaite : {problem}", err=True)


@click.group()
def answers() -> None:
    """Montre ou efface les réponses gardées."""


@answers.command("list")
def list_answers() -> None:
    """Montre les réponses gardées, la dernière d'abord."""
    from interfaces.settings import load_settings

    for record in kept_answers(load_settings()).all():
        question = " ".join(record.answer.question.split())
        click.echo(f"{record.id}  {record.at:%Y-%m-%d %H:%M}  {question[:80]}")


@answers.command()
@click.argument("answer_id")
def delete(answer_id: str) -> None:
    """Efface une réponse gardée."""
    from assistant.provenance import AnswerStoreError
    from interfaces.settings import load_settings

    if not kept_answers(load_settings()).forget(answer_id):
        raise AnswerStoreError(
            f"Aucune réponse gardée ne porte l'identifiant {answer_id[:40]!r}.",
            fix="« maintelex answers list » donne celles qui sont gardées.",
        )
    click.echo(f"Réponse {answer_id} effacée.", err=True)


@answers.command()
@click.option(
    "--days", type=click.IntRange(0, 36_500), required=True,
    help="Âge en jours au-delà duquel une réponse est effacée ; 0 pour toutes.",
)  # fmt: skip
def purge(days: int) -> None:
    """Efface les réponses gardées depuis plus de tant de jours."""
    from datetime import UTC, datetime, timedelta

    from interfaces.settings import load_settings

    count = kept_answers(load_settings()).purge(datetime.now(UTC) - timedelta(days=days))
    click.echo(f"Réponses effacées : {count}.", err=True)


def kept_answers(settings: Settings) -> AnswerStore:
    """The answers kept in the data folder of the settings."""
    from assistant.provenance import AnswerStore
    from assistant.provenance.store import FILE

    return AnswerStore(settings.data / FILE)


def _again(record: Record, settings: Settings) -> tuple[Again | None, str]:
    """The answer made again; else why it cannot be."""
    from assistant.provenance import make_again
    from retrieval import AppError, Retriever

    try:
        retriever = Retriever.open(
            settings.served, encoder=settings.encoder, generation=record.trace.generation
        )
    except AppError as error:
        return None, str(error)
    try:
        return make_again(record, retriever), ""
    finally:
        retriever.close()
