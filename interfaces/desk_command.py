"""`maintelex desk`: the policy, and what is kept of people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interfaces.kb_command import kb

if TYPE_CHECKING:
    from assistant.desk import Person, Policy, Returned, Store
    from interfaces.settings import Settings

PUBLISHED = "published"  # in the folder of the data: what the desk adds to the base

_USER = click.option("--user", default="", metavar="NOM", help="Compte de la personne.")
_REFERENCE = click.option(
    "--reference", default="", metavar="ML-…", help="Référence d'une question posée sans compte."
)
_KB = click.option(
    "--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances."
)


@click.group()
def desk() -> None:
    """Vérifie la politique de relecture, et gère les données personnelles."""


@desk.command()
@_KB
def check(kb: Path | None) -> None:
    """Vérifie kb/desk/policy.yaml : ligne et remède."""
    policy = _policy(kb)
    click.echo(
        f"Politique de relecture : {len(policy.regles)} règles, sinon « {policy.sinon} » ;"
        f" conversations gardées {policy.conservation_jours} jours.",
        err=True,
    )


@desk.command()
@click.option("--dry-run", is_flag=True, help="Compter seulement.")
@_KB
def purge(dry_run: bool, kb: Path | None) -> None:
    """Efface les conversations plus anciennes que la durée de conservation de la politique."""
    from datetime import UTC, datetime

    from assistant.desk import Personal

    days = _policy(kb).conservation_jours
    with desk_store() as store:
        count = Personal(store).purge(days, datetime.now(UTC), dry_run=dry_run)
    done = "à effacer" if dry_run else "effacée(s)"
    click.echo(f"{count} conversation(s) sans activité depuis {days} jours {done}.", err=True)


@desk.command("return")
@click.option("--dry-run", is_flag=True, help="Dire seulement lesquelles.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
@_KB
def return_(dry_run: bool, index: Path | None, kb: Path | None) -> None:
    """Remet dans la file les réponses publiées à relire : texte changé, ou relecture ancienne.

    « maintelex ingest » le fait à la fin.
    """
    from interfaces.settings import load_settings

    sent = send_back(load_settings(kb=kb, index=index), dry_run=dry_run)
    for one in sent:
        click.echo(f"{one.reference or '—'}  {one.document.removeprefix('kb:')}  {one.reason}")
    done = "à remettre" if dry_run else "remise(s)"
    click.echo(f"{len(sent)} réponse(s) publiée(s) {done} dans la file.", err=True)


@desk.command()
@_USER
@_REFERENCE
def export(user: str, reference: str) -> None:
    """Donne en JSON tout ce qui est gardé d'une personne."""
    from assistant.desk import Personal

    with desk_store() as store:
        given = Personal(store).export(_person(user, reference))
    click.echo(json.dumps(given, ensure_ascii=False, indent=2))


@desk.command()
@_USER
@_REFERENCE
@click.confirmation_option(
    "--yes", prompt="Effacer pour toujours ce qui est gardé de cette personne ?"
)
def erase(user: str, reference: str) -> None:
    """Efface ce qui est gardé d'une personne ; son compte est fermé, sans nom.

    Les réponses validées et publiées restent : ce sont des textes de juristes.
    """
    from assistant.desk import Personal

    with desk_store() as store:
        count = Personal(store).erase(_person(user, reference))
    click.echo(f"{count} conversation(s) effacée(s).", err=True)


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_KB
def kb_export(folder: Path, kb: Path | None) -> None:
    """Écrit dans un dossier les questions que le bureau a publiées, pour les garder dans git."""
    from assistant.desk import Publications
    from interfaces.settings import load_settings

    with desk_store() as store:
        written = Publications(store, load_settings(kb=kb).kb).export(folder)
    for path in written:
        click.echo(str(path))
    click.echo(f"{len(written)} fichier(s) écrit(s).", err=True)


kb.add_command(kb_export)


@contextmanager
def desk_store(**overrides: Any) -> Iterator[Store]:
    """The desk that the settings name, open."""
    from assistant.desk import open_desk
    from interfaces.settings import load_settings

    settings = load_settings(**overrides)
    store = open_desk(settings.desk, settings.votes)
    try:
        yield store
    finally:
        store.close()


def base_of(settings: Settings) -> Path:
    """The folder to index: the base, with what the desk published over it when there is any.

    What is published is written anew from the desk, if there is one: its database is the record,
    and may be read by another machine than the one on which a lawyer published.
    """
    from assistant.desk import has_published, overlaid

    published = settings.data / PUBLISHED
    _write_anew(settings, published)
    if not has_published(published):
        return settings.kb
    return overlaid(settings.kb, published, settings.data / "base")


def send_back(settings: Settings, *, dry_run: bool = False) -> Sequence[Returned]:
    """Send the published answers that must be read again back to the queue; those that were.

    None where there is no desk, or nothing published.
    """
    if not _has_desk(settings):
        return ()
    from datetime import UTC, datetime

    from assistant.desk import Publications, load_policy, open_desk, return_stale
    from retrieval import Retriever

    store = open_desk(settings.desk)
    try:
        if not Publications(store, settings.kb).all():
            return ()
        retriever = Retriever.open(settings.served, encoder=settings.encoder)
        try:
            days = load_policy(settings.kb).relire_apres_jours
            return return_stale(store, retriever.passage, days, datetime.now(UTC), dry_run=dry_run)
        finally:
            retriever.close()
    finally:
        store.close()


def _write_anew(settings: Settings, published: Path) -> None:
    """Write what the desk has published into a folder, in the place of what was there."""
    if not _has_desk(settings):
        return
    from assistant.desk import Publications, open_desk

    store = open_desk(settings.desk)
    try:
        made = Publications(store, settings.kb)
        if made.all():  # else the folder may be all that is left of a desk
            made.export(published, anew=True)
    finally:
        store.close()


def _has_desk(settings: Settings) -> bool:
    """Whether there is a desk; asking makes none."""
    if isinstance(settings.desk, Path):
        return settings.desk.is_file()
    from assistant.desk import has_tables

    return has_tables(settings.desk)


def _policy(kb: Path | None) -> Policy:
    """The policy of the base that the settings name, its themes checked."""
    from assistant.desk import load_policy
    from ingest.readers.kb import read_kb
    from interfaces.settings import load_settings

    folder = load_settings(kb=kb).kb
    themes = {str(entry.head.get("theme")) for entry in read_kb(folder).questions.values()}
    return load_policy(folder, themes)


def _person(user: str, reference: str) -> Person:
    """The person whom the command line names."""
    from assistant.desk import Person
    from retrieval.errors import UsageError

    if bool(user) == bool(reference):
        raise UsageError(
            "Donnez --user ou --reference, l'un des deux.",
            fix="Exemple : maintelex desk export --user anne@exemple.fr",
        )
    return Person(user, reference)
