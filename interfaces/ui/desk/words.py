"""The desk's words: states, urgencies, themes, ages, for people to read, in the visitor's language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from interfaces.ui.language import count, later, say

STATES = {
    "waiting": later("en attente"),
    "taken": later("prise"),
    "asked": later("précision demandée"),
    "approved": later("approuvée"),
    "refused": later("refusée"),
    "published": later("répondue"),
    "closed": later("close"),
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
_REFUSED = " Son motif : "
URGENCIES = {3: later("haute"), 2: later("normale"), 1: later("basse")}
ACTIONS = {
    "receive": later("reçue"),
    "urgent": later("urgence relevée"),
    "take": later("prise"),
    "put-back": later("remise dans la file"),
    "hand-over": later("passée à un collègue"),
    "edit": later("texte modifié"),
    "approve": later("approuvée"),
    "refuse": later("refusée"),
    "ask": later("précision demandée au client"),
    "reply": later("réponse du client"),
    "undo": later("action annulée"),
    "release": later("envoyée au client"),
    "return": later("revenue dans la file"),
}
RULES = {
    "marker": later("repère sans source"),
    "link": later("lien"),
    "leak": later("fuite"),
    "quote": later("citation inexacte"),
    "numbers": later("chiffre absent de la source"),
    "reference": later("référence absente"),
    "language": later("langue"),
    "unsupported": later("sans appui dans la source"),
    "role": later("rôles inversés"),
    "negation": later("négation"),
    "orphan": later("phrase orpheline"),
}
_THEMES = {
    "contrats-lies": later("Contrats liés"),
    "donnees-et-securite": later("Données et sécurité"),
    "duree-et-resiliation": later("Durée et résiliation"),
    "execution-obligations": later("Exécution et obligations"),
    "formation-et-information": later("Formation et information"),
    "modele-et-signature": later("Modèle et signature"),
    "niveaux-de-service": later("Niveaux de service"),
    "objet-et-perimetre": later("Objet et périmètre"),
    "preuve-et-litiges": later("Preuve et litiges"),
    "prix-et-paiement": later("Prix et paiement"),
    "propriete-intellectuelle": later("Propriété intellectuelle"),
    "responsabilite": later("Responsabilité"),
    "social-et-conventions": later("Social et conventions"),
    "sous-traitance-et-cession": later("Sous-traitance et cession"),
}
_STATUS = {
    "answered": later("répondue"),
    "needs_review": later("à confirmer"),
    "declined": later("sans réponse"),
    "validated": later("publiée"),
}
_HERE = "Europe/Paris"  # where the browser does not say


def theme_name(theme: str) -> str:
    """A theme of the base in words; « Sans thème » for none; its own words when it is not ours."""
    if theme in _THEMES:
        return say(_THEMES[theme])
    known = theme.replace("-", " ")
    return known[:1].upper() + known[1:] or say("Sans thème")


def status_name(status: str) -> str:
    """What the automatic answer was."""
    return say(_STATUS[status]) if status in _STATUS else status


def ago(moment: datetime, now: datetime | None = None) -> str:
    """How long ago something was: « il y a 3 h »."""
    minutes = int(((now or datetime.now(UTC)) - moment).total_seconds() // 60)
    if minutes < 1:
        return say("à l’instant")
    if minutes < 60:
        return say("il y a {n} min", n=minutes)
    if minutes < 48 * 60:
        return say("il y a {n} h", n=minutes // 60)
    return count(minutes // (24 * 60), "il y a {n} jour", "il y a {n} jours")


def followed_state(state: str | None, told: str) -> str:
    """What a customer is told of a question, in the visitor's language.

    Args:
        told: the same in French, with the lawyer's own words after it, which stay as they are.
    """
    known = _FOLLOWED.get(state or "", "")
    if not (known and told.startswith(known)):
        return told
    own = told[len(known) :]
    if own.startswith(_REFUSED):
        own = " " + say("Son motif : {why}", why=own.removeprefix(_REFUSED))
    return say(known) + own


def on_day(moment: datetime) -> str:
    """A day and a time where the reader is: « 24/11/2026 à 13:49 »."""
    there = moment.astimezone(_zone())
    return say("{date} à {time}", date=f"{there:%d/%m/%Y}", time=f"{there:%H:%M}")


def _zone() -> ZoneInfo:
    """The time zone of the browser, else that of Paris: what a browser says is not trusted."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    told = get_script_run_ctx(suppress_warning=True) and st.context.timezone
    try:
        return ZoneInfo(str(told or _HERE))
    except (ValueError, OSError, LookupError):  # no zone of that name, or no name at all
        return ZoneInfo(_HERE)


def slug(text: str) -> str:
    """An id for the base from a title: small letters and digits parted by dashes."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    found = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 2]
    return "-".join(found[:6])[:80]
