"""What the assistant itself says, in the language of the question: the base says the rest."""

from __future__ import annotations

from assistant.answering.types import Language

DECLINED: dict[Language, str] = {
    "fr": (
        "Je ne peux pas répondre à cette question : elle sort de mon domaine, ou ma base n'en"
        " traite pas. Je réponds aux questions juridiques sur les contrats d'assistance et de"
        " maintenance informatiques : prestations, niveaux de service, prix, responsabilité,"
        " données, durée et fin du contrat. Un avocat ou un juriste du support peut vous répondre."
    ),
    "en": (
        "I cannot answer this question: it is outside my field, or my base does not cover it."
        " I answer legal questions on IT support and maintenance contracts under French law."
        " A lawyer can help you with it."
    ),
}
ABROAD: dict[Language, str] = {
    "fr": (
        "Je ne réponds qu'en droit français, et votre question porte sur un autre droit. Un avocat du"
        " pays concerné peut vous répondre."
    ),
    "en": (
        "I answer under French law only, and your question is about another law. A lawyer of that"
        " country can help you with it."
    ),
}
OFFERED: dict[Language, str] = {
    "fr": (
        "\n\nSi votre question porte bien sur un tel contrat, posez-la en une phrase simple, ou"
        " choisissez l'une des questions voisines."
    ),
    "en": (
        "\n\nIf your question is about such a contract, ask it in one plain sentence, or choose one"
        " of the neighbouring questions."
    ),
}
SUBJECT: dict[Language, str] = {
    "fr": (
        "Votre message nomme un sujet sans dire ce que vous voulez en savoir. Choisissez l'une des"
        " questions voisines, ou posez la vôtre en une phrase."
    ),
    "en": (
        "Your message names a subject without saying what you want to know about it. Choose one of"
        " the neighbouring questions, or ask yours in one sentence."
    ),
}
NOTED: dict[Language, str] = {
    "fr": "C'est noté : {facts}. Quelle est votre question ?",
    "en": "Noted: {facts}. What is your question?",
}
TITLES: dict[Language, dict[str, str]] = {
    "fr": {
        "reponse-courte": "Réponse courte",
        "explication": "Explication",
        "en-pratique": "En pratique",
        "limites": "Limites",
        "note": "Pourquoi cette clause",
        "clause": "Ce que prévoit le modèle : {name}",
        "own": "En pratique, si vous êtes le {side}",
        "other": "En pratique, du côté du {side}",
        "close": "À rapprocher : {name}",
        "named": "Les références que vous citez",
        "old": "Contrat antérieur à la réforme",
        "individual": "Le client est un particulier : règles particulières",
        "association": "Le client est une association ou un syndicat : règles particulières",
        "public": "Le client est un acheteur public : règles particulières",
    },
    "en": {
        "reponse-courte": "The reviewed answer (in French)",
        "explication": "Explanation (in French)",
        "en-pratique": "In practice (in French)",
        "limites": "Limits of this answer (in French)",
        "note": "Why this clause (in French)",
        "clause": "What the model contract says (in French): {name}",
        "own": "In practice, for the {side} (in French)",
        "other": "In practice, on the {side}'s side (in French)",
        "close": "A neighbouring question (in French): {name}",
        "named": "The references that you name (in French)",
        "old": "Contract older than the reform",
        "individual": "The client is a consumer: special rules (in French)",
        "association": "The client is an association: special rules (in French)",
        "public": "The client is a public buyer: special rules (in French)",
    },
}
SIDES: dict[Language, dict[str, str]] = {
    "fr": {"client": "client", "prestataire": "prestataire"},
    "en": {"client": "customer", "prestataire": "provider"},
}
TWO: dict[Language, str] = {
    "fr": "*Votre message pose deux questions : voici les deux réponses, chacune avec ses sources.*",
    "en": "*You ask two questions: here are both answers, each with its sources.*",
}
ANSWERED: dict[Language, str] = {
    "fr": "*À la question : {question}*",
    "en": "*To the question: {question}*",
}
CLOSE: dict[Language, str] = {
    "fr": "Votre question peut aussi se lire ainsi.",
    "en": "Your question can also be read this way.",
}
NEARLY: dict[Language, str] = {
    "fr": "*Deux sujets sont proches de votre question : celui-ci, et « {name} », traité plus bas.*",
    "en": "*Two subjects come close to your question: this one, and « {name} », told further down.*",
}
SEVERAL: dict[Language, str] = {
    "fr": (
        "*Plusieurs sujets sont proches de votre question : celui-ci ; « {name} », traité plus bas ;"
        " {others}, parmi les questions voisines.*"
    ),
    "en": (
        "*Several subjects come close to your question: this one; « {name} », told further down;"
        " {others}, among the neighbouring questions.*"
    ),
}
AND: dict[Language, str] = {"fr": " et ", "en": " and "}
MODEL_IN_FRENCH = "*The model contract is written in French; its clause follows as it stands.*"
EXCERPT: dict[Language, str] = {
    "fr": "*Extrait ; la clause compte {count} paragraphes.*",
    "en": "*Excerpt; the clause has {count} paragraphs.*",
}
OPTIONS: dict[Language, str] = {
    "fr": "*Rédaction avec les options par défaut du modèle ; d'autres options existent.*",
    "en": "*Drafted with the model's default options; others exist.*",
}
REASONS: dict[Language, dict[str, str]] = {
    "fr": {
        "foreign": "hors du champ de la base (probabilité d'une réponse : {chance})",
        "subject": "sujet nommé, sans question",
        "abroad": "question de droit étranger",
        "old": "contrat antérieur au 1er octobre 2016 : l'ancien droit est à vérifier",
        "nearest": "sujet incertain ; réponse la plus proche : « {title} »",
        "known": "question reconnue : « {title} »",
        "clause": "clause du modèle reconnue : « {title} »",
        "two": "deux questions reconnues : « {title} » et « {second} »",
        "edge": "question à la limite du domaine de la base",
        "reference": "référence reconnue : {title}",
        "noted": "fait noté",
        "greeting": "salutation",
        "talk": "propos sur l'assistant",
    },
    "en": {
        "foreign": "outside the base's field (probability of an answer: {chance})",
        "subject": "a subject named, without a question",
        "abroad": "a question of foreign law",
        "old": "contract older than 1 October 2016: the former law is to be checked",
        "nearest": "uncertain subject; nearest answer: « {title} »",
        "known": "question recognised: « {title} »",
        "clause": "clause of the model recognised: « {title} »",
        "two": "two questions recognised: « {title} » and « {second} »",
        "edge": "question at the edge of the base's field",
        "reference": "reference recognised: {title}",
        "noted": "fact noted",
        "greeting": "salutation",
        "talk": "about the assistant",
    },
}
