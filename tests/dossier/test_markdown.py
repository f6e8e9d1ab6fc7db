"""The Markdown form and its hash."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from assistant.dossier import Dossier, hash_of, is_intact, to_markdown
from assistant.dossier.types import NOTICE
from tests.dossier.conftest import FEE


def test_it_says_everything(dossier: Dossier) -> None:
    """Questions, facts, answer, sources, versions, notice."""
    text = to_markdown(dossier)
    for words in (
        "# Dossier de réponse", "## Question\u00a01", "## Question\u00a02", "> Quid de l’indemnité",
        "- Le client est une association.", "Réponse 0123456789ab", "### Sources",
        "**C. civ., art.\u00a01231-5**", "citation vérifiée", "Relecture du dossier\u00a0: Cabinet Exemple",
        "Modèle de langage\u00a0: aucun", dossier.kb_hash, "MainteLex 0.1.0",
        "<https://www.legifrance.gouv.fr/", "non un conseil",
    ):  # fmt: skip
        assert words in text, words


def test_the_last_line_is_the_hash_of_what_comes_before(dossier: Dossier) -> None:
    """Anyone can take it again, with any tool."""
    text = to_markdown(dossier)
    before, last = text.rstrip("\n").rsplit("\n", 1)
    assert last.endswith(hashlib.sha256(before.encode()).hexdigest()) and last.endswith(
        hash_of(dossier)
    )


def test_one_letter_changed_is_found(dossier: Dossier) -> None:
    """A dossier is intact, or it is not."""
    text = to_markdown(dossier)
    assert is_intact(text)
    assert not is_intact(text.replace("association", "Association"))
    assert not is_intact(text + " ") and not is_intact("")


def test_the_same_dossier_has_the_same_hash_and_another_another(dossier: Dossier) -> None:
    """The hash is that of the content: the reviewer is part of it."""
    assert hash_of(dossier) == hash_of(replace(dossier))
    assert hash_of(dossier) != hash_of(replace(dossier, reviewer=""))


def test_a_question_cannot_pass_for_a_heading_or_a_link(dossier: Dossier) -> None:
    """What the user typed is escaped."""
    entry = replace(dossier.entries[0], question="# Titre [ici](https://a.fr) **gras** [3]")
    text = to_markdown(replace(dossier, entries=(entry,)))
    line = next(line for line in text.split("\n") if line.startswith("> "))
    assert line.startswith("> \\# Titre \\[ici\\](") and "\\*\\*gras" in line and "\\[3\\]" in line


def test_a_single_question_has_no_number(dossier: Dossier) -> None:
    """« Question », not « Question 1 »."""
    text = to_markdown(replace(dossier, entries=dossier.entries[:1]))
    assert "## Question\n" in text and "Questions" not in text


def test_the_notice_says_information_not_advice(dossier: Dossier) -> None:
    """It is the last thing before the hash."""
    assert "information juridique, non un conseil" in NOTICE
    assert to_markdown(dossier).rindex("Avertissement") > to_markdown(dossier).rindex("Sources")
    assert FEE
