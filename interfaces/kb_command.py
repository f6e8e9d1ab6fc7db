"""`maintelex check`, `impact` and `kb`: what is wrong in the knowledge base, and what it holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.impact import Dependent, Impact
    from ingest.readers.kb import KnowledgeBase

_KB = click.option(
    "--kb", "folder", type=click.Path(path_type=Path), help="Dossier de la base de connaissances."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")

_LABELS = {
    "questions": "Questions", "clauses": "Clauses", "annexes": "Annexes",
    "authorities": "Autorités", "confidence": "Confiance", "standing": "Portée des décisions",
    "wordings": "Formulations", "themes": "Questions par thème", "words": "Mots",
    "reading_score": "Lisibilité (Kandel-Moles) des réponses courtes",
    "sentence_words": "Mots par phrase des réponses courtes", "oldest_review": "Plus ancienne relecture",
    "statute": "textes", "decision": "décisions", "agreement": "conventions et règles",
    "question": "questions", "clause": "clauses", "out_of_scope": "à décliner",
    "high": "haute", "medium": "moyenne", "low": "faible",
}  # fmt: skip


@click.command()
@_KB
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="AAAA-MM-JJ",
    help="Jour où l'on juge les dates ; aujourd'hui sinon.",
)
def check(folder: Path | None, on: datetime | None) -> None:
    """Vérifie la base de connaissances : fichier, ligne, remède. Un avis n'est pas une erreur."""
    from ingest.check import check_kb
    from interfaces.settings import load_settings

    base = load_settings(kb=folder).kb
    findings = check_kb(base, on.date() if on else None)
    told = [str(finding) for finding in findings]
    policy = _policy_fault(base)
    for line in [*told, *policy]:
        click.echo(line)
    errors = sum(finding.level == "erreur" for finding in findings) + len(policy)
    count = f"{errors} erreur(s)" if errors else "Base de connaissances : aucune erreur"
    notices = len(told) + len(policy) - errors
    click.echo(f"{count}, {notices} avis.", err=True)
    if errors:
        raise SystemExit(1)


def _policy_fault(base: Path) -> list[str]:
    """What is wrong in the lawyers' policy, as a finding; nothing where there is no such file."""
    from assistant.desk import PolicyError, load_policy
    from assistant.desk.policy import FILE
    from ingest.readers.kb import read_kb

    if not (base / FILE).is_file():
        return []
    themes = {str(entry.head.get("theme")) for entry in read_kb(base).questions.values()}
    try:
        load_policy(base, themes)
    except PolicyError as error:
        return [f"{error.problem} → {error.fix}"]
    return []


@click.group()
def kb() -> None:
    """Interroge la base de connaissances."""


@kb.command()
@_JSON
@_KB
def stats(as_json: bool, folder: Path | None) -> None:
    """Compte ce que contient la base."""
    from ingest.stats import kb_stats

    counts = asdict(kb_stats(_base(folder)))
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, default=str))
        return
    never = counts.pop("never_cited")
    for key, value in counts.items():
        click.echo(_line(key, value))
    click.echo(f"Autorités jamais citées : {len(never)}" + "".join(f"\n  {name}" for name in never))


@click.command()
@click.argument("authority")
@_JSON
@_KB
def impact(authority: str, as_json: bool, folder: Path | None) -> None:
    """Liste ce qui dépend d'une autorité, à relire quand elle change."""
    from ingest.impact import impact_of

    found = impact_of(_base(folder), authority)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _print_impact(found)


kb.add_command(impact)


def _base(folder: Path | None) -> KnowledgeBase:
    """The base that the settings name."""
    from ingest.readers.kb import read_kb
    from interfaces.settings import load_settings

    return read_kb(load_settings(kb=folder).kb)


def _line(key: str, value: Any) -> str:
    """A count for a person, its parts on the same line."""
    if isinstance(value, dict):
        parts = ", ".join(f"{_LABELS.get(name, name)} {n}" for name, n in value.items())
        return f"{_LABELS[key]} : {sum(value.values())} ({parts})"
    return f"{_LABELS[key]} : {value}"


def _print_impact(found: Impact) -> None:
    """An impact for a person."""
    click.echo(f"{found.authority} — {found.citation}")
    for title, dependents in (
        ("Questions", found.questions), ("Clauses", found.clauses),
        ("Décisions", found.decisions), ("Autres autorités", found.authorities),
    ):  # fmt: skip
        click.echo(f"\n{title} : {len(dependents)}")
        for dependent in dependents:
            click.echo(f"  {_place(dependent)}  {dependent.title}")


def _place(dependent: Dependent) -> str:
    """The file and lines of a dependent."""
    return f"{dependent.path}:{','.join(map(str, dependent.lines))}"
