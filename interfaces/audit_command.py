"""`maintelex audit`: the record of who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.desk.audit import Head


@click.group()
def audit() -> None:
    """Vérifie et montre le journal des actions."""


@audit.command()
@click.option(
    "--noted",
    metavar="NUMÉRO:EMPREINTE",
    help="Entrée notée auparavant, qui doit y être encore : révèle un journal coupé.",
)
def verify(noted: str | None) -> None:
    """Recalcule la chaîne des empreintes ; dit la première entrée changée ou retirée.

    Notez la dernière entrée hors de la base (papier, courriel) : elle prouve plus tard que la fin
    n'a pas été coupée.
    """
    from assistant.desk import audit
    from interfaces.desk_command import desk_store

    with desk_store() as store, store.read() as connection:
        head = audit.verify(connection, _head(noted) if noted else None)
    click.echo(f"Journal intact : {head.number} entrées.", err=True)
    click.echo(f"{head.number}:{head.hash}")


@audit.command()
@click.option("--after", type=click.IntRange(0), default=0, help="Numéro après lequel commencer.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=1_000, show_default=True)
def show(after: int, limit: int) -> None:
    """Montre les entrées, un objet JSON par ligne."""
    from assistant.desk import audit
    from interfaces.cli import print_json
    from interfaces.desk_command import desk_store

    with desk_store() as store, store.read() as connection:
        for entry in audit.entries(connection, after=after, limit=limit):
            print_json(
                {
                    "number": entry.number,
                    "at": entry.at.isoformat(),
                    "actor": entry.actor,
                    "action": entry.action,
                    "subject": entry.subject,
                    "details": entry.details,
                    "hash": entry.hash,
                }
            )


def _head(noted: str) -> Head:
    """An entry from the command line."""
    from assistant.desk.audit import Head
    from retrieval.errors import UsageError

    number, _, digest = noted.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise UsageError(
            f"Entrée incorrecte : {noted[:80]!r}.",
            fix="Écrivez-la comme « audit verify » la donne.",
        )
    return Head(int(number), digest)
