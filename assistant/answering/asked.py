"""What a question asks for: the part of the answer that it wants to read first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.answering.facts import Facts
from assistant.answering.types import Language
from retrieval.analysis import STOP_WORDS, spelled_out, stem

Want = Literal["possible", "do", "cost", "duration", "clause"]
READ = 300  # words of a question that are read


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its answer is composed for it."""

    wants: frozenset[Want]
    stems: frozenset[str]  # of its words, little ones left out
    language: Language
    facts: Facts


def read(question: str, language: Language, facts: Facts) -> Asked:
    """What a question asks for, by the words it uses."""
    found = spelled_out(question)[:READ]
    kept = frozenset(stem(word) for word in found if word not in STOP_WORDS and len(word) > 1)
    return Asked(wants(" ".join(found)), kept, language, facts)


def wants(spelled: str) -> frozenset[Want]:
    """The parts of an answer that a question wants: none for a question that does not say.

    Args:
        spelled: its folded words, text-message spellings written out, between single spaces.
    """
    found: set[Want] = {want for want, pattern in _SAID.items() if pattern.search(spelled)}
    return frozenset(found)


_SAID: dict[Want, re.Pattern[str]] = {
    "possible": re.compile(
        r"\b(?:peut on|peut il|peut elle|puis je|peux je|je peux|on peut|pouvons nous|ai je le droit|a t il le droit"
        r"|a le droit|avons nous le droit|est ce que je peux|possible|permis|interdit|legale?|valable|autorise"
        r"|can i|can we|can they|can the|may i|may we|may the|allowed|lawful|valid)\b"
    ),
    "do": re.compile(
        r"\b(?:(?:que|quoi) (?:faire|dois je|puis je faire|devons nous|pouvons nous)|comment (?:je |on |puis je |doit on"
        r" |peut on |bien |se |s |les? |la |l |me |m |en |y )*\w{2,}(?:er|ir|re|oir)\b|comment (?:je|on) (?:fais|fait)"
        r"|je fais quoi|on fait quoi|quelles? demarches?|quelles? etapes?|que me conseillez|quels? recours"
        r"|how (?:do|can|should|to)|what (?:should|can|must|do) (?:i|we)|which steps)\b"
    ),
    "cost": re.compile(
        r"\b(?:combien(?! de (?:temps|jours|mois|semaines|annees|ans|fois))|quel (?:prix|cout|tarif|montant|budget)"
        r"|quelle (?:somme|indemnite|penalite)|ca coute|coute t|cout de|how much|what (?:price|cost|amount|fee))\b"
    ),
    "duration": re.compile(
        r"\b(?:combien de (?:temps|jours|mois|semaines|annees|ans)|quels? (?:delais?|preavis)|quelle duree"
        r"|jusqu a quand|a partir de quand|depuis quand|sous quel|dans quel delai|how long|how many (?:days|months|years)"
        r"|(?:what|which) (?:notice|deadline|period))\b"
    ),
    "clause": re.compile(
        r"\b(?:(?:que|qu est ce que|quoi|ce que) (?:dit|prevoit|prevoient|precise|stipule|contient)(?: il)? (?:le |la"
        r" |votre |ce |mon |notre |l )(?:contrat|clause|modele|article|annexe)|(?:contrat|modele|clause)s? (?:type"
        r" |modele )?(?:prevoit|dit|contient|precise) (?:quoi|t il|il)|(?:modele|exemple|redaction|rediger|ecrire)"
        r" (?:de |d |une |la |cette |notre )*clause|clause type|what does the (?:contract|clause|model))\b"
    ),
}
