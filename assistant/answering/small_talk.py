"""What people say to an assistant beside questions of law: a greeting, thanks, "who are you?"."""

from __future__ import annotations

import re
from typing import Literal

from assistant.answering.types import Language
from retrieval.analysis import fold, normalise

Talk = Literal["greeting", "thanks", "bye", "who", "help", "unhappy"]
ABOUT: frozenset[Talk] = frozenset({"who", "help", "unhappy"})  # said of the assistant itself
READ = 120  # characters: whoever says more says something

_BYE = r"(?:au revoir|bonne (?:journee|soiree|continuation)|a bientot|bye|goodbye)"
_OPEN = r"(?:(?:bonjour|bonsoir|salut|slt|bjr|coucou|hello|hi|hey|ok|bon|oui|dis|et)[ ,!.]+)*"
_CLEAR = (
    r"(?:c est|tout est|that is|that s|it s) (?:tres |bien |plus |parfaitement |very )*"
    r"(?:clair|gentil|utile|parfait|note|bon|super|compris|clear|helpful|useful|great)"
)
_GOOD = rf"(?:super|parfait|genial|top|nickel|excellent|tres bien|d accord|bien recu|{_CLEAR})"
_THANKED = (
    rf"(?:beaucoup|bien|infiniment|encore|d avance|a (?:vous|toi|tous)|{_CLEAR}|{_BYE}|so much"
    r"|very much|a lot|(?:pour|de) (?:(?:tout|votre|ton|ta|vos|tes|l|la|cette|ces|les) ?){1,2}"
    r"(?: ?\w+){0,2}|for (?:your|the) (?:help|answer|time))"
)
_SAID: dict[Talk, re.Pattern[str]] = {
    "greeting": re.compile(
        rf"{_OPEN}(?:bonjour|bonsoir|salut|slt|bjr|coucou|hello|hi|hey)"
        r"(?: a (?:tous|vous)| tout le monde| there)?"
        r"(?: (?:comment )?(?:ca va|vas tu|allez vous|tu vas(?: bien)?|how are you))?"
        rf"|{_OPEN}(?:(?:comment )?(?:ca va|vas tu|allez vous)|how are you)"
    ),
    "thanks": re.compile(
        rf"{_OPEN}(?:{_GOOD}[ ,!.]*)?(?:(?:un )?(?:tres |tout )?(?:grand |gros |mille )?(?:merci|mercis"
        rf"|thanks|thank you|thx)(?: {_THANKED})*|{_GOOD})(?: {_BYE})?"
    ),
    "bye": re.compile(rf"{_OPEN}{_BYE}(?: {_BYE})?"),
    "who": re.compile(
        rf"{_OPEN}(?:(?:mais )?(?:qui|t|tu)(?: es|es| est) ?(?:tu|qui|vous)?|vous etes qui|qui etes vous"
        r"|(?:es tu|etes vous|tu es|vous etes|t es|est ce que (?:tu es|vous etes)) (?:vraiment )?(?:bien )?"
        r"(?:une? |le |la )?(?:vraie? )?(?:robots?|humaine?s?|ia|intelligence artificielle|machine|personne"
        r"|avocate?s?|juristes?|notaire|bot|chatgpt|programme)"
        r"|(?:je parle|je discute|suis je en train de parler) (?:a|avec) (?:une? |vous )?(?:vraie? )?"
        r"(?:robot|humaine?|ia|machine|personne|avocate?|juriste)|c est quoi maintelex|maintelex"
        r"|who are you|what are you|are you (?:an? )?(?:real )?(?:robot|human|ai|bot|lawyer|person))"
    ),
    "help": re.compile(
        rf"{_OPEN}(?:aidez? (?:moi|nous)|aide|au secours|help(?: me)?|(?:j ai )?besoin d (?:aide|un conseil)"
        r"|j ai (?:une question|un probleme|un souci|besoin d aide)|(?:que|qu est ce que|quoi) (?:sais tu|savez"
        r" vous|peux tu|pouvez vous|tu sais|tu peux|vous pouvez)(?: faire)?|comment (?:ca marche|tu marches"
        r"|vous fonctionnez|poser (?:une|ma) question)|par ou commencer|je ne sais pas (?:par ou commencer"
        r"|quoi (?:demander|dire))|what can you do|how does (?:it|this) work|i (?:have a question|need help))"
        r"(?: (?:svp|stp|s il (?:vous|te) plait|please))?"
    ),
    "unhappy": re.compile(
        rf"{_OPEN}(?:(?:(?:t|tu|vous|ton|ta|ce|c|cette|ca)(?: es| est| etes)?|es|you are|this is)"
        r"(?: (?:des?|un|une|bande|qu|vraiment|trop|tres|robot|truc|site|outil|bot|a))*"
        r" (?:nuls?|nulle|cons?|connards?|connasse|escrocs?|idiote?s?|debiles?|stupides?|inutiles?|merde"
        r"|useless|stupid|bad)(?: (?:comme|en|a) \w+){0,2}"
        r"|(?:la|ta|votre|cette|ces|vos|tes|your|the) (?:reponses?|answer)(?: (?:a|de|d|ma|la|question|hier))*"
        r" (?:est|sont|etait|etaient|is|was) (?:\w+ )?(?:faux|fausses?|nulles?|mauvaises?|incorrectes?|wrong)"
        r"|(?:ca|cela) ne? ?(?:repond|m aide|veut)? ?(?:repond|aide|marche)? ?(?:pas|rien)(?: dire)?"
        r"(?: (?:du tout|a ma question))?|ce n est pas (?:ma|la) question|(?:tu|vous) (?:n |ne )?(?:as|avez|"
        r"comprends|comprenez) (?:rien|pas)(?: compris)?|n importe quoi|c est faux|merde|va te faire \w+)"
    ),
}

