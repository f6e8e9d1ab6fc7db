"""The page before there is anything to answer from."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.language import later, say
from interfaces.ui.markup import french, label
from retrieval.errors import AppError, SettingsError

_HEAD = '<section class="ml-welcome"><h2>{}</h2><p>{}</p></section>'
_TITLE = later("MainteLex n’est pas encore prêt")
_INDEX = later(
    "La page fonctionne, mais l’index de la base de connaissances manque ou ne peut pas être lu."
    " La personne qui administre ce site le construit avec cette commande :"
)
_SETTING = later(
    "La page fonctionne, mais un de ses réglages est à corriger. Message du programme :"
)
_OR = later("Un administrateur connecté le construit aussi depuis la page « Administration ».")
_THEN = later("Rechargez ensuite la page. Message du programme :")


def first_run(error: AppError) -> None:
    """Say what is wrong and, where an index is missing, which command makes it."""
    wrong_setting = isinstance(error, SettingsError)
    told = say(_SETTING) if wrong_setting else say(_INDEX)
    st.html(_HEAD.format(say(_TITLE), french(told)))
    if not wrong_setting:
        st.code("maintelex ingest", language="bash")
        st.caption(say(_OR))
        st.caption(say(_THEN))
    st.warning(label(str(error)), icon=":material/build:")
