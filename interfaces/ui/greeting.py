"""What a visitor sees first."""

from __future__ import annotations

import streamlit as st

from interfaces.ui.conversation import submit
from interfaces.ui.markup import french, label

EXAMPLES = (
    "Mon prestataire met trois jours à venir : que puis-je exiger ?",
    "Les mêmes pannes reviennent sans cesse : puis-je arrêter le contrat ?",
    "Le prestataire a perdu mes données : qui est responsable ?",
    "La clause qui limite sa responsabilité est-elle valable ?",
    "Il augmente ses prix sans mon accord : en a-t-il le droit ?",
    "Le loueur exige les loyers alors que la maintenance a cessé : que faire ?",
)
_WELCOME = """
<section class="ml-welcome">
<h2>Bonjour, quelle est votre question ?</h2>
<p>MainteLex répond aux questions juridiques sur les contrats d’assistance et de maintenance
informatiques, en droit français. Chaque affirmation renvoie à sa source : loi, décision ou clause.</p>
<dl>
<div><dt>Ce que c’est</dt><dd>Un service automatique d’information juridique. Il cite ses sources
et dit quand il ne sait pas.</dd></div>
<div><dt>Ce que ce n’est pas</dt><dd>Ni un avocat, ni un conseil sur votre dossier. Avant d’agir,
consultez un professionnel du droit.</dd></div>
</dl>
</section>
"""


def greeting() -> None:
    """Draw the welcome and the questions to start from."""
    st.html(french(_WELCOME))
    st.html('<h3 class="ml-label">Pour commencer</h3>')
    with st.container(key="examples"):
        for number, question in enumerate(EXAMPLES):
            key = f"example-{number}"
            st.button(label(question), key=key, on_click=submit, args=(question,), width="stretch")
