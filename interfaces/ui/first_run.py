"""The page before there is anything to answer from."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.markup import french, label
from retrieval.errors import AppError, SettingsError

_HEAD = '<section class="ml-welcome"><h2>MainteLex n’est pas encore prêt</h2><p>{}</p></section>'
_INDEX = (
    "La page fonctionne, mais l’index de la base de connaissances manque ou ne peut pas être lu."
    " La personne qui administre ce site le construit avec cette commande :"
)
_SETTING = "La page fonctionne, mais un de ses réglages est à corriger. Message du programme :"


def first_run(error: AppError) -> None:
    """Say what is wrong and, where an index is missing, which command makes it."""
    wrong_setting = isinstance(error, SettingsError)
    st.html(_HEAD.format(french(_SETTING if wrong_setting else _INDEX)))
    if not wrong_setting:
        st.code("maintelex ingest", language="bash")
        st.caption("Rechargez ensuite la page. Message du programme :")
    st.warning(label(str(error)), icon=":material/build:")
