"""What a visitor sees first."""

from __future__ import annotations

from html import escape

import streamlit as st

from interfaces.ui.conversation import submit
from interfaces.ui.language import later, say
from interfaces.ui.markup import french, label

EXAMPLES = (
    later("Mon prestataire met trois jours à venir : que puis-je exiger ?"),
    later("Les mêmes pannes reviennent sans cesse : puis-je arrêter le contrat ?"),
    later("Le prestataire a perdu mes données : qui est responsable ?"),
    later("La clause qui limite sa responsabilité est-elle valable ?"),
    later("Il augmente ses prix sans mon accord : en a-t-il le droit ?"),
    later("Le loueur exige les loyers alors que la maintenance a cessé : que faire ?"),
)
_WELCOME = """
<section class="ml-welcome">
<h2>{}</h2>
<p>{}</p>
<dl>
<div><dt>{}</dt><dd>{}</dd></div>
<div><dt>{}</dt><dd>{}</dd></div>
</dl>
</section>
"""
_TEXTS = (
    later("Bonjour, quelle est votre question ?"),
    later(
        "MainteLex répond aux questions juridiques sur les contrats d’assistance et de maintenance"
        " informatiques, en droit français. Chaque affirmation renvoie à sa source : loi, décision"
        " ou clause."
    ),
    later("Ce que c’est"),
    later(
        "Un service automatique d’information juridique. Il cite ses sources et dit quand il ne"
        " sait pas."
    ),
    later("Ce que ce n’est pas"),
    later(
        "Ni un avocat, ni un conseil sur votre dossier. Avant d’agir, consultez un professionnel du"
        " droit."
    ),
)


def greeting() -> None:
    """Draw the welcome and the questions to start from."""
    st.html(_WELCOME.format(*(escape(french(say(text))) for text in _TEXTS)))
    st.html(f'<h3 class="ml-label">{escape(say("Pour commencer"))}</h3>')
    with st.container(key="examples"):
        for number, text in enumerate(EXAMPLES):
            question = say(text)
            st.button(label(question), key=f"example-{number}", on_click=submit, args=(question,),
                      width="stretch")  # fmt: skip
