"""The desk's words: states, urgencies, themes, ages, for people to read."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from interfaces.ui.language import later, say

STATES = {
    "waiting": "en attente",
    "taken": "prise",
    "asked": "précision demandée",
    "approved": "approuvée",
    "refused": "refusée",
    "published": "répondue",
    "closed": "close",
}
# What the customer reads, as `assistant.desk.following` says it.
_FOLLOWED = {
    "waiting": later("Votre question attend un juriste."),
    "taken": later("Un juriste s'occupe de votre question."),
    "asked": later("Un juriste vous demande une précision : répondez-lui ci-dessous."),
    "approved": later("Un juriste termine sa réponse."),
    "refused": later("Un juriste termine sa réponse."),
    "published": later("Un juriste vous a répondu."),
    "closed": later("Un juriste a lu votre question et ne peut pas y répondre ici."),
}
URGENCIES = {3: "haute", 2: "normale", 1: "basse"}
ACTIONS = {
    "receive": "reçue",
    "urgent": "urgence relevée",
    "take": "prise",
    "put-back": "remise dans la file",
    "hand-over": "passée à un collègue",
    "edit": "texte modifié",
    "approve": "approuvée",
    "refuse": "refusée",
    "ask": "précision demandée au client",
    "reply": "réponse du client",
    "undo": "action annulée",
    "release": "envoyée au client",
    "return": "revenue dans la file",
}
RULES = {
    "marker": "repère sans source",
    "link": "lien",
    "leak": "fuite",
    "quote": "citation inexacte",
    "numbers": "chiffre absent de la source",
    "reference": "référence absente",
    "language": "langue",
    "unsupported": "sans appui dans la source",
    "role": "rôles inversés",
    "negation": "négation",
    "orphan": "phrase orpheline",
}
_ACCENTS = {
    "donnees": "données", "duree": "durée", "execution": "exécution", "modele": "modèle",
    "perimetre": "périmètre", "propriete": "propriété", "responsabilite": "responsabilité",
    "resiliation": "résiliation", "securite": "sécurité", "lies": "liés",
    "execution-obligations": "exécution et obligations",
    "sous-traitance-et-cession": "sous-traitance et cession",
}  # fmt: skip
_STATUS = {"answered": "répondue", "needs_review": "à confirmer", "declined": "sans réponse",
           "validated": "publiée"}  # fmt: skip


def theme_name(theme: str) -> str:
    """A theme of the base in words; « sans thème » for none."""
    if not theme:
        return "sans thème"
    known = _ACCENTS.get(theme) or " ".join(_ACCENTS.get(word, word) for word in theme.split("-"))
    return known[:1].upper() + known[1:]


def status_name(status: str) -> str:
    """What the automatic answer was."""
    return _STATUS.get(status, status)


def ago(moment: datetime, now: datetime | None = None) -> str:
    """How long ago something was: « il y a 3 h »."""
    minutes = int(((now or datetime.now(UTC)) - moment).total_seconds() // 60)
    if minutes < 1:
        return "à l’instant"
    if minutes < 60:
        return f"il y a {minutes} min"
    if minutes < 48 * 60:
        return f"il y a {minutes // 60} h"
    return f"il y a {minutes // (24 * 60)} jours"


def followed_state(state: str | None, told: str) -> str:
    """What a customer is told of a question, in the visitor's language.

    Args:
        told: the same in French, with the lawyer's own words after it, which stay as they are.
    """
    known = _FOLLOWED.get(state or "", "")
    return say(known) + told[len(known) :] if known and told.startswith(known) else told


def on_day(moment: datetime) -> str:
    """A day and a time: « 24/11/2026 à 12:49 » (UTC)."""
    return f"{moment:%d/%m/%Y à %H:%M}"


def slug(text: str) -> str:
    """An id for the base from a title: small letters and digits parted by dashes."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    found = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 2]
    return "-".join(found[:6])[:80]
