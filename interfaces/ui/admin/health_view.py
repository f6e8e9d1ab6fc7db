"""How the site is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.health import Check, disk, index, served_base
from interfaces.settings import Settings
from interfaces.ui.desk.retold import told_again
from interfaces.ui.language import later, say
from interfaces.ui.pages.pieces import badge, prose

if TYPE_CHECKING:
    from assistant.desk import Store

_STATES = {
    "good": (later("en ordre"), "low"),
    "wrong": (later("à voir"), "high"),
    "off": (later("sans objet"), "plain"),
}

TOLD = (  # by interfaces.health, which draws nothing
    later("{index} : {documents} documents, {passages} passages"),
    later("{size} Go libres"),
    later("L’index est celui de la base telle qu’elle est."),
    later("La base a changé depuis l’index."),
    later("Construisez-le de nouveau."),
    later("Libérez de la place : une indexation peut échouer."),
)


def health_view(settings: Settings, store: Store) -> None:
    """Draw the checks."""
    with st.spinner(say("Vérification…")):
        found = _checks(settings, store)
    rows = "".join(_row(name, check) for name, check in found.items())
    st.html(f'<dl class="ml-checks">{rows}</dl>')


def _checks(settings: Settings, store: Store) -> dict[str, Check]:
    """Each check, by its name."""
    from interfaces.ui.service import open_service

    return {
        say("Index"): index(lambda: open_service(settings).retriever),
        say("Base de connaissances"): served_base(settings),
        say("Bureau"): Check("good", store.place),
        say("Modèle de langage"): _model(settings),
        say("Disque"): disk(settings.data),
    }


def _model(settings: Settings) -> Check:
    """Whether a language model is set, and whether it is left aside after failures."""
    from assistant.answering.generate import GenerativeAssistant
    from interfaces.ui.service import open_service
    from retrieval.errors import AppError

    if not settings.model:
        return Check("off", say("Aucun : les réponses sont extraites de la base."))
    try:
        answers = open_service(settings).answers
    except AppError as error:
        return Check("wrong", error.problem, error.fix)
    state = answers.writer.model.breaker.state if isinstance(answers, GenerativeAssistant) else ""
    if state == "closed":
        return Check("good", say("Il est appelé."))
    told = say("Il est laissé de côté après plusieurs échecs : les réponses sont extraites.")
    return Check("wrong", told, say("Il sera essayé de nouveau ; vérifiez son adresse et sa clé."))


def _row(name: str, check: Check) -> str:
    """A check as HTML."""
    word, tone = _STATES[check.state]
    told = " ".join(told_again(text, TOLD) for text in (check.told, check.fix) if text)
    return f"<div><dt>{prose(name)} {badge(say(word), tone)}</dt><dd>{prose(told)}</dd></div>"
