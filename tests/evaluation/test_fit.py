"""The weights that are learnt."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.fit import fit, read_labelled
from retrieval import Retriever


def write_sets(folder: Path) -> None:
    """A small labelled set: questions of the base, a clause, questions to decline."""
    asked = [
        ("sauvegarde-donnees", "qui doit faire les sauvegardes du serveur"),
        ("convention-collective", "quelle convention collective pour une boîte de dépannage"),
        ("clause-limitative-responsabilite", "le plafond de responsabilité est-il valable"),
        ("signature-electronique", "signature électronique du contrat valable ou pas"),
    ] * 6
    rows = [{"topic": topic, "question": question} for topic, question in asked]
    rows += [
        {"expected": "decline", "question": f"recette de cuisine numéro {n}"} for n in range(24)
    ]
    rows += [{"clause": "objet", "question": "que dit la clause sur l'objet du contrat"}]
    text = "\n".join(json.dumps(row) for row in rows)
    (folder / "questions.jsonl").write_text(text, encoding="utf-8")


def test_weights_are_learnt_and_usable(kb_index: Path, tmp_path: Path) -> None:
    """The learnt weights are complete, none negative, and a retriever takes them."""
    write_sets(tmp_path)
    found = fit(Retriever.open(kb_index), read_labelled(tmp_path))
    assert min(found.weights["legs"].values()) >= 0
    assert 0 < found.weights["threshold"] < 1
    assert found.hit3 >= found.hit1 > 0.5
    assert found.lost <= 0.1
