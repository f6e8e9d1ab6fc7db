"""`maintelex demo`: a desk filled with invented questions, so that anyone can try it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retrieval.errors import UsageError

if TYPE_CHECKING:
    from assistant.answering import Answer, Assistant
    from assistant.desk import Actor, Received, Store
    from interfaces.settings import Settings

ACCOUNTS = (
    ("juriste", "lawyer"), ("juriste-2", "lawyer"), ("responsable", "admin"), ("client", "client"),
)  # fmt: skip
PLAIN, ASKED, BAD, OLD = "", "juriste demandé", "mal noté", "contrat ancien"
# Invented, of all kinds: well put, in a hurry, in English, outside the base; no name of anybody.
QUESTIONS = (
    ("Mon prestataire met trois jours à venir alors que le contrat dit quatre heures.", PLAIN),
    ("Les mêmes pannes reviennent sans cesse : puis-je arrêter le contrat ?", ASKED),
    ("Le prestataire a perdu nos sauvegardes : qui est responsable ?", BAD),
    ("La clause qui limite sa responsabilité est-elle valable ?", PLAIN),
    ("il augmente c prix de 12 % sans me demander il a le droit ?", BAD),
    ("Le loueur exige les loyers alors que la maintenance a cessé : que faire ?", ASKED),
    ("Mes techniciens relèvent-ils de Syntec ou du commerce ?", PLAIN),
    ("Quelle convention collective pour une boutique qui répare des ordinateurs ?", PLAIN),
    ("Notre contrat date de 2014 : peut-on encore invoquer l'imprévision ?", OLD),
    ("Contrat signé en 2012, reconduit chaque année : quel préavis ?", OLD),
    ("Can the provider raise its prices without my consent?", PLAIN),
    ("mon presta a disparu avec tous les mots de passe que faire", ASKED),
    ("Puis-je résilier avant la fin si je vends mon entreprise ?", ASKED),
    ("Le logiciel installé m'appartient-il ?", PLAIN),
    ("Qui paie si un sous-traitant casse notre serveur ?", BAD),
    ("Le prestataire peut-il couper l'accès tant que la facture n'est pas payée ?", BAD),
    ("Comment prouver que la panne vient de la mise à jour ?", PLAIN),
    ("Le contrat peut-il être reconduit tacitement ?", PLAIN),
    ("Une astreinte le dimanche doit-elle être payée en plus ?", PLAIN),
    ("Que doit contenir le procès-verbal d'intervention ?", PLAIN),
    ("Faut-il un accord sur les données personnelles avec le prestataire ?", PLAIN),
    ("Quel est le meilleur antivirus ?", PLAIN),
    ("Mon imprimante 3D peut-elle être assurée par le contrat du copieur du voisin ?", ASKED),
    ("Un devis signé par un stagiaire engage-t-il la société ?", ASKED),
    ("Quel tribunal pour une facture de dépannage contestée de 900 euros ?", PLAIN),
)
REFUSAL = "Cette question porte sur un choix de matériel : elle ne relève pas du droit."
FACT = "Quelle est la date de signature du contrat, et comment a-t-il été reconduit ?"


@click.command()
@click.option("--data", required=True, metavar="DOSSIER",
              type=click.Path(path_type=Path, file_okay=False),
              help="Dossier, vide ou nouveau, où ranger ce bureau d'essai.")  # fmt: skip
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
def demo(data: Path, index: Path | None) -> None:
    """Remplit un bureau d'essai de questions inventées, et dit comment s'y connecter."""
    from interfaces.settings import load_settings

    settings = load_settings(data=data, index=index, database_url="")
    if data.is_dir() and any(data.iterdir()):
        raise UsageError(
            f"Le dossier {data} n'est pas vide.",
            fix="Donnez un dossier neuf : la démonstration n'écrit jamais sur un vrai bureau.",
        )
    passwords = _fill(settings)
    click.echo("Bureau d'essai prêt. Comptes, mots de passe montrés cette seule fois :")
    for name, role in ACCOUNTS:
        click.echo(f"  {name:12} {passwords[name]}   ({role})")
    click.echo("\nOuvrez la page, puis l'adresse /bureau :")
    click.echo(f"  MAINTELEX_DATA={data} MAINTELEX_INDEX={settings.index} maintelex serve")


def _fill(settings: Settings) -> dict[str, str]:
    """Make the accounts, ask the questions, and do some of the lawyers' work; the passwords."""
    from datetime import UTC, datetime

    from assistant.answering import Assistant
    from assistant.desk import Accounts, new_password, open_desk
    from interfaces.demo_past import spread
    from retrieval import Retriever

    retriever = Retriever.open(settings.served, encoder=settings.encoder)
    store = open_desk(settings.desk)
    try:
        passwords = {name: new_password() for name, _ in ACCOUNTS}
        for name, role in ACCOUNTS:
            Accounts(store).add(name, role, passwords[name])  # type: ignore[arg-type]
        actors = {name: _signed_in(store, name, passwords[name]) for name in passwords}
        waiting = _ask_all(settings, store, Assistant(retriever), actors["client"])
        _review(store, actors["juriste"], waiting)
        spread(store, datetime.now(UTC))
    finally:
        store.close()
        retriever.close()
    return passwords


