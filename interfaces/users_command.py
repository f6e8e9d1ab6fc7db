"""`maintelex users`: who may sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.desk import Accounts

_ROLES = click.Choice(["client", "lawyer", "admin"])
_GENERATE = click.option(
    "--generate", is_flag=True, help="Tirer un mot de passe au hasard, montré une seule fois."
)


@click.group()
def users() -> None:
    """Ouvre, ferme et montre les comptes (clients, juristes, administrateurs)."""


@users.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="Ce que le compte peut faire.")
@_GENERATE
def add(name: str, role: str, generate: bool) -> None:
    """Ouvre un compte ; le mot de passe est demandé."""
    with _accounts() as accounts:
        password = _password(generate)
        account = accounts.add(name, role, password)  # type: ignore[arg-type]
    click.echo(f"Compte « {account.name} » ouvert ({account.role}).", err=True)
    _show(password, generate)


@users.command()
@click.argument("name")
@_GENERATE
def reset(name: str, generate: bool) -> None:
    """Change un mot de passe, débloque le compte et ferme ses sessions."""
    with _accounts() as accounts:
        password = _password(generate)
        account = accounts.reset(name, password)
    click.echo(f"Mot de passe de « {account.name} » changé.", err=True)
    _show(password, generate)


@users.command()
@click.argument("name")
def disable(name: str) -> None:
    """Ferme un compte et ses sessions ; ce qu'il a fait reste."""
    with _accounts() as accounts:
        account = accounts.disable(name)
    click.echo(f"Compte « {account.name} » fermé. « users reset » le rouvre.", err=True)


@users.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="Le nouveau rôle.")
def role(name: str, role: str) -> None:
    """Change le rôle d'un compte et ferme ses sessions."""
    with _accounts() as accounts:
        account = accounts.set_role(name, role)  # type: ignore[arg-type]
    click.echo(f"Compte « {account.name} » : {account.role}.", err=True)


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par compte.")
def list_accounts(as_json: bool) -> None:
    """Montre les comptes, par nom."""
    from datetime import UTC, datetime

    from interfaces.cli import print_json

    with _accounts() as accounts:
        found = accounts.all()
    for account in found:
        locked = account.locked_until is not None and account.locked_until > datetime.now(UTC)
        state = "fermé" if account.disabled else "bloqué" if locked else "ouvert"
        if as_json:
            print_json({"name": account.name, "role": account.role, "state": state,
                        "created": account.created.isoformat()})  # fmt: skip
        else:
            click.echo(f"{account.name:32} {account.role:8} {state:8} {account.created:%d/%m/%Y}")
    if not found:
        click.echo(
            "Aucun compte. « maintelex users add NOM --role admin » ouvre le premier.", err=True
        )


@contextmanager
def _accounts() -> Iterator[Accounts]:
    """The accounts of the desk that the settings name."""
    from assistant.desk import Accounts
    from interfaces.desk_command import desk_store

    with desk_store() as store:
        yield Accounts(store)


def _password(generate: bool) -> str:
    """A password made up, or asked for twice on the terminal."""
    from assistant.desk import new_password

    if generate:
        return new_password()
    return str(click.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois"))


def _show(password: str, generated: bool) -> None:
    """Show a password that was made up; there is no other way to know it."""
    if generated:
        click.echo("Mot de passe, montré cette seule fois :", err=True)
        click.echo(password)
