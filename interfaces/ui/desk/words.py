"""The desk's words: states, urgencies, themes, ages, for people to read."""

from __future__ import annotations

import re
from datetime import UTC, datetime

STATES = {
    "waiting": "en attente",
    "taken": "prise",
    "asked": "précision demandée",
    "approved": "approuvée",
    "refused": "refusée",
    "published": "répondue",
    "closed": "close",
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
_STATUS = {"answered": "répondue", "needs_review": "à confirmer", "declined": "sans réponse"}


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


def on_day(moment: datetime) -> str:
    """A day and a time: « 24/11/2026 à 12:49 » (UTC)."""
    return f"{moment:%d/%m/%Y à %H:%M}"


def slug(text: str) -> str:
    """An id for the base from a title: small letters and digits parted by dashes."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    found = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 2]
    return "-".join(found[:6])[:80]
