"""`maintelex contract`: the model contract as a Word file or a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from assistant.contract import Draft, Model

FORMATS = ("docx", "pdf")


class _Group(click.Group):
    """Imports the audit when it is called only."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["audit"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "audit":
            return None
        from interfaces.contract_audit_command import audit

        return audit


@click.group(cls=_Group, invoke_without_command=True)
@click.pass_context
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="ID=VALEUR",
    help="Choisit une rédaction ; plusieurs fois possible.",
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="ID=VALEUR",
    help="Remplit un champ ; plusieurs fois possible.",
)
@click.option(
    "--fields",
    "fields_file",
    type=click.Path(path_type=Path),
    help="Fichier YAML « champ: valeur » ; --field l'emporte.",
)
@click.option("--notes/--no-notes", default=False, help="Imprime les notes de rédaction, en gris.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Par défaut : d'après -o, sinon docx."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Fichier à écrire ; contrat.docx ou contrat.pdf sinon.",
)
@click.option(
    "--list", "listing", is_flag=True, help="Montre les options, leurs valeurs et les champs."
)
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
def contract(context: click.Context, options: tuple[str, ...], fields: tuple[str, ...], fields_file: Path | None, notes: bool,
             form: str | None, output: Path | None, listing: bool, kb: Path | None) -> None:  # fmt: skip
    """Écrit le contrat d'assistance informatique, en Word ou en PDF ; « audit » en analyse un.

    Les champs laissés vides sont surlignés. Exemple :
    maintelex contract --option facturation=regie --field client_nom="Boulangerie Exemple" -o contrat.docx
    """
    if context.invoked_subcommand:
        return

    from assistant.contract import draft, load_model, save
    from interfaces.settings import load_settings

    model = load_model(load_settings(kb=kb).kb)
    values = _file_values(fields_file) | _pairs("--field", fields)
    made = draft(model, _pairs("--option", options), values)
    if listing:
        _print_list(model, made)
        return
    form, path = _target(form, output)
    save(_render(made, form, notes), path)
    click.echo(str(path))
    _report(made)


def _render(made: Draft, form: str, notes: bool) -> bytes:
    """The contract in the format asked."""
    from datetime import UTC, datetime

    from assistant.contract import to_docx, to_pdf

    now = datetime.now(UTC)
    if form == "docx":
        return to_docx(made, now, notes=notes)
    return to_pdf(made, lambda pages: to_docx(made, now, notes=notes, pages=pages))


def _target(form: str | None, output: Path | None) -> tuple[str, Path]:
    """The format and the file, each after the other when only one is given."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if form and suffix in FORMATS and suffix != form:
        raise UsageError(
            f"Le format {form} ne va pas avec le fichier {output}.",
            fix=f"Nommez le fichier en .{form}, ou retirez --format.",
        )
    form = form or (suffix if suffix in FORMATS else "docx")
    return form, output or Path(f"contrat.{form}")


def _pairs(name: str, texts: Iterable[str]) -> dict[str, str]:
    """ID=VALUE texts; the same id twice with two values is refused."""
    pairs: dict[str, str] = {}
    for text in texts:
        key, equal, value = text.partition("=")
        if not equal or not key.strip():
            raise UsageError(f"{name} mal écrit : {text!r}.", fix=f"Écrivez {name} ID=VALEUR.")
        if pairs.setdefault(key.strip(), value.strip()) != value.strip():
            raise UsageError(
                f"{name} {key.strip()} est donné deux fois, avec deux valeurs.",
                fix="Gardez une seule valeur.",
            )
    return pairs


def _file_values(path: Path | None) -> dict[str, str]:
    """The fields of a YAML file, every value read as text."""
    import yaml

    if path is None:
        return {}
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(
            f"Fichier de champs illisible : {path} ({error}).",
            fix="Donnez un fichier YAML en UTF-8, une ligne « champ: valeur » par champ.",
        ) from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise UsageError(
            f"{path} n'est pas une suite de lignes « champ: valeur ».",
            fix="Écrivez par exemple : client_nom: Boulangerie Exemple",
        )
    return {str(name): value for name, value in data.items()}


def _print_list(model: Model, made: Draft) -> None:
    """The options, their values and the fields that these options use."""
    click.echo("Options (--option ID=VALEUR) ; * marque la valeur choisie\n")
    for option in model.options:
        click.echo(f"{option.id} — {option.label}\n    {option.help}")
        for value in option.values:
            mark = "*" if made.choices[option.id] == value.id else " "
            default = " (par défaut)" if value.id == option.default else ""
            click.echo(f"  {mark} {value.id} : {value.label}{default}")
    click.echo("\nChamps de ces options (--field ID=VALEUR)\n")
    for field in made.used:
        need = "" if field.required else ", facultatif"
        click.echo(f"{field.id} — {field.label} (exemple : {field.example}{need})")
    used = {field.id for field in made.used}
    others = [field.id for field in model.fields if field.id not in used]
    click.echo("\nChamps sans objet avec ces options : " + (", ".join(others) or "aucun"))


def _report(made: Draft) -> None:
    """What remains to be filled, and what was filled for nothing."""
    if made.missing:
        click.echo(f"{len(made.missing)} champs à compléter, surlignés en jaune.", err=True)
    if made.unused:
        click.echo(f"Sans objet avec ces options : {', '.join(made.unused)}.", err=True)