def _signed_in(store: Store, name: str, password: str) -> Actor:
    """An account at work; its session ends at once."""
    from assistant.desk import Sessions

    token = Sessions(store).sign_in(name, password)
    actor = Sessions(store).actor(token)
    Sessions(store).sign_out(token)
    return actor


def _ask_all(
    settings: Settings, store: Store, assistant: Assistant, client: Actor
) -> list[str]:  # fmt: skip
    """Ask every question, two thirds of them without account; the references that lawyers have."""
    from assistant.desk import Intake, anonymous, load_policy, new_token, theme_of

    intake = Intake(store, load_policy(settings.kb))
    references: list[str] = []
    with click.progressbar(list(enumerate(QUESTIONS)), label="Questions", file=sys.stderr) as bar:
        for place, (question, kind) in bar:
            actor = client if place % 3 == 0 else anonymous(new_token())
            answer = _answered(assistant, question, kind)
            theme = theme_of(answer, assistant.retriever.passage)
            received = intake.record(actor, answer, theme=theme)
            references += _after(intake, actor, received, kind)
    return references


def _answered(assistant: Assistant, question: str, kind: str) -> Answer:
    """The automatic answer to a question."""
    from datetime import date

    return assistant.answer(question, as_of=date(2014, 3, 1) if kind == OLD else None)


def _after(intake: Any, actor: Actor, received: Received, kind: str) -> list[str]:
    """Vote or ask for a lawyer, as the question wants; its reference, if a lawyer has it."""
    reference = received.reference
    if kind == BAD:
        told = "Elle ne répond pas à ma question"
        reference = intake.vote(actor, received.answer_id, helpful=False, reason=told) or reference
    elif kind == ASKED:
        reference = intake.ask_lawyer(actor, received.question_id)
    return [reference] if reference else []


def _review(store: Store, lawyer: Actor, references: list[str]) -> None:
    """Leave one item in each state: taken, approved, sent, refused, a fact asked for."""
    from assistant.desk import Queue, Reviews, Wanted

    queue, reviews = Queue(store, lawyer), Reviews(store, lawyer)

    def ask(item: int, version: int) -> int:
        return reviews.ask(item, version, FACT)

    def refuse(item: int, version: int) -> int:
        return reviews.refuse(item, version, REFUSAL)

    rows = [queue.page(Wanted(states=(), reference=one)).rows[0] for one in references]
    cited = [row for row in rows if queue.item(row.id).suggested.citations]
    bare = [row for row in rows if row not in cited]
    _take(reviews, cited[0])
    _take(reviews, cited[1], ask)
    _take(reviews, cited[2], reviews.approve)
    _take(reviews, cited[3], reviews.approve, reviews.release)
    for row in bare[:1]:
        _take(reviews, row, refuse, reviews.release)


def _take(reviews: Any, row: Any, *actions: Callable[[int, int], int]) -> None:
    """Take an item, and act on it."""
    version = reviews.take(row.id, row.version)
    for action in actions:
        version = action(row.id, version)
