"""What the services say in French, stored or raised, told again in the visitor's language.

The services know no language: their sentences are recognised here by their shape, `{name}` standing for
whatever they fill in, and said again. One that has no shape here stays in French.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from interfaces.ui.desk.words import theme_name
from interfaces.ui.language import language, later, number, say
from retrieval.errors import AppError

__all__ = ["REASONS", "REFUSALS", "WORDS", "reason_told", "retold", "told_again"]

_LONGEST = 4_000  # characters of a text that is recognised
_THEMES, _SHARE, _SIZE = "themes", "share", "size"  # fields: ids of themes, « 60% », « 1,5 »

# Why a question is in the queue, and why its automatic answer is what it is.
REASONS = (
    later("le client demande un juriste"),
    later("aucune règle particulière"),
    later("sans réponse"),
    later("réponse à confirmer"),
    later("répondue"),
    later("thème {themes}"),
    later("confiance sous {share}"),
    later("document du client"),
    later("sans document du client"),
    later("vote négatif"),
    later("contrat antérieur au {date}"),
    later("à relire : publiée le {date}"),
    later("à relire : source changée ou disparue ({sources})"),
    later("publiée le {date}"),
    later("hors du champ de la base (probabilité d'une réponse : {chance})"),
    later("question de droit étranger"),
    later("contrat antérieur au 1er octobre 2016 : l'ancien droit est à vérifier"),
    later("sujet incertain"),
    later("réponse la plus proche : « {title} »"),
    later("question reconnue : « {title} »"),
    later("clause du modèle reconnue : « {title} »"),
    later("deux questions reconnues : « {title} » et « {second} »"),
    later("question à la limite du domaine de la base"),
    later("référence reconnue : {title}"),
    later("sujet nommé, sans question"),
    later("fait noté"),
    later("salutation"),
    later("propos sur l'assistant"),
    later("une partie de la réponse n'a pas passé la vérification de ses sources"),
)
# What the services refuse, and what they advise.
REFUSALS = (
    later("Vous n'êtes pas connecté."),
    later("Connectez-vous, puis recommencez."),
    later("Connectez-vous de nouveau."),
    later("Votre compte n'a plus ce rôle."),
    later("Votre session est terminée."),
    later("Demandez à un administrateur."),
    later("Ce compte est fermé."),
    later("Nom ou mot de passe incorrect, ou compte bloqué."),
    later("Vérifiez-les. Après {n} échecs, le compte se bloque un quart d'heure."),
    later("Le fournisseur d'identité n'a pas dit qui se connecte."),
    later("Cette action est réservée aux {roles} ; votre compte est {role}."),
    later("La question {number} n'est plus dans la file."),
    later("Revenez à la file."),
    later("Rechargez-la."),
    later("Rechargez la question."),
    later("La question {reference} a changé entre-temps (version {now}, la vôtre est la {yours})."),
    later("Rechargez-la : votre texte n'est pas enregistré, copiez-le d'abord."),
    later("La question a changé entre-temps."),
    later("Cette action n'est pas possible sur {reference} : {state}."),
    later("La question {reference} est prise par un autre juriste."),
    later("Demandez-lui de vous la passer."),
    later("Cette question est prise par un autre juriste."),
    later("La dernière action est d'un autre juriste."),
    later("Voyez avec lui."),
    later("Il n'y a rien à annuler : {state}."),
    later("Une réponse partie se corrige par une nouvelle version publiée."),
    later("Aucun juriste « {name} »."),
    later("Choisissez un compte de juriste ouvert."),
    later("La réponse proposée ne cite aucune source."),
    later("Écrivez la vôtre, ou refusez."),
    later("{n} phrase(s) ne se retrouvent pas dans leurs sources : « {sentence} »."),
    later("Corrigez-les, ou dites en une phrase pourquoi elles sont exactes."),
    later("Le texte ne cite rien."),
    later("Citez au moins un passage : [1]."),
    later("Citez au moins un passage."),
    later("Le texte contient du code : « {code} »."),
    later("Écrivez en Markdown seul."),
    later("Le texte ne peut pas être publié :\n{sentences}"),
    later("Corrigez ces phrases, ou citez le passage qui les dit."),
    later("Le texte a {n} sources ; {most} au plus."),
    later("Gardez celles sur lesquelles la réponse s'appuie."),
    later("La base n'a pas (ou plus) ce passage : {name}."),
    later("Cherchez-le de nouveau, ou retirez-le."),
    later("{what} a {n} caractères ; {most} au plus."),
    later("Raccourcissez le texte."),
    later("{what} est vide."),
    later("Écrivez quelques mots."),
    later("Quelqu'un d'autre vient d'enregistrer la même chose."),
    later("Rien n'a été enregistré de cette action ; réessayez."),
    later("Cette conversation n'existe pas, ou n'est pas la vôtre."),
    later("Aucun juriste n'attend de précision sur cette question."),
    later("Posez une nouvelle question si la vôtre a changé."),
    later("Aucune question à cette référence."),
    later(
        "Vérifiez-la : elle a la forme ML-XXXX-XXXX-XXXX. Si vous aviez un compte, connectez-vous."
    ),
    later("La réponse à {reference} n'est pas approuvée."),
    later("Approuvez-la d'abord."),
    later("{n} formulations au plus, sans # au début."),
    later("Une nouvelle question a besoin d'un titre."),
    later("Remplissez-le."),
    later("La base n'a pas de question « {name} »."),
    later("Choisissez-en une."),
    later("Donnez au moins une formulation."),
    later("« {name} » semble désigner une personne ou une société."),
    later("Retirez-le : ce qui est publié est lu par tous."),
    later("Identifiant refusé ou déjà pris : {name}."),
    later("Quelques mots sans accent, séparés par des tirets."),
    later("La base n'a pas cette autorité : {name}."),
    later("Citez un passage de la base."),
    later("Pour entrer dans la base, la réponse a quatre parties ; il manque : {parts}."),
    later("Commencez par la réponse courte, puis « ### {headings} »."),
    later("La réponse cite un document qui n'est pas dans la base : {title}."),
    later(
        "Une réponse publiée ne cite que la base ; envoyez celle-ci au client sans la publier."
    ),
    later("Le compte « {name} » existe déjà."),
    later("Choisissez un autre nom."),
    later("Nom de compte refusé : {name}."),
    later("De 2 à 120 lettres sans accent, chiffres, et . _ + @ -."),
    later("« {name} » est le dernier administrateur."),
    later("Ouvrez d'abord un autre compte d'administrateur."),
    later("Aucun compte « {name} »."),
    later("Un compte est nécessaire."),
    later("Connectez-vous."),
    later("Cette conversation a déjà {n} questions."),
    later("Ouvrez-en une autre."),
    later("Une indexation est déjà en cours."),
    later("Attendez sa fin."),
    later("L'indexation s'est arrêtée sans rien dire ; l'ancien index reste servi."),
)  # fmt: skip
# What stands in a field, where it is ours.
WORDS = (
    later("Le motif"),
    later("La réponse"),
    later("Votre réponse"),
    later("La question"),
    later("La question au client"),
    later("La justification"),
    later("Le mot au collègue"),
    later("Une formulation"),
    later("elle attend un juriste"),
    later("elle est prise"),
    later("une précision est demandée au client"),
    later("sa réponse est approuvée"),
    later("elle est refusée"),
    later("sa réponse est partie"),
    later("elle est close"),
    later("le client a répondu"),
    later("client"),
    later("juriste"),
    later("juristes"),
    later("administrateur"),
    later("administrateurs"),
)


def reason_told(reason: str) -> str:
    """Why a question is in the queue, or its answer what it is: parts that a « ; » joins."""
    between = " ; " if language() == "fr" else "; "
    return between.join(told_again(part, REASONS) for part in reason.split(" ; "))


def retold(error: AppError) -> AppError:
    """An error whose problem and remedy are in the visitor's language."""
    return AppError(told_again(error.problem, REFUSALS), fix=told_again(error.fix, REFUSALS))


def told_again(text: str, known: Sequence[str]) -> str:
    """A text said again, if its shape is one of those known; as it is otherwise."""
    if len(text) > _LONGEST:
        return text
    for shape in known:
        if found := _pattern(shape).fullmatch(text):
            given = {name: _value(name, value) for name, value in found.groupdict().items()}
            return say(shape, **given)
    return text


def _value(name: str, value: str) -> str:
    """What fills a place: words of ours are said, anything else stands."""
    if name == _THEMES:
        return ", ".join(theme_name(theme) for theme in value.split(", "))
    if name == _SHARE:
        return say("{share} %", share=value.removesuffix("%"))
    if name == _SIZE:
        return number(float(value.replace(",", ".")), 1)
    return say(value) if value in WORDS else value


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    """What recognises a shape."""
    parts = re.split(r"\{(\w+)\}", shape)  # texts and names, in turn
    made = [f"(?P<{p}>.+?)" if place % 2 else re.escape(p) for place, p in enumerate(parts)]
    return re.compile("".join(made), re.DOTALL)
