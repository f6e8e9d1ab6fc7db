"""A question set for the small base: enough of either sort to learn weights without a fold."""

from __future__ import annotations

import json
from pathlib import Path

ASKED = {
    "indemnite-resiliation": (
        "combien je paie si je pars avant le terme", "casser le contrat avant la fin, quelle indemnité",
        "on me réclame les mois restants",
    ),
    "sauvegarde-donnees": (
        "fichiers disparus, rien de sauvegardé", "qui paie le disque mort",
        "la sauvegarde a échoué et les données sont perdues",
    ),
    "augmentation-prix": (
        "ils augmentent le prix sans prévenir", "hausse de tarif de vingt pour cent",
        "peut-on refuser une révision du prix",
    ),
    "delai-intervention": (
        "le technicien n'est jamais venu", "trois jours sans serveur", "délai de quatre heures non tenu",
    ),
    "rupture-brutale": (
        "rupture sans préavis après dix ans", "mon client m'arrête du jour au lendemain",
        "combien de mois de préavis pour partir",
    ),
    "clause-limitative": (
        "plafond de responsabilité ridicule", "clause limitative valable ou pas",
        "il se cache derrière une exclusion",
    ),
    "convention-collective": (
        "quelle convention pour mes salariés", "sommes-nous Syntec", "code APE 62.02B quelle convention",
    ),
    "mots-de-passe": (
        "il garde les mots de passe", "récupérer les identifiants administrateur", "codes du serveur bloqués",
    ),
}  # fmt: skip
STYLES = ("lay-short", "sms", "lawyer")
FOREIGN = 24


def write_set(folder: Path) -> Path:
    """Write the set to a folder; gives the folder back."""
    rows: list[dict[str, object]] = []
    for topic, questions in ASKED.items():
        for style, question in zip(STYLES, questions, strict=True):
            rows.append(
                {"id": f"{topic}-{style}", "topic": topic, "style": style, "question": question}
            )
    rows.append(
        {"id": "c1", "clause": "prix", "also": ["resiliation"], "question": "clause sur le prix"}
    )
    rows += [
        {"id": f"f{n}", "expected": "decline", "kind": "cuisine", "question": f"recette de gâteau {n}"}
        for n in range(FOREIGN)
    ]  # fmt: skip
    return write_rows(folder, rows)


def write_rows(folder: Path, rows: list[dict[str, object]]) -> Path:
    """Write some lines as the only file of a folder; gives the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "set.jsonl").write_text(text + "\n", encoding="utf-8")
    return folder
