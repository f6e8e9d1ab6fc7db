"""Electronic signature and formalities: what the base says, part by part, with its authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from interfaces.settings import Settings
from interfaces.ui.language import language, later, say
from interfaces.ui.pages.frame import ask_button, page

if TYPE_CHECKING:  # heavy to import
    from ingest.readers.kb import Entry, KnowledgeBase
    from interfaces.ui.pages.signature_html import Cited

LEAD = later(
    "Les niveaux de signature électronique, comment signer ce contrat, ce qu’il faut y joindre et garder."
)
SIGN, COPIES = "signature-electronique", "exemplaires-copies-conservation"
ANNEXES, POWER = "annexes-ordre-priorite", "pouvoir-signer-mandat-apparent"
SHORT, WHY, DOING = "Réponse courte", "Explication", "En pratique"
CUSTOMER, PROVIDER = "Si vous êtes le client", "Si vous êtes le prestataire"
# level, the lightest first -> when it is enough, and how the base begins the sentence that defines it
LEVELS = {
    later("Simple"): (
        later(
            "Peut suffire pour un contrat courant entre professionnels, si le dossier de preuve est solide."
        ),
        "La signature simple",
    ),
    later("Avancée"): (
        later("À préférer quand l’enjeu, la durée ou le risque de contestation augmentent."),
        "La signature avancée",
    ),
    later("Qualifiée"): (
        later(
            "À choisir pour n’avoir pas à prouver sa fiabilité : à qui la conteste de prouver le contraire."
        ),
        "La signature qualifiée",
    ),
}
# title of a part -> the question of the base, and the heading of its explanation
PARTS = (
    (later("Ce que vaut un écrit électronique"), SIGN, "La règle : papier et électronique ont la même force"),
    (later("Qui prouve, et avec quoi"), SIGN, "Qui prouve, et avec quoi : le dossier de preuve"),
    (
        later("Ce qui n’est pas une signature électronique"),
        SIGN,
        "Ce qui n'est pas, à soi seul, une signature électronique",
    ),
    (later("Combien d’exemplaires"), COPIES, "Combien d'originaux"),
    (later("Paraphes, dates, pages"), COPIES, "Paraphe, date, page changée"),
    (later("Combien de temps conserver"), COPIES, "Combien de temps conserver"),
)  # fmt: skip
ASKED = (SIGN, POWER, COPIES, ANNEXES, "devis-bon-de-commande-valeur", "modification-avenant")


def draw(settings: Settings) -> None:
    """Draw the levels, how to sign, what to join, then the details and the authorities."""
    from interfaces.ui.pages.pieces import empty
    from interfaces.ui.pages.resources import open_base
    from interfaces.ui.pages.signature_html import Cited

    with st.spinner(say("Ouverture de la base…")):
        base = open_base(settings.kb)
    cited = Cited(base, "signature")
    drawn = (_short(base, cited), _levels(base, cited), _signing(base, cited),
             _joining(base, cited), _details(base, cited))  # fmt: skip
    if not any(drawn):
        st.html(
            empty(say("La base n’a rien sur la signature"), say("Posez la question à l’assistant."))
        )
        return
    st.html("".join(drawn))
    st.html(f'<h2 class="ml-title-2">{say("Poser une question précise")}</h2>')
    for name in ASKED:
        if name in base.questions:
            ask_button(str(base.questions[name].head["question"]), f"ask-{name}")
    st.html(cited.references(say("Sources")))


def _short(base: KnowledgeBase, cited: Cited) -> str:
    """The short answer of the base; its English where the interface is English."""
    from interfaces.ui.pages.pieces import prose
    from interfaces.ui.pages.signature_html import section_of

    entry = base.questions.get(SIGN)
    if entry is None:
        return ""
    english = entry.head.get("reponse_courte_en")
    told = (
        f"<p>{prose(str(english))}</p>"
        if language() == "en" and english
        else f'<div lang="fr">{cited.html(section_of(entry, SHORT))}</div>'
    )
    return f'<div class="ml-result ml-prose">{told}</div>'


def _levels(base: KnowledgeBase, cited: Cited) -> str:
    """A card a level, the lightest first; the whole text where the base says it otherwise."""
    from interfaces.ui.pages.pieces import section
    from interfaces.ui.pages.signature_html import cards, part_of, sentence_on

    entry = base.questions.get(SIGN)
    text = part_of(entry, WHY, "Trois niveaux : simple, avancée, qualifiée") if entry else ""
    found = {level: sentence_on(text, begins) for level, (_, begins) in LEVELS.items()}
    if not all(found.values()):
        return section(say("Trois niveaux de signature"), cited.html(text))
    drawn = [_level(level, cited.html(_alone(told))) for level, told in found.items()]
    choice = f'<div lang="fr">{cited.html(text.split(chr(10) * 2)[-1])}</div>'
    return section(say("Trois niveaux de signature"), f'{cards(drawn)}<div class="ml-prose">{choice}</div>')  # fmt: skip


def _alone(told: str) -> str:
    """The sentence of a level, read first: the base defines the simple one after the advanced one."""
    return told.replace("ces garanties", "les garanties de la signature avancée")


def _level(level: str, told: str) -> str:
    """The card of a level: when it is enough, then what it is, as HTML."""
    from interfaces.ui.markup import french
    from interfaces.ui.pages.signature_html import card

    when = french(say(LEVELS[level][0]))
    return card(say(level), f'<p lang="{language()}"><strong>{when}</strong></p>{told}')


def _signing(base: KnowledgeBase, cited: Cited) -> str:
    """How to sign: each side's steps, and who may sign."""
    from interfaces.ui.pages.pieces import section
    from interfaces.ui.pages.signature_html import card, section_of

    power = base.questions.get(POWER)
    who = cited.html(section_of(power, SHORT)) if power else ""
    body = _sides(base.questions.get(SIGN), cited)
    return section(
        say("Signer ce contrat"), body + (card(say("Qui peut signer"), who) if who else "")
    )


def _joining(base: KnowledgeBase, cited: Cited) -> str:
    """What to join: the annexes, and each side's steps."""
    from interfaces.ui.pages.pieces import section
    from interfaces.ui.pages.signature_html import section_of

    entry = base.questions.get(ANNEXES)
    if entry is None:
        return ""
    short = f'<div class="ml-prose" lang="fr">{cited.html(section_of(entry, SHORT))}</div>'
    return section(say("Ce qu’il faut joindre"), short + _sides(entry, cited))


def _sides(entry: Entry | None, cited: Cited) -> str:
    """The practical steps of a question, a card for each side."""
    from interfaces.ui.pages.signature_html import card, cards, part_of

    if entry is None:
        return ""
    sides = ((say("Vous êtes le client"), CUSTOMER), (say("Vous êtes le prestataire"), PROVIDER))
    return cards(
        [card(title, cited.html(part_of(entry, DOING, heading))) for title, heading in sides]
    )


def _details(base: KnowledgeBase, cited: Cited) -> str:
    """The explanations, folded."""
    from interfaces.ui.pages.pieces import section
    from interfaces.ui.pages.signature_html import part_of

    drawn = []
    for title, name, heading in PARTS:
        text = part_of(base.questions[name], WHY, heading) if name in base.questions else ""
        if text:
            drawn.append(
                f'<details class="ml-source"><summary><span class="ml-reference">{say(title)}</span>'
                f'</summary><div class="ml-body ml-prose" lang="fr">{cited.html(text)}</div></details>'
            )
    return section(say("En détail"), "".join(drawn))


page(later("Signature électronique et formalités"), LEAD, draw)
