"""The page before there is anything to answer from."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.language import later, say
from interfaces.ui.markup import french, label
from retrieval.errors import (
    AppError,
    IndexCorruptError,
    IndexMismatchError,
    IndexMissingError,
    SettingsError,
)

_HEAD = '<section class="ml-welcome"><h2>{}</h2><p>{}</p></section>'
_TITLE = later("MainteLex n’est pas encore prêt")
_INDEX = later(
    "La page fonctionne, mais l’index de la base de connaissances manque ou ne peut pas être lu."
    " La personne qui administre ce site le construit avec cette commande :"
)
_SETTING = later(
    "La page fonctionne, mais un de ses réglages est à corriger. Message du programme :"
)
_NEEDED = later(
    "La page fonctionne, mais ce dont elle a besoin ne répond pas. Message du programme :"
)
_OR = later("Un administrateur connecté le construit aussi depuis la page « Administration ».")
_THEN = later("Rechargez ensuite la page.")
# What is wrong with an index, in words: the program's own message names folders of the machine.
_WRONG: dict[type[AppError], tuple[str, str]] = {
    IndexMissingError: (later("Aucun index n’a encore été construit."), "maintelex ingest"),
    IndexMismatchError: (
        later("L’index a été fait par une autre version de MainteLex, ou avec un autre encodeur."),
        "maintelex ingest --rebuild",
    ),
    IndexCorruptError: (
        later("Des fichiers de l’index manquent ou sont abîmés."),
        "maintelex ingest --rebuild",
    ),
}


def first_run(error: AppError) -> None:
    """Say what is wrong and, where the index is at fault, which command makes it."""
    wrong = _WRONG.get(type(error))
    if wrong is None:
        told = say(_SETTING) if isinstance(error, SettingsError) else say(_NEEDED)
        st.html(_HEAD.format(say(_TITLE), french(told)))
        st.warning(label(str(error)), icon=":material/build:")
        return
    told, command = wrong
    st.html(_HEAD.format(say(_TITLE), french(say(_INDEX))))
    st.code(command, language="bash")
    st.caption(say(_OR))
    st.caption(say(_THEN))
    st.warning(label(say(told)), icon=":material/build:")
