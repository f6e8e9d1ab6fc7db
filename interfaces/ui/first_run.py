"""The page before there is anything to answer from."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.markup import french, label
from retrieval.errors import AppError

_STEPS = """
<section class="ml-welcome"><h2>MainteLex n’est pas encore prêt</h2>
<p>La page fonctionne, mais l’index de la base de connaissances manque ou ne peut pas être lu.
La personne qui administre ce site le construit avec cette commande :</p>
</section>
"""


def first_run(error: AppError) -> None:
    """Say what is missing and which command makes it."""
    st.html(french(_STEPS))
    st.code("maintelex ingest", language="bash")
    st.caption("Rechargez ensuite la page. Message du programme :")
    st.warning(label(str(error)), icon=":material/build:")
