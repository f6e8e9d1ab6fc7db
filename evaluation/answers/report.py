"""An evaluation of answers as text, Markdown, JSON and one HTML page."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.answers.run import AnswersEvaluation, as_json
from evaluation.answers.tables import tables
from evaluation.report import markdown_of, page_of, text_table, write_files

TITLE = "MainteLex : évaluation des réponses"
_LIMITS = (
    " Pas de validation croisée ici : les poids livrés ont été appris sur les jeux de développement, et les"
    " réponses réglées dessus ; sur eux ces chiffres sont flatteurs. « maintelex eval » donne la recherche"
    " en validation croisée."
)


def introduction(found: AnswersEvaluation) -> str:
    """What was judged, and how far the figures go."""
    wrote = f"avec le modèle de langage {found.model}" if found.model else "sans modèle de langage"
    return (
        f"Index {found.index}, encodeur {found.encoder}, {wrote} : {found.answered} questions auxquelles"
        f" la base doit répondre, {found.foreign} à décliner.{_LIMITS}"
    )


def as_text(found: AnswersEvaluation) -> str:
    """The tables for a terminal; the long ones are left to the report."""
    parts = [introduction(found)]
    parts += [text_table(table) for table in tables(found) if not table.long]
    if count := len(found.summary.missed):
        s = "s" * (count > 1)
        parts.append(f"{count} réponse{s} à revoir : --report ou --json les donne{'nt' * bool(s)}.")
    return "\n\n".join(parts)


def write_report(found: AnswersEvaluation, folder: Path) -> list[Path]:
    """Write answers.json, answers.md and answers.html to a folder, made when it is missing.

    Raises:
        AppError: the folder cannot be written to.
    """
    shown, opening = tables(found), introduction(found)
    return write_files(
        folder,
        {
            "answers.json": json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n",
            "answers.md": markdown_of(TITLE, opening, shown),
            "answers.html": page_of(TITLE, opening, shown),
        },
    )
