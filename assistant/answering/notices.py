"""What the user is told of the model's part in an answer, in the language of the question."""

from __future__ import annotations

from typing import Literal

from assistant.answering.types import Language
from assistant.model import Kind

# Why an answer is not the model's: its own failures, and what is decided on what it wrote.
Why = Kind | Literal["unread", "unanswered", "unverified", "old_law", "language"]

_FALLBACK: dict[Language, str] = {
    "fr": "Cette réponse est celle de la base, telle que relue",
    "en": "This is the base's own answer, as reviewed",
}
_BECAUSE: dict[Language, dict[Why, str]] = {
    "fr": {
        "absent": "le modèle de langage n'est pas joignable",
        "timeout": "le modèle de langage n'a pas répondu à temps",
        "refused": "le modèle de langage a refusé de répondre",
        "overloaded": "le modèle de langage est surchargé ou en panne",
        "garbage": "le modèle de langage a rendu une réponse inutilisable",
        "too_long": "le modèle de langage a rendu une réponse trop longue",
        "open_circuit": "le modèle de langage est laissé de côté après des échecs répétés",
        "unread": "le modèle de langage n'a vu aucun texte qui réponde ; faites-la confirmer",
        "unanswered": "le modèle de langage n'a pas trouvé la réponse dans les textes ;"
        " faites-la confirmer",
        "unverified": "le texte du modèle de langage n'a pas passé la vérification des sources",
        "language": "un texte en anglais ne peut être comparé à des sources en français",
        "old_law": "sous l'ancien droit, le modèle de langage n'est pas consulté",
    },
    "en": {
        "absent": "the language model cannot be reached",
        "timeout": "the language model did not answer in time",
        "refused": "the language model refused to answer",
        "overloaded": "the language model is overloaded or down",
        "garbage": "the language model gave an unusable answer",
        "too_long": "the language model gave too long an answer",
        "open_circuit": "the language model is left aside after repeated failures",
        "unread": "the language model saw no text that answers; have it confirmed",
        "unanswered": "the language model did not find the answer in the texts; have it confirmed",
        "unverified": "the language model's text did not pass the check of its sources",
        "language": "a text in English cannot be checked against sources in French",
        "old_law": "under the former law, the language model is not asked",
    },
}


def fallback_notice(why: Why, language: Language) -> str:
    """That the answer is the base's own, and why."""
    colon = " : " if language == "fr" else ": "
    return f"{_FALLBACK[language]}{colon}{_BECAUSE[language][why]}."


def written_notice(model: str, removed: int, language: Language) -> str:
    """That a model wrote the answer, and what was taken out of it.

    Regulation (EU) 2024/1689, art. 50, asks that generated text be told as such.
    """
    if language == "en":
        taken = f" {removed} unsupported sentence(s) were removed." if removed else ""
        return (
            f"Written by a language model ({model}) from the texts cited; every sentence was"
            f" checked against its source.{taken}"
        )
    taken = f" Phrases retirées faute de source : {removed}." if removed else ""
    return (
        f"Rédigé par un modèle de langage ({model}) à partir des textes cités ; chaque phrase a"
        f" été comparée à sa source.{taken}"
    )
