"""`maintelex dossier`, and the same for an answer that was just made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interfaces.explain_command import INDEX, kept_answers

if TYPE_CHECKING:
    from assistant.dossier import Exchange
    from retrieval import Retriever


@click.command()
@click.argument("answer_ids", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="Fichier à écrire : .docx, .pdf ou .md.",
)  # fmt: skip
@click.option("--reviewer", default="", metavar="NOM", help="Qui a relu le dossier.")
@INDEX
def dossier(answer_ids: tuple[str, ...], output: Path, reviewer: str, index: Path | None) -> None:
    """Réunit des réponses gardées en un dossier : questions, réponses, sources et preuves.

    « maintelex ask --keep "QUESTION" » garde une réponse ; « maintelex ask --dossier FICHIER
    "QUESTION" » écrit le dossier d'une réponse sans la garder.
    """
    from assistant.dossier import Exchange
    from assistant.dossier.write import check_format
    from interfaces.cli import open_retriever
    from interfaces.settings import load_settings

    check_format(output)
    store = kept_answers(load_settings(index=index))
    records = [store.get(identifier) for identifier in dict.fromkeys(answer_ids)]
    exchanges = [Exchange(record.answer, record.id) for record in records]
    write_dossier(exchanges, open_retriever(index), output, reviewer)


def write_dossier(
    exchanges: Sequence[Exchange], retriever: Retriever, output: Path, reviewer: str = ""
) -> None:
    """Write the dossier of some exchanges, made now, and say where."""
    from datetime import UTC, datetime

    from assistant.dossier import dossier_of, write
    from assistant.provenance.trace import software

    made = dossier_of(
        exchanges, retriever, datetime.now(UTC), software=software(), reviewer=reviewer
    )
    write(made, output)
    click.echo(f"Dossier écrit : {output}", err=True)
