"""`maintelex search`: passages for a question, with every filter of the retriever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from interfaces.cli import date_of, lines, open_retriever, print_json
from retrieval.errors import UsageError

if TYPE_CHECKING:
    from retrieval import Filters, Hit

_Command = TypeVar("_Command", bound=Callable[..., Any])
_AUDIENCES = ("client", "prestataire")


def _several(name: str, field: str, told: str) -> Callable[[_Command], _Command]:
    """An option that may come several times."""
    return click.option(name, field, multiple=True, help=f"{told} ; plusieurs fois possible.")


@click.command()
@click.argument("question", required=False)
@click.option("-k", default=8, show_default=True, help="Nombre de passages.")
@_several("--kind", "kinds", "Genre de passage")
@_several("--theme", "themes", "Thème")
@_several("--source", "sources", "« kb », ou nom d'un dossier ou fichier indexé")
@_several("--document", "documents", "Identifiant de document")
@_several("--clause", "clauses", "Clause du modèle, et les questions qui la citent")
@_several("--audience", "audiences", "Lecteur : client ou prestataire")
@click.option("--as-of", "as_of", metavar="AAAA-MM-JJ", help="Droit en vigueur ce jour-là.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par question.")
@click.option("--batch", type=click.File("r", encoding="utf-8"), help="JSON Lines {id, question}.")
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def search(question: str | None, k: int, as_of: str | None, as_json: bool, batch: Any,
           index: Path | None, **filtered: tuple[str, ...]) -> None:  # fmt: skip
    """Cherche des passages."""
    from interfaces.batch import batch_rows, hits_object

    if (question is None) == (batch is None):
        raise UsageError(
            "Donnez une question, ou --batch.", fix='Exemple : maintelex search "clause pénale"'
        )
    filters = _filters(filtered)
    retriever = open_retriever(index)
    rows = batch_rows(lines(batch)) if batch is not None else [{"id": "", "question": question}]
    for row in rows:
        text, day = str(row["question"]), date_of(row.get("as_of") or as_of)
        hits = retriever.search(text, k, filters=filters, as_of=day)
        if as_json or batch is not None:
            print_json(hits_object(str(row["id"]), text, hits, retriever.manifest.generation))
        else:
            _print_hits(hits)


def _filters(filtered: dict[str, tuple[str, ...]]) -> Filters:
    """The filters that the options ask for.

    Raises:
        UsageError: a kind or an audience that does not exist.
    """
    from retrieval import KINDS, Filters

    for name, field, known in (("Genre", "kinds", KINDS), ("Lecteur", "audiences", _AUDIENCES)):
        unknown = sorted(set(filtered[field]) - set(known))
        if unknown:
            raise UsageError(
                f"{name} inconnu : {', '.join(unknown)}.", fix=f"Choix : {', '.join(known)}."
            )
    return Filters(**{field: frozenset(values) for field, values in filtered.items()})


def _print_hits(hits: list[Hit]) -> None:
    """Hits for a person."""
    for hit in hits:
        first = hit.passage.text.split("\n", 1)[0]
        click.echo(f"{hit.rank:2}. {hit.score:6.2f}  {hit.passage.id}\n    {first[:110]}")
