"""`maintelex watch`: changes of the law, freshness of the base, what was published lately."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.watch import Bulletin, Update

_KINDS = {"question": "Questions", "clause": "Clauses et annexes", "authority": "Autorités"}
_OVERDUE = 10  # pages named


@click.command()
@click.option("--rss", "feed", type=click.Path(path_type=Path), help="Flux RSS à écrire.")
@click.option("--site", default="http://localhost:8501/", help="Adresse du site, pour le flux.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ",
              help="Jour où l'on juge la fraîcheur ; aujourd'hui sinon.")  # fmt: skip
@click.option(
    "--latest", type=click.IntRange(0, 1_000), default=20, help="Pages publiées à donner."
)
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
def watch(feed: Path | None, site: str, on: datetime | None, latest: int, kb: Path | None) -> None:
    """Dit ce qui a changé dans le droit, ce que cela touche, et si la base est à jour."""
    from assistant.contract import save
    from assistant.watch import bulletin, rss
    from ingest.readers.kb import read_kb
    from interfaces.settings import load_settings

    base = read_kb(load_settings(kb=kb).kb)
    found = bulletin(base, on.date() if on else date.today(), latest=latest)
    if feed is None:
        _print(found)
        return
    save(rss(found, site, datetime.now(UTC)), feed)
    click.echo(str(feed))


def _print(found: Bulletin) -> None:
    """A bulletin for a person."""
    click.echo("Changements du droit")
    for update in found.updates:
        _print_update(update)
    click.echo(f"\nFraîcheur de la base au {found.on:%d/%m/%Y}")
    for fresh in found.freshness:
        oldest = f"{fresh.oldest:%d/%m/%Y}" if fresh.oldest else "jamais"
        click.echo(f"  {_KINDS[fresh.kind]} : {fresh.count}, plus ancienne relecture {oldest},"
                   f" {len(fresh.overdue)} à relire")  # fmt: skip
        for page in fresh.overdue[:_OVERDUE]:
            click.echo(f"    {page.title}")
    click.echo("\nPublié ou relu récemment")
    for item in found.published:
        click.echo(f"  {item.on:%d/%m/%Y}  {item.page.title}")


def _print_update(update: Update) -> None:
    """A change for a person."""
    from assistant.watch.feed import STATUS

    change = update.change
    when = f"{change.in_force_since:%d/%m/%Y}" if change.in_force_since else "sans date"
    click.echo(f"\n  {when}  {change.title} ({STATUS[change.status]})")
    click.echo(f"    {' '.join(change.what.split())}")
    click.echo(f"    Sources : {' ; '.join(page.title for page in update.authorities)}")
    touched = [page.title for page in (*update.questions, *update.clauses)]
    click.echo(f"    Touche : {' ; '.join(touched) or 'aucune page'}")
    if update.former:
        numbers = ", ".join(f"{old.former} ({old.code})" for old in update.former)
        click.echo(f"    Anciens articles : {numbers}")
    for page in update.to_read_again:
        click.echo(f"    À relire : {page.title}")