REPLIES: dict[Language, dict[Talk, str]] = {
    "fr": {
        "greeting": (
            "Bonjour ! Je réponds aux questions juridiques sur les contrats d'assistance"
            " informatique, sources à l'appui. Quelle est votre question ?"
        ),
        "thanks": (
            "Avec plaisir. Je reste à votre disposition pour toute autre question sur votre contrat"
            " d'assistance ou de maintenance informatique."
        ),
        "bye": "Au revoir, et à bientôt.",
        "who": (
            "Je suis MainteLex, un assistant automatique : ni avocat, ni être humain. Je réponds aux"
            " questions juridiques sur les contrats d'assistance et de maintenance informatiques, en"
            " droit français, et chaque réponse cite ses sources. C'est une information juridique,"
            " non un conseil : pour votre dossier, adressez-vous à un avocat ou à un juriste."
        ),
        "help": (
            "Dites-moi en une ou deux phrases ce qui vous arrive. Par exemple : « Mon prestataire"
            " augmente ses prix, puis-je refuser ? », « Qui doit faire les sauvegardes ? » ou « Mon"
            " client ne paie plus, puis-je suspendre ? ». La date du contrat, et si vous êtes le"
            " client ou le prestataire, aident à répondre juste."
        ),
        "unhappy": (
            "Je suis désolé de ne pas vous avoir aidé. Reposez votre question en une phrase, avec ce"
            " que dit le contrat, sa date, et si vous êtes le client ou le prestataire. Si une réponse"
            " vous paraît fausse, faites-la vérifier par un avocat ou un juriste."
        ),
    },
    "en": {
        "greeting": (
            "Hello! I answer legal questions on IT support contracts under French law, with their"
            " sources. What is your question?"
        ),
        "thanks": (
            "You are welcome. I am here for any other question on your IT support or maintenance"
            " contract."
        ),
        "bye": "Goodbye.",
        "who": (
            "I am MainteLex, an automatic assistant: neither a lawyer nor a human being. I answer"
            " legal questions on IT support and maintenance contracts under French law, and every"
            " answer names its sources. This is legal information, not advice: for your own case,"
            " ask a lawyer."
        ),
        "help": (
            "Tell me in a sentence or two what happens. For instance: “My provider raises its"
            " prices, may I refuse?” or “Who must make the backups?”. The date of the contract, and"
            " whether you are the customer or the provider, help to answer well."
        ),
        "unhappy": (
            "I am sorry that I did not help. Ask again in one sentence, with what the contract says,"
            " its date, and whether you are the customer or the provider. If an answer seems wrong"
            " to you, have it checked by a lawyer."
        ),
    },
}


_ENGLISH = re.compile(
    r"\b(?:thanks?|thank|thx|hello|hi|hey|bye|goodbye|you|your|help me|what|how|this|answer)\b",
    re.I,
)


def language_of_talk(text: str) -> Language:
    """The language of a message that `small_talk` knows: it is too short to count its words."""
    return "en" if _ENGLISH.search(text) else "fr"


def small_talk(text: str) -> Talk | None:
    """What a message says beside the law; None when it says anything else.

    Args:
        text: a message; one longer than `READ` is not read.
    """
    if len(text) > READ:
        return None
    flat = re.sub(r"[^\w]+", " ", fold(normalise(text))).strip()
    return next((talk for talk, said in _SAID.items() if said.fullmatch(flat)), None)
